package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/**
 * Intervals of months, days and time together, as PostgreSQL has them (chapter 9.9 of its manual,
 * from which the results of {@code age}, {@code justify_*} and the products are).
 */
class MixedIntervalSemanticsTest extends SqlExpressions {
  private static final String BORN = "TIMESTAMP '1957-06-13 00:00:00'";

  @Test
  void literals() {
    gives(
        "INTERVAL '1 year 2 months 3 days 4 hours 5 minutes 6.5 seconds'",
        "1 year 2 mons 3 days 04:05:06.5",
        "INTERVAL '-1 month 1 day -02:00'",
        "-1 mons +1 day -02:00:00",
        "INTERVAL '-1 year -1 day'",
        "-1 years -1 days",
        "INTERVAL '1 month 0 days'",
        "1 mon",
        "INTERVAL '0 month 0 days'",
        "00:00:00",
        "INTERVAL '1 month 1.5 days'",
        "1 mon 1 day 12:00:00",
        "INTERVAL '1 day 2 hours'",
        "1 02:00:00.000",
        "'1 month 1 day'::interval",
        "1 mon 1 day",
        "CAST('90 minutes' AS interval)",
        "0 01:30:00.000",
        "DATE '2024-01-31' - '1 month'::interval",
        "2023-12-31",
        "extract(HOUR FROM ('2 hours'::interval + INTERVAL '1' HOUR))",
        "3");
    fails("22008", "INTERVAL '200000000 years 1 day'", "make_interval(days => 9999999999)");
    fails(
        "22008",
        "TIMESTAMP '2026-01-01 00:00:00' + INTERVAL '9000000' YEAR",
        "TIMESTAMP '2026-01-01 00:00:00' - INTERVAL '400000' YEAR",
        "TIMESTAMP '2026-01-01 00:00:00' + INTERVAL '900000000' DAY");
    fails("0A000", "INTERVAL '1.00000001' SECOND(2, 9)", "INTERVAL '1 01:02:03' DAY TO SECOND(9)");
  }

  /** They are numbers within the engine, which no other value may meet. */
  @Test
  void areNotComparedWithTextsAndNumbers() {
    fails(
        "42804",
        "INTERVAL '1' DAY = '86400000000'",
        "'1' = INTERVAL '1' MONTH",
        "INTERVAL '1 month 1 day' IN ('5')",
        "NULLIF(INTERVAL '1' MONTH, '1')",
        "(1, INTERVAL '1' MONTH) = (1, '1')",
        "CASE '1' WHEN INTERVAL '1' MONTH THEN 1 END",
        "'1' IS DISTINCT FROM INTERVAL '1' MONTH",
        "'1' IN (SELECT INTERVAL '1' MONTH)");
  }

  @Test
  void areNotShownAsNumbersWithinArraysAndMaps() {
    fails(
        "0A000",
        "map(ARRAY['a'], ARRAY[INTERVAL '1' DAY])",
        "unnest(ARRAY[INTERVAL '1' DAY])",
        "(SELECT min(i, 2) FROM (VALUES (INTERVAL '1' DAY)) AS v (i))",
        "(SELECT max_by(i, 1, 2) FROM (VALUES (INTERVAL '1' DAY)) AS v (i))");
  }

  @Test
  void ages() {
    gives(
        "age(TIMESTAMP '2001-04-10 00:00:00', " + BORN + ")",
        "43 years 9 mons 27 days",
        "age(" + BORN + ", TIMESTAMP '2001-04-10 00:00:00')",
        "-43 years -9 mons -27 days",
        "age(DATE '2024-03-31', DATE '2024-02-29')",
        "1 mon 2 days",
        "age(TIMESTAMP '2024-03-01 00:00:00', TIMESTAMP '2024-01-31 00:00:01')",
        "1 mon 23:59:59",
        "age(TIMESTAMP '2024-03-01 00:00:00+00:00', DATE '2024-02-01')",
        "1 mon",
        "age(NULL, DATE '2024-02-01')",
        "NULL",
        "age(current_date - 1)",
        "1 day",
        "extract(YEAR FROM age(DATE '2024-02-28', DATE '2000-02-29'))",
        "23",
        "date_part('month', age(DATE '2024-02-28', DATE '2000-02-29'))",
        "11",
        "age(DATE '2024-02-28', DATE '2006-03-01') < INTERVAL '18' YEAR",
        "true",
        "age(DATE '2024-02-28', DATE '2006-02-28') >= INTERVAL '18 years'",
        "true");
    fails("42883", "age(1, 2)", "justify_days(5)");
  }

  @Test
  void fields() {
    String interval = "INTERVAL '13 years 14 months 40 days 49:05:06.789'";
    gives(
        "extract(MILLENNIUM FROM " + interval + ")",
        "0",
        "extract(DECADE FROM " + interval + ")",
        "1",
        "extract(YEAR FROM " + interval + ")",
        "14",
        "extract(QUARTER FROM " + interval + ")",
        "1",
        "extract(MONTH FROM " + interval + ")",
        "2",
        "extract(DAY FROM " + interval + ")",
        "40",
        "extract(HOUR FROM " + interval + ")",
        "49",
        "extract(SECOND FROM " + interval + ")",
        "6",
        "extract(MICROSECOND FROM " + interval + ")",
        "6789000",
        "date_part('second', " + interval + ")",
        "6.789",
        "extract(EPOCH FROM INTERVAL '1 year 1 month 1 day 1 second')",
        "34236001");
    fails("22023", "extract(DOW FROM " + interval + ")", "date_part('x', " + interval + ")");
  }

  @Test
  void arithmetic() {
    gives(
        "INTERVAL '1 month 2 days' + INTERVAL '1 month -3 days 04:00'",
        "2 mons -1 days +04:00:00",
        "INTERVAL '1' MONTH + INTERVAL '1' DAY",
        "1 mon 1 day",
        "INTERVAL '1' DAY - INTERVAL '1' MONTH",
        "-1 mons +1 day",
        "-INTERVAL '1 month 2 days'",
        "-1 mons -2 days",
        "INTERVAL '1 month 2 days' * 3",
        "3 mons 6 days",
        "0.5 * INTERVAL '1 month 3 days'",
        "16 days 12:00:00",
        "INTERVAL '1 month 3 days' / 2.5e0",
        "13 days 04:48:00",
        "make_interval(months => 1) * 0.1",
        "3 days",
        "justify_interval(INTERVAL '1 month -1 hour')",
        "29 days 23:00:00",
        "justify_hours(INTERVAL '27' HOUR)",
        "1 day 03:00:00",
        "justify_hours(make_interval(hours => 27))",
        "1 day 03:00:00",
        "justify_days(INTERVAL '35' DAY)",
        "1 mon 5 days",
        "justify_days(INTERVAL '1 month -5 days')",
        "25 days");
    fails("22012", "INTERVAL '1 month 2 days' / 0");
    fails("22008", "INTERVAL '1000000 years 1 day' * 2", "INTERVAL '1 month 1 day' * 1e300");
  }

  @Test
  void timesLaterAndEarlier() {
    gives(
        "DATE '2024-01-31' + INTERVAL '1 month 1 day'",
        "2024-03-01T00:00",
        "TIMESTAMP '2024-03-31 12:00:00' - INTERVAL '1 month 1 day 13:00'",
        "2024-02-27T23:00",
        "INTERVAL '1 month 1 day' + DATE '2024-01-31'",
        "2024-03-01T00:00",
        "TIMESTAMP '2024-03-31 12:00:00+00:00' + INTERVAL '1 year 1 hour'",
        "2025-03-31T13:00:00Z",
        "date_add(DATE '2024-01-31', INTERVAL '1 month 1 day')",
        "2024-03-01T00:00",
        "TIMESTAMP '2001-04-10 00:00:00' - age(TIMESTAMP '2001-04-10 00:00:00', " + BORN + ")",
        "1957-06-13T00:00");
    fails("0A000", "TIME '12:00:00' + INTERVAL '1 month 1 day'");
    fails("22008", "DATE '2024-01-31' + make_interval(years => 1000000)");
  }

  @Test
  void comparisons() {
    gives(
        "make_interval(months => 1) = make_interval(days => 30)",
        "true",
        "make_interval(days => 1) = INTERVAL '24' HOUR",
        "true",
        "make_interval(months => 1, days => -31) < INTERVAL '0' DAY",
        "true",
        "INTERVAL '1' MONTH = INTERVAL '30' DAY",
        "true",
        "INTERVAL '1 year 1 day' IN (INTERVAL '1 month 3 days', make_interval(years => 1, days => 1))",
        "true",
        "make_interval(days => 31) BETWEEN INTERVAL '1' MONTH AND INTERVAL '2' MONTH",
        "true",
        "greatest(make_interval(days => 31), make_interval(months => 1))",
        "31 days",
        "CASE WHEN true THEN make_interval(days => 31) ELSE NULL END",
        "31 days",
        "make_interval(days => 1) IS DISTINCT FROM NULL",
        "true");
    fails("42804", "make_interval(days => 1) = 1");
  }

  @Test
  void besideIsoIntervals() {
    gives(
        "CASE WHEN true THEN INTERVAL '3' DAY ELSE make_interval(months => 1) END",
        "3 days",
        "CASE WHEN false THEN INTERVAL '3' DAY END IS NULL",
        "true",
        "CASE 2 WHEN 1 THEN INTERVAL '1 month 1 day' WHEN 2 THEN INTERVAL '5' MONTH ELSE NULL END",
        "5 mons",
        "CASE WHEN true THEN INTERVAL '26' HOUR ELSE INTERVAL '1' MONTH END",
        "1 day 02:00:00",
        "coalesce(NULL, INTERVAL '1' YEAR, INTERVAL '1 month 1 day')",
        "1 year",
        "nullif(INTERVAL '1' DAY, make_interval(days => 1)) IS NULL",
        "true",
        "nullif(make_interval(days => 2), INTERVAL '1' DAY)",
        "2 days",
        "greatest(INTERVAL '31' DAY, make_interval(months => 1), INTERVAL '1' MONTH)",
        "31 days",
        "least(INTERVAL '31' DAY, INTERVAL '1' MONTH)",
        "1 mon",
        "nvl(INTERVAL '31' DAY, make_interval(months => 1))",
        "31 days",
        "if(false, INTERVAL '31' DAY, make_interval(months => 1))",
        "1 mon",
        "INTERVAL '30' DAY IN (INTERVAL '1' MONTH, INTERVAL '1 month 1 day')",
        "true");
    rows(
        "SELECT i FROM (SELECT INTERVAL '1' DAY AS i UNION ALL SELECT make_interval(months => 1))"
            + " AS t ORDER BY i",
        "[[1 day], [1 mon]]",
        "SELECT INTERVAL '1' DAY AS i UNION SELECT INTERVAL '1' MONTH UNION SELECT NULL"
            + " ORDER BY i",
        "[[1 day], [1 mon], [NULL]]",
        "SELECT i FROM (VALUES (INTERVAL '1' DAY)) AS t (i) INTERSECT"
            + " SELECT make_interval(days => 1)",
        "[[1 day]]",
        "SELECT make_interval(months => 1) UNION ALL (SELECT INTERVAL '1' DAY ORDER BY 1 LIMIT 1)",
        "[[1 mon], [1 day]]",
        "(SELECT INTERVAL '1' MONTH UNION ALL SELECT INTERVAL '1' YEAR) UNION ALL"
            + " (SELECT INTERVAL '1' DAY EXCEPT SELECT INTERVAL '2' HOUR)",
        "[[1 mon], [1 year], [1 day]]",
        "WITH d AS (SELECT INTERVAL '1' DAY AS i) SELECT * FROM d UNION ALL"
            + " (SELECT make_interval(months => 1) ORDER BY 1)",
        "[[1 day], [1 mon]]");
    fails(
        "42804",
        "coalesce(INTERVAL '1' DAY, make_interval(days => 1), 5)",
        "(SELECT count(*) FROM (VALUES (INTERVAL '1' DAY), (INTERVAL '1' MONTH)) AS t (i))");
  }

  @Test
  void aggregatesAndOrders() {
    String ages =
        "(VALUES (make_interval(months => 1, days => 1)), (make_interval(days => 32)), (NULL),"
            + " (make_interval(years => 1))) t(i)";
    rows(
        "SELECT sum(i), min(i), max(i), count(i) FROM " + ages,
        "[[1 year 1 mon 33 days, 1 mon 1 day, 1 year, 3]]",
        "SELECT sum(i) / count(i) FROM " + ages,
        "[[4 mons 21 days]]",
        "SELECT i FROM " + ages + " ORDER BY i DESC NULLS LAST",
        "[[1 year], [32 days], [1 mon 1 day], [NULL]]",
        "SELECT i, count(*) FROM " + ages + " GROUP BY i ORDER BY i",
        "[[1 mon 1 day, 1], [32 days, 1], [1 year, 1], [NULL, 1]]",
        "SELECT sum(i) OVER (ORDER BY i) FROM " + ages + " WHERE i IS NOT NULL ORDER BY i",
        "[[1 mon 1 day], [1 mon 33 days], [1 year 1 mon 33 days]]");
    fails("0A000", "(SELECT avg(i) FROM " + ages + ")", "array[make_interval(days => 1)]");
  }
}
