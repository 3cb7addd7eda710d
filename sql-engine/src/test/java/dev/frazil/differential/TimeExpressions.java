package dev.frazil.differential;

import dev.frazil.differential.ValueType.Family;

/** Functions of dates and timestamps that stay within four-digit years. */
final class TimeExpressions {
  private final Dice dice;
  private final ExpressionSource source;

  TimeExpressions(Dice dice, ExpressionSource source) {
    this.dice = dice;
    this.source = source;
  }

  Expression of(Family family, Scope scope, int depth) {
    Expression value = source.of(family, scope, depth - 1);
    if (!value.type().isTame()) {
      return value;
    }
    ValueType type = value.type();
    if (family == Family.DATE) {
      return switch (dice.between(1, 3)) {
        case 1 -> {
          Fragment interval = Fragment.of(interval(true));
          yield Expression.of(
              type, Fragment.of("(", "CAST(("), value, interval, Fragment.of(")", ") AS date)"));
        }
        case 2 -> {
          Expression time = source.of(Family.TIMESTAMP, scope, depth - 1);
          yield Expression.of(
              ValueType.of(Family.DATE, time.type().bound()), "CAST(", time, " AS date)");
        }
        default -> value;
      };
    }
    return switch (dice.between(1, 4)) {
      case 1 -> Expression.of(type, "(", value, interval(false), ")");
      case 2 ->
          Expression.of(
              type,
              "date_trunc('" + dice.of("year", "quarter", "month", "week", "day", "hour") + "', ",
              value,
              ")");
      case 3 -> {
        Expression date = source.of(Family.DATE, scope, depth - 1);
        yield Expression.of(
            ValueType.of(Family.TIMESTAMP, date.type().bound()), "CAST(", date, " AS timestamp)");
      }
      default -> value;
    };
  }

  private String interval(boolean days) {
    String unit =
        days
            ? dice.of("DAY", "MONTH", "YEAR")
            : dice.of("DAY", "MONTH", "YEAR", "HOUR", "MINUTE", "SECOND");
    return dice.of(" + ", " - ") + "INTERVAL '" + dice.between(1, 15) + "' " + unit;
  }
}
