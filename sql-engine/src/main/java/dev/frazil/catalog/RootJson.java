package dev.frazil.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;

/**
 * Reads the parts of one object of the database strictly: XX001 that names it in every complaint.
 */
record RootJson(String location) {
  private static final int MAX_NAMESPACE_LEVELS = 16;

  TablePointer.Kind kind(String label) {
    for (TablePointer.Kind kind : TablePointer.Kind.values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw DatabaseRootFormat.corrupt(location, "a relation is of the kind '" + label + "'", null);
  }

  Namespace levels(JsonNode array) {
    String[] levels = new String[array.size()];
    require(levels.length <= MAX_NAMESPACE_LEVELS, "a namespace of too many levels");
    for (int i = 0; i < levels.length; i++) {
      require(array.get(i).isTextual(), "a level of a namespace is not text");
      levels[i] = array.get(i).textValue();
    }
    return Namespace.of(levels);
  }

  JsonNode object(JsonNode node, String what) {
    require(node.isObject(), what + " is not an object");
    return node;
  }

  JsonNode array(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    require(node.isArray(), "'" + field + "' is not a list");
    return node;
  }

  String text(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    require(node.isTextual(), "'" + field + "' is not text");
    return node.textValue();
  }

  long number(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    require(node.isIntegralNumber() && node.canConvertToLong(), "'" + field + "' is no number");
    return node.longValue();
  }

  void fields(JsonNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            field -> require(known.contains(field), "it has a field '" + field + "'"));
  }

  void require(boolean holds, String complaint) {
    if (!holds) {
      throw DatabaseRootFormat.corrupt(location, complaint, null);
    }
  }
}
