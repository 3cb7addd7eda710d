package dev.frazil.engine.semantics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

/** Precision, scale and rounding of decimals are those of {@code docs/reference/types.md}. */
class DecimalRulesTest extends SqlExpressions {
  private static String decimal(int precision, int scale) {
    return "CAST(x AS decimal(" + precision + ", " + scale + "))";
  }

  @Test
  void resultsHaveTheTypesOfTheTable() {
    int[][] types = {{5, 2}, {18, 4}, {10, 0}, {38, 10}, {9, 9}, {38, 0}, {1, 1}};
    for (int[] left : types) {
      for (int[] right : types) {
        String from = " FROM (VALUES (0)) t(x)";
        String x = decimal(left[0], left[1]);
        String y = decimal(right[0], right[1]);
        int scale = Math.max(left[1], right[1]);
        int whole = Math.max(left[0] - left[1], right[0] - right[1]);
        if (whole + scale + 1 <= 38) {
          gives("typeof(" + x + " + " + y + ")" + from, type(whole + scale + 1, scale));
          gives("typeof(" + x + " - " + y + ")" + from, type(whole + scale + 1, scale));
        }
        if (left[0] + right[0] <= 38) {
          gives(
              "typeof(" + x + " * " + y + ")" + from, type(left[0] + right[0], left[1] + right[1]));
        }
      }
    }
  }

  private static String type(int precision, int scale) {
    return "decimal(" + precision + "," + scale + ")";
  }

  @Test
  void integersCountAsDecimals() {
    gives(
        "typeof(CAST(1 AS decimal(5, 2)) + 1)", "decimal(13,2)",
        "typeof(CAST(1 AS decimal(5, 2)) * CAST(1 AS bigint))", "decimal(24,2)",
        "typeof(CAST(1 AS decimal(5, 2)) + 1e0)", "double");
  }

  @Test
  void resultsAreRoundedOnceHalfUp() {
    String[][] pairs = {{"2", "3"}, {"-2", "3"}, {"1.005", "0.1"}, {"10", "7"}, {"-1", "8"}};
    for (String[] pair : pairs) {
      String quotient =
          "CAST(" + pair[0] + " AS decimal(10, 4)) / CAST(" + pair[1] + " AS decimal(10, 4))";
      // scale max(6, 4 + 10 + 1)
      BigDecimal expected =
          new BigDecimal(pair[0]).divide(new BigDecimal(pair[1]), 15, RoundingMode.HALF_UP);
      gives(quotient, expected.signum() == 0 ? "0" : expected.stripTrailingZeros().toPlainString());
    }
    gives(
        "CAST(0.125 AS decimal(5, 2))", "0.13",
        "CAST(-0.125 AS decimal(5, 2))", "-0.13",
        "CAST(2.5 AS integer)", "3",
        "CAST(-2.5 AS integer)", "-3",
        "CAST(2.5e0 AS integer)", "2",
        "round(2.5)", "3",
        "round(-2.5)", "-3",
        "round(123.456, -1)", "120",
        "typeof(round(123.456))", "decimal(4,0)",
        "typeof(round(123.456, 2))", "decimal(6,2)",
        "typeof(round(123.456, 5))", "decimal(6,3)",
        "typeof(round(123.456, CAST(NULL AS integer)))", "decimal(7,3)",
        "round(99.99, 1)", "100",
        "round(9.995, 2)", "10",
        "typeof(trunc(123.456))", "decimal(3,0)",
        "truncate(123.456, 1)", "123.4",
        "round(1.025e0, 2)", "1.03",
        "round(CAST(9999999999999999999999999999999999999.9 AS decimal(38, 1)))",
            "10000000000000000000000000000000000000");
  }

  @Test
  void sumsAndAverages() {
    gives(
        "typeof(sum(CAST(x AS decimal(5, 2)))) FROM (VALUES (1)) t(x)", "decimal(38,2)",
        "typeof(sum(x)) FROM (VALUES (1)) t(x)", "bigint",
        "typeof(avg(x)) FROM (VALUES (1)) t(x)", "double",
        "sum(CAST(x AS decimal(5, 2))) FROM (VALUES (0.01), (0.02)) t(x)", "0.03",
        "avg(CAST(x AS decimal(5, 2))) FROM (VALUES (0.01), (0.02), (0.02)) t(x)",
            "0.016666666667");
  }

  @Test
  void comparisonsDoNotRound() {
    gives(
        "CAST(1.10 AS decimal(5, 2)) = CAST(1.1 AS decimal(10, 1))", "true",
        "CAST(1.11 AS decimal(5, 2)) = 1.1", "false",
        "99999999999999999999999999999999999999 > 99999999999999999999999999999999999998", "true",
        "CAST(1 AS decimal(38, 37)) = 1", "true",
        "x > 1.5 FROM (VALUES (1), (2)) t(x) WHERE x = 2", "true");
  }
}
