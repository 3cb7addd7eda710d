package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/** Integers do not wrap around (22003), and nothing is divided by zero (22012). */
class NumberErrorsTest extends SqlExpressions {
  private static final String MAX = "9223372036854775807";
  private static final String COLUMNS =
      " FROM (VALUES (2147483647, CAST(9223372036854775807 AS bigint), 0, CAST(0 AS double)))"
          + " t(i, b, zero, fzero)";

  @Test
  void integersOverflow() {
    fails(
        "22003",
        "2147483647 + 1",
        "-2147483647 - 2",
        "2147483647 * 2",
        "CAST(" + MAX + " AS bigint) + 1",
        "CAST(" + MAX + " AS bigint) * 2",
        "-CAST(-9223372036854775808 AS bigint)",
        "abs(CAST(-9223372036854775808 AS bigint))",
        "abs(CAST(-2147483648 AS integer))",
        "CAST(-9223372036854775808 AS bigint) / -1",
        "div(CAST(-9223372036854775808 AS bigint), -1)");
    fails(
        "22003",
        "i + 1" + COLUMNS,
        "i * i" + COLUMNS,
        "-2 - i" + COLUMNS,
        "b + b" + COLUMNS,
        "b * 2" + COLUMNS,
        "-1 * b - 2" + COLUMNS);
  }

  @Test
  void castsOverflow() {
    fails(
        "22003",
        "CAST(2147483648 AS integer)",
        "CAST(1e10 AS integer)",
        "CAST('2147483648' AS integer)",
        "CAST(1e19 AS bigint)",
        "CAST(9223372036854775808 AS bigint)",
        "CAST(1000 AS decimal(3, 0))",
        "CAST(99.995 AS decimal(4, 2))",
        "CAST(1e39 AS decimal(38, 0))",
        "CAST(1e300 AS real)",
        "CAST(nan() AS integer)",
        "CAST(infinity() AS decimal(10, 2))",
        "CAST(40000 AS smallint)",
        "CAST(-129 AS tinyint)");
    gives(
        "CAST(32767 AS smallint)", "32767",
        "CAST(-128 AS tinyint)", "-128",
        "TRY_CAST(40000 AS smallint)", "NULL",
        "TRY_CAST('x' AS integer)", "NULL");
  }

  @Test
  void sumsOverflow() {
    fails(
        "22003",
        "sum(x) FROM (VALUES (CAST(" + MAX + " AS bigint)), (1)) t(x)",
        "sum(x) FROM (VALUES (CAST(-" + MAX + " AS bigint)), (-5)) t(x)");
    // the total counts, not the way to it
    gives("sum(x) FROM (VALUES (CAST(" + MAX + " AS bigint)), (1), (-1)) t(x)", MAX);
    // integers are summed as bigint
    gives("sum(x) FROM (VALUES (2147483647), (2147483647)) t(x)", "4294967294");
  }

  /** The sum is exact, and only the quotient a double. */
  @Test
  void averagesOfIntegersAreExact() {
    String values = "(VALUES (CAST(9223372036854775807 AS bigint)), (-9223372036854775807)) t(x)";
    gives("avg(x) FROM " + values, "0");
    asDuckDb(
        "SELECT avg(x), avg(DISTINCT x) FROM (VALUES (9223372036854775807), (-9223372036854775806)) t(x)",
        "SELECT avg(x) OVER () FROM (VALUES (9223372036854775807), (-9223372036854775806)) t(x)",
        "SELECT x % 2, avg(x) FROM (VALUES (9007199254740993), (1), (-9007199254740995)) t(x)"
            + " GROUP BY x % 2");
  }

  @Test
  void decimalsOverflow() {
    String huge = "99999999999999999999999999999999999999";
    fails("22003", huge + " + 1", huge + " * 10", "-" + huge + " - 1");
    gives(huge + " + 0", huge);
  }

  @Test
  void nothingIsDividedByZero() {
    fails(
        "22012",
        "1 / 0",
        "1 % 0",
        "mod(1, 0)",
        "div(1, 0)",
        "1.5 / 0.0",
        "1e0 / 0e0",
        "power(0, -1)",
        "1 / zero" + COLUMNS,
        "i % zero" + COLUMNS,
        "1.5 / zero" + COLUMNS,
        "1 / fzero" + COLUMNS);
    gives(
        "NULL / 0",
        "NULL",
        "try(1 / 0)",
        "NULL",
        "CASE WHEN zero = 0 THEN -1 ELSE 1 / zero END" + COLUMNS,
        "-1",
        "coalesce(1, 1 / 0)",
        "1",
        "zero <> 0 AND 1 / zero > 0" + COLUMNS,
        "false");
  }

  @Test
  void tryTurnsErrorsOfDataIntoNull() {
    rows(
        "SELECT try(10 / x) FROM (VALUES (2), (0), (5), (NULL)) t(x)",
        "[[5], [NULL], [2], [NULL]]",
        "SELECT x FROM (VALUES (2), (0), (5)) t(x) WHERE try(10 / x) > 2",
        "[[2]]");
  }

  @Test
  void functionsHaveDomains() {
    fails(
        "22003", "ln(0)", "sqrt(-1)", "asin(2)", "log(-1)", "factorial(34)", "lcm(" + MAX + ", 2)");
    fails("22023", "chr(-1)", "chr(55296)", "slice(array[1], 0, 1)", "date_add('eon', 1, now())");
    fails("54000", "repeat('x', 100000000)", "sequence(1, 100000000)");
  }
}
