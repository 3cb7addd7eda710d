package dev.frazil.exec.expression;

import static dev.frazil.exec.expression.Expressions.*;

import dev.frazil.plan.ScalarFunction;
import java.util.List;

/** Arithmetic and the functions of numbers. */
final class NumberPairs extends ExpressionPairs {
  static List<Pair> all() {
    NumberPairs pairs = new NumberPairs();
    pairs.arithmetic();
    return pairs.pairs;
  }

  private void arithmetic() {
    pair(call(ScalarFunction.ADD, INTEGER, c("i1"), c("i2")), "i1 + i2");
    pair(call(ScalarFunction.SUBTRACT, INTEGER, c("i1"), c("i2")), "i1 - i2");
    pair(call(ScalarFunction.MULTIPLY, INTEGER, c("i1"), c("i2")), "i1 * i2");
    pair(call(ScalarFunction.ADD, BIGINT, c("l1"), c("l2")), "l1 + l2");
    pair(call(ScalarFunction.SUBTRACT, BIGINT, c("l1"), c("l2")), "l1 - l2");
    pair(call(ScalarFunction.MULTIPLY, BIGINT, c("l1"), c("i2")), "l1 * i2");
    pair(call(ScalarFunction.DIVIDE, INTEGER, c("i1"), number(7)), "i1 // 7");
    pair(call(ScalarFunction.MODULO, BIGINT, c("l1"), literal(-7L, BIGINT)), "l1 % -7");
    pair(call(ScalarFunction.ADD, DOUBLE, c("f1"), c("f2")), "f1 + f2");
    pair(call(ScalarFunction.SUBTRACT, DOUBLE, c("f1"), c("f2")), "f1 - f2");
    pair(call(ScalarFunction.MULTIPLY, DOUBLE, c("f1"), c("f2")), "f1 * f2");
    pair(call(ScalarFunction.DIVIDE, DOUBLE, c("f1"), c("f2")), "f1 / f2");
    pair(call(ScalarFunction.ADD, REAL, c("r1"), literal(0.25f, REAL)), "r1 + 0.25::real");
    pair(call(ScalarFunction.ADD, decimal(16, 3), c("d1"), c("d2")), "d1 + d2");
    pair(call(ScalarFunction.SUBTRACT, decimal(16, 2), number("1"), c("d1")), "1 - d1");
    pair(call(ScalarFunction.MULTIPLY, decimal(27, 5), c("d1"), c("d2")), "d1 * d2");
    pair(
        call(
            ScalarFunction.MULTIPLY,
            decimal(38, 6),
            call(
                ScalarFunction.MULTIPLY,
                decimal(30, 4),
                c("d1"),
                call(ScalarFunction.SUBTRACT, decimal(16, 2), number("1"), c("d1"))),
            call(ScalarFunction.ADD, decimal(16, 2), number("1"), c("d1"))),
        "d1::decimal(18,2) * (1 - d1)::decimal(10,2) * (1 + d1)::decimal(10,2)");
    pair(call(ScalarFunction.ADD, decimal(31, 4), c("w1"), c("d1")), "w1 + d1");
    pair(call(ScalarFunction.SUBTRACT, decimal(31, 4), c("d2"), c("w1")), "d2 - w1");
    pair(call(ScalarFunction.MULTIPLY, decimal(38, 4), c("w1"), c("i2")), "w1 * i2::decimal(8,0)");
    pair(call(ScalarFunction.MODULO, decimal(12, 3), c("d1"), number("0.7")), "d1 % 0.7");
    pair(call(ScalarFunction.NEGATE, INTEGER, c("i1")), "-i1");
    pair(call(ScalarFunction.NEGATE, decimal(30, 4), c("w1")), "-w1");
    pair(call(ScalarFunction.ABS, BIGINT, c("l1")), "abs(l1)");
    pair(call(ScalarFunction.ABS, decimal(15, 2), c("d1")), "abs(d1)");
    pair(call(ScalarFunction.ABS, DOUBLE, c("f1")), "abs(f1)");
    pair(call(ScalarFunction.FLOOR, decimal(15, 0), c("d1")), "floor(d1)");
    pair(call(ScalarFunction.CEIL, decimal(15, 0), c("d1")), "ceil(d1)");
    pair(call(ScalarFunction.FLOOR, DOUBLE, c("f1")), "floor(f1)");
    pair(call(ScalarFunction.CEIL, DOUBLE, c("f1")), "ceil(f1)");
    pair(call(ScalarFunction.ROUND, decimal(15, 0), c("d1")), "round(d1)");
    pair(call(ScalarFunction.ROUND, decimal(15, 1), c("d1"), number(1)), "round(d1, 1)");
    pair(call(ScalarFunction.ROUND, DOUBLE, c("f1")), "round(f1)");
    pair(call(ScalarFunction.TRUNCATE_NUMBER, decimal(15, 0), c("d1")), "trunc(d1)");
    pair(call(ScalarFunction.SIGN, INTEGER, c("d1")), "sign(d1)");
    pair(
        call(ScalarFunction.SQRT, DOUBLE, call(ScalarFunction.ABS, DOUBLE, c("f1"))),
        "sqrt(abs(f1))");
    pair(call(ScalarFunction.EXP, DOUBLE, c("f2")), "exp(f2)");
    pair(
        call(
            ScalarFunction.LN,
            DOUBLE,
            call(
                ScalarFunction.ADD,
                DOUBLE,
                literal(1d, DOUBLE),
                call(ScalarFunction.ABS, DOUBLE, c("f1")))),
        "ln(1 + abs(f1))");
    pair(
        call(
            ScalarFunction.LOG10,
            DOUBLE,
            call(
                ScalarFunction.ADD,
                DOUBLE,
                literal(1d, DOUBLE),
                call(ScalarFunction.ABS, DOUBLE, c("f1")))),
        "log10(1 + abs(f1))");
    pair(call(ScalarFunction.POWER, DOUBLE, c("f1"), literal(2d, DOUBLE)), "pow(f1, 2)");
    pair(
        call(ScalarFunction.GREATEST, INTEGER, c("i1"), c("i2")),
        "case when i1 is null or i2 is null then null else greatest(i1, i2) end");
    pair(
        call(ScalarFunction.LEAST, VARCHAR, c("s1"), c("s2")),
        "case when s1 is null or s2 is null then null else least(s1, s2) end");
  }
}
