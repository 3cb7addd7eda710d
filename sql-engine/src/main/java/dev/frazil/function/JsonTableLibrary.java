package dev.frazil.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.util.List;

/** What JSON_TABLE is made of. */
final class JsonTableLibrary {
  private JsonTableLibrary() {}

  static void define(Definitions library) {
    if (library.has("json_path_elements", "jsonb_path_query")) {
      library
          .function(
              "varchar, varchar -> array(varchar)",
              (in, out) -> {
                ListVectorBuilder list = (ListVectorBuilder) out;
                found(in).forEach(node -> list.elements().appendText(JsonText.write(node)));
                list.endRow();
              })
          .is("All that a path finds, each as JSON: the rows of JSON_TABLE; in FROM a row for each.")
          .example("(SELECT count(*) FROM jsonb_path_query('[1, 2]', '$[*]') AS t(e))", "2")
          .example("json_path_elements('{\"a\": [1, \"x\"]}', 'lax $.a[*]')", "[1, \"x\"]")
          .example(
              "(SELECT sum(b) FROM JSON_TABLE('[{\"b\": 1}, {\"b\": 2}]', 'lax $[*]' COLUMNS (b"
                  + " integer)) AS t)",
              "3");
    }
    if (library.has("json_scalar_at")) {
      library
          .function("varchar, varchar -> varchar", JsonTableLibrary::scalar)
          .is("A column of JSON_TABLE: as json_value, but several values, or no scalar, are 22023.")
          .example("json_scalar_at('{\"a\": 1.50}', 'lax $.a')", "1.50")
          .example("json_scalar_at('{}', 'lax $.a')", "NULL");
    }
    if (library.has("json_found")) {
      library
          .function(
              "varchar, varchar -> boolean",
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
    return in.remember(in.text(1), JsonPath::compile).find(JsonText.parse(in.text(0)));
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
