package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/** What is converted without CAST, and what is refused. */
class ImplicitCastsTest extends SqlExpressions {
  @Test
  void numbersWiden() {
    gives(
        "typeof(1 + CAST(1 AS bigint))", "bigint",
        "typeof(1 + 1e0)", "double",
        "typeof(1 + 1.5)", "decimal(12,1)",
        "typeof(CAST(1 AS real) + CAST(1 AS real))", "real",
        "1 = 1.0", "true",
        "1 = 1e0", "true",
        "CAST(16777217 AS integer) = CAST(16777216 AS real)", "false",
        "CASE WHEN true THEN 1 ELSE 1.5 END", "1",
        "coalesce(1, 2.5e0)", "1");
  }

  @Test
  void timesWiden() {
    gives(
        "DATE '2024-01-01' < TIMESTAMP '2024-01-01 00:00:01'",
        "true",
        "DATE '2024-01-01' = TIMESTAMP '2024-01-01 00:00:00'",
        "true",
        "CAST('2024-01-01' AS date) = '2024-01-01'",
        "true",
        "typeof(CASE WHEN true THEN DATE '2024-01-01' ELSE TIMESTAMP '2024-01-01 00:00:00' END)",
        "timestamp");
  }

  @Test
  void functionsTakeWhatLosesNothing() {
    gives(
        "typeof(sqrt(4))", "double",
        "left('abc', CAST(2 AS integer))", "ab",
        "cbrt(CAST(8 AS decimal(5, 2)))", "2",
        "date_diff('day', DATE '2024-01-01', TIMESTAMP '2024-01-02 12:00:00')", "1",
        "array_contains(array[1, 2], CAST(2 AS bigint))", "true",
        "concat_ws('-', 1, DATE '2024-01-01', TRUE)", "1-2024-01-01-true");
    fails("42883", "left('abc', 1.5)", "left(1, 1)", "md5(1)", "last_day(1)", "bit_count(1.5)");
  }

  @Test
  void nothingElseIsConverted() {
    fails("42804", "1 = TRUE", "DATE '2024-01-01' = 1", "CAST(TRUE AS date)");
    fails("42883", "no_such_function(1)", "left('a')", "left('a', 1, 2)");
  }
}
