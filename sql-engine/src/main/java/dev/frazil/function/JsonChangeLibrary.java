package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parts of JSON by a list of keys, and JSON with other parts, as PostgreSQL has them. */
final class JsonChangeLibrary {
  private JsonChangeLibrary() {}

  static void define(Definitions library) {
    if (library.has("json_get_path")) {
      library
          .function(
              "varchar, varchar -> varchar | varchar, array(varchar) -> varchar",
              (in, out) -> get(in, out, false))
          .is(
              "What json #> '{a,b}' finds: the keys, or indexes from 0, one after the other, as JSON.")
          .example("'{\"a\": {\"b\": [1, 2]}}' #> '{a,b}'", "[1,2]")
          .example("'{\"a\": {\"b\": [1, 2]}}' #> array['a', 'b', '-1']", "2");
    }
    if (library.has("json_get_path_text")) {
      library
          .function(
              "varchar, varchar -> varchar | varchar, array(varchar) -> varchar",
              (in, out) -> get(in, out, true))
          .is("What json #>> '{a,b}' finds, as text.")
          .example("'{\"a\": {\"b\": [\"x\"]}}' #>> '{a,b,0}'", "x");
    }
    if (library.has("json_set", "jsonb_set")) {
      library
          .function(
              "varchar, varchar, varchar, boolean? -> varchar | varchar, array(varchar), varchar,"
                  + " boolean? -> varchar",
              JsonChangeLibrary::set)
          .is(
              "JSON with another value, in JSON, at a path such as '{a,0}'; what the path ends"
                  + " with is added unless the last argument is false.")
          .example("jsonb_set('{\"a\": [1, 2]}', '{a,1}', '\"x\"')", "{\"a\":[1,\"x\"]}")
          .example("jsonb_set('{\"a\": 1}', '{b}', '2')", "{\"a\":1,\"b\":2}")
          .example("jsonb_set('{\"a\": 1}', '{b}', '2', false)", "{\"a\":1}");
    }
    if (library.has("json_strip_nulls", "jsonb_strip_nulls")) {
      library
          .function(
              "varchar -> varchar",
              (in, out) -> {
                JsonNode root = JsonText.parse(in.text(0));
                stripNulls(root);
                out.appendText(JsonText.write(root));
              })
          .is("JSON without the members of objects that are null; those of arrays stay.")
          .example("json_strip_nulls('[{\"a\": 1, \"b\": null}, null]')", "[{\"a\":1},null]");
    }
    if (library.has("json_pretty", "jsonb_pretty")) {
      library
          .function(
              "varchar -> varchar",
              (in, out) -> {
                StringBuilder text = new StringBuilder();
                pretty(JsonText.parse(in.text(0)), 0, text);
                out.appendText(text.toString());
              })
          .is("JSON in lines, four blanks for each level.")
          .example("split_part(json_pretty('{\"a\": [1]}'), chr(10), 2)", "    \"a\": [");
    }
    if (library.has("json_array_path", "jsonb_path_query_array")) {
      library
          .function(
              "varchar, varchar, varchar? -> varchar",
              (in, out) -> {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                found(in).forEach(all::add);
                out.appendText(JsonText.write(all));
              })
          .is("All that a path finds, as a JSON array.")
          .example("jsonb_path_query_array('{\"a\": [1, 2]}', '$.a[*]')", "[1,2]");
    }
    if (library.has("json_path_query_first", "jsonb_path_query_first")) {
      library
          .function(
              "varchar, varchar, varchar? -> varchar",
              (in, out) -> {
                List<JsonNode> found = found(in);
                append(found.isEmpty() ? null : found.get(0), false, out);
              })
          .is("The first that a path finds, as JSON; null if nothing.")
          .example("jsonb_path_query_first('{\"a\": [1, 2]}', '$.a[*]')", "1");
    }
    if (library.has("json_elements", "json_array_elements", "jsonb_array_elements")) {
      library
          .function("varchar -> array(varchar)", (in, out) -> elements(in, out, false))
          .is("The elements of a JSON array, each as JSON; in FROM a row for each.")
          .example("json_array_elements('[1, {\"a\": 2}]')", "[1, {\"a\":2}]")
          .example("(SELECT max(e) FROM json_array_elements('[1, 2]') AS t(e))", "2");
    }
    if (library.has(
        "json_elements_text", "json_array_elements_text", "jsonb_array_elements_text")) {
      library
          .function("varchar -> array(varchar)", (in, out) -> elements(in, out, true))
          .is("The elements of a JSON array, each as text; in FROM a row for each.")
          .example("json_array_elements_text('[\"a\", null]')", "[a, NULL]");
    }
    JsonInsertLibrary.define(library);
    JsonTableLibrary.define(library);
  }

  private static List<JsonNode> found(Arguments in) {
    return JsonBodies.path(in, 1).find(JsonText.parse(in.text(0)), JsonBodies.variables(in, 2));
  }

  private static void append(@Nullable JsonNode node, boolean asText, VectorBuilder out) {
    if (node == null || (asText && node.isNull())) {
      out.appendNull();
    } else {
      out.appendText(asText && node.isTextual() ? node.textValue() : JsonText.write(node));
    }
  }

  private static void elements(Arguments in, VectorBuilder out, boolean asText) {
    JsonNode root = JsonText.parse(in.text(0));
    if (!root.isArray()) {
      throw FunctionErrors.argument(
          "'" + FunctionErrors.shown(in.text(0)) + "' is no JSON array to take elements of");
    }
    ListVectorBuilder list = (ListVectorBuilder) out;
    root.forEach(element -> append(element, asText, list.elements()));
    list.endRow();
  }

  private static void get(Arguments in, VectorBuilder out, boolean asText) {
    JsonNode node = JsonText.parse(in.text(0));
    for (String step : steps(in)) {
      node = node == null ? null : child(node, step);
    }
    append(node, asText, out);
  }

  static @Nullable JsonNode child(JsonNode node, String step) {
    if (!node.isArray()) {
      return node.get(step);
    }
    int index = index((ArrayNode) node, step);
    return index < 0 ? null : node.get(index);
  }

  /** The index that a step means, beyond the end perhaps; -1 before the start or for no number. */
  private static int index(ArrayNode array, String step) {
    if (!step.matches("-?[0-9]{1,9}")) {
      return -1;
    }
    int index = Integer.parseInt(step);
    return index < 0 ? Math.max(-1, array.size() + index) : index;
  }

  /** An array of keys, or one as PostgreSQL writes it: {@code {a,"b c",0}}. */
  static List<String> steps(Arguments in) {
    List<String> steps = new ArrayList<>();
    if (in.vector(1) instanceof ListVector) {
      ColumnVector keys = in.elements(1);
      for (int i = in.start(1); i < in.end(1); i++) {
        if (keys.isNull(i)) {
          throw FunctionErrors.argument("a path of JSON must not have a null among its keys");
        }
        steps.add(ArrayParts.text(keys, i));
      }
      return steps;
    }
    String text = in.text(1).strip();
    if (!text.startsWith("{") || !text.endsWith("}") || text.length() < 2) {
      throw FunctionErrors.argument(
          "'" + FunctionErrors.shown(text) + "' is no path of JSON such as {a,b,0}");
    }
    String inside = text.substring(1, text.length() - 1);
    StringBuilder step = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < inside.length(); i++) {
      char character = inside.charAt(i);
      if (character == '"') {
        quoted = !quoted;
      } else if (character == '\\' && i + 1 < inside.length()) {
        step.append(inside.charAt(++i));
      } else if (character == ',' && !quoted) {
        steps.add(step.toString());
        step.setLength(0);
      } else {
        step.append(character);
      }
    }
    if (!inside.isBlank()) {
      steps.add(step.toString());
    }
    return steps;
  }

  private static void set(Arguments in, VectorBuilder out) {
    JsonNode root = JsonText.parse(in.text(0));
    JsonNode value = JsonText.parse(in.text(2));
    boolean adds = in.count() < 4 || in.bool(3);
    List<String> steps = steps(in);
    JsonNode parent = root;
    for (int i = 0; i + 1 < steps.size() && parent != null; i++) {
      parent = child(parent, steps.get(i));
    }
    if (!steps.isEmpty() && parent != null) {
      put(parent, steps.get(steps.size() - 1), value, adds);
    }
    out.appendText(JsonText.write(root));
  }

  private static void put(JsonNode parent, String step, JsonNode value, boolean adds) {
    if (parent instanceof ObjectNode object) {
      if (adds || object.has(step)) {
        object.set(step, value);
      }
    } else if (parent instanceof ArrayNode array) {
      if (!step.matches("-?[0-9]{1,9}")) {
        throw FunctionErrors.argument(
            "'" + FunctionErrors.shown(step) + "' is no index of an array");
      }
      int index = index(array, step);
      if (index >= 0 && index < array.size()) {
        array.set(index, value);
      } else if (adds && index < 0) {
        array.insert(0, value);
      } else if (adds) {
        array.add(value);
      }
    }
  }

  private static void stripNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Iterator<JsonNode> members = object.iterator();
      while (members.hasNext()) {
        if (members.next().isNull()) {
          members.remove();
        }
      }
    }
    node.forEach(JsonChangeLibrary::stripNulls);
  }

  private static void pretty(JsonNode node, int level, StringBuilder text) {
    if (!node.isContainerNode() || node.isEmpty()) {
      text.append(JsonText.write(node));
      return;
    }
    String indent = "    ".repeat(level + 1);
    text.append(node.isObject() ? '{' : '[');
    String separator = "\n";
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        String key = JsonText.write(JsonNodeFactory.instance.textNode(member.getKey()));
        text.append(separator).append(indent).append(key).append(": ");
        pretty(member.getValue(), level + 1, text);
        separator = ",\n";
      }
    } else {
      for (JsonNode element : node) {
        text.append(separator).append(indent);
        pretty(element, level + 1, text);
        separator = ",\n";
      }
    }
    text.append('\n').append("    ".repeat(level)).append(node.isObject() ? '}' : ']');
    FunctionErrors.checkLength(text.length(), "json_pretty");
  }
}
