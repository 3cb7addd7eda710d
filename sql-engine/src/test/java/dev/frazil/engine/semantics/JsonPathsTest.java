package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/**
 * Paths of SQL/JSON and the clauses around them: ISO 9075-2, 6.27 to 6.30 and 9.46, and the
 * examples of PostgreSQL's manual, 9.16.2, by hand.
 */
class JsonPathsTest extends SqlExpressions {
  private static final String FOUND = "jsonb_path_query_array('{\"a\": [1, 2, 3, 4, 5]}', ";

  @Test
  void filtersRangesAndSteps() {
    gives(
        FOUND + "'$.a[*] ? (@ >= 2 && @ <= 4)')",
        "[2,3,4]",
        FOUND + "'$.a[*] ? (@ < 2 || !(@ != 5))')",
        "[1,5]",
        FOUND + "'$.a[1 to last - 1]')",
        "[2,3,4]",
        FOUND + "'$.a[0, 2 to 3, last]')",
        "[1,3,4,5]",
        FOUND + "'$.a[-1]')",
        "[5]",
        FOUND + "'$ ? (exists(@.b))')",
        "[]",
        FOUND + "'$ ? (@.a[*] > 4).a[0]')",
        "[1]",
        FOUND + "'$.a ? (@ * 2 - 1 == 5)')",
        "[3]",
        FOUND + "'$.a ? (@ > $x && @ < $y)', '{\"x\": 1, \"y\": 4}')",
        "[2,3]",
        "jsonb_path_query_array('{\"a\": {\"b\": {\"c\": 1}}}', 'strict $.**.c')",
        "[1]",
        "jsonb_path_query_array('[{\"b\": \"foo\"}, {\"b\": \"bar\"}]', '$[*].b ? (@ starts with"
            + " \"f\")')",
        "[\"foo\"]",
        "jsonb_path_query_array('[\"foo\", \"Bar\"]', '$ ? (@ like_regex \"^b\" flag \"i\")')",
        "[\"Bar\"]",
        "jsonb_path_query_array('[1, \"x\", {}]', '$[*] ? (@ + 1 > 0)')",
        "[1]",
        "jsonb_path_query_array('[{\"x\": 1}, 2]', '$.*')",
        "[1]",
        "json_value('{\"a-b\": 1}', '$.a-b')",
        "1",
        "json_value('{\"a.b\": 1}', '$.\"a.b\"')",
        "1");
    fails("22023", "json_exists('1', '$ ? (@ > $x)')", "json_exists('1', '$ ? @ > 1')");
    fails(
        "22023", "json_exists('1', '$[')", "json_exists('1', '$.a b')", "json_exists('1', '1 1')");
    fails("22012", "json_extract('1', '$ / 0')");
  }

  @Test
  void arithmeticMethodsAndConditions() {
    gives(
        "jsonb_path_query_first('[4]', '($[0] + 3) * 2 % 5')", "4",
        "jsonb_path_query_first('[4]', '-$[0]')", "-4",
        "jsonb_path_query_array('[1, \"x\", null, true, {}]', '$[*].type()')",
            "[\"number\",\"string\",\"null\",\"boolean\",\"object\"]",
        "jsonb_path_query_first('{\"a\": [1, 2]}', '$.a.size()')", "2",
        "jsonb_path_query_array('[2.5, -3]', '$[*].abs().ceiling()')", "[3,3]",
        "jsonb_path_query_first('\"1.9\"', '$.double()')", "1.9",
        "jsonb_path_query_first('\"1.9\"', '$.integer()')", "2",
        "jsonb_path_match('{\"a\": 1}', '$.a == 1 || $.b == 2')", "true",
        "jsonb_path_match('{\"a\": 1}', '$.a > \"x\"')", "NULL",
        "jsonb_path_match('{\"a\": 1}', '($.a > \"x\") is unknown')", "true",
        "'{\"a\": null}' @@ '$.a == null'", "true");
    fails("22023", "jsonb_path_match('{\"a\": 1}', '$.a')", "json_value('1', '$.foo()')");
    fails("22023", "jsonb_path_query_first('\"x\"', '$.double()')");
  }

  @Test
  void clausesOfIso() {
    gives(
        "json_value('{\"a\": \"5\"}', '$.a' RETURNING integer) + 1", "6",
        "json_value('{\"a\": \"x\"}', '$.a' RETURNING integer)", "NULL",
        "json_value('{\"a\": \"x\"}', '$.a' RETURNING integer DEFAULT -1 ON ERROR)", "-1",
        "json_value('{\"a\": \"x\"}', '$.b' DEFAULT 'none' ON EMPTY) || '!'", "none!",
        "json_value('{\"a\": 7}', '$.a ? (@ == $x)' PASSING 6 + 1 AS x)::bigint + 1", "8",
        "json_query('{\"a\": [1, 2]}', '$.a[*]' WITH UNCONDITIONAL ARRAY WRAPPER)", "[1,2]",
        "json_query('{\"a\": [1, 2]}', '$.a' WITH CONDITIONAL WRAPPER)", "[1,2]",
        "json_query('{\"a\": 1}', '$.a' WITH CONDITIONAL WRAPPER)", "[1]",
        "json_query('{\"a\": 1}', '$.a' WITHOUT WRAPPER)", "NULL",
        "json_query('{\"a\": \"x\"}', '$.a' OMIT QUOTES)", "x",
        "json_query('{\"a\": \"x\"}', '$.a' WITHOUT WRAPPER OMIT QUOTES ON SCALAR STRING)", "x",
        "json_query('{\"a\": \"x\"}', '$.a' KEEP QUOTES)", "\"x\"",
        "json_query('{\"a\": [\"x\"]}', '$.a' OMIT QUOTES)", "[\"x\"]",
        "json_query('{\"a\": 7}', '$.a' RETURNING integer OMIT QUOTES)", "7",
        "json_query('{\"a\": [1, 2]}', '$.a[*]' OMIT QUOTES)", "NULL",
        "json_query('{\"a\": 7, \"b\": 2}', '$.a-$.b' KEEP QUOTES)", "5",
        "json_value('{\"a\": 7, \"b\": 2}', '$.a-$.b')", "5",
        "json_value('{\"a-b\": 7}', '$.a-b')", "7",
        "json_value('{\"a\": 7}', '$.a-(2)')", "5",
        "json_query('{\"a\": 1}', '$.b' EMPTY ARRAY ON EMPTY)", "[]",
        "json_query('{\"a\": 1}', '$.a' EMPTY OBJECT ON ERROR)", "{}",
        "json_query('{\"t\": [\"a\", null]}', '$.t' RETURNING varchar[])", "[a, NULL]",
        "json_exists('{', '$.a' UNKNOWN ON ERROR)", "NULL",
        "json_exists('{', '$.a' TRUE ON ERROR)", "true",
        "json_exists('{', '$.a' FALSE ON ERROR)", "false");
    rows(
        "SELECT json_value(j, '$.a' RETURNING bigint) AS a FROM (VALUES '{\"a\": 1}', '{\"a\": 2}') AS t(j)"
            + " WHERE json_exists(j, '$.a ? (@ > $x)' PASSING 1 AS x)",
        "[[2]]");
    fails("22018", "json_value('{\"a\": \"x\"}', '$.a' RETURNING integer ERROR ON ERROR)");
    fails("22023", "json_value('{\"a\": 1}', '$.b' ERROR ON EMPTY)");
    fails("22023", "json_query('{\"a\": 1}', '$.a' ERROR ON ERROR)");
    fails("22032", "json_exists('{', '$.a' ERROR ON ERROR)");
    fails("42601", "json_query('\"a\"', '$' WITH WRAPPER OMIT QUOTES)");
  }
}
