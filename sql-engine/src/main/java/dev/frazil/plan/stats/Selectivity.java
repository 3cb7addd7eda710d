package dev.frazil.plan.stats;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which share of the rows a predicate keeps: by the bounds, nulls and distinct values of columns
 * where those are known, as if values were spread evenly and columns had nothing to do with each
 * other; else a guess.
 */
public final class Selectivity {
  private static final double EQUALITY = 0.02;
  private static final double RANGE = 0.3;
  private static final double PATTERN = 0.1;
  private static final double NULLS = 0.05;
  private static final double UNKNOWN = 0.3;

  private final IntFunction<@Nullable ColumnStatistics> columns;

  private Selectivity(IntFunction<@Nullable ColumnStatistics> columns) {
    this.columns = columns;
  }

  /** Between 0 and 1, knowing nothing of the columns. */
  public static double of(@Nullable ScalarExpression predicate) {
    return new Selectivity(column -> null).share(predicate);
  }

  /** Between 0 and 1. */
  static double of(
      @Nullable ScalarExpression predicate, IntFunction<@Nullable ColumnStatistics> columns) {
    return new Selectivity(columns).share(predicate);
  }

  private double share(@Nullable ScalarExpression predicate) {
    if (predicate == null) {
      return 1;
    }
    if (predicate instanceof Literal literal) {
      return Boolean.TRUE.equals(literal.value()) ? 1 : 0;
    }
    if (!(predicate instanceof Call call)) {
      return UNKNOWN;
    }
    return switch (call.function()) {
      case AND -> and(call.operands());
      case OR -> {
        double rest = 1;
        for (ScalarExpression operand : call.operands()) {
          rest *= 1 - share(operand);
        }
        yield 1 - rest;
      }
      case NOT -> 1 - share(call.operands().get(0));
      case EQUAL, IS_NOT_DISTINCT_FROM -> equality(call);
      case NOT_EQUAL, IS_DISTINCT_FROM -> 1 - equality(call);
      case IN -> in(call);
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> and(List.of(call));
      case LIKE, ILIKE, STARTS_WITH -> PATTERN;
      case IS_NULL -> nulls(call);
      case IS_NOT_NULL -> 1 - nulls(call);
      default -> UNKNOWN;
    };
  }

  /** A column and what comparisons with constants leave of its range. */
  private static final class Range {
    final ColumnStatistics statistics;
    double from = Double.NEGATIVE_INFINITY;
    double to = Double.POSITIVE_INFINITY;

    Range(ColumnStatistics statistics) {
      this.statistics = statistics;
    }
  }

  /** Comparisons of one column are looked at together: what is above 3 and below 5 is little. */
  private double and(List<ScalarExpression> parts) {
    Map<Integer, Range> ranges = new LinkedHashMap<>();
    List<ScalarExpression> others = new ArrayList<>();
    double share = 1;
    for (ScalarExpression part : parts) {
      if (part instanceof Call call && isComparison(call.function())) {
        if (!narrow(call, ranges)) {
          share *= RANGE;
        }
      } else {
        others.add(part);
      }
    }
    for (Range range : ranges.values()) {
      share *= range.statistics.rangeShare(range.from, range.to);
    }
    for (ScalarExpression other : others) {
      share *= share(other);
    }
    return share;
  }

  private static boolean isComparison(ScalarFunction function) {
    return function == ScalarFunction.LESS
        || function == ScalarFunction.LESS_OR_EQUAL
        || function == ScalarFunction.GREATER
        || function == ScalarFunction.GREATER_OR_EQUAL;
  }

  private boolean narrow(Call call, Map<Integer, Range> ranges) {
    boolean isMirrored = call.operands().get(1) instanceof InputReference;
    ScalarExpression column = call.operands().get(isMirrored ? 1 : 0);
    double constant = constant(call.operands().get(isMirrored ? 0 : 1));
    if (!(column instanceof InputReference reference) || Double.isNaN(constant)) {
      return false;
    }
    ColumnStatistics statistics = columns.apply(reference.index());
    if (statistics == null || !statistics.hasRange()) {
      return false;
    }
    Range range = ranges.computeIfAbsent(reference.index(), index -> new Range(statistics));
    boolean isUpper =
        call.function() == ScalarFunction.LESS || call.function() == ScalarFunction.LESS_OR_EQUAL;
    if (isUpper != isMirrored) {
      range.to = Math.min(range.to, constant);
    } else {
      range.from = Math.max(range.from, constant);
    }
    return true;
  }

  private double equality(Call call) {
    ScalarExpression left = call.operands().get(0);
    ScalarExpression right = call.operands().get(1);
    return left instanceof InputReference
        ? equality(left, right, EQUALITY)
        : equality(right, left, EQUALITY);
  }

  private double equality(ScalarExpression column, ScalarExpression value, double guess) {
    ColumnStatistics statistics =
        column instanceof InputReference reference ? columns.apply(reference.index()) : null;
    if (statistics == null || !(value instanceof Literal || isParameter(value))) {
      return guess;
    }
    double share = statistics.equalShare(constant(value));
    return Double.isNaN(share) ? guess : share;
  }

  private static boolean isParameter(ScalarExpression value) {
    return value instanceof ScalarExpression.Parameter;
  }

  private double in(Call call) {
    double guess = Math.min(0.5, EQUALITY * (call.operands().size() - 1));
    double share = 0;
    for (ScalarExpression value : call.operands().subList(1, call.operands().size())) {
      double one = equality(call.operands().get(0), value, Double.NaN);
      if (Double.isNaN(one)) {
        return guess;
      }
      share += one;
    }
    return Math.min(1, share);
  }

  private double nulls(Call call) {
    ColumnStatistics statistics =
        call.operands().get(0) instanceof InputReference reference
            ? columns.apply(reference.index())
            : null;
    return statistics == null || Double.isNaN(statistics.nullShare())
        ? NULLS
        : statistics.nullShare();
  }

  /** A number, a date or a time as a number; NaN for everything else. */
  private static double constant(ScalarExpression expression) {
    return expression instanceof Literal literal && literal.value() instanceof Number number
        ? number.doubleValue()
        : Double.NaN;
  }
}
