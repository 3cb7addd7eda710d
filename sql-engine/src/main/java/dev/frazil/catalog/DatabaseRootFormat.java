package dev.frazil.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The root as bytes: JSON in UTF-8, read strictly. A root that is not exactly what a Frazil wrote
 * is XX001, one of a newer format is 0A000. Thread-safe.
 */
final class DatabaseRootFormat {
  static final int FORMAT_VERSION = 1;

  /** About 150,000 tables. */
  static final int MAX_BYTES = 32 << 20;

  private static final int MAX_TEXT_LENGTH = 1 << 20;
  private static final int MAX_PROPERTY_NAME_LENGTH = 10_000;

  static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      // Names: at most the 50,000 characters that are Jackson's own limit; older
                      // ones, as in the runtimes of Iceberg, have no other.
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxStringLength(MAX_TEXT_LENGTH)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private DatabaseRootFormat() {}

  /**
   * Refuses properties of a schema that a root could hold but nobody could read back: 54000. To be
   * asked before they are part of an edit.
   */
  static void requireReadable(Namespace namespace, Map<String, String> properties) {
    properties.forEach(
        (name, value) -> {
          if (name.length() > MAX_PROPERTY_NAME_LENGTH || value.length() > MAX_TEXT_LENGTH) {
            throw new EngineException(
                SqlState.LIMIT_EXCEEDED,
                "a property of the schema "
                    + SchemaName.text(namespace)
                    + " is too long: its name may have "
                    + MAX_PROPERTY_NAME_LENGTH
                    + " characters, its value "
                    + MAX_TEXT_LENGTH);
          }
        });
  }

  /** The bytes of a root; 54000 when there would be too many. */
  static byte[] write(DatabaseRoot root) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.getFactory().createGenerator(body)) {
      json.writeStartObject();
      json.writeNumberField("frazil-format", FORMAT_VERSION);
      json.writeNumberField("version", root.version());
      json.writeStringField("commit-id", root.commitId());
      writeNamespaces(json, root);
      writeRelations(json, root);
      writeCommits(json, root);
      writeClaims(json, root);
      RootVersionFormat.write(json, "history", root.history());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (body.size() > MAX_BYTES && !root.history().isEmpty()) {
      return write(root.withoutHistoryBefore(Long.MAX_VALUE)); // a commit goes before looking back
    }
    if (body.size() > MAX_BYTES) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the root of the database would have "
              + body.size()
              + " bytes, more than the limit of "
              + MAX_BYTES
              + ": spread the tables over several databases");
    }
    return body.toByteArray();
  }

  private static void writeNamespaces(JsonGenerator json, DatabaseRoot root) throws IOException {
    json.writeArrayFieldStart("namespaces");
    List<Map.Entry<Namespace, Map<String, String>>> sorted =
        new ArrayList<>(root.namespaces().entrySet());
    sorted.sort(Comparator.comparing(entry -> entry.getKey().toString()));
    for (Map.Entry<Namespace, Map<String, String>> namespace : sorted) {
      json.writeStartObject();
      writeLevels(json, "name", namespace.getKey());
      json.writeObjectFieldStart("properties");
      for (Map.Entry<String, String> property : namespace.getValue().entrySet()) {
        json.writeStringField(property.getKey(), property.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeRelations(JsonGenerator json, DatabaseRoot root) throws IOException {
    json.writeArrayFieldStart("relations");
    List<Map.Entry<TableIdentifier, TablePointer>> sorted =
        new ArrayList<>(root.relations().entrySet());
    sorted.sort(Comparator.comparing(entry -> entry.getKey().toString()));
    for (Map.Entry<TableIdentifier, TablePointer> relation : sorted) {
      TableIdentifier identifier = relation.getKey();
      TablePointer pointer = relation.getValue();
      json.writeStartObject();
      json.writeStringField("kind", pointer.kind().label());
      writeLevels(json, "namespace", identifier.namespace());
      json.writeStringField("name", identifier.name());
      json.writeStringField("metadata-location", pointer.metadataLocation());
      json.writeStringField("uuid", pointer.uuid());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeCommits(JsonGenerator json, DatabaseRoot root) throws IOException {
    json.writeArrayFieldStart("recent-commits");
    for (RecentCommit recent : root.recentCommits()) {
      json.writeStartObject();
      json.writeNumberField("version", recent.version());
      json.writeStringField("id", recent.commitId());
      if (recent.token() != null) {
        json.writeStringField("token", recent.token());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeClaims(JsonGenerator json, DatabaseRoot root) throws IOException {
    if (root.claims().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("claims");
    for (TableClaim claim : root.claims()) {
      json.writeStartObject();
      json.writeStringField("id", claim.id());
      json.writeNumberField("lease-millis", claim.leaseMillis());
      json.writeArrayFieldStart("tables");
      for (TableIdentifier table : claim.tables()) {
        json.writeStartObject();
        writeLevels(json, "namespace", table.namespace());
        json.writeStringField("name", table.name());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void writeLevels(JsonGenerator json, String field, Namespace namespace)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String level : namespace.levels()) {
      json.writeString(level);
    }
    json.writeEndArray();
  }

  /** The root that the bytes hold; {@code location} is for messages. */
  static DatabaseRoot read(byte[] body, String location) {
    try {
      return new Reader(new RootJson(location)).root(JSON.readTree(body));
    } catch (IOException e) {
      throw corrupt(location, "it is not JSON", e);
    }
  }

  static EngineException corrupt(String location, String what, @Nullable Throwable cause) {
    return new EngineException(
        SqlState.DATA_CORRUPTED,
        "the root of the database, "
            + location
            + ", is corrupt: "
            + what
            + ". Nothing was changed. Restore the object from an earlier version of it (bucket"
            + " versioning) or from a backup; the tables themselves are not affected",
        cause);
  }

  /** Reads one tree, naming the object in every complaint. */
  private record Reader(RootJson json) {

    DatabaseRoot root(JsonNode node) {
      int format = (int) json.number(json.object(node, "the root"), "frazil-format");
      if (format > FORMAT_VERSION) {
        throw EngineException.unsupported(
            "the root "
                + json.location()
                + " has format "
                + format
                + ", written by a newer Frazil; it");
      }
      json.require(format == FORMAT_VERSION, "its format is " + format);
      json.fields(
          node,
          Set.of(
              "frazil-format",
              "version",
              "commit-id",
              "namespaces",
              "relations",
              "recent-commits",
              "claims",
              "history"));
      long version = json.number(node, "version");
      json.require(version >= 1, "its version is " + version);
      Map<Namespace, Map<String, String>> namespaces = namespaces(json.array(node, "namespaces"));
      Map<TableIdentifier, TablePointer> relations = relations(json.array(node, "relations"));
      for (TableIdentifier identifier : relations.keySet()) {
        json.require(
            namespaces.containsKey(identifier.namespace()),
            identifier + " stands in a schema that is not there");
      }
      return new DatabaseRoot(
          version,
          json.text(node, "commit-id"),
          namespaces,
          relations,
          commits(json.array(node, "recent-commits"), version),
          node.has("claims") ? claims(json.array(node, "claims")) : List.of(),
          node.has("history")
              ? RootVersionFormat.read(json.array(node, "history"), version, json)
              : List.of());
    }

    private List<TableClaim> claims(JsonNode array) {
      List<TableClaim> claims = new ArrayList<>();
      for (JsonNode node : array) {
        json.fields(json.object(node, "a claim"), Set.of("id", "lease-millis", "tables"));
        Set<TableIdentifier> tables = new HashSet<>();
        for (JsonNode table : json.array(node, "tables")) {
          json.fields(json.object(table, "a table of a claim"), Set.of("namespace", "name"));
          tables.add(
              TableIdentifier.of(
                  json.levels(json.array(table, "namespace")), json.text(table, "name")));
        }
        claims.add(
            new TableClaim(json.text(node, "id"), tables, json.number(node, "lease-millis")));
      }
      return claims;
    }

    private Map<Namespace, Map<String, String>> namespaces(JsonNode array) {
      Map<Namespace, Map<String, String>> namespaces = new LinkedHashMap<>();
      for (JsonNode node : array) {
        json.fields(json.object(node, "a namespace"), Set.of("name", "properties"));
        Namespace name = json.levels(json.array(node, "name"));
        Map<String, String> properties = new LinkedHashMap<>();
        json.object(node.path("properties"), "the properties of " + name)
            .properties()
            .forEach(
                property -> {
                  json.require(property.getValue().isTextual(), "a property of " + name);
                  properties.put(property.getKey(), property.getValue().textValue());
                });
        json.require(namespaces.put(name, properties) == null, name + " stands there twice");
      }
      return namespaces;
    }

    private Map<TableIdentifier, TablePointer> relations(JsonNode array) {
      Map<TableIdentifier, TablePointer> relations = new LinkedHashMap<>();
      for (JsonNode node : array) {
        json.fields(
            json.object(node, "a relation"),
            Set.of("kind", "namespace", "name", "metadata-location", "uuid"));
        String name = json.text(node, "name");
        json.require(!name.isEmpty(), "a relation has no name");
        TableIdentifier identifier =
            TableIdentifier.of(json.levels(json.array(node, "namespace")), name);
        TablePointer pointer =
            new TablePointer(
                json.kind(json.text(node, "kind")),
                json.text(node, "metadata-location"),
                json.text(node, "uuid"));
        json.require(
            relations.put(identifier, pointer) == null, identifier + " stands there twice");
      }
      return relations;
    }

    private List<RecentCommit> commits(JsonNode array, long version) {
      List<RecentCommit> commits = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      for (JsonNode node : array) {
        json.fields(json.object(node, "a recent commit"), Set.of("version", "id", "token"));
        RecentCommit recent =
            new RecentCommit(
                json.number(node, "version"),
                json.text(node, "id"),
                node.has("token") ? json.text(node, "token") : null);
        json.require(
            recent.version() >= 1 && recent.version() <= version, "a commit of the future");
        json.require(ids.add(recent.commitId()), "the commit " + recent.commitId() + " twice");
        commits.add(recent);
      }
      return commits;
    }
  }
}
