package dev.frazil.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.rest.ResourcePaths;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself. Of its defaults and overrides only what stands here is looked at: a
 * server names no class, no place for tokens, and no credentials other than those for files.
 *
 * @param paths of its resources
 * @param separator between the levels of a schema, as it stands in a path
 * @param endpoints such as {@code POST /v1/{prefix}/transactions/commit}
 * @param storage how it says that files are reached
 * @param takesKeys whether it knows a request by its idempotency key
 */
record ServerConfig(
    ResourcePaths paths,
    String separator,
    Set<String> endpoints,
    Map<String, String> storage,
    boolean takesKeys) {
  private static final String PREFIX = "prefix";
  private static final String SEPARATOR = "namespace-separator";
  private static final String URI_KEY = "uri";
  private static final String VIEWS = "view-endpoints-supported";

  /**
   * What servers can that do not tell; see the open API, {@code /v1/config}. Not commits over
   * several tables: too many of these servers have none.
   */
  private static final Set<String> OF_OLD_SERVERS =
      Set.of(
          "GET /v1/{prefix}/namespaces",
          "POST /v1/{prefix}/namespaces",
          "GET /v1/{prefix}/namespaces/{namespace}",
          "DELETE /v1/{prefix}/namespaces/{namespace}",
          "POST /v1/{prefix}/namespaces/{namespace}/properties",
          "GET /v1/{prefix}/namespaces/{namespace}/tables",
          "POST /v1/{prefix}/namespaces/{namespace}/tables",
          "GET /v1/{prefix}/namespaces/{namespace}/tables/{table}",
          "POST /v1/{prefix}/namespaces/{namespace}/tables/{table}",
          "DELETE /v1/{prefix}/namespaces/{namespace}/tables/{table}",
          "POST /v1/{prefix}/namespaces/{namespace}/register",
          "POST /v1/{prefix}/tables/rename");

  private static final Set<String> OF_VIEWS =
      Set.of(
          "GET /v1/{prefix}/namespaces/{namespace}/views",
          "GET /v1/{prefix}/namespaces/{namespace}/views/{view}",
          "POST /v1/{prefix}/namespaces/{namespace}/views",
          "POST /v1/{prefix}/namespaces/{namespace}/views/{view}",
          "DELETE /v1/{prefix}/namespaces/{namespace}/views/{view}",
          "POST /v1/{prefix}/views/rename");

  /** Asks the server; 08001, 08004, 28000. */
  static ServerConfig ask(RestClient client, URI address, @Nullable String warehouse) {
    HttpOutcome.Answered answer =
        client.read(
            "GET",
            ResourcePaths.config(),
            warehouse == null ? Map.of() : Map.of("warehouse", warehouse),
            Map.of(),
            "tell its configuration");
    if (answer.status() != 200) {
      throw new EngineException(
          SqlState.CONNECTION_FAILURE,
          "the catalog knows no such warehouse, or is at another address"
              + RestFailures.said(answer, client.authentication())
              + ": the URL is that under which v1/config stands, and ?warehouse= a name it knows");
    }
    return of(RestClient.json(answer, "tell its configuration"), address);
  }

  static ServerConfig of(JsonNode config, URI address) {
    Map<String, String> said = new HashMap<>();
    config.path("defaults").properties().forEach(each -> put(said, each));
    config.path("overrides").properties().forEach(each -> put(said, each));
    requireSameServer(said.get(URI_KEY), address);
    Map<String, String> paths = new HashMap<>();
    for (String key : Set.of(PREFIX, SEPARATOR)) {
      String value = said.get(key);
      if (value != null) {
        paths.put(key, value);
      }
    }
    Set<String> endpoints = new HashSet<>();
    config.path("endpoints").forEach(endpoint -> endpoints.add(endpoint.asText()));
    if (endpoints.isEmpty()) {
      endpoints.addAll(OF_OLD_SERVERS);
      if ("true".equalsIgnoreCase(said.get(VIEWS))) {
        endpoints.addAll(OF_VIEWS);
      }
    }
    return new ServerConfig(
        ResourcePaths.forCatalogProperties(paths),
        paths.getOrDefault(SEPARATOR, "%1F"),
        Set.copyOf(endpoints),
        VendedAccess.settings(said),
        config.hasNonNull("idempotency-key-lifetime"));
  }

  private static void put(Map<String, String> said, Map.Entry<String, JsonNode> entry) {
    if (entry.getValue().isTextual()) {
      said.put(entry.getKey(), entry.getValue().asText());
    }
  }

  /** Tokens go to the address that the user named, and nowhere else. */
  private static void requireSameServer(@Nullable String named, URI address) {
    if (named == null) {
      return;
    }
    String wanted = address.getScheme() + "://" + address.getRawAuthority() + '/';
    if (!(named + '/').startsWith(wanted)) {
      throw new EngineException(
          SqlState.CONNECTION_REJECTED,
          "the catalog sends its clients to another server; name that one in the URL if you trust it"
              + " with your credentials");
    }
  }

  /** Without the settings for files, which may hold keys. */
  @Override
  public String toString() {
    return "offers " + endpoints;
  }

  boolean offers(String endpoint) {
    return endpoints.contains(endpoint);
  }
}
