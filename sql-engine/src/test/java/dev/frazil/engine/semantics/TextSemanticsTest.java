package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/** Text is compared by code point, blanks and all; lengths of types cut in explicit casts. */
class TextSemanticsTest extends SqlExpressions {
  /** U+FFFD sorts below U+1F600 by code point, above it by UTF-16 unit. */
  @Test
  void textOrdersByCodePoint() {
    gives("'\uFFFD' < '\uD83D\uDE00'", "true", "'Z' < 'a'", "true", "'a' < 'ä'", "true");
    asDuckDb(
        "SELECT x FROM (VALUES ('a'), ('Z'), ('ä'), ('\uFFFD'), ('\uD83D\uDE00'), ('')) t(x) ORDER"
            + " BY x",
        "SELECT min(x), max(x) FROM (VALUES ('\uFFFD'), ('\uD83D\uDE00'), ('z')) t(x)",
        "SELECT x FROM (VALUES ('\uFFFD'), ('\uD83D\uDE00')) t(x) WHERE x > '\uFFFD'");
  }

  @Test
  void blanksCount() {
    gives(
        "'a' = 'a '", "false",
        "'a' < 'a '", "true",
        "char_length('a ')", "2",
        "count(DISTINCT x) FROM (VALUES ('a'), ('a ')) t(x)", "2");
  }

  @Test
  void castsToALengthCut() {
    gives(
        "CAST('abcdef' AS varchar(3))",
        "abc",
        "CAST('ab' AS varchar(3))",
        "ab",
        "'abcdef'::varchar(2)",
        "ab",
        "CAST('a\uD83D\uDE00b' AS varchar(2))",
        "a\uD83D\uDE00",
        "CAST(12345 AS varchar(3))",
        "123",
        "TRY_CAST('abcdef' AS varchar(3))",
        "abc",
        "CAST(DATE '2024-05-01' AS varchar(4))",
        "2024",
        "CAST(NULL AS varchar(3))",
        "NULL",
        "x FROM (VALUES ('abc'), ('abd')) t(x) WHERE CAST(x AS varchar(2)) = 'ab' AND x > 'abc'",
        "abd");
  }

  @Test
  void blanksAtTheEndOfACharDoNotCount() {
    gives(
        "CAST('abc' AS char(5)) = 'abc'", "true",
        "CAST('abc  ' AS char(5)) = 'abc'", "true",
        "CAST('abcdef' AS char(3))", "abc",
        "char_length(CAST('abc' AS char(5)))", "3",
        "CAST('abc' AS char)", "a");
  }

  @Test
  void functionsCountCodePoints() {
    String smile = "\uD83D\uDE00";
    gives(
        "char_length('" + smile + "a')",
        "2",
        "left('" + smile + "a', 1)",
        smile,
        "right('a" + smile + "', 1)",
        smile,
        "reverse('a" + smile + "')",
        smile + "a",
        "substring('a" + smile + "b' FROM 2 FOR 1)",
        smile,
        "strpos('" + smile + "b', 'b')",
        "2",
        "lpad('a', 2, '" + smile + "')",
        smile + "a",
        "translate('a" + smile + "', '" + smile + "', 'b')",
        "ab",
        "regexp_position('" + smile + "b', 'b')",
        "2",
        "overlay('" + smile + "bc' PLACING 'x' FROM 2 FOR 1)",
        smile + "xc",
        "ascii('" + smile + "')",
        "128512",
        "octet_length('" + smile + "')",
        "4");
  }
}
