package dev.frazil.engine.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How calls of the library are typed, planned and computed. */
class FunctionCallsTest extends SqlExpressions {
  private void withParameters(String query, String answer, @Nullable Object... parameters) {
    assertThat(frazil().query("SELECT " + query, parameters).rows().get(0).get(0))
        .as(query + Arrays.toString(parameters))
        .isEqualTo(answer);
  }

  @Test
  void parametersTakeTheTypesOfTheSignature() {
    withParameters("left(?, ?)", "fr", "frazil", 2L);
    withParameters("coalesce(?, left('abc', ?))", "a", null, 1L);
    withParameters("array_contains(array[1, 2], ?)", "true", 2);
    withParameters("cbrt(?) + sqrt(?)", "5", 27d, 4d);
    withParameters("date_add(?, ?, DATE '2024-01-31')", "2024-02-29", "month", 1L);
    withParameters("element_at(map['a', 1], ?)", "1", "a");
    withParameters("concat_ws(?, ?, 'c')", "a-c", "-", "a");
  }

  @Test
  void volatileFunctionsAreComputedForEachRowAndEachPlace() {
    String rows = "(VALUES (1), (2), (3), (4)) t(x)";
    gives(
        "count(DISTINCT r) FROM (SELECT random() AS r FROM " + rows + ") s",
        "4",
        "count(DISTINCT r) FROM (SELECT uuid() AS r FROM " + rows + ") s",
        "4",
        "random() = random()",
        "false",
        "uuid() = uuid()",
        "false",
        "min(random(5, 7)) >= 5 AND max(random(5, 7)) <= 6 FROM " + rows,
        "true");
  }

  /** Neither a filter nor a second use may see another value than the one that comes out. */
  @Test
  void aVolatileColumnHasOneValue() {
    gives(
        "count(*) FROM (SELECT random() AS r FROM (VALUES (1), (2), (3)) t(x)) s WHERE r <> r",
        "0",
        "count(*) FROM (SELECT r, r AS again FROM (SELECT random() AS r FROM (VALUES (1), (2))"
            + " t(x)) a) b WHERE r = again",
        "2");
    for (int i = 0; i < 20; i++) {
      List<List<String>> rows =
          frazil()
              .query(
                  "SELECT r FROM (SELECT random(0, 10) AS r FROM (VALUES (1), (2), (3)) t(x)) s"
                      + " WHERE r < 5")
              .rows();
      assertThat(rows).allSatisfy(row -> assertThat(Integer.parseInt(row.get(0))).isLessThan(5));
    }
  }

  @Test
  void aCallThatFitsNoSignatureNamesThem() {
    assertThatThrownBy(() -> frazil().query("SELECT left(1.5, 'x')"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("left does not take (decimal(2, 1), char(1))")
        .hasMessageContaining("left(varchar, bigint) -> varchar");
    assertThatThrownBy(() -> frazil().query("SELECT levenstein('a', 'b')"))
        .hasMessageContaining("levenshtein");
  }

  @Test
  void explainShowsTheirNames() {
    assertThat(frazil().query("EXPLAIN SELECT md5(x) FROM (VALUES ('a'), ('b')) t(x)").rows())
        .anySatisfy(row -> assertThat(row.get(0)).contains("md5("));
  }

  @Test
  void quotedAndUnquotedNamesAreCallable() {
    gives(
        "LEFT('abc', 1)", "a",
        "\"left\"('abc', 1)", "a",
        "Right('abc', 1)", "c",
        "x.\"left\" FROM (VALUES (1)) x(\"left\")", "1");
  }

  @Test
  void operatorsBindAsTheyRead() {
    gives(
        "'abc' ~ 'b' AND NOT 'abc' ~ 'x'",
        "true",
        "'abc' !~ 'b' OR 'abc' !~* 'B'",
        "false",
        "CASE WHEN 'a' ~ 'a' THEN 1 ELSE 2 END",
        "1",
        "upper('abc') ~ 'B'",
        "true",
        "(('a' || 'b') ~ 'ab') = true",
        "true",
        "'{\"a\": {\"b\": [1, 2]}}' -> 'a' -> 'b' ->> 1",
        "2",
        "CAST('[5]' ->> 0 AS integer) + 1",
        "6",
        "('[5]' ->> 0)::integer + 1",
        "6",
        "TIMESTAMP '2024-01-01 12:00:00' AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tokyo'",
        "2024-01-01T21:00");
    fails("0A000", "'a' || 'b' ~ 'ab'", "1 + '[5]' -> 0");
    fails("2201B", "'a' ~ '('", "regexp_replace('a', '*', '')");
  }

  @Test
  void patternsTakeTimeLinearInTheText() {
    String text = "a".repeat(5_000) + "b";
    gives("regexp_like('" + text + "', '^(a+)+$')", "false");
    gives("regexp_like('" + text + "', '(a|aa)+$')", "false");
  }

  @Test
  void whatWouldTakeTheWholeHeapIsRefused() {
    fails(
        "54000",
        "regexp_like('a', '((a{1000}){1000}){1000}')",
        "regexp_like('a', '((((((a{10}){10}){10}){10}){10}){10})')",
        "'a' SIMILAR TO '((a{1000}){1000}){0,1000}'",
        "replace(repeat('a', 1000000), 'a', repeat('b', 1000000))");
    gives(
        "regexp_like('aaa', '^(a{1,3}){1,1000}$')", "true",
        "regexp_like('a{9}', '^a\\{9}[{]?$')", "true",
        "regexp_like('é', '^\\p{L}{1,1000}$')", "true",
        "regexp_like('a{5}{5}', '\\Qa{5}{5}\\E')", "true",
        "regexp_like(']]{9}', '^[]]{2}[^]{9}]?')", "true");
  }

  @Test
  void whatIsNotBase64IsAnError() {
    fails("22018", "from_base64('@@')", "from_base64('Zn Jh')", "decode('Cv8=!', 'base64')");
    gives("from_base64('Zn' || chr(13) || chr(10) || 'Jh')", "x'667261'", "from_base64('')", "x''");
  }

  /** By the examples of PostgreSQL's manual, 9.7.3 and 9.19, and of Trino's. */
  @Test
  void positionsOfMatchesAndWordsInCalls() {
    gives(
        "regexp_replace('Thomas', '.', 'X', 3, 2)", "ThoXas",
        "regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 0, 'i')",
            "X PXstgrXSQL fXnctXXn",
        "regexp_substr('foobarbequebaz', 'ba.', 1, 2)", "baz",
        "regexp_substr('foobarbequebaz', 'ba.', 13)", "NULL",
        "regexp_instr('ABCDEFGHI', '(c..)(...)', 1, 1, 1, 'i', 2)", "9",
        "regexp_instr('abc', 'x')", "0",
        "string_to_array('a,b,,c', ',', '')", "[a, b, NULL, c]",
        "string_to_array('a,b', '')", "[a,b]",
        "extract(milliseconds FROM TIMESTAMP '2020-01-01 10:11:12.5')", "12500",
        "extract('julian' FROM DATE '2020-01-01')", "2458850",
        "current_schema() = current_schema", "true",
        "current_timestamp(0) = time_digits(now(), 0)", "true",
        "normalize('a' || 'b', NFKC)", "ab",
        "to_hex(lpad(X'01', 3, X'0a0b'))", "0A0B01",
        "to_hex(rpad(X'010203', 2, X'00'))", "0102",
        "human_readable_seconds(96)", "1 minute, 36 seconds",
        "parse_data_size('1kB')", "1024",
        "array_dims(array[array[1, 2, 3], array[4, 5, 6]])", "[1:2][1:3]",
        "array_fill('a', array[2])", "[a, a]");
    rows(
        "SELECT k, v FROM jsonb_each_text('{\"a\": 1, \"b\": null}') AS e (k, v)",
            "[[a, 1], [b, NULL]]",
        "SELECT e FROM jsonb_path_query('{\"a\": [1, 2]}', '$.a[*]') AS e (e)", "[[1], [2]]",
        "SELECT i FROM generate_subscripts(array[4, 5], 1, true) AS g (i)", "[[2], [1]]");
    fails("22023", "from_unixtime(0, 20, 0)", "parse_data_size('1 parsec')");
    fails("22023", "array_fill(1, array[2, 2])", "regexp_substr('a', 'a', 1, 1, '', 1)");
  }
}
