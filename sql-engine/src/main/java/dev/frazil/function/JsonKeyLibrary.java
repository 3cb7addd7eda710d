package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.MapVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.util.List;

/** Keys in JSON, and JSON without them, as PostgreSQL has them. */
final class JsonKeyLibrary {
  private JsonKeyLibrary() {}

  static void define(Definitions library) {
    if (library.has("jsonb_exists")) {
      library
          .function(
              "varchar, varchar -> boolean",
              (in, out) -> out.appendBoolean(has(JsonText.parse(in.text(0)), in.text(1))))
          .is(
              "What json ?? text tells: whether it is a key of an object, or a text in an array. (?"
                  + " is a parameter, so that PostgreSQL's operator has two of them.)")
          .example("jsonb_exists('{\"a\": 1, \"b\": 2}', 'b')", "true")
          .example("'[\"foo\", \"bar\"]' ?? 'bar'", "true");
    }
    if (library.has("jsonb_exists_any")) {
      library
          .function("varchar, array(varchar) -> boolean", (in, out) -> exists(in, out, false))
          .is("What json ??| array tells: whether it has one of the keys.")
          .example("'{\"a\": 1, \"b\": 2}' ??| array['b', 'd']", "true");
    }
    if (library.has("jsonb_exists_all")) {
      library
          .function("varchar, array(varchar) -> boolean", (in, out) -> exists(in, out, true))
          .is("What json ??& array tells: whether it has all of the keys.")
          .example("'[\"a\", \"b\", \"c\"]' ??& array['a', 'b']", "true");
    }
    if (library.has("jsonb_delete", "json_delete")) {
      library
          .function(
              "varchar, varchar -> varchar | varchar, bigint -> varchar | varchar, array(varchar)"
                  + " -> varchar",
              JsonKeyLibrary::delete)
          .is("JSON without keys, texts of an array, or an element by its index from 0.")
          .example("jsonb_delete('{\"a\": 1, \"b\": 2}', 'a')", "{\"b\":2}")
          .example("jsonb_delete('[\"a\", \"b\"]', 1)", "[\"a\"]")
          .example("jsonb_delete('{\"a\": 1, \"b\": 2}', array['a', 'b'])", "{}");
    }
    if (library.has("jsonb_delete_path", "json_delete_path")) {
      library
          .function(
              "varchar, varchar -> varchar | varchar, array(varchar) -> varchar",
              JsonKeyLibrary::deletePath)
          .is("What json #- '{a,b}' gives: JSON without what a path leads to.")
          .example("'[\"a\", {\"b\": 1}]' #- '{1,b}'", "[\"a\",{}]");
    }
    if (library.has("jsonb_each", "json_each")) {
      library
          .function("varchar -> map(varchar, varchar)", (in, out) -> each(in, out, false))
          .is("The keys of a JSON object with their values as JSON; in FROM a row for each.")
          .example("jsonb_each('{\"a\": [1], \"b\": \"x\"}')", "{a=[1], b=\"x\"}")
          .example("(SELECT max(k) FROM jsonb_each('{\"a\": 1, \"b\": 2}') AS t(k, v))", "b");
    }
    if (library.has("jsonb_each_text", "json_each_text")) {
      library
          .function("varchar -> map(varchar, varchar)", (in, out) -> each(in, out, true))
          .is("The keys of a JSON object with their values as text; in FROM a row for each.")
          .example("jsonb_each_text('{\"a\": [1], \"b\": \"x\"}')", "{a=[1], b=x}");
    }
    if (library.has("jsonb_path_match")) {
      library
          .function("varchar, varchar, varchar? -> boolean", JsonKeyLibrary::matches)
          .is("What a path that is a condition tells; also json @@ path. Null where it is unknown.")
          .example("jsonb_path_match('{\"a\": [1, 5]}', 'exists($.a[*] ? (@ > 4))')", "true")
          .example("'{\"a\": 1}' @@ '$.a == 2'", "false");
    }
    if (library.has("jsonb_concat", "json_concat")) {
      library
          .function("varchar, varchar -> varchar", JsonKeyLibrary::concat)
          .is(
              "Two objects as one, the second one counts for a key of both; anything else as the"
                  + " elements of one array (|| joins texts here).")
          .example("jsonb_concat('{\"a\": 1, \"b\": 2}', '{\"b\": 3}')", "{\"a\":1,\"b\":3}")
          .example("jsonb_concat('[1]', '2')", "[1,2]");
    }
    if (library.has("json_merge_patch")) {
      library
          .function(
              "varchar, varchar -> varchar",
              (in, out) ->
                  out.appendText(
                      JsonText.write(
                          merged(JsonText.parse(in.text(0)), JsonText.parse(in.text(1))))))
          .is("JSON with the changes of a merge patch (RFC 7396): null takes a member away.")
          .example(
              "json_merge_patch('{\"a\": 1, \"b\": {\"c\": 2}}', '{\"a\": null, \"b\": {\"d\": 3}}')",
              "{\"b\":{\"c\":2,\"d\":3}}");
    }
  }

  private static boolean has(JsonNode root, String key) {
    if (root.isObject()) {
      return root.has(key);
    }
    if (root.isArray()) {
      for (JsonNode element : root) {
        if (isText(element, key)) {
          return true;
        }
      }
      return false;
    }
    return isText(root, key);
  }

  private static boolean isText(JsonNode node, String text) {
    return node.isTextual() && node.textValue().equals(text);
  }

  /** Null keys are passed over. */
  private static void exists(Arguments in, VectorBuilder out, boolean all) {
    JsonNode root = JsonText.parse(in.text(0));
    ColumnVector keys = in.elements(1);
    for (int i = in.start(1); i < in.end(1); i++) {
      if (!keys.isNull(i) && has(root, ArrayParts.text(keys, i)) != all) {
        out.appendBoolean(!all);
        return;
      }
    }
    out.appendBoolean(all);
  }

  private static void delete(Arguments in, VectorBuilder out) {
    JsonNode root = JsonText.parse(in.text(0));
    if (root.isValueNode()) {
      throw FunctionErrors.argument("nothing can be deleted from a JSON scalar");
    }
    if (in.vector(1).type() == Primitive.BIGINT) {
      if (!(root instanceof ArrayNode array)) {
        throw FunctionErrors.argument("an index deletes from a JSON array, not from an object");
      }
      long index = in.integer(1);
      array.remove((int) Math.max(-1, index < 0 ? array.size() + index : Math.min(index, 1 << 30)));
    } else if (in.vector(1).type() == Primitive.VARCHAR) {
      remove(root, in.text(1));
    } else {
      ColumnVector keys = in.elements(1);
      for (int i = in.start(1); i < in.end(1); i++) {
        if (!keys.isNull(i)) {
          remove(root, ArrayParts.text(keys, i));
        }
      }
    }
    out.appendText(JsonText.write(root));
  }

  private static void remove(JsonNode root, String key) {
    if (root instanceof ObjectNode object) {
      object.remove(key);
    } else if (root instanceof ArrayNode array) {
      for (int i = array.size() - 1; i >= 0; i--) {
        if (isText(array.get(i), key)) {
          array.remove(i);
        }
      }
    }
  }

  private static void each(Arguments in, VectorBuilder out, boolean asText) {
    if (!(JsonText.parse(in.text(0)) instanceof ObjectNode object)) {
      throw FunctionErrors.argument(
          "'" + FunctionErrors.shown(in.text(0)) + "' is no JSON object to take members of");
    }
    MapVectorBuilder map = (MapVectorBuilder) out;
    object
        .properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              map.keys().appendText(member.getKey());
              if (asText && value.isNull()) {
                map.mapValues().appendNull();
              } else {
                map.mapValues()
                    .appendText(
                        asText && value.isTextual() ? value.textValue() : JsonText.write(value));
              }
            });
    map.endRow();
  }

  private static void matches(Arguments in, VectorBuilder out) {
    JsonPath path = JsonBodies.path(in, 1);
    List<JsonNode> found = path.find(JsonText.parse(in.text(0)), JsonBodies.variables(in, 2));
    if (found.size() != 1 || !(found.get(0).isBoolean() || found.get(0).isNull())) {
      throw FunctionErrors.argument(
          "the path '" + FunctionErrors.shown(in.text(1)) + "' is no condition");
    } else if (found.get(0).isNull()) {
      out.appendNull();
    } else {
      out.appendBoolean(found.get(0).booleanValue());
    }
  }

  private static void deletePath(Arguments in, VectorBuilder out) {
    JsonNode root = JsonText.parse(in.text(0));
    if (root.isValueNode()) {
      throw FunctionErrors.argument("nothing can be deleted from a JSON scalar");
    }
    List<String> steps = JsonChangeLibrary.steps(in);
    JsonNode parent = root;
    for (int i = 0; i + 1 < steps.size() && parent != null; i++) {
      parent = JsonChangeLibrary.child(parent, steps.get(i));
    }
    String last = steps.isEmpty() ? "" : steps.get(steps.size() - 1);
    if (parent instanceof ObjectNode object && !steps.isEmpty()) {
      object.remove(last);
    } else if (parent instanceof ArrayNode array && !steps.isEmpty()) {
      if (!last.matches("-?[0-9]{1,9}")) {
        throw FunctionErrors.argument(
            "'" + FunctionErrors.shown(last) + "' is no index of an array");
      }
      int index = Integer.parseInt(last);
      array.remove(index < 0 ? Math.max(-1, array.size() + index) : index);
    }
    out.appendText(JsonText.write(root));
  }

  private static void concat(Arguments in, VectorBuilder out) {
    JsonNode left = JsonText.parse(in.text(0));
    JsonNode right = JsonText.parse(in.text(1));
    if (left instanceof ObjectNode object && right instanceof ObjectNode other) {
      object.setAll(other);
      out.appendText(JsonText.write(object));
      return;
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (JsonNode part : List.of(left, right)) {
      if (part instanceof ArrayNode array) {
        all.addAll(array);
      } else {
        all.add(part);
      }
    }
    out.appendText(JsonText.write(all));
  }

  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result =
        target instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    changes
        .properties()
        .forEach(
            change -> {
              if (change.getValue().isNull()) {
                result.remove(change.getKey());
              } else {
                JsonNode old = result.get(change.getKey());
                result.set(
                    change.getKey(),
                    merged(
                        old == null ? JsonNodeFactory.instance.nullNode() : old,
                        change.getValue()));
              }
            });
    return result;
  }
}
