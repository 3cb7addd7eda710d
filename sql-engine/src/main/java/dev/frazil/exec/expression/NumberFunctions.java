package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * The functions of numbers, a row at a time. Exact operands are computed exactly, floating-point
 * ones as IEEE doubles; the result is converted to the type of the call (22003).
 */
final class NumberFunctions {
  /** No number has more digits on either side of the point. */
  private static final int MAX_SHIFT = 400;

  private NumberFunctions() {}

  /** The function of that name over a first operand of that type, if it is one of numbers. */
  static Optional<RowFunction> of(ScalarFunction function, SqlType operand) {
    boolean exact = NumberConversions.isExact(operand);
    return switch (function) {
      case NEGATE, ABS, SIGN, FLOOR, CEIL, ROUND, TRUNCATE_NUMBER ->
          Optional.of(exact ? exact(function) : floating(function));
      case EXACT_ORDER ->
          Optional.of(
              (operands, row, result) ->
                  result.appendInt(
                      NumberConversions.readExact(operands.get(0), row)
                          .compareTo(NumberConversions.readExact(operands.get(1), row))));
      case POWER ->
          Optional.of(
              (operands, row, result) -> {
                double base = NumberConversions.readDouble(operands.get(0), row);
                double exponent = NumberConversions.readDouble(operands.get(1), row);
                NumberConversions.appendFloating(power(base, exponent), result);
              });
      case SQRT, EXP, LN, LOG10 ->
          Optional.of(
              (operands, row, result) -> {
                double value = NumberConversions.readDouble(operands.get(0), row);
                NumberConversions.appendFloating(transcendental(function, value), result);
              });
      // not exhaustive on purpose: the other functions are not of numbers
      default -> Optional.empty();
    };
  }

  private static RowFunction exact(ScalarFunction function) {
    return (operands, row, result) -> {
      BigDecimal value = NumberConversions.readExact(operands.get(0), row);
      BigDecimal computed =
          switch (function) {
            case NEGATE -> value.negate();
            case ABS -> value.abs();
            case SIGN -> BigDecimal.valueOf(value.signum());
            case FLOOR -> value.setScale(0, RoundingMode.FLOOR);
            case CEIL -> value.setScale(0, RoundingMode.CEILING);
            case ROUND -> atDigits(value, digits(operands, row), RoundingMode.HALF_UP);
            default -> atDigits(value, digits(operands, row), RoundingMode.DOWN);
          };
      NumberConversions.appendExact(computed, result);
    };
  }

  private static RowFunction floating(ScalarFunction function) {
    return (operands, row, result) -> {
      double value = NumberConversions.readDouble(operands.get(0), row);
      double computed =
          switch (function) {
            case NEGATE -> -value;
            case ABS -> Math.abs(value);
            case SIGN -> Math.signum(value);
            case FLOOR -> Math.floor(value);
            case CEIL -> Math.ceil(value);
            case ROUND -> atDigits(value, digits(operands, row), RoundingMode.HALF_UP);
            default -> atDigits(value, digits(operands, row), RoundingMode.DOWN);
          };
      NumberConversions.appendFloating(computed, result);
    };
  }

  private static int digits(List<ColumnVector> operands, int row) {
    if (operands.size() < 2) {
      return 0;
    }
    long digits = TextFunctions.integer(operands.get(1), row);
    return (int) Math.max(-MAX_SHIFT, Math.min(MAX_SHIFT, digits));
  }

  private static BigDecimal atDigits(BigDecimal value, int digits, RoundingMode mode) {
    return digits >= value.scale() ? value : value.setScale(digits, mode);
  }

  private static double atDigits(double value, int digits, RoundingMode mode) {
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return value;
    }
    // on the shortest decimal of the double, so that 1.005 rounds to 1.01 as it reads
    return atDigits(new BigDecimal(Double.toString(value)), digits, mode).doubleValue();
  }

  private static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw NumericErrors.divisionByZero("POWER(0, " + exponent + ")");
    }
    double power = Math.pow(base, exponent);
    if (Double.isNaN(power) && !Double.isNaN(base) && !Double.isNaN(exponent)) {
      throw domain("POWER(" + base + ", " + exponent + ")", "a real number");
    }
    return power;
  }

  private static double transcendental(ScalarFunction function, double value) {
    boolean logarithm = function == ScalarFunction.LN || function == ScalarFunction.LOG10;
    if (logarithm && value <= 0) {
      throw domain(function + "(" + value + ")", "of a positive number");
    }
    if (function == ScalarFunction.SQRT && value < 0) {
      throw domain(function + "(" + value + ")", "of a number that is not negative");
    }
    return switch (function) {
      case SQRT -> Math.sqrt(value);
      case EXP -> Math.exp(value);
      case LN -> Math.log(value);
      default -> Math.log10(value);
    };
  }

  private static EngineException domain(String call, String wanted) {
    return new EngineException(
        SqlState.NUMERIC_OUT_OF_RANGE, call + " is undefined: the result must be " + wanted);
  }
}
