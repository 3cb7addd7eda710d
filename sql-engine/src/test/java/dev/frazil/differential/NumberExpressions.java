package dev.frazil.differential;

import dev.frazil.differential.ValueType.Family;
import java.util.List;

/** Arithmetic whose results fit their types. */
final class NumberExpressions {
  private static final double INTEGERS = Integer.MAX_VALUE;
  private static final double BIGINTS = 9e18;

  private final Dice dice;
  private final ExpressionSource source;

  NumberExpressions(Dice dice, ExpressionSource source) {
    this.dice = dice;
    this.source = source;
  }

  Expression of(Family family, Scope scope, int depth) {
    return switch (family) {
      case INTEGER, BIGINT -> integer(family, scope, depth);
      case DECIMAL -> decimal(scope, depth);
      case DOUBLE -> floating(scope, depth);
      default -> throw new IllegalArgumentException("not a number: " + family);
    };
  }

  /** How many elements of an array a lambda takes. */
  private Expression counted(Scope scope) {
    List<Expression> arrays = scope.of(Family.INTEGERS);
    if (arrays.isEmpty()) {
      return source.leaf(Family.BIGINT, scope);
    }
    Expression array = dice.pick(arrays);
    String condition = "x " + dice.of(">", "<=", "<>", "=") + " " + dice.between(0, 9);
    return Expression.of(
        ValueType.bigint(1e4),
        Fragment.of("cardinality(filter(", "len(list_filter("),
        array,
        Fragment.of(", x -> " + condition + "))", ", lambda x: " + condition + "))"));
  }

  private Expression integer(Family family, Scope scope, int depth) {
    if (family == Family.BIGINT) {
      switch (dice.between(1, 9)) {
        case 9 -> {
          return counted(scope);
        }
        case 1 -> {
          return Expression.of(
              ValueType.bigint(1e4),
              Fragment.of("char_length(", "length("),
              source.of(Family.VARCHAR, scope, depth - 1),
              ")");
        }
        case 2 -> {
          return field(scope, depth);
        }
        case 3 -> {
          Expression value = source.of(Family.INTEGER, scope, depth - 1);
          return Expression.of(
              ValueType.bigint(Math.min(value.type().bound(), 3e9)), "CAST(", value, " AS bigint)");
        }
        default -> {}
      }
    }
    Expression left = source.of(family, scope, depth - 1);
    Expression right = source.of(dice.oneIn(3) ? Family.INTEGER : family, scope, depth - 1);
    double x = left.type().bound();
    double y = right.type().bound();
    double limit = family == Family.INTEGER ? INTEGERS : BIGINTS;
    return switch (dice.between(1, 7)) {
      case 1 -> x + y < limit ? binary(family, x + y, left, "+", right) : left;
      case 2 -> x + y < limit ? binary(family, x + y, left, "-", right) : left;
      case 3 -> x * y < limit ? binary(family, x * y, left, "*", right) : left;
      case 4 -> x < limit ? Expression.of(ValueType.of(family, x), "(- ", left, ")") : left;
      case 5 -> x < limit ? Expression.of(ValueType.of(family, x), "abs(", left, ")") : left;
      case 6 ->
          x < limit
              ? Expression.of(
                  ValueType.of(family, x),
                  "(",
                  left,
                  Fragment.of(" / ", " // "),
                  divisor(right, dice.oneIn(2)),
                  ")")
              : left;
      default ->
          x < limit
              ? Expression.of(
                  ValueType.of(family, x), "(", left, " % ", divisor(right, dice.oneIn(2)), ")")
              : left;
    };
  }

  /** Something that is never zero. */
  private Fragment divisor(Expression value, boolean constant) {
    return constant
        ? Fragment.of(dice.of("2", "3", "-7", "10"))
        : Fragment.join("", "NULLIF(", value.text(), ", 0)");
  }

  private Expression field(Scope scope, int depth) {
    Family family = dice.of(Family.DATE, Family.TIMESTAMP);
    String unit =
        family == Family.DATE
            ? dice.of("YEAR", "MONTH", "DAY", "QUARTER", "DOY")
            : dice.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND");
    Expression value = source.of(family, scope, depth - 1);
    return Expression.of(ValueType.bigint(1e4), "EXTRACT(" + unit + " FROM ", value, ")");
  }

  private Expression decimal(Scope scope, int depth) {
    if (dice.oneIn(10)) {
      return remainder(scope, depth);
    }
    Expression left = source.of(Family.DECIMAL, scope, depth - 1);
    Expression right = source.of(dice.oneIn(3) ? Family.INTEGER : Family.DECIMAL, scope, depth - 1);
    ValueType x = left.type();
    ValueType y = right.type();
    int whole = Math.max(x.wholeDigits(), y.wholeDigits()) + 1;
    int scale = Math.max(x.scale(), y.scale());
    boolean sums = whole + scale <= mostDigits(x, y);
    ValueType sum = sums ? ValueType.decimal(whole + scale, scale) : x;
    return switch (dice.between(1, 7)) {
      case 1 -> sums ? Expression.of(sum, "(", left, " + ", right, ")") : left;
      case 2 -> sums ? Expression.of(sum, "(", left, " - ", right, ")") : left;
      case 3 -> {
        int digits = x.wholeDigits() + y.wholeDigits() + x.scale() + y.scale();
        yield digits <= mostDigits(x, y)
            ? Expression.of(
                ValueType.decimal(digits, x.scale() + y.scale()), "(", left, " * ", right, ")")
            : left;
      }
      case 4 -> Expression.of(x, "(- ", left, ")");
      case 5 -> Expression.of(x, "abs(", left, ")");
      case 6 -> {
        int places = dice.between(0, 3);
        int precision = Math.min(38, x.wholeDigits() + 1 + places);
        ValueType type = ValueType.decimal(precision, places);
        yield x.wholeDigits() + 1 + places > 38
            ? left
            : Expression.of(type, "CAST(", left, " AS " + type.sqlName() + ")");
      }
      default -> {
        Expression integer = source.of(Family.INTEGER, scope, depth - 1);
        ValueType type = ValueType.decimal(14, 2);
        yield Expression.of(type, "CAST(", integer, " AS " + type.sqlName() + ")");
      }
    };
  }

  /** Both have the scale of the one with more digits behind the point. */
  private Expression remainder(Scope scope, int depth) {
    Expression left = source.of(Family.DECIMAL, scope, depth - 1);
    Expression right = source.of(dice.oneIn(3) ? Family.INTEGER : Family.DECIMAL, scope, depth - 1);
    ValueType type = ExpressionSource.common(left.type(), right.type());
    return right.family() == Family.DECIMAL
            && left.type().wholeDigits() <= right.type().wholeDigits()
            && ExpressionSource.fit(left.type(), right.type())
        ? Expression.of(type, "(", left, " % ", divisor(right, dice.oneIn(2)), ")")
        : left;
  }

  /** DuckDB's result of two decimals of 18 digits has no more than 18 digits itself. */
  private static int mostDigits(ValueType x, ValueType y) {
    boolean narrow = x.wholeDigits() + x.scale() <= 18 && y.wholeDigits() + y.scale() <= 18;
    return narrow ? 18 : 38;
  }

  private Expression floating(Scope scope, int depth) {
    Expression left = source.of(Family.DOUBLE, scope, depth - 1);
    ValueType type = ValueType.of(Family.DOUBLE, Double.POSITIVE_INFINITY);
    return switch (dice.between(1, 7)) {
      case 1, 2 ->
          Expression.of(
              type,
              "(",
              left,
              dice.of(" + ", " - ", " * "),
              source.of(Family.DOUBLE, scope, depth - 1),
              ")");
      case 3 -> Expression.of(type, "(- ", left, ")");
      case 4 -> Expression.of(type, "abs(", left, ")");
      case 5 -> Expression.of(type, dice.of("floor(", "ceil("), left, ")");
      case 6 -> Expression.of(type, "(", left, " / " + dice.of("2e0", "4e0", "-8e0"), ")");
      default -> {
        Expression integer = source.of(Family.INTEGER, scope, depth - 1);
        yield Expression.of(ValueType.of(Family.DOUBLE, 1e10), "CAST(", integer, " AS double)");
      }
    };
  }

  private static Expression binary(
      Family family, double bound, Expression left, String sign, Expression right) {
    return Expression.of(ValueType.of(family, bound), "(", left, " " + sign + " ", right, ")");
  }
}
