package dev.frazil.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frazil.catalog.ObjectCache;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTUtil;
import org.jspecify.annotations.Nullable;

/** What a server tells of schemas, tables and views. Thread-safe. Errors as {@link RestClient}. */
final class RestResources {
  private static final int MAX_PAGES = 100_000;
  private static final int MAX_LEVELS = 64;

  private final RestClient client;
  private final URI address;
  private final @Nullable String warehouse;
  private final boolean delegates;
  private final TableAnswers answers;
  private final ObjectCache<LoadedTable> newest = new ObjectCache<>(ObjectCache.shareOfHeap());
  private @Nullable ServerConfig config;

  /**
   * @param delegates whether the server is asked for credentials for files
   */
  RestResources(
      RestClient client,
      URI address,
      @Nullable String warehouse,
      boolean delegates,
      TableAnswers answers) {
    this.client = client;
    this.address = address;
    this.warehouse = warehouse;
    this.delegates = delegates;
    this.answers = answers;
  }

  RestClient client() {
    return client;
  }

  /** What the server said of itself when it was first asked. */
  synchronized ServerConfig config() {
    ServerConfig known = config;
    if (known == null) {
      known = ServerConfig.ask(client, address, warehouse);
      config = known;
    }
    return known;
  }

  boolean holdsViews() {
    return config().offers("GET /v1/{prefix}/namespaces/{namespace}/views/{view}");
  }

  Map<String, String> delegation() {
    return delegates ? Map.of("X-Iceberg-Access-Delegation", "vended-credentials") : Map.of();
  }

  // ---- schemas

  /** All schemas, those within others too. */
  Set<Namespace> namespaces() {
    Set<Namespace> all = new LinkedHashSet<>();
    addNamespaces(Namespace.empty(), all);
    return all;
  }

  private void addNamespaces(Namespace parent, Set<Namespace> all) {
    Map<String, String> query =
        parent.isEmpty()
            ? Map.of()
            : Map.of("parent", RESTUtil.namespaceToQueryParam(parent, config().separator()));
    List<Namespace> children =
        pages(
            config().paths().namespaces(),
            query,
            "list schemas",
            page -> {
              List<Namespace> found = new ArrayList<>();
              page.path("namespaces").forEach(levels -> found.add(namespace(levels)));
              return found;
            });
    for (Namespace child : children) {
      // A server that does not know the parameter answers with the same ones again.
      boolean below = child.length() == parent.length() + 1 && child.length() <= MAX_LEVELS;
      if (below && all.add(child)) {
        addNamespaces(child, all);
      }
    }
  }

  private static Namespace namespace(JsonNode levels) {
    List<String> texts = new ArrayList<>();
    levels.forEach(level -> texts.add(level.asText()));
    return Namespace.of(texts.toArray(new String[0]));
  }

  /** The properties of a schema; empty where there is none. */
  Optional<Map<String, String>> namespace(Namespace schema) {
    if (schema.isEmpty()) {
      return Optional.empty();
    }
    String attempted = "describe the schema " + schema;
    HttpOutcome.Answered answer =
        client.read("GET", config().paths().namespace(schema), Map.of(), Map.of(), attempted);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    Map<String, String> properties = new HashMap<>();
    RestClient.json(answer, attempted)
        .path("properties")
        .properties()
        .forEach(entry -> properties.put(entry.getKey(), entry.getValue().asText()));
    return Optional.of(Map.copyOf(properties));
  }

  // ---- names

  /** The names of all tables, or of all views. */
  List<TableIdentifier> names(TablePointer.Kind kind, Iterable<Namespace> schemas) {
    List<TableIdentifier> names = new ArrayList<>();
    boolean views = kind == TablePointer.Kind.VIEW;
    if (views && !config().offers("GET /v1/{prefix}/namespaces/{namespace}/views")) {
      return names;
    }
    for (Namespace schema : schemas) {
      names.addAll(
          pages(
              views ? config().paths().views(schema) : config().paths().tables(schema),
              Map.of(),
              "list what is in the schema " + schema,
              page -> {
                List<TableIdentifier> found = new ArrayList<>();
                page.path("identifiers")
                    .forEach(
                        each ->
                            found.add(
                                TableIdentifier.of(
                                    namespace(each.path("namespace")),
                                    each.path("name").asText())));
                return found;
              }));
    }
    return names;
  }

  private interface Page<T> {
    List<T> read(JsonNode page);
  }

  /** All pages of a list; empty where there is none of what is listed (any more). */
  private <T> List<T> pages(
      String path, Map<String, String> query, String attempted, Page<T> reader) {
    List<T> all = new ArrayList<>();
    String token = "";
    for (int pages = 0; pages < MAX_PAGES; pages++) {
      Map<String, String> asked = new LinkedHashMap<>(query);
      asked.put("pageToken", token);
      HttpOutcome.Answered answer = client.read("GET", path, asked, Map.of(), attempted);
      if (answer.status() == 404) {
        return all;
      }
      JsonNode page = RestClient.json(answer, attempted);
      all.addAll(reader.read(page));
      JsonNode next = page.path("next-page-token");
      if (!next.isTextual() || next.asText().isEmpty() || next.asText().equals(token)) {
        return all;
      }
      token = next.asText();
    }
    throw new EngineException(
        SqlState.LIMIT_EXCEEDED, "the catalog's list has more than " + MAX_PAGES + " pages");
  }

  // ---- tables

  /** A table as it is now; one request, answered 304 where it has not changed. */
  Optional<LoadedTable> table(TableIdentifier identifier) {
    LoadedTable known = newest.find(identifier.toString());
    Map<String, String> headers = new HashMap<>(delegation());
    String tag = known == null ? null : known.entityTag();
    if (tag != null) {
      headers.put("If-None-Match", tag);
    }
    HttpOutcome.Answered answer = askTable(identifier, headers);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (answer.status() == 304 && known != null) {
      return Optional.of(known);
    }
    return Optional.of(taken(identifier, answer));
  }

  private HttpOutcome.Answered askTable(TableIdentifier identifier, Map<String, String> headers) {
    return client.read(
        "GET",
        config().paths().table(identifier),
        Map.of("snapshots", "all"),
        headers,
        attempted(identifier));
  }

  private static String attempted(TableIdentifier identifier) {
    return "load the table " + identifier;
  }

  /** Takes an answer that holds a table. */
  LoadedTable taken(TableIdentifier identifier, HttpOutcome.Answered answer) {
    JsonNode json = RestClient.json(answer, attempted(identifier));
    LoadedTable loaded = answers.table(identifier, json, answer.header("ETag").orElse(null));
    answers.takeAccess(identifier, json, config(), loaded, () -> renewAccess(identifier, loaded));
    newest.keep(
        identifier.toString(), loaded, Math.min(2L * answer.body().length, newest.maxBytes() / 2));
    return loaded;
  }

  /** The folder of a table that is staged, whose files may be written from now on. */
  String staged(TableIdentifier identifier, HttpOutcome.Answered answer) {
    JsonNode json = RestClient.json(answer, attempted(identifier));
    LoadedTable loaded = answers.table(identifier, json, null);
    Runnable never = () -> {}; // it is a table, or forgotten, before that
    answers.takeAccess(identifier, json, config(), loaded, never);
    return loaded.metadata().location();
  }

  /** Asks for the credentials for a table's files again. */
  private void renewAccess(TableIdentifier identifier, LoadedTable loaded) {
    ServerConfig known = config();
    if (!known.offers("GET /v1/{prefix}/namespaces/{namespace}/tables/{table}/credentials")) {
      HttpOutcome.Answered answer = askTable(identifier, delegation());
      if (answer.status() == 200) {
        taken(identifier, answer);
      }
      return;
    }
    String attempted = "give credentials for the table " + identifier;
    HttpOutcome.Answered answer =
        client.read(
            "GET",
            known.paths().table(identifier) + "/credentials",
            Map.of(),
            delegation(),
            attempted);
    if (answer.status() != 200) {
      throw new EngineException(
          SqlState.INVALID_AUTHORIZATION,
          "the catalog gives no credentials for the table "
              + identifier
              + " any more"
              + RestFailures.said(answer, client.authentication()));
    }
    Runnable again = () -> renewAccess(identifier, loaded);
    answers.takeAccess(identifier, RestClient.json(answer, attempted), known, loaded, again);
  }
}
