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
        "timestamp",
        "coalesce(NULL, DATE '2024-01-01', TIMESTAMP '2024-01-01 10:00:00')",
        "2024-01-01T00:00",
        "greatest(DATE '2024-01-01', TIMESTAMP '2024-01-01 10:00:00')",
        "2024-01-01T10:00",
        "array[TIMESTAMP '2024-01-01 10:00:00', DATE '2024-01-01'][2]",
        "2024-01-01T00:00");
    fails("42804", "coalesce(DATE '2024-01-01', TIME '10:00:00')");
  }

  /** What has no zone is read on the clock of the session, whichever comes first. */
  @Test
  void timesBesideOnesWithAZone() {
    String zoned = "CAST('2024-01-01 20:00:00+00' AS timestamp with time zone)";
    frazil().execute("SET TIME ZONE 'America/New_York'");
    gives(
        "coalesce(TIMESTAMP '2024-01-01 00:00:00', " + zoned + ")",
        "2024-01-01T05:00:00Z",
        "coalesce(DATE '2024-01-01', " + zoned + ")",
        "2024-01-01T05:00:00Z",
        "least(" + zoned + ", TIMESTAMP '2024-01-01 00:00:00')",
        "2024-01-01T05:00:00Z",
        "max(x) FROM (VALUES (TIMESTAMP '2024-01-01 15:00:00'), (" + zoned + ")) t(x)",
        "2024-01-01T20:00:00Z",
        "min(x) FROM (SELECT TIMESTAMP '2024-01-01 16:00:00' AS x UNION SELECT " + zoned + ") t",
        "2024-01-01T20:00:00Z");
    frazil().execute("SET TIME ZONE 'UTC'");
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
