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

  private static final int MAX_NAMESPACE_LEVELS = 16;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxStringLength(1 << 20)
                          .maxNameLength(1 << 16)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private DatabaseRootFormat() {}

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
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  private static void writeLevels(JsonGenerator json, String field, Namespace namespace)
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
      return new Reader(location).root(JSON.readTree(body));
    } catch (IOException e) {
      throw corrupt(location, "it is not JSON", e);
    }
  }

  private static EngineException corrupt(String location, String what, @Nullable Throwable cause) {
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
  private record Reader(String location) {

    DatabaseRoot root(JsonNode node) {
      int format = (int) number(object(node, "the root"), "frazil-format");
      if (format > FORMAT_VERSION) {
        throw EngineException.unsupported(
            "the root " + location + " has format " + format + ", written by a newer Frazil; it");
      }
      require(format == FORMAT_VERSION, "its format is " + format);
      fields(
          node,
          Set.of(
              "frazil-format",
              "version",
              "commit-id",
              "namespaces",
              "relations",
              "recent-commits",
              "claims"));
      long version = number(node, "version");
      require(version >= 1, "its version is " + version);
      Map<Namespace, Map<String, String>> namespaces = namespaces(array(node, "namespaces"));
      Map<TableIdentifier, TablePointer> relations = relations(array(node, "relations"));
      for (TableIdentifier identifier : relations.keySet()) {
        require(
            namespaces.containsKey(identifier.namespace()),
            identifier + " stands in a schema that is not there");
      }
      return new DatabaseRoot(
          version,
          text(node, "commit-id"),
          namespaces,
          relations,
          commits(array(node, "recent-commits"), version),
          node.has("claims") ? claims(array(node, "claims")) : List.of());
    }

    private List<TableClaim> claims(JsonNode array) {
      List<TableClaim> claims = new ArrayList<>();
      for (JsonNode node : array) {
        fields(object(node, "a claim"), Set.of("id", "lease-millis", "tables"));
        Set<TableIdentifier> tables = new HashSet<>();
        for (JsonNode table : array(node, "tables")) {
          fields(object(table, "a table of a claim"), Set.of("namespace", "name"));
          tables.add(TableIdentifier.of(levels(array(table, "namespace")), text(table, "name")));
        }
        claims.add(new TableClaim(text(node, "id"), tables, number(node, "lease-millis")));
      }
      return claims;
    }

    private Map<Namespace, Map<String, String>> namespaces(JsonNode array) {
      Map<Namespace, Map<String, String>> namespaces = new LinkedHashMap<>();
      for (JsonNode node : array) {
        fields(object(node, "a namespace"), Set.of("name", "properties"));
        Namespace name = levels(array(node, "name"));
        Map<String, String> properties = new LinkedHashMap<>();
        object(node.path("properties"), "the properties of " + name)
            .properties()
            .forEach(
                property -> {
                  require(property.getValue().isTextual(), "a property of " + name);
                  properties.put(property.getKey(), property.getValue().textValue());
                });
        require(namespaces.put(name, properties) == null, name + " stands there twice");
      }
      return namespaces;
    }

    private Map<TableIdentifier, TablePointer> relations(JsonNode array) {
      Map<TableIdentifier, TablePointer> relations = new LinkedHashMap<>();
      for (JsonNode node : array) {
        fields(
            object(node, "a relation"),
            Set.of("kind", "namespace", "name", "metadata-location", "uuid"));
        String name = text(node, "name");
        require(!name.isEmpty(), "a relation has no name");
        TableIdentifier identifier = TableIdentifier.of(levels(array(node, "namespace")), name);
        TablePointer pointer =
            new TablePointer(
                kind(text(node, "kind")), text(node, "metadata-location"), text(node, "uuid"));
        require(relations.put(identifier, pointer) == null, identifier + " stands there twice");
      }
      return relations;
    }

    private TablePointer.Kind kind(String label) {
      for (TablePointer.Kind kind : TablePointer.Kind.values()) {
        if (kind.label().equals(label)) {
          return kind;
        }
      }
      throw corrupt(location, "a relation is of the kind '" + label + "'", null);
    }

    private List<RecentCommit> commits(JsonNode array, long version) {
      List<RecentCommit> commits = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      for (JsonNode node : array) {
        fields(object(node, "a recent commit"), Set.of("version", "id", "token"));
        RecentCommit recent =
            new RecentCommit(
                number(node, "version"),
                text(node, "id"),
                node.has("token") ? text(node, "token") : null);
        require(recent.version() >= 1 && recent.version() <= version, "a commit of the future");
        require(ids.add(recent.commitId()), "the commit " + recent.commitId() + " twice");
        commits.add(recent);
      }
      return commits;
    }

    private Namespace levels(JsonNode array) {
      String[] levels = new String[array.size()];
      require(levels.length <= MAX_NAMESPACE_LEVELS, "a namespace of too many levels");
      for (int i = 0; i < levels.length; i++) {
        require(array.get(i).isTextual(), "a level of a namespace is not text");
        levels[i] = array.get(i).textValue();
      }
      return Namespace.of(levels);
    }

    private JsonNode object(JsonNode node, String what) {
      require(node.isObject(), what + " is not an object");
      return node;
    }

    private JsonNode array(JsonNode parent, String field) {
      JsonNode node = parent.path(field);
      require(node.isArray(), "'" + field + "' is not a list");
      return node;
    }

    private String text(JsonNode parent, String field) {
      JsonNode node = parent.path(field);
      require(node.isTextual(), "'" + field + "' is not text");
      return node.textValue();
    }

    private long number(JsonNode parent, String field) {
      JsonNode node = parent.path(field);
      require(node.isIntegralNumber() && node.canConvertToLong(), "'" + field + "' is no number");
      return node.longValue();
    }

    private void fields(JsonNode node, Set<String> known) {
      node.fieldNames()
          .forEachRemaining(
              field -> require(known.contains(field), "it has a field '" + field + "'"));
    }

    private void require(boolean holds, String complaint) {
      if (!holds) {
        throw corrupt(location, complaint, null);
      }
    }
  }
}
