package dev.frazil.differential;

import dev.frazil.differential.Fragment.Items;
import dev.frazil.differential.ValueType.Family;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Random window functions. What depends on the order of peers is only asked for where a unique
 * column ends the order.
 */
final class WindowExpressions {
  private static final double ROWS = 1e6;

  private final Dice dice;
  private final ExpressionSource source;
  private final Aggregates aggregates;

  WindowExpressions(Dice dice, ExpressionSource source, Aggregates aggregates) {
    this.dice = dice;
    this.source = source;
    this.aggregates = aggregates;
  }

  /**
   * A window function over the columns of a scope.
   *
   * @param unique a column without duplicates, or null
   */
  Expression any(Scope scope, @Nullable Expression unique) {
    List<Expression> columns = scope.where(column -> !column.type().rough());
    if (columns.isEmpty()) {
      return source.literal(Family.INTEGER);
    }
    int kind = dice.between(1, unique == null ? 2 : 4);
    return switch (kind) {
      case 1 -> rank(columns, unique);
      case 2 -> aggregate(scope, columns, unique);
      case 3 -> number(columns, unique);
      default -> neighbour(columns, unique);
    };
  }

  /** QUALIFY with a condition on a window function. */
  Fragment qualify(Scope scope, @Nullable Expression unique) {
    if (scope.where(column -> !column.type().rough()).isEmpty()) {
      return new Items("", "", List.of(), 0);
    }
    Expression windowed = any(scope, unique);
    Expression condition =
        windowed.type().rough() || dice.oneIn(6)
            ? Expression.of(
                ValueType.BOOLEAN, "(", windowed, dice.of(" IS NULL", " IS NOT NULL"), ")")
            : Expression.of(
                ValueType.BOOLEAN,
                "(",
                windowed,
                dice.of(" <= ", " > ", " = ", " <> "),
                source.literal(windowed.family()),
                ")");
    return new Items(" QUALIFY ", " AND ", List.of(condition.text()), 0);
  }

  private Expression rank(List<Expression> columns, @Nullable Expression unique) {
    String name = dice.of("rank", "dense_rank", "rank", "percent_rank", "cume_dist");
    ValueType type =
        name.endsWith("_rank") && name.startsWith("percent") || name.equals("cume_dist")
            ? ValueType.rough(Family.DOUBLE)
            : ValueType.bigint(ROWS);
    return Expression.of(
        type, name + "() OVER (", partition(columns), order(columns, 1, unique), ")");
  }

  private Expression number(List<Expression> columns, @Nullable Expression unique) {
    String call = dice.of("row_number()", "ntile(" + dice.between(1, 5) + ")", "row_number()");
    return Expression.of(
        ValueType.bigint(ROWS),
        call + " OVER (",
        partition(columns),
        order(columns, dice.between(0, 2), unique),
        ")");
  }

  private Expression neighbour(List<Expression> columns, @Nullable Expression unique) {
    Expression value = dice.pick(columns);
    String nulls = dice.of("", "", " IGNORE NULLS");
    Fragment order = order(columns, dice.between(0, 1), unique);
    if (dice.oneIn(2)) {
      String rows = dice.of("", ", 0", ", 1", ", 2", ", 7");
      Fragment call =
          Fragment.join("", dice.of("lag(", "lead("), value.text(), rows + nulls, ") OVER (");
      return Expression.of(value.type(), call, partition(columns), order, ")");
    }
    Fragment call =
        dice.oneIn(3)
            ? Fragment.join(
                "", "nth_value(", value.text(), ", " + dice.between(1, 3) + nulls, ") OVER (")
            : Fragment.join(
                "", dice.of("first_value(", "last_value("), value.text(), nulls, ") OVER (");
    return Expression.of(
        value.type(), call, partition(columns), order, frame(dice.of("ROWS", "GROUPS")), ")");
  }

  private Expression aggregate(Scope scope, List<Expression> columns, @Nullable Expression unique) {
    Expression call = aggregates.windowed(scope);
    List<Object> parts = new ArrayList<>(List.of(call, " OVER (", partition(columns)));
    switch (dice.between(1, 4)) {
      case 1 -> {}
      case 2 -> parts.add(order(columns, 1, unique));
      case 3 -> {
        parts.add(order(columns, 1, unique));
        parts.add(frame(unique == null ? "GROUPS" : dice.of("GROUPS", "ROWS")));
      }
      default -> parts.add(range(columns));
    }
    parts.add(")");
    return Expression.of(call.type(), parts.toArray());
  }

  private Fragment partition(List<Expression> columns) {
    List<Fragment> keys = new ArrayList<>();
    for (int i = dice.of(0, 1, 1, 2); i > 0; i--) {
      keys.add(dice.pick(columns).text());
    }
    return new Items("PARTITION BY ", ", ", keys, 0);
  }

  private Fragment order(List<Expression> columns, int count, @Nullable Expression unique) {
    List<Fragment> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(key(dice.pick(columns)));
    }
    if (unique != null) {
      keys.add(key(unique));
    }
    return new Items(" ORDER BY ", ", ", keys, keys.size());
  }

  private Fragment key(Expression column) {
    return Fragment.join(
        "", column.text(), dice.of("", " DESC"), dice.of("", " NULLS FIRST", " NULLS LAST"));
  }

  private Fragment frame(String unit) {
    String from =
        dice.of("UNBOUNDED PRECEDING", "CURRENT ROW", "1 PRECEDING", "3 PRECEDING", "1 FOLLOWING");
    String to = dice.of("UNBOUNDED FOLLOWING", "2 FOLLOWING", "1 FOLLOWING", "4 FOLLOWING");
    String exclude = dice.of("", "", "", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES");
    return Fragment.of(" " + unit + " BETWEEN " + from + " AND " + to + exclude);
  }

  /** A frame by value, where the one key allows for arithmetic. */
  private Fragment range(List<Expression> columns) {
    List<Expression> keys =
        columns.stream()
            .filter(column -> column.type().isTame())
            .filter(
                column ->
                    column.family().isExact()
                        || column.family() == Family.DATE
                        || column.family() == Family.TIMESTAMP)
            .filter(column -> column.type().wholeDigits() < 16 || column.type().bound() < 1e9)
            .toList();
    if (keys.isEmpty()) {
      return Fragment.of("");
    }
    Expression key = dice.pick(keys);
    String offset = "" + dice.of(0, 1, 3, 100);
    String bound =
        switch (key.family()) {
          case DATE -> "INTERVAL '" + offset + "' DAY";
          case TIMESTAMP -> "INTERVAL '" + offset + "' " + dice.of("DAY", "HOUR", "MONTH");
          default -> offset;
        };
    return Fragment.join(
        "",
        " ORDER BY ",
        key(key),
        " RANGE BETWEEN " + bound + " PRECEDING AND ",
        dice.of("CURRENT ROW", "UNBOUNDED FOLLOWING", bound + " FOLLOWING")
            + dice.of("", "", "", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES"));
  }
}
