package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.PlacedConstant;
import dev.frazil.plan.parser.PlacedConstant.Use;
import dev.frazil.plan.parser.QueryText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** The values of {@link PlacedConstant}s in the text of a query. */
final class PlacedConstants {
  /** As many digits behind the point as the share of sampled rows is heeded to. */
  private static final int PERCENT_SCALE = 15;

  private PlacedConstants() {}

  static String fill(QueryText text, StatementContext context) {
    StringBuilder filled = new StringBuilder(text.text());
    for (PlacedConstant constant : text.constants()) {
      String number = number(constant, context);
      filled.replace(constant.offset(), constant.offset() + number.length(), number);
    }
    return filled.toString();
  }

  private static String number(PlacedConstant constant, StatementContext context) {
    String type =
        switch (constant.use()) {
          case SAMPLED_PERCENT -> "DOUBLE";
          case SAMPLE_SEED -> "INTEGER";
          case LIMIT, OFFSET -> "BIGINT";
        };
    Object value = context.constant(constant.expression(), type);
    boolean isKnown = value != ConstantSource.UNKNOWN;
    return switch (constant.use()) {
      case SAMPLED_PERCENT -> isKnown ? percent(value, constant, context) : "100";
      case SAMPLE_SEED -> isKnown ? String.valueOf(seed(value, constant, context)) : "0";
      case LIMIT, OFFSET -> {
        if (!(value instanceof Long rows)) {
          yield constant.use() == Use.LIMIT ? "ALL" : "0";
        }
        if (rows < 0) {
          throw refused(constant, context, constant.use() + " is negative");
        }
        yield String.valueOf(rows);
      }
    };
  }

  private static String percent(
      @Nullable Object value, PlacedConstant constant, StatementContext context) {
    if (!(value instanceof Double percent) || !(percent >= 0 && percent <= 100)) {
      throw refused(constant, context, "the percentage of TABLESAMPLE is not between 0 and 100");
    }
    return new BigDecimal(percent)
        .setScale(PERCENT_SCALE, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static int seed(
      @Nullable Object value, PlacedConstant constant, StatementContext context) {
    if (!(value instanceof Integer seed)) {
      throw refused(constant, context, "the seed of REPEATABLE is null");
    }
    return seed;
  }

  private static EngineException refused(
      PlacedConstant constant, StatementContext context, String problem) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        problem
            + " ("
            + context.parsed().source().position(context.parsed().offset(constant.expression()))
            + ")");
  }
}
