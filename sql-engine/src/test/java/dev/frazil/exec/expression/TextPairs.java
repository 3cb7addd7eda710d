package dev.frazil.exec.expression;

import static dev.frazil.exec.expression.Expressions.*;

import dev.frazil.plan.ScalarFunction;
import java.util.List;

/** LIKE and the functions of text. */
final class TextPairs extends ExpressionPairs {
  static List<Pair> all() {
    TextPairs pairs = new TextPairs();
    pairs.texts();
    return pairs.pairs;
  }

  private void texts() {
    for (String pattern :
        List.of("%", "", "a", "a%", "%b", "%a%b%", "_", "a_", "_x", "%本%", "__語")) {
      pair(test(ScalarFunction.LIKE, c("s1"), text(pattern)), "s1 like '" + pattern + "'");
      pair(test(ScalarFunction.LIKE, c("s2"), text(pattern)), "s2 like '" + pattern + "'");
      pair(test(ScalarFunction.ILIKE, c("s2"), text(pattern)), "s2 ilike '" + pattern + "'");
    }
    pair(test(ScalarFunction.LIKE, c("s2"), text("!%"), text("!")), "s2 like '!%' escape '!'");
    pair(test(ScalarFunction.ILIKE, c("s2"), text("sPECIAL%")), "s2 ilike 'sPECIAL%'");
    pair(test(ScalarFunction.ILIKE, c("s2"), text("äö_")), "s2 ilike 'äö_'");
    pair(test(ScalarFunction.LIKE, c("s2"), c("s1")), "s2 like s1");
    for (String column : List.of("s1", "s2")) {
      pair(call(ScalarFunction.UPPER, VARCHAR, c(column)), "upper(" + column + ")");
      pair(call(ScalarFunction.LOWER, VARCHAR, c(column)), "lower(" + column + ")");
      pair(call(ScalarFunction.CHAR_LENGTH, INTEGER, c(column)), "length(" + column + ")");
      pair(call(ScalarFunction.OCTET_LENGTH, BIGINT, c(column)), "strlen(" + column + ")");
      pair(
          call(ScalarFunction.SUBSTRING, VARCHAR, c(column), number(2), number(3)),
          "substring(" + column + ", 2, 3)");
      pair(
          call(ScalarFunction.SUBSTRING, VARCHAR, c(column), number(3)),
          "substring(" + column + ", 3)");
      pair(
          test(
              ScalarFunction.IN,
              call(ScalarFunction.SUBSTRING, VARCHAR, c(column), number(1), number(1)),
              text("a"),
              text("日")),
          "substring(" + column + ", 1, 1) in ('a', '日')");
      pair(call(ScalarFunction.TRIM_BOTH, VARCHAR, c(column), text(" ")), "trim(" + column + ")");
      pair(
          call(ScalarFunction.TRIM_LEADING, VARCHAR, c(column), text("aü日")),
          "ltrim(" + column + ", 'aü日')");
      pair(
          call(ScalarFunction.TRIM_TRAILING, VARCHAR, c(column), text("b%語")),
          "rtrim(" + column + ", 'b%語')");
      pair(
          call(ScalarFunction.POSITION, INTEGER, text("b"), c(column)),
          "strpos(" + column + ", 'b')");
      pair(
          call(ScalarFunction.POSITION, INTEGER, text("語"), c(column)),
          "strpos(" + column + ", '語')");
      pair(
          call(ScalarFunction.REPLACE, VARCHAR, c(column), text("ab"), text("→")),
          "replace(" + column + ", 'ab', '→')");
      pair(
          test(ScalarFunction.STARTS_WITH, c(column), text("a")),
          "starts_with(" + column + ", 'a')");
    }
    pair(call(ScalarFunction.CONCAT, VARCHAR, c("s1"), text("-"), c("s2")), "s1 || '-' || s2");
    pair(
        call(
            ScalarFunction.SUBSTRING,
            VARCHAR,
            c("s2"),
            number(1),
            call(ScalarFunction.ABS, INTEGER, c("i2"))),
        "substring(s2, 1, abs(i2))");
  }
}
