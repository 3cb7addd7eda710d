package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.vector.VectorBuilder;
import java.util.List;
import java.util.Map;

/** JSON with more in it, and whether one JSON holds another, as PostgreSQL has them. */
final class JsonInsertLibrary {
  private JsonInsertLibrary() {}

  static void define(Definitions library) {
    if (library.has("json_insert", "jsonb_insert")) {
      library
          .function(
              "varchar, varchar, varchar, boolean? -> varchar | varchar, array(varchar), varchar,"
                  + " boolean? -> varchar",
              JsonInsertLibrary::insert)
          .is(
              "JSON with one more value, in JSON, at a path: before the element that it names, or"
                  + " behind it if the last argument is true; a member that is there already is"
                  + " 22023.")
          .example("jsonb_insert('{\"a\": [0, 1]}', '{a,1}', '\"x\"')", "{\"a\":[0,\"x\",1]}")
          .example("jsonb_insert('{\"a\": [0, 1]}', '{a,1}', '2', true)", "{\"a\":[0,1,2]}")
          .example("jsonb_insert('{\"a\": 1}', '{b}', '2')", "{\"a\":1,\"b\":2}");
    }
    if (library.has("json_contains", "jsonb_contains")) {
      library
          .function(
              "varchar, varchar -> boolean",
              (in, out) ->
                  out.appendBoolean(
                      contains(JsonText.parse(in.text(0)), JsonText.parse(in.text(1)), true)))
          .is(
              "Whether JSON has all members and elements of another, at the same place; also a @> b"
                  + " and b <@ a of text.")
          .example("json_contains('{\"a\": 1, \"b\": [1, 2]}', '{\"b\": [2]}')", "true")
          .example("'{\"a\": {\"b\": 1}}' @> '{\"b\": 1}'", "false");
    }
  }

  private static void insert(Arguments in, VectorBuilder out) {
    JsonNode root = JsonText.parse(in.text(0));
    JsonNode value = JsonText.parse(in.text(2));
    boolean isBehind = in.count() > 3 && in.bool(3);
    List<String> steps = JsonChangeLibrary.steps(in);
    JsonNode parent = root;
    for (int i = 0; i + 1 < steps.size() && parent != null; i++) {
      parent = JsonChangeLibrary.child(parent, steps.get(i));
    }
    String last = steps.isEmpty() ? "" : steps.get(steps.size() - 1);
    if (parent instanceof ObjectNode object && !steps.isEmpty()) {
      if (object.has(last)) {
        throw FunctionErrors.argument(
            "the JSON has '" + FunctionErrors.shown(last) + "' already: use json_set");
      }
      object.set(last, value);
    } else if (parent instanceof ArrayNode array && !steps.isEmpty()) {
      if (!last.matches("-?[0-9]{1,9}")) {
        throw FunctionErrors.argument(
            "'" + FunctionErrors.shown(last) + "' is no index of an array");
      }
      int wanted = Integer.parseInt(last);
      int index = wanted < 0 ? array.size() + wanted : wanted;
      int place = index < 0 ? 0 : isBehind ? index + 1 : index;
      array.insert(Math.min(place, array.size()), value);
    }
    out.appendText(JsonText.write(root));
  }

  /** An array on top holds a plain value that is among its elements. */
  static boolean contains(JsonNode whole, JsonNode part, boolean isTop) {
    if (whole.isObject() && part.isObject()) {
      for (Map.Entry<String, JsonNode> member : part.properties()) {
        JsonNode own = whole.get(member.getKey());
        if (own == null || !contains(own, member.getValue(), false)) {
          return false;
        }
      }
      return true;
    }
    if (whole.isArray() && (part.isArray() || (isTop && part.isValueNode()))) {
      for (JsonNode wanted : part.isArray() ? part : List.of(part)) {
        boolean isFound = false;
        for (JsonNode element : whole) {
          isFound |= contains(element, wanted, false);
        }
        if (!isFound) {
          return false;
        }
      }
      return true;
    }
    if (whole.isNumber() && part.isNumber()) {
      return whole.decimalValue().compareTo(part.decimalValue()) == 0;
    }
    return whole.isValueNode() && whole.equals(part);
  }
}
