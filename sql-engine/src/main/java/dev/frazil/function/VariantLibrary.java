package dev.frazil.function;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.variant.VariantJson;
import dev.frazil.variant.VariantKind;
import dev.frazil.variant.VariantPath;
import dev.frazil.variant.VariantSchema;
import dev.frazil.variant.VariantValue;
import dev.frazil.vector.VectorBuilder;

/** The functions of variants, with Spark's names. */
final class VariantLibrary {
  private VariantLibrary() {}

  static void define(Definitions library) {
    if (library.has("parse_json")) {
      library
          .function(
              "varchar -> variant", (in, out) -> out.appendBytes(VariantJson.parse(in.text(0))))
          .is("The variant of a JSON text; what is no JSON is an error (22032).")
          .example(
              "CAST(parse_json('{\"b\": [1, 2.50], \"a\": null}') AS varchar)",
              "{\"a\":null,\"b\":[1,2.50]}");
    }
    if (library.has("try_parse_json")) {
      library
          .function("varchar -> variant", VariantLibrary::tryParse)
          .is("As parse_json, but null for what is no JSON.")
          .example("try_parse_json('{')", "NULL");
    }
    if (library.has("variant_path")) {
      library
          .function("variant, varchar -> variant", VariantLibrary::path)
          .is(
              "What a path such as $.a['b'][0] finds in a variant, as a variant; null where there is"
                  + " nothing. Also variant_get(v, path), and variant_get(v, path, 'type') for a"
                  + " value of a type.")
          .example("variant_path(parse_json('{\"a\": [1, {\"b\": \"x\"}]}'), '$.a[1].b')", "\"x\"");
    }
    if (library.has("is_variant_null")) {
      library
          .function(
              "variant -> boolean",
              (in, out) -> out.appendBoolean(!in.isNull(0) && value(in).kind() == VariantKind.NULL))
          .takesNulls()
          .is("Whether a variant holds a null of JSON; false for a null of SQL.")
          .example("is_variant_null(parse_json('null'))", "true")
          .example("is_variant_null(CAST(NULL AS variant))", "false");
    }
    if (library.has("schema_of_variant")) {
      library
          .function("variant -> varchar", (in, out) -> out.appendText(VariantSchema.of(value(in))))
          .is("The shape of a variant, in Spark's words.")
          .example(
              "schema_of_variant(parse_json('{\"a\": [1, 2.5], \"b\": \"x\"}'))",
              "OBJECT<a: ARRAY<DECIMAL(21,1)>, b: STRING>");
    }
  }

  private static VariantValue value(Arguments in) {
    return VariantValue.at(in.bytes(0), 0);
  }

  private static void tryParse(Arguments in, VectorBuilder out) {
    byte[] variant;
    try {
      variant = VariantJson.parse(in.text(0));
    } catch (EngineException notJson) {
      if (notJson.state() != SqlState.INVALID_JSON_TEXT) {
        throw notJson;
      }
      out.appendNull();
      return;
    }
    out.appendBytes(variant);
  }

  private static void path(Arguments in, VectorBuilder out) {
    VariantValue found = in.remember(in.text(1), VariantPath::parse).find(value(in));
    if (found == null) {
      out.appendNull();
    } else {
      out.appendBytes(found.toBytes());
    }
  }
}
