package dev.frazil.exec.expression;

import static dev.frazil.exec.expression.Expressions.*;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarFunction;
import java.util.List;

/** Comparisons, membership, logic and conditionals. */
final class PredicatePairs extends ExpressionPairs {
  static List<Pair> all() {
    PredicatePairs pairs = new PredicatePairs();
    pairs.comparisons();
    pairs.logic();
    pairs.conditionals();
    return pairs.pairs;
  }

  private void comparisons() {
    ScalarFunction[] functions = {
      ScalarFunction.EQUAL,
      ScalarFunction.NOT_EQUAL,
      ScalarFunction.LESS,
      ScalarFunction.LESS_OR_EQUAL,
      ScalarFunction.GREATER,
      ScalarFunction.GREATER_OR_EQUAL,
      ScalarFunction.IS_DISTINCT_FROM,
      ScalarFunction.IS_NOT_DISTINCT_FROM
    };
    String[] symbols = {
      "=", "<>", "<", "<=", ">", ">=", "is distinct from", "is not distinct from"
    };
    for (int i = 0; i < functions.length; i++) {
      ScalarFunction f = functions[i];
      String s = " " + symbols[i] + " ";
      pair(test(f, c("i1"), c("i2")), "i1" + s + "i2");
      pair(test(f, c("i1"), number(7)), "i1" + s + "7");
      pair(test(f, number(-1), c("i2")), "-1" + s + "i2");
      pair(test(f, c("l1"), c("l2")), "l1" + s + "l2");
      pair(test(f, c("l2"), literal(1L, BIGINT)), "l2" + s + "1");
      pair(test(f, c("d1"), number("12.34")), "d1" + s + "12.34");
      pair(test(f, c("d1"), c("d2")), "d1" + s + "d2");
      pair(test(f, c("w1"), c("d1")), "w1" + s + "d1");
      pair(test(f, c("f1"), c("f2")), "f1" + s + "f2");
      pair(test(f, c("f1"), literal(0d, DOUBLE)), "f1" + s + "0::double");
      pair(test(f, c("f1"), literal(Double.NaN, DOUBLE)), "f1" + s + "'nan'::double");
      pair(test(f, c("s1"), c("s2")), "s1" + s + "s2");
      pair(test(f, c("s1"), text("ab")), "s1" + s + "'ab'");
      pair(test(f, c("s2"), text("日本語")), "s2" + s + "'日本語'");
      pair(test(f, c("b1"), c("b2")), "b1" + s + "b2");
      pair(test(f, c("dt"), literal(59, DATE)), "dt" + s + "date '1970-03-01'");
      pair(test(f, c("ts"), literal(0L, TIMESTAMP)), "ts" + s + "timestamp '1970-01-01'");
      pair(test(f, c("i1"), nothing(INTEGER)), "i1" + s + "null::int");
    }
    pair(test(ScalarFunction.IN, c("i2"), number(1), number(7)), "i2 in (1, 7)");
    pair(
        test(ScalarFunction.IN, c("i2"), number(1), number(7), nothing(INTEGER)),
        "i2 in (1, 7, null)");
    pair(test(ScalarFunction.IN, c("i2"), c("i1"), number(7)), "i2 in (i1, 7)");
    pair(test(ScalarFunction.IN, c("s1"), text("ab"), text("日本語")), "s1 in ('ab', '日本語')");
    pair(test(ScalarFunction.IN, c("s2"), text("ab"), c("s1")), "s2 in ('ab', s1)");
    pair(test(ScalarFunction.IN, text("a"), text("a"), c("s1")), "'a' in ('a', s1)");
    pair(test(ScalarFunction.IN, text("a"), text("b"), c("s1")), "'a' in ('b', s1)");
    pair(test(ScalarFunction.IN, c("f1"), c("f2"), literal(1.5, DOUBLE)), "f1 in (f2, 1.5)");
  }

  private void logic() {
    ScalarExpression p = test(ScalarFunction.LESS, c("i1"), number(0));
    ScalarExpression q = test(ScalarFunction.LIKE, c("s1"), text("%a%"));
    pair(test(ScalarFunction.AND, c("b1"), c("b2")), "b1 and b2");
    pair(test(ScalarFunction.OR, c("b1"), c("b2")), "b1 or b2");
    pair(test(ScalarFunction.AND, p, q, c("b1")), "i1 < 0 and s1 like '%a%' and b1");
    pair(test(ScalarFunction.OR, p, q, c("b1")), "i1 < 0 or s1 like '%a%' or b1");
    pair(
        test(ScalarFunction.AND, test(ScalarFunction.OR, p, c("b2")), test(ScalarFunction.NOT, q)),
        "(i1 < 0 or b2) and not s1 like '%a%'");
    pair(test(ScalarFunction.NOT, p), "not i1 < 0");
    pair(test(ScalarFunction.NOT, c("b1")), "not b1");
    pair(test(ScalarFunction.AND, c("b1"), nothing(BOOLEAN)), "b1 and null");
    pair(test(ScalarFunction.OR, nothing(BOOLEAN), c("b1")), "null or b1");
    pair(test(ScalarFunction.IS_TRUE, c("b1")), "b1 is true");
    pair(test(ScalarFunction.IS_FALSE, c("b1")), "b1 is false");
    pair(test(ScalarFunction.IS_NOT_TRUE, c("b1")), "b1 is not true");
    pair(test(ScalarFunction.IS_NOT_FALSE, c("b1")), "b1 is not false");
    pair(test(ScalarFunction.IS_NULL, c("s1")), "s1 is null");
    pair(test(ScalarFunction.IS_NOT_NULL, c("d1")), "d1 is not null");
    pair(
        test(
            ScalarFunction.OR,
            test(ScalarFunction.EQUAL, c("s1"), text("a")),
            test(ScalarFunction.LIKE, c("s1"), text("z%"))),
        "s1 = 'a' or s1 like 'z%'");
  }

  private void conditionals() {
    ScalarExpression positive = test(ScalarFunction.GREATER, c("i1"), number(0));
    ScalarExpression isA = test(ScalarFunction.EQUAL, c("s1"), text("a"));
    pair(
        call(ScalarFunction.CASE, INTEGER, positive, c("i2"), isA, number(-5), c("i1")),
        "case when i1 > 0 then i2 when s1 = 'a' then -5 else i1 end");
    pair(
        call(ScalarFunction.CASE, VARCHAR, positive, c("s1"), isA, text("x"), c("s2")),
        "case when i1 > 0 then s1 when s1 = 'a' then 'x' else s2 end");
    pair(
        call(ScalarFunction.CASE, decimal(15, 2), positive, c("d1"), nothing(decimal(15, 2))),
        "case when i1 > 0 then d1 end");
    pair(
        call(ScalarFunction.CASE, decimal(30, 4), positive, c("w1"), nothing(decimal(30, 4))),
        "case when i1 > 0 then w1 end");
    pair(
        call(ScalarFunction.CASE, DOUBLE, c("b1"), c("f1"), c("f2")),
        "case when b1 then f1 else f2 end");
    pair(
        call(ScalarFunction.CASE, BOOLEAN, c("b1"), c("b2"), positive),
        "case when b1 then b2 else i1 > 0 end");
    // the division is only reached by rows for which it is possible
    pair(
        call(
            ScalarFunction.CASE,
            INTEGER,
            test(ScalarFunction.NOT_EQUAL, c("i2"), number(0)),
            call(ScalarFunction.DIVIDE, INTEGER, c("i1"), c("i2")),
            nothing(INTEGER)),
        "case when i2 <> 0 then i1 // i2 end");
    pair(
        test(
            ScalarFunction.AND,
            test(ScalarFunction.NOT_EQUAL, c("i2"), number(0)),
            test(
                ScalarFunction.GREATER,
                call(ScalarFunction.DIVIDE, INTEGER, c("i1"), c("i2")),
                number(3))),
        "i2 <> 0 and i1 // i2 > 3");
    pair(
        call(ScalarFunction.COALESCE, INTEGER, c("i1"), c("i2"), number(3)), "coalesce(i1, i2, 3)");
    pair(call(ScalarFunction.COALESCE, VARCHAR, c("s1"), c("s2")), "coalesce(s1, s2)");
    pair(
        call(ScalarFunction.COALESCE, TIMESTAMP, c("ts"), literal(5L, TIMESTAMP)),
        "coalesce(ts, make_timestamp(5))");
    pair(call(ScalarFunction.NULLIF, INTEGER, c("i2"), number(0)), "nullif(i2, 0)");
    pair(call(ScalarFunction.NULLIF, VARCHAR, c("s1"), c("s2")), "nullif(s1, s2)");
  }
}
