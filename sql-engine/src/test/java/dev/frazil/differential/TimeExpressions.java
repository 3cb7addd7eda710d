package dev.frazil.differential;

import dev.frazil.differential.ValueType.Family;

/** Functions of dates and timestamps that stay within four-digit years; the zone is UTC. */
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
          Fragment interval = interval(true);
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
    if (family == Family.TIMESTAMPTZ && dice.oneIn(4)) {
      Expression time = source.of(Family.TIMESTAMP, scope, depth - 1);
      return Expression.of(
          ValueType.of(family, time.type().bound()),
          "CAST(",
          time,
          " AS timestamp with time zone)");
    } else if (family == Family.TIMESTAMP && dice.oneIn(12)) {
      Expression instant = source.of(Family.TIMESTAMPTZ, scope, depth - 1);
      return Expression.of(
          ValueType.of(family, instant.type().bound()),
          "((",
          instant,
          ") AT TIME ZONE '" + dice.of("UTC", "Europe/Berlin", "America/New_York") + "')");
    } else if (family == Family.TIMESTAMP && dice.oneIn(8)) {
      Expression instant = source.of(Family.TIMESTAMPTZ, scope, depth - 1);
      return Expression.of(
          ValueType.of(family, instant.type().bound()), "CAST(", instant, " AS timestamp)");
    }
    return switch (dice.between(1, family == Family.TIMESTAMP ? 4 : 2)) {
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

  private Fragment interval(boolean days) {
    String unit =
        days
            ? dice.of("DAY", "MONTH", "YEAR")
            : dice.of("DAY", "MONTH", "YEAR", "HOUR", "MINUTE", "SECOND");
    if (!days && dice.oneIn(4)) {
      String sum =
          dice.of(
              "'1 02:03:04.000005' DAY TO SECOND",
              "'-2 23' DAY TO HOUR",
              "'59:59.999999' MINUTE TO SECOND",
              "'1-11' YEAR TO MONTH");
      String theirs =
          switch (sum.charAt(1)) {
            case '-' -> "'-2 days -23 hours'";
            case '5' -> "'59 minutes 59.999999 seconds'";
            default ->
                sum.endsWith("MONTH")
                    ? "'1 year 11 months'"
                    : "'1 day 2 hours 3 minutes 4.000005 seconds'";
          };
      String sign = dice.of(" + ", " - ") + "INTERVAL ";
      return Fragment.of(sign + sum, sign + theirs);
    }
    return Fragment.of(dice.of(" + ", " - ") + "INTERVAL '" + dice.between(1, 15) + "' " + unit);
  }
}
