package dev.frazil.bridge;

import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.rest.RESTRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request that found its endpoint.
 *
 * @param variables the parts of the path that stand for names, still encoded
 * @param query decoded
 * @param ifNoneMatch the header of that name
 * @param key names the request, so that it has one effect however often it is sent; null where the
 *     client gave none
 */
record RestRequest(
    Map<String, String> variables,
    Map<String, String> query,
    @Nullable String ifNoneMatch,
    @Nullable RequestKey key,
    byte[] body) {

  /** The namespace of the path. */
  Namespace namespace() {
    return RestNames.namespace(variable("namespace"));
  }

  /** The table or view of the path. */
  TableIdentifier identifier() {
    String name = variables.containsKey("table") ? "table" : "view";
    return RestNames.identifier(namespace(), RestNames.decoded(variable(name)));
  }

  private String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalStateException("the path has no " + name);
    }
    return value;
  }

  <T extends RESTRequest> T read(Class<T> type) {
    return RestJson.read(body, type);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  boolean flag(String name) {
    String value = query.getOrDefault(name, "false");
    if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
      throw new BadRequestException("The parameter %s must be true or false", name);
    }
    return value.equalsIgnoreCase("true");
  }
}
