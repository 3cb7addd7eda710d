package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/** Differences of dates and times, and what is done with intervals; never shown as bare numbers. */
class IntervalSemanticsTest extends SqlExpressions {
  private static final String TWO_DAYS = "(TIMESTAMP '2024-03-01' - TIMESTAMP '2024-02-28')";

  @Test
  void differencesOfDatesAreDays() {
    gives(
        "DATE '2024-03-01' - DATE '2024-02-28'", "2",
        "typeof(DATE '2024-03-01' - DATE '2024-02-28')", "integer",
        "DATE '2024-02-28' + 2", "2024-03-01",
        "CAST(2 AS bigint) + DATE '2024-02-28'", "2024-03-01",
        "DATE '2024-03-01' - 1", "2024-02-29",
        "DATE '2024-03-01' - NULL", "NULL",
        "current_date - current_date", "0");
    fails("22003", "DATE '2024-02-28' + 3000000000");
    fails("22008", "DATE '2024-02-28' - 2147483647 - 2147483647");
    fails(
        "42804",
        "DATE '2024-02-28' + DATE '2024-02-28'",
        "DATE '2024-02-28' + 1.5",
        "1 - DATE '2024-02-28'",
        "TIMESTAMP '2024-02-28 00:00:00' + 1");
  }

  @Test
  void intervalsAreShownAsText() {
    gives(
        "TIMESTAMP '2024-03-01 04:05:06' - TIMESTAMP '2024-02-27 00:00:00'", "3 04:05:06.000",
        "TIMESTAMP '2024-02-27 00:00:00' - TIMESTAMP '2024-03-01 04:05:06.000001'",
            "-3 04:05:06.000001",
        "TIMESTAMP '2024-03-01 12:00:00' - DATE '2024-03-01'", "0 12:00:00.000",
        "TIMESTAMP '2024-03-01 00:00:00+00:00' - TIMESTAMP '2024-03-01 00:00:00+02:00'",
            "0 02:00:00.000",
        "TIME '01:00:00' - TIME '02:30:00'", "-0 01:30:00.000",
        "INTERVAL '36' HOUR", "1 12:00:00.000",
        "INTERVAL '14' MONTH", "1-2",
        "-INTERVAL '14' MONTH", "-1-2",
        "CAST(INTERVAL '14' MONTH AS varchar)", "1-2",
        "CAST(INTERVAL '1 02:03:04' DAY TO SECOND AS varchar(4))", "1 02");
    fails(
        "0A000",
        "array[INTERVAL '1' DAY]",
        "row(INTERVAL '1' DAY)",
        "map['a', INTERVAL '1' DAY]",
        "CAST('1' AS interval day)",
        "CAST(INTERVAL '1' DAY AS bigint)");
    fails("42804", "'x' || INTERVAL '1' DAY", "INTERVAL '1' DAY = 1");
  }

  @Test
  void qualifiersCutDifferences() {
    String times = "(TIMESTAMP '2024-03-01 04:05:06' - TIMESTAMP '2023-01-31 00:00:00')";
    gives(
        times + " DAY TO SECOND",
        "395 04:05:06.000",
        times + " DAY TO MINUTE",
        "395 04:05:00.000",
        times + " DAY TO HOUR",
        "395 04:00:00.000",
        times + " YEAR TO MONTH",
        "1-1",
        "(DATE '2023-01-31' - DATE '2024-03-01') YEAR TO MONTH",
        "-1-1",
        "(DATE '2024-03-01' - DATE '2024-02-28') DAY TO HOUR",
        "2 00:00:00.000");
    fails("0A000", "(TIME '01:00:00' - TIME '02:30:00') YEAR TO MONTH");
  }

  @Test
  void intervalsAreCalculatedWith() {
    gives(
        TWO_DAYS + " * 1.5",
        "3 00:00:00.000",
        "0.25 * " + TWO_DAYS,
        "0 12:00:00.000",
        TWO_DAYS + " * 0.5e0",
        "1 00:00:00.000",
        TWO_DAYS + " / 7",
        "0 06:51:25.714286",
        "-" + TWO_DAYS + " / 7",
        "-0 06:51:25.714286",
        TWO_DAYS + " / 2.5",
        "0 19:12:00.000",
        TWO_DAYS + " > INTERVAL '47' HOUR",
        "true",
        "INTERVAL '1' DAY + INTERVAL '1' SECOND - INTERVAL '2' HOUR",
        "0 22:00:01.000",
        "INTERVAL '5' MONTH * 3",
        "1-3",
        "coalesce(NULL, INTERVAL '1' DAY)",
        "1 00:00:00.000",
        "EXTRACT(DAY FROM " + TWO_DAYS + ")",
        "2");
    fails("22012", TWO_DAYS + " / 0");
    fails("0A000", "INTERVAL '3' MONTH / 2", "INTERVAL '3' MONTH * 1.5");
    fails("22003", "INTERVAL '99999999' DAY * 99999999");
  }

  @Test
  void intervalsStandBesideNull() {
    rows(
        "SELECT INTERVAL '1' DAY UNION ALL SELECT NULL",
        "[[1 00:00:00.000], [NULL]]",
        "SELECT NULL UNION ALL SELECT INTERVAL '1' MONTH",
        "[[NULL], [0-1]]",
        "SELECT DATE '2024-01-03' - TIMESTAMP '2024-01-01' UNION ALL SELECT NULL",
        "[[2 00:00:00.000], [NULL]]",
        "VALUES (INTERVAL '1' DAY), (NULL)",
        "[[1 00:00:00.000], [NULL]]");
  }

  @Test
  void intervalsAreAggregated() {
    String times =
        "(VALUES (INTERVAL '1' HOUR), (INTERVAL '90' MINUTE), (INTERVAL '1' SECOND)) t(i)";
    gives(
        "(SELECT sum(i) FROM " + times + ")",
        "0 02:30:01.000",
        "(SELECT avg(i) FROM " + times + ")",
        "0 00:50:00.333333",
        "(SELECT max(i) FROM " + times + ")",
        "0 01:30:00.000",
        "(SELECT count(DISTINCT i) FROM " + times + ")",
        "3",
        "(SELECT sum(i) FROM " + times + " WHERE false)",
        "NULL",
        "(SELECT max(s) FROM (SELECT sum(i) OVER () AS s FROM " + times + ") w)",
        "0 02:30:01.000",
        "(SELECT sum(i) FROM (VALUES (INTERVAL '1' YEAR), (INTERVAL '3' MONTH)) t(i))",
        "1-3");
    fails("0A000", "(SELECT avg(i) FROM (VALUES (INTERVAL '1' YEAR)) t(i))");
  }
}
