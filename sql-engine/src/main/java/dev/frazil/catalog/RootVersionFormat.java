package dev.frazil.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** Versions of the root as JSON, in the root itself and in objects of the trail. */
final class RootVersionFormat {
  private static final int FORMAT_VERSION = 1;

  private RootVersionFormat() {}

  /** An object of the trail. */
  static byte[] write(List<RootVersion> versions) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = DatabaseRootFormat.JSON.getFactory().createGenerator(body)) {
      json.writeStartObject();
      json.writeNumberField("frazil-history-format", FORMAT_VERSION);
      write(json, "versions", versions);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  /** The versions of an object of the trail, oldest first; XX001 for anything else. */
  static List<RootVersion> read(byte[] body, String location) {
    RootJson json = new RootJson(location);
    try {
      JsonNode node = DatabaseRootFormat.JSON.readTree(body);
      json.fields(
          json.object(node, "a part of the history"), Set.of("frazil-history-format", "versions"));
      json.require(
          json.number(node, "frazil-history-format") == FORMAT_VERSION, "its format is another");
      return node.has("versions")
          ? read(json.array(node, "versions"), Long.MAX_VALUE, json)
          : List.of();
    } catch (IOException e) {
      throw DatabaseRootFormat.corrupt(location, "it is not JSON", e);
    }
  }

  static void write(JsonGenerator json, String field, List<RootVersion> versions)
      throws IOException {
    if (versions.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(field);
    for (RootVersion version : versions) {
      json.writeStartObject();
      json.writeNumberField("version", version.version());
      json.writeNumberField("made-at", version.madeAtMillis());
      json.writeStringField("commit-id", version.commitId());
      writeRelations(json, version.relations());
      writeNamespaces(json, version.namespaces());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeRelations(
      JsonGenerator json, Map<TableIdentifier, @Nullable TablePointer> relations)
      throws IOException {
    json.writeArrayFieldStart("relations-before");
    for (Map.Entry<TableIdentifier, @Nullable TablePointer> relation : relations.entrySet()) {
      json.writeStartObject();
      DatabaseRootFormat.writeLevels(json, "namespace", relation.getKey().namespace());
      json.writeStringField("name", relation.getKey().name());
      TablePointer pointer = relation.getValue();
      if (pointer != null) {
        json.writeStringField("kind", pointer.kind().label());
        json.writeStringField("metadata-location", pointer.metadataLocation());
        json.writeStringField("uuid", pointer.uuid());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeNamespaces(
      JsonGenerator json, Map<Namespace, @Nullable Map<String, String>> namespaces)
      throws IOException {
    if (namespaces.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("namespaces-before");
    for (Map.Entry<Namespace, @Nullable Map<String, String>> namespace : namespaces.entrySet()) {
      json.writeStartObject();
      DatabaseRootFormat.writeLevels(json, "name", namespace.getKey());
      Map<String, String> properties = namespace.getValue();
      if (properties != null) {
        json.writeObjectFieldStart("properties");
        for (Map.Entry<String, String> property : properties.entrySet()) {
          json.writeStringField(property.getKey(), property.getValue());
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * @param newest the version that none may be newer than
   */
  static List<RootVersion> read(JsonNode array, long newest, RootJson json) {
    List<RootVersion> versions = new ArrayList<>();
    for (JsonNode node : array) {
      json.fields(
          json.object(node, "a version"),
          Set.of("version", "made-at", "commit-id", "relations-before", "namespaces-before"));
      long version = json.number(node, "version");
      json.require(version >= 1 && version <= newest, "a version of the future");
      json.require(
          versions.isEmpty() || versions.get(versions.size() - 1).version() + 1 == version,
          "the versions of its history do not follow each other");
      versions.add(
          new RootVersion(
              version,
              json.number(node, "made-at"),
              json.text(node, "commit-id"),
              relations(json.array(node, "relations-before"), json),
              node.has("namespaces-before")
                  ? namespaces(json.array(node, "namespaces-before"), json)
                  : Map.of()));
    }
    return versions;
  }

  private static Map<TableIdentifier, @Nullable TablePointer> relations(
      JsonNode array, RootJson json) {
    Map<TableIdentifier, @Nullable TablePointer> relations = new LinkedHashMap<>();
    for (JsonNode node : array) {
      json.fields(
          json.object(node, "a relation of before"),
          Set.of("kind", "namespace", "name", "metadata-location", "uuid"));
      String name = json.text(node, "name");
      json.require(!name.isEmpty(), "a relation has no name");
      @Nullable TablePointer pointer =
          node.has("kind")
              ? new TablePointer(
                  json.kind(json.text(node, "kind")),
                  json.text(node, "metadata-location"),
                  json.text(node, "uuid"))
              : null;
      relations.put(TableIdentifier.of(json.levels(json.array(node, "namespace")), name), pointer);
    }
    return relations;
  }

  private static Map<Namespace, @Nullable Map<String, String>> namespaces(
      JsonNode array, RootJson json) {
    Map<Namespace, @Nullable Map<String, String>> namespaces = new LinkedHashMap<>();
    for (JsonNode node : array) {
      json.fields(json.object(node, "a schema of before"), Set.of("name", "properties"));
      Namespace name = json.levels(json.array(node, "name"));
      @Nullable Map<String, String> properties = null;
      if (node.has("properties")) {
        Map<String, String> found = new LinkedHashMap<>();
        json.object(node.path("properties"), "the properties of " + name)
            .properties()
            .forEach(
                property -> {
                  json.require(property.getValue().isTextual(), "a property of " + name);
                  found.put(property.getKey(), property.getValue().textValue());
                });
        properties = found;
      }
      namespaces.put(name, properties);
    }
    return namespaces;
  }
}
