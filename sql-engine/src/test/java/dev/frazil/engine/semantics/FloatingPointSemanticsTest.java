package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/** NaN equals NaN and is the greatest number; -0.0 equals 0.0: everywhere the same. */
class FloatingPointSemanticsTest extends SqlExpressions {
  private static final String NUMBERS =
      "(VALUES (CAST('NaN' AS double)), (CAST('-0.0' AS double)), (CAST('0.0' AS double)),"
          + " (CAST('Infinity' AS double)), (CAST('-Infinity' AS double)), (CAST('NaN' AS double)),"
          + " (CAST(NULL AS double)), (CAST(1 AS double))) t(x)";

  @Test
  void comparisons() {
    gives(
        "nan() = nan()", "true",
        "nan() > infinity()", "true",
        "nan() <> nan()", "false",
        "nan() IS DISTINCT FROM nan()", "false",
        "nan() < 1e0", "false",
        "CAST('-0.0' AS double) = 0e0", "true",
        "CAST('-0.0' AS double) < 0e0", "false",
        "nan() IN (1e0, nan())", "true",
        "greatest(nan(), 1e0)", "NaN",
        "least(nan(), 1e0)", "1",
        "CAST('NaN' AS real) = CAST('NaN' AS real)", "true");
  }

  @Test
  void filters() {
    asDuckDb(
        "SELECT count(*) FROM " + NUMBERS + " WHERE x = x",
        "SELECT count(*) FROM " + NUMBERS + " WHERE x > 0",
        "SELECT count(*) FROM " + NUMBERS + " WHERE x <= 0",
        "SELECT count(*) FROM " + NUMBERS + " WHERE x = CAST('NaN' AS double)",
        "SELECT count(*) FROM " + NUMBERS + " WHERE x BETWEEN 0 AND CAST('NaN' AS double)",
        "SELECT count(*) FROM " + NUMBERS + " WHERE x = 0",
        "SELECT count(*) FROM " + NUMBERS + " WHERE x IN (0, 1)");
  }

  @Test
  void groupsAndDistinct() {
    asDuckDb(
        "SELECT count(*) FROM (SELECT x FROM " + NUMBERS + " GROUP BY x) g",
        "SELECT count(DISTINCT x) FROM " + NUMBERS,
        "SELECT max(n) FROM (SELECT count(*) AS n FROM " + NUMBERS + " GROUP BY x) g");
  }

  @Test
  void order() {
    asDuckDb(
        "SELECT x + 0 FROM " + NUMBERS + " ORDER BY x NULLS LAST",
        "SELECT x + 0 FROM " + NUMBERS + " ORDER BY x DESC NULLS FIRST",
        "SELECT max(x), min(x) FROM " + NUMBERS);
  }

  @Test
  void joins() {
    asDuckDb(
        "SELECT count(*) FROM "
            + NUMBERS
            + " JOIN (SELECT x AS y FROM "
            + NUMBERS
            + ") s ON x = y");
    gives(
        "count(*) FROM " + NUMBERS + " WHERE x IN (SELECT CAST('NaN' AS double))", "2",
        "count(*) FROM (SELECT x FROM " + NUMBERS + " EXCEPT SELECT nan()) e", "5");
  }

  @Test
  void arithmetic() {
    gives(
        "1e308 * 10", "Infinity",
        "infinity() - infinity()", "NaN",
        "0e0 * infinity()", "NaN",
        "-infinity()", "-Infinity",
        "CAST('0.1' AS double) + CAST('0.2' AS double) = CAST('0.3' AS double)", "false",
        "CAST(0.1e0 AS varchar)", "0.1");
  }

  /** Exact, whatever the size: no double passes through a decimal. */
  @Test
  void remainders() {
    asDuckDb(
        "SELECT 5.5e0 % 2, -5.5e0 % 2, 1e300 % 7e0, 7 % 2.5e0, mod(5.5e0, 2)",
        "SELECT 1e-16 % 1e0, CAST('NaN' AS double) % 2e0",
        "SELECT x % y, mod(y, x) FROM (VALUES (7e0, 2e0), (-7e0, 2e0), (1e-20, -3e-21)) t(x, y)",
        "SELECT CAST(7.5 AS real) % CAST(2 AS real)");
    gives(
        "typeof(7 % 2e0)", "double", "typeof(7.5 % 2)", "decimal(2,1)", "typeof(7 % 2)", "integer");
    fails("22012", "5e0 % 0", "mod(nan(), 0)");
  }
}
