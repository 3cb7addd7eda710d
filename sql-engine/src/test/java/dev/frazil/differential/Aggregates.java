package dev.frazil.differential;

import dev.frazil.differential.ValueType.Family;
import java.util.List;

/** Random aggregate calls. */
final class Aggregates {
  /** No input has more rows. */
  private static final double ROWS = 1e6;

  private final Dice dice;
  private final ExpressionSource source;

  Aggregates(Dice dice, ExpressionSource source) {
    this.dice = dice;
    this.source = source;
  }

  /** Any aggregate over the columns of a scope. */
  Expression any(Scope scope) {
    Scope alone = scope.alone();
    Fragment filter =
        dice.oneIn(4)
            ? Fragment.optional(" FILTER (WHERE ", source.predicates().of(alone, 2).text(), ")")
            : Fragment.of("");
    Expression value = source.any(alone, dice.between(0, 2));
    return switch (dice.between(1, 10)) {
      case 1 -> Expression.of(ValueType.bigint(ROWS), "count(*)", filter);
      case 2 -> Expression.of(ValueType.bigint(ROWS), "count(", value, ")", filter);
      case 3 -> Expression.of(ValueType.bigint(ROWS), "count(DISTINCT ", value, ")", filter);
      case 4, 5, 6 -> sum(alone, filter);
      case 7 -> rough(alone, filter);
      case 8 -> truth(alone, filter);
      default -> extreme(value, filter);
    };
  }

  /**
   * An aggregate that depends on the order of its rows, or on where a value stands among them.
   *
   * @param unique a column without duplicates
   */
  Expression ordered(Scope scope, Expression unique) {
    Expression text = source.of(Family.VARCHAR, scope, dice.between(0, 1));
    Expression value = dice.pick(scope.where(column -> !column.type().rough()));
    Fragment order =
        Fragment.join(
            "",
            " ORDER BY ",
            dice.oneIn(3) ? Fragment.join("", value.text(), dice.of("", " DESC"), ", ") : "",
            unique.text(),
            dice.of("", " DESC"));
    Fragment filter =
        dice.oneIn(4)
            ? Fragment.optional(" FILTER (WHERE ", source.predicates().of(scope, 1).text(), ")")
            : Fragment.of("");
    Expression number = source.of(Family.INTEGER, scope, dice.between(0, 1));
    String fraction = dice.of("0", "0.25", "0.5", "0.9", "1");
    return switch (dice.between(1, 6)) {
      case 1 ->
          Expression.of(
              ValueType.VARCHAR, "string_agg(", text, dice.of(", ''", ", '|'"), order, ")", filter);
      case 2 ->
          Expression.of(ValueType.of(Family.TEXTS, 0), "array_agg(", text, order, ")", filter);
      case 3 ->
          Expression.of(ValueType.of(Family.INTEGERS, 0), "array_agg(", number, order, ")", filter);
      case 4 ->
          Expression.of(
              value.type(),
              "percentile_disc(" + fraction + ") WITHIN GROUP (ORDER BY ",
              value,
              dice.of(")", " DESC)"),
              filter);
      case 5 ->
          Expression.of(
              ValueType.rough(Family.DOUBLE),
              dice.oneIn(2)
                  ? Fragment.join("", "median(", number.text(), ")")
                  : Fragment.join(
                      "",
                      "percentile_cont(" + fraction + ") WITHIN GROUP (ORDER BY ",
                      unique.text(),
                      ")"),
              filter);
      default -> {
        // DuckDB's EXTRACT is a double.
        Expression bits = source.leaf(dice.of(Family.INTEGER, Family.BIGINT), scope);
        yield Expression.of(
            bits.type(), dice.of("bit_and(", "bit_or(", "bit_xor("), bits, ")", filter);
      }
    };
  }

  /** An exact aggregate of a family. */
  Expression of(Family family, Scope scope) {
    Scope alone = scope.alone();
    Fragment none = Fragment.of("");
    if (family == Family.BIGINT && dice.oneIn(3)) {
      return Expression.of(
          ValueType.bigint(ROWS),
          dice.oneIn(2)
              ? "count(*)"
              : Fragment.join("", "count(", source.any(alone, 1).text(), ")"));
    }
    return family == Family.BOOLEAN
        ? truth(alone, none)
        : extreme(source.of(family, alone, dice.between(0, 2)), none);
  }

  /** An aggregate that may stand before OVER. */
  Expression windowed(Scope scope) {
    Family family = dice.of(Family.INTEGER, Family.BIGINT, Family.DECIMAL);
    Expression number = source.leaf(family, scope.alone());
    double bound = number.type().bound() * ROWS;
    boolean fits =
        family == Family.DECIMAL
            ? number.type().wholeDigits() + number.type().scale() <= 31
            : bound < 9e18;
    List<Expression> columns = scope.where(column -> !column.type().rough());
    Expression value = columns.isEmpty() ? number : dice.pick(columns);
    Fragment filter =
        dice.oneIn(5)
            ? Fragment.optional(
                " FILTER (WHERE ", source.predicates().of(scope.alone(), 1).text(), ")")
            : Fragment.of("");
    return switch (dice.between(1, 6)) {
      case 1 -> Expression.of(ValueType.bigint(ROWS), "count(*)", filter);
      case 2 -> Expression.of(ValueType.bigint(ROWS), "count(", value, ")", filter);
      case 3, 4 ->
          fits
              ? Expression.of(
                  family == Family.DECIMAL
                      ? new ValueType(family, 38, number.type().scale(), bound, false)
                      : ValueType.bigint(bound),
                  "sum(",
                  number,
                  ")",
                  filter)
              : extreme(number, filter);
      case 5 ->
          family == Family.DECIMAL || bound > 1e14
              ? extreme(value, filter)
              : Expression.of(ValueType.rough(Family.DOUBLE), "avg(", number, ")", filter);
      default -> extreme(value, filter);
    };
  }

  private Expression extreme(Expression value, Fragment filter) {
    return value.family() == Family.BOOLEAN || !value.family().hasExtremes()
        ? Expression.of(ValueType.bigint(ROWS), "count(", value, ")", filter)
        : Expression.of(value.type(), dice.of("min(", "max("), value, ")", filter);
  }

  private Expression truth(Scope scope, Fragment filter) {
    return Expression.of(
        ValueType.BOOLEAN,
        dice.of("bool_and(", "bool_or("),
        source.predicates().of(scope, 2),
        ")",
        filter);
  }

  private Expression sum(Scope scope, Fragment filter) {
    Family family = dice.of(Family.INTEGER, Family.BIGINT, Family.DECIMAL, Family.DOUBLE);
    Expression value = source.of(family, scope, dice.between(0, 2));
    String distinct = dice.oneIn(5) ? "DISTINCT " : "";
    if (family == Family.DECIMAL) {
      if (value.type().wholeDigits() + 7 + value.type().scale() > 38) {
        return extreme(value, filter);
      }
      return Expression.of(
          new ValueType(
              Family.DECIMAL, 38, value.type().scale(), value.type().bound() * ROWS, false),
          "sum(" + distinct,
          value,
          ")",
          filter);
    } else if (family == Family.DOUBLE) {
      return value.type().isTame()
          ? Expression.of(ValueType.rough(family), "sum(" + distinct, value, ")", filter)
          : extreme(value, filter);
    }
    double bound = value.type().bound() * ROWS;
    // DuckDB sums integers to 128 bits.
    return bound < 9e18
        ? Expression.of(
            ValueType.bigint(bound),
            Fragment.of("sum(" + distinct, "CAST(sum(" + distinct),
            value,
            ")",
            filter,
            Fragment.of("", " AS bigint)"))
        : extreme(value, filter);
  }

  private Expression rough(Scope scope, Fragment filter) {
    Family family = dice.of(Family.INTEGER, Family.DECIMAL, Family.DOUBLE);
    Expression value = source.of(family, scope, dice.between(0, 1));
    if (!value.type().isTame() || value.type().bound() > 1e8) {
      return extreme(value, filter);
    }
    // DuckDB's variance of one infinity is 0, ours (and PostgreSQL's) NaN.
    String name =
        family == Family.DOUBLE
            ? "avg"
            : dice.of("avg", "avg", "stddev_samp", "stddev_pop", "var_samp", "var_pop");
    return Expression.of(
        ValueType.rough(Family.DOUBLE),
        name + "(" + (dice.oneIn(6) ? "DISTINCT " : ""),
        value,
        ")",
        filter);
  }
}
