package dev.frazil.catalog.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.error.EngineException;
import dev.frazil.storage.AwsJsonService;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The primary key of an item, as Iceberg's DynamoDbCatalog lays it out: a table stands under {@code
 * ns.name} and {@code ns}, a namespace under the word {@code NAMESPACE} and its own name. Levels of
 * names are joined by dots, so none may hold one.
 *
 * @param identifier the partition key
 * @param namespace the sort key
 */
record DynamoDbKey(String identifier, String namespace) {
  static final String IDENTIFIER = "identifier";
  static final String NAMESPACE = "namespace";
  private static final String OF_NAMESPACES = "NAMESPACE";

  static DynamoDbKey of(Namespace namespace) {
    for (String level : namespace.levels()) {
      requirePlain(level);
    }
    return new DynamoDbKey(OF_NAMESPACES, namespace.toString());
  }

  static DynamoDbKey of(TableIdentifier table) {
    for (String level : table.namespace().levels()) {
      requirePlain(level);
    }
    requirePlain(table.name());
    return new DynamoDbKey(table.toString(), table.namespace().toString());
  }

  static DynamoDbKey of(JsonNode item) {
    return new DynamoDbKey(
        item.path(IDENTIFIER).path("S").asText(), item.path(NAMESPACE).path("S").asText());
  }

  /** The namespace that the item is. */
  Optional<Namespace> asNamespace() {
    return identifier.equals(OF_NAMESPACES)
        ? Optional.of(Namespace.of(namespace.split("\\.", -1)))
        : Optional.empty();
  }

  /** The table that the item is. */
  Optional<TableIdentifier> asTable() {
    boolean inside = identifier.startsWith(namespace + ".") && !namespace.isEmpty();
    if (!inside) {
      return Optional.empty();
    }
    return Optional.of(
        TableIdentifier.of(
            Namespace.of(namespace.split("\\.", -1)),
            identifier.substring(namespace.length() + 1)));
  }

  ObjectNode json() {
    ObjectNode key = AwsJsonService.request();
    key.putObject(IDENTIFIER).put("S", identifier);
    key.putObject(NAMESPACE).put("S", namespace);
    return key;
  }

  private static void requirePlain(String level) {
    if (level.isEmpty() || level.indexOf('.') >= 0) {
      throw EngineException.unsupported(
          "the name '"
              + level
              + "' in a DynamoDB catalog, where names are joined by dots and may hold none,");
    }
  }
}
