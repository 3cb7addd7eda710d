package dev.frazil.function;

/**
 * The functions of JSON, which is text. Paths are those of SQL: {@code $.a.b[0]}, {@code $.a[*]}.
 */
final class JsonLibrary {
  private JsonLibrary() {}

  static void define(Definitions library) {
    extraction(library);
    iso(library);
    arrays(library);
    makers(library);
    JsonChangeLibrary.define(library);
    JsonKeyLibrary.define(library);
  }

  private static void extraction(Definitions library) {
    if (library.has("json_extract")) {
      library
          .function("varchar, varchar -> varchar", JsonBodies::extract)
          .is("What a path finds, as JSON; null if nothing.")
          .example("json_extract('{\"a\": [1, {\"b\": \"x\"}]}', '$.a[1]')", "{\"b\":\"x\"}");
    }
    if (library.has("json_extract_scalar", "json_extract_string")) {
      library
          .function("varchar, varchar -> varchar", JsonBodies::extractScalar)
          .is("The text, number or boolean that a path finds, as text; null if there is none.")
          .example("json_extract_scalar('{\"a\": [1, {\"b\": \"x\"}]}', '$.a[1].b')", "x");
    }
    if (library.has("json_get")) {
      library
          .function(
              "varchar, varchar -> varchar | varchar, bigint -> varchar",
              (in, out) -> JsonBodies.get(in, out, false))
          .is("What json -> key, or json -> index (from 0), finds, as JSON.")
          .example("'{\"a\": {\"b\": 1}}' -> 'a'", "{\"b\":1}")
          .example("'[1, 2, 3]' -> -1", "3");
    }
    if (library.has("json_get_text")) {
      library
          .function(
              "varchar, varchar -> varchar | varchar, bigint -> varchar",
              (in, out) -> JsonBodies.get(in, out, true))
          .is("What json ->> key, or json ->> index (from 0), finds, as text.")
          .example("'{\"a\": {\"b\": \"x\"}}' -> 'a' ->> 'b'", "x");
    }
    if (library.has("json_extract_path", "jsonb_extract_path")) {
      library
          .function("varchar, varchar... -> varchar", (in, out) -> JsonBodies.walk(in, out, false))
          .is("What the keys, or indexes from 0, lead to one after the other, as JSON.")
          .example("json_extract_path('{\"a\": [1, {\"b\": \"x\"}]}', 'a', '1')", "{\"b\":\"x\"}");
    }
    if (library.has("json_extract_path_text", "jsonb_extract_path_text")) {
      library
          .function("varchar, varchar... -> varchar", (in, out) -> JsonBodies.walk(in, out, true))
          .is("What the keys, or indexes from 0, lead to one after the other, as text.")
          .example("json_extract_path_text('{\"a\": [1, {\"b\": \"x\"}]}', 'a', '1', 'b')", "x");
    }
    if (library.has("json_array_get")) {
      library
          .function("varchar, bigint -> varchar", (in, out) -> JsonBodies.get(in, out, false))
          .is("An element of a JSON array by its index from 0, from the end if negative.")
          .example("json_array_get('[\"a\", \"b\"]', 1)", "\"b\"");
    }
    if (library.has("json_typeof", "json_type", "jsonb_typeof")) {
      library
          .function("varchar -> varchar", JsonBodies::type)
          .is("The kind of a JSON value: object, array, string, number, boolean or null.")
          .example("json_typeof('[1]')", "array");
    }
  }

  private static void iso(Definitions library) {
    if (library.has("json_value")) {
      library
          .function("varchar, varchar, varchar? -> varchar", JsonBodies::value)
          .is("The one scalar that a path finds, as text; null for none, several, or no JSON.")
          .example("json_value('{\"a\": 1.50}', 'lax $.a')", "1.50")
          .example("json_value('{\"a\": [1, 2]}', 'lax $.a.size()' RETURNING integer) + 1", "3")
          .example("json_value('{}', 'lax $.a' DEFAULT 'none' ON EMPTY)", "none");
    }
    if (library.has("json_query")) {
      library
          .function("varchar, varchar, varchar? -> varchar", JsonBodies::query)
          .is("The one object or array that a path finds; null for none, several, or no JSON.")
          .example("json_query('{\"a\": [1, 2]}', 'lax $.a')", "[1,2]");
    }
    if (library.has("json_exists", "jsonb_path_exists")) {
      library
          .function("varchar, varchar, varchar? -> boolean", JsonBodies::exists)
          .is(
              "Whether a path finds something; false for no JSON. A path has filters, arithmetic and"
                  + " methods; what its $name stand for are the members of a last argument, or what"
                  + " PASSING names.")
          .example("json_exists('{\"a\": [1, 5]}', 'lax $.a[*] ? (@ > 4)')", "true")
          .example("json_exists('[1, 5]', 'lax $ ? (@ > $x)' PASSING 5 AS x)", "false")
          .example("json_exists('{\"a\": null}', 'lax $.a')", "true");
    }
    if (library.has("json_valid", "is_json")) {
      library
          .function("varchar, varchar? -> boolean", JsonBodies::valid)
          .is("Whether a text is JSON; also text IS [NOT] JSON [VALUE | OBJECT | ARRAY | SCALAR].")
          .example("json_valid('{\"a\": 1}')", "true")
          .example("'[1' IS JSON", "false")
          .example("'[1]' IS JSON ARRAY", "true");
    }
    if (library.has("json_parse", "json")) {
      library
          .function("varchar -> varchar", JsonBodies::parse)
          .is("A JSON text without blanks; an error if it is none.")
          .example("json_parse(' { \"a\" : 1.0 } ')", "{\"a\":1.0}");
    }
    if (library.has("json_format", "json_serialize")) {
      library
          .function("varchar -> varchar", JsonBodies::parse)
          .is("As json_parse: JSON is text here.")
          .example("json_format('[1, 2]')", "[1,2]");
    }
  }

  private static void arrays(Definitions library) {
    if (library.has("json_array_length", "jsonb_array_length")) {
      library
          .function("varchar, varchar? -> bigint", JsonBodies::arrayLength)
          .is("How many elements a JSON array, or the one that a path finds, has; else null.")
          .example("json_array_length('[1, [2, 3]]')", "2")
          .example("json_array_length('{\"a\": [1]}', '$.a')", "1");
    }
    if (library.has("json_size")) {
      library
          .function("varchar, varchar -> bigint", JsonBodies::size)
          .is("How many elements or members has what a path finds; 0 for a scalar.")
          .example("json_size('{\"a\": {\"b\": 1, \"c\": 2}}', '$.a')", "2");
    }
    if (library.has("json_array_contains")) {
      library
          .function(
              "varchar, varchar -> boolean | varchar, boolean -> boolean | varchar, double ->"
                  + " boolean",
              JsonBodies::arrayContains)
          .is("Whether a JSON array has a text, number or boolean among its elements.")
          .example("json_array_contains('[1, 2, 3]', 2)", "true")
          .example("json_array_contains('[\"2\"]', 2)", "false");
    }
    if (library.has("json_keys", "json_object_keys", "jsonb_object_keys")) {
      library
          .function("varchar -> array(varchar)", JsonBodies::keys)
          .is("The keys of a JSON object; null for anything else.")
          .example("json_keys('{\"a\": 1, \"b\": 2}')", "[a, b]");
    }
  }

  private static void makers(Definitions library) {
    if (library.has("json_joined")) {
      library
          .function("varchar, varchar, varchar, bigint -> varchar", JsonMakers::joined)
          .takesNulls()
          .is("What JSON_ARRAYAGG and JSON_OBJECTAGG compute of their members: brackets around.")
          .example("json_joined('[', '1,2', ']', 2)", "[1,2]")
          .example("(SELECT json_arrayagg(x ORDER BY x) FROM (VALUES (2), (1)) t(x))", "[1,2]")
          .example("(SELECT json_objectagg(KEY 'a' VALUE x) FROM (VALUES (2)) t(x))", "{\"a\":2}");
    }
    if (library.has("to_json", "to_jsonb", "row_to_json", "array_to_json", "json_scalar")) {
      library
          .function("any -> varchar", JsonMakers::toJson)
          .is("Any value as JSON: arrays and maps as such, rows as objects, times as text.")
          .example("to_json(array[1, 2])", "[1,2]")
          .example("to_json(map['a', true])", "{\"a\":true}");
    }
    if (library.has("json_build_object", "jsonb_build_object")) {
      library
          .function("any... -> varchar", (in, out) -> JsonMakers.object(in, out, true))
          .takesNulls()
          .is("The JSON object of keys and values in turn; also JSON_OBJECT(KEY k VALUE v, ...).")
          .example("json_build_object('a', 1, 'b', NULL)", "{\"a\":1,\"b\":null}")
          .example("json_object(KEY 'a' VALUE 'x')", "{\"a\":\"x\"}");
    }
    if (library.has("json_object_absent_on_null")) {
      library
          .function("any... -> varchar", (in, out) -> JsonMakers.object(in, out, false))
          .takesNulls()
          .is("What JSON_OBJECT(... ABSENT ON NULL) computes.")
          .example("json_object(KEY 'a' VALUE NULL ABSENT ON NULL)", "{}");
    }
    if (library.has("json_build_array", "jsonb_build_array")) {
      library
          .function("any... -> varchar", (in, out) -> JsonMakers.array(in, out, true))
          .takesNulls()
          .is("The JSON array of the arguments; also JSON_ARRAY(... NULL ON NULL).")
          .example("json_build_array(1, 'a', NULL)", "[1,\"a\",null]");
    }
    if (library.has("json_array_absent_on_null")) {
      library
          .function("any... -> varchar", (in, out) -> JsonMakers.array(in, out, false))
          .takesNulls()
          .is("What JSON_ARRAY(...) computes: nulls are left out.")
          .example("json_array(1, NULL, 'a')", "[1,\"a\"]");
    }
  }
}
