package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.StructVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.util.List;

/** What JSON_TABLE is made of. */
final class JsonTableLibrary {
  private JsonTableLibrary() {}

  static void define(Definitions library) {
    if (library.has("json_path_elements", "jsonb_path_query")) {
      library
          .function(
              "varchar, varchar, varchar? -> array(varchar)",
              (in, out) -> {
                ListVectorBuilder list = (ListVectorBuilder) out;
                found(in).forEach(node -> list.elements().appendText(JsonText.write(node)));
                list.endRow();
              })
          .is(
              "All that a path finds, each as JSON: the rows of JSON_TABLE; in FROM a row for each.")
          .example("(SELECT count(*) FROM jsonb_path_query('[1, 2]', '$[*]') AS t(e))", "2")
          .example("json_path_elements('{\"a\": [1, \"x\"]}', 'lax $.a[*]')", "[1, \"x\"]")
          .example(
              "(SELECT sum(b) FROM JSON_TABLE('[{\"b\": 1}, {\"b\": 2}]', 'lax $[*]' COLUMNS (b"
                  + " integer)) AS t)",
              "3");
    }
    if (library.has("json_scalar_at")) {
      library
          .function("varchar, varchar, varchar? -> varchar", JsonTableLibrary::scalar)
          .is("A column of JSON_TABLE: as json_value, but several values, or no scalar, are 22023.")
          .example("json_scalar_at('{\"a\": 1.50}', 'lax $.a')", "1.50")
          .example("json_scalar_at('{}', 'lax $.a')", "NULL");
    }
    if (library.has("json_wrapped")) {
      library
          .function("varchar, varchar, varchar, varchar? -> varchar", JsonTableLibrary::wrapped)
          .is(
              "What JSON_QUERY(...) with clauses computes: with a wrapper all that a path finds is an"
                  + " array, with a conditional one unless it is one array or object; without, several"
                  + " values, or a scalar, are 22023; 'keep' and 'omit' (QUOTES) let one scalar"
                  + " be, a text with its quotes or without.")
          .example("json_wrapped('{\"a\": [1, 2]}', 'lax $.a[*]', 'with')", "[1,2]")
          .example("json_query('{\"a\": [1]}', 'lax $.a' WITH CONDITIONAL WRAPPER)", "[1]");
    }
    if (library.has("json_path_branches")) {
      library
          .function(
              "varchar, varchar, varchar, varchar... -> array(row(bigint, bigint, varchar))",
              JsonTableLibrary::branches)
          .is(
              "What nested paths of JSON_TABLE side by side find: the number of the path, that of the"
                  + " item, and the item.")
          .example(
              "json_path_branches('{\"a\": [5], \"b\": 6}', '{}', '$.a[*]', '$.b')",
              "[[1, 1, 5], [2, 1, 6]]");
    }
    if (library.has("json_found")) {
      library
          .function(
              "varchar, varchar, varchar? -> boolean",
              (in, out) -> {
                if (found(in).isEmpty()) {
                  throw FunctionErrors.argument(
                      "the path '" + FunctionErrors.shown(in.text(1)) + "' finds nothing");
                }
                out.appendBoolean(true);
              })
          .is("What ERROR ON EMPTY asks in JSON_TABLE: true, or 22023 where a path finds nothing.")
          .example("json_found('{\"a\": 1}', 'lax $.a')", "true");
    }
  }

  private static List<JsonNode> found(Arguments in) {
    return JsonBodies.path(in, 1).find(JsonText.parse(in.text(0)), JsonBodies.variables(in, 2));
  }

  private static void wrapped(Arguments in, VectorBuilder out) {
    List<JsonNode> found =
        JsonBodies.path(in, 1).find(JsonText.parse(in.text(0)), JsonBodies.variables(in, 3));
    String wrapper = in.text(2);
    boolean isOne = found.size() == 1 && found.get(0).isContainerNode();
    if (found.isEmpty()) {
      out.appendNull();
    } else if (wrapper.equals("with") || (wrapper.equals("conditional") && !isOne)) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      found.forEach(all::add);
      out.appendText(JsonText.write(all));
    } else if (found.size() == 1 && wrapper.equals("omit") && found.get(0).isTextual()) {
      out.appendText(found.get(0).textValue());
    } else if (isOne || (found.size() == 1 && (wrapper.equals("omit") || wrapper.equals("keep")))) {
      out.appendText(JsonText.write(found.get(0)));
    } else {
      throw FunctionErrors.argument(
          "the path '"
              + FunctionErrors.shown(in.text(1))
              + "' does not find one array or object: write WITH WRAPPER");
    }
  }

  private static void branches(Arguments in, VectorBuilder out) {
    JsonNode root = JsonText.parse(in.text(0));
    JsonNode variables = JsonBodies.variables(in, 1);
    ListVectorBuilder list = (ListVectorBuilder) out;
    StructVectorBuilder rows = (StructVectorBuilder) list.elements();
    for (int branch = 2; branch < in.count(); branch++) {
      long number = 0;
      for (JsonNode item : JsonBodies.path(in, branch).find(root, variables)) {
        rows.fields().get(0).appendLong(branch - 1L);
        rows.fields().get(1).appendLong(++number);
        rows.fields().get(2).appendText(JsonText.write(item));
        rows.endRow();
      }
    }
    list.endRow();
  }

  private static void scalar(Arguments in, VectorBuilder out) {
    List<JsonNode> found = found(in);
    if (found.size() > 1 || (!found.isEmpty() && !found.get(0).isValueNode())) {
      throw FunctionErrors.argument(
          "the path '" + FunctionErrors.shown(in.text(1)) + "' does not find one scalar");
    }
    if (found.isEmpty() || found.get(0).isNull()) {
      out.appendNull();
    } else {
      JsonNode node = found.get(0);
      out.appendText(node.isTextual() ? node.textValue() : JsonText.write(node));
    }
  }
}
