package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/**
 * What becomes of errors in paths of SQL/JSON: ISO 9075-2, 6.27 to 6.30 (NULL ON ERROR unless told)
 * and 9.46 (unknown in a filter); and what PostgreSQL's manual, 9.16.2, shows, by hand.
 */
class JsonPathErrorsTest extends SqlExpressions {
  private static final String ALL = "jsonb_path_query_array(";

  @Test
  void errorsAreNullUnlessTold() {
    gives(
        "json_value('{\"a\": \"x\"}', 'lax $.a + 1')", "NULL",
        "json_query('{\"a\": \"x\"}', 'lax $.a.double()')", "NULL",
        "json_exists('{\"a\": \"x\"}', 'lax $.a.double()')", "false",
        "json_value('{\"a\": \"x\"}', 'lax $.a.double()' DEFAULT 'no' ON ERROR)", "no",
        "json_value('{', '$.a' DEFAULT 'none' ON EMPTY DEFAULT 'bad' ON ERROR)", "bad",
        "json_value('{', '$.a' DEFAULT 'none' ON EMPTY)", "NULL",
        "json_value('{', '$.a' ERROR ON EMPTY)", "NULL",
        "json_value('{}', '$.a' DEFAULT 'none' ON EMPTY DEFAULT 'bad' ON ERROR)", "none");
    fails("22032", "json_value('{', '$.a' ERROR ON EMPTY ERROR ON ERROR)");
    fails("22023", "json_value('{}', '$.a' ERROR ON EMPTY)");
  }

  @Test
  void noDocumentIsNoError() {
    gives(
        "json_exists(NULL, '$.a' TRUE ON ERROR)",
        "NULL",
        "json_exists(CAST(NULL AS varchar), '$.a' TRUE ON ERROR)",
        "NULL",
        "json_exists('{}', '$.a' TRUE ON ERROR)",
        "false",
        "json_value(CAST(NULL AS varchar), '$.a' DEFAULT 'none' ON EMPTY DEFAULT 'bad' ON ERROR)",
        "NULL");
  }

  /** Words of the clauses in an expression are no clauses. */
  @Test
  void pathsAreExpressions() {
    gives(
        "json_value('{\"a\": 1}', CASE WHEN true THEN 'lax $.a' ELSE NULL END)",
        "1",
        "json_value('{\"a\": 1}', coalesce(NULL, 'lax $.a'))",
        "1",
        "json_value('{\"a\": 1}', CAST(NULL AS varchar))",
        "NULL",
        "json_value('{\"a\": 1}', NULL)",
        "NULL",
        "json_value('{\"a\": 1}', coalesce(NULL, 'lax $.a') RETURNING integer) + 1",
        "2",
        "json_value('{\"a\": 1}', CASE WHEN true THEN '$.b' ELSE NULL END DEFAULT 'd' ON EMPTY)",
        "d");
  }

  @Test
  void errorsInFiltersAreUnknown() {
    String items = "'[{\"a\": \"1\"}, {\"a\": \"x\"}]', ";
    gives(
        ALL + items + "'$[*] ? (exists(@.a.double()))')", "[{\"a\":\"1\"}]",
        ALL + items + "'$[*] ? (@.a.double().string() starts with \"1\")')", "[{\"a\":\"1\"}]",
        ALL + items + "'$[*] ? (@.a.double().string() like_regex \"1\")')", "[{\"a\":\"1\"}]",
        ALL + items + "'$[*] ? ((exists(@.a.double())) is unknown)')", "[{\"a\":\"x\"}]");
  }

  @Test
  void numbersBeyondReasonAreErrors() {
    fails(
        "22003",
        ALL + "'1', '$ + 1e999999999')",
        ALL + "'1e99999999', '$.floor()')",
        ALL + "'1e-99999999', '$ + 1')",
        ALL + "'{\"len\": 99999999999}', '$.len.integer()')",
        ALL + "'\"123456789012345678901\"', '$.bigint()')");
    gives(
        ALL + "'1', '$ ? (@ + 1e999999999 > 2)')",
        "[]",
        ALL + "'9876543219', '$.bigint()')",
        "[9876543219]");
  }

  @Test
  void signsBooleansAndLast() {
    gives(
        ALL + "'{\"x\": [2, 3, 4]}', '+ $.x')", "[2,3,4]",
        ALL + "'{\"x\": [2, 3, 4]}', '- $.x')", "[-2,-3,-4]",
        ALL + "'[1, \"yes\", false, 0, \"f\"]', '$[*].boolean()')", "[true,true,false,false,false]",
        ALL + "'[1, 2, 3, 4]', '$[last / 2]')", "[2]",
        ALL + "'[1, 2, 3, 4]', '$[last + 1]')", "[]",
        ALL + "'[1, 2, 3, 4]', '$[1 to last - 1]')", "[2,3]");
  }

  @Test
  void escapesAndPatterns() {
    gives(
        ALL + "'[\"a\"]', '$[*] ? (@ == \"\\u0061\")')", "[\"a\"]",
        ALL + "'[\"A\"]', '$[*] ? (@ == \"\\x41\")')", "[\"A\"]",
        ALL + "'[\"A\"]', '$[*] ? (@ == \"\\u{41}\")')", "[\"A\"]",
        ALL + "'{\"a\": 1}', '$.\"\\u0061\"')", "[1]",
        ALL + "'[\"a\\nb\"]', '$[*] ? (@ like_regex \"a.b\")')", "[]",
        ALL + "'[\"a\\nb\"]', '$[*] ? (@ like_regex \"a.b\" flag \"s\")')", "[\"a\\nb\"]",
        ALL + "'[\"a\\nb\"]', '$[*] ? (@ like_regex \"^b\" flag \"m\")')", "[\"a\\nb\"]",
        ALL + "'[\"a.b\", \"axb\"]', '$[*] ? (@ like_regex \"a.b\" flag \"q\")')", "[\"a.b\"]");
    fails("22023", ALL + "'[]', '$ ? (@ == \"\\u00\")')");
  }

  @Test
  void valuesInBracketsNest() {
    gives(
        ALL + "'[1]', '$[*] ? (" + "(".repeat(60) + "@ + 1" + ")".repeat(60) + " > 1)')", "[1]",
        ALL + "'[1]', '$[*] ? ((@ + 1) > 1" + " && (@ + 1) > 1".repeat(120) + ")')", "[1]");
  }

  @Test
  void strictPathsWantWhatTheyName() {
    gives(
        "json_value('{}', 'strict $.a' DEFAULT 'none' ON EMPTY DEFAULT 'bad' ON ERROR)",
        "bad",
        "json_exists('{}', 'strict $.a' TRUE ON ERROR)",
        "true",
        "json_exists('{}', 'strict $.a')",
        "false",
        "json_exists('{}', 'lax $.a' TRUE ON ERROR)",
        "false",
        ALL + "'[{\"a\": 1}, {}]', 'strict $[*] ? (@.a > 0)')",
        "[{\"a\":1}]",
        ALL + "'{\"a\": {\"b\": 1}}', 'strict $.**.b')",
        "[1]",
        ALL + "'{\"x\": [1, 2], \"y\": [2, 4]}', 'strict $.* ? (exists (@ ? (@[*] > 2)))')",
        "[[2,4]]",
        ALL + "'{\"value\": 41}', 'strict $ ? (exists (@.name)) .name')",
        "[]");
    fails(
        "22023",
        ALL + "'{}', 'strict $.a')",
        ALL + "'5', 'strict $[*]')",
        ALL + "'5', 'strict $[0]')",
        ALL + "'[1]', 'strict $[1]')",
        ALL + "'[1]', 'strict $.*')");
  }
}
