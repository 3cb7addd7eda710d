package dev.frazil.differential;

import dev.frazil.differential.Literals.Spread;
import dev.frazil.differential.ValueType.Family;
import java.util.List;

/**
 * Random expressions that cannot fail: magnitudes are followed, divisors are not zero. Values are
 * exact, unless asked for otherwise.
 */
final class ExpressionSource {
  private final Dice dice;
  private final Literals literals;
  private final NumberExpressions numbers;
  private final TextExpressions texts;
  private final TimeExpressions times;
  private final Predicates predicates;

  /** Queries nested in expressions. */
  interface SubQueries {
    /** One value: an aggregate, maybe over rows that the outer row chooses. */
    Expression scalar(Family family, Scope scope);

    /** Rows of one column that compares with a value. */
    Fragment column(Expression partner, Scope scope);

    /** Any rows. */
    Fragment rows(Scope scope);

    /** Rows of an integer and a text without nulls: DuckDB takes null for a value in rows. */
    Fragment pair(Scope scope);
  }

  ExpressionSource(Dice dice, SubQueries subQueries) {
    this.dice = dice;
    this.literals = new Literals(dice);
    this.numbers = new NumberExpressions(dice, this);
    this.texts = new TextExpressions(dice, this);
    this.times = new TimeExpressions(dice, this);
    this.predicates = new Predicates(dice, this, subQueries);
    this.subQueries = subQueries;
  }

  private final SubQueries subQueries;

  /** A value of a family. */
  Expression of(Family family, Scope scope, int depth) {
    if (depth <= 0 || dice.oneIn(4)) {
      return leaf(family, scope);
    }
    if (scope.subQueries() > 0 && family.hasExtremes() && dice.oneIn(12)) {
      return subQueries.scalar(family, scope);
    }
    return switch (dice.between(1, 8)) {
      case 1 -> coalesce(family, scope, depth);
      case 2 -> conditional(family, scope, depth);
      case 3 -> nullIf(family, scope, depth);
      default -> specific(family, scope, depth);
    };
  }

  private Expression specific(Family family, Scope scope, int depth) {
    return switch (family) {
      case INTEGER, BIGINT, DECIMAL, DOUBLE -> numbers.of(family, scope, depth);
      case VARCHAR -> texts.of(scope, depth);
      case DATE, TIMESTAMP, TIMESTAMPTZ -> times.of(family, scope, depth);
      case BOOLEAN -> predicates.of(scope, depth);
      case REAL, TIME, VARBINARY, UUID, INTEGERS, TEXTS, STRUCT, MAP -> leaf(family, scope);
    };
  }

  Predicates predicates() {
    return predicates;
  }

  /** Any value. */
  Expression any(Scope scope, int depth) {
    return of(family(scope), scope, depth);
  }

  /** A family of which the scope has a column, most of the time. */
  Family family(Scope scope) {
    List<Expression> columns = scope.where(column -> !column.type().rough());
    return columns.isEmpty() || dice.oneIn(6)
        ? dice.of(
            Family.BOOLEAN,
            Family.INTEGER,
            Family.BIGINT,
            Family.DECIMAL,
            Family.DOUBLE,
            Family.VARCHAR,
            Family.DATE,
            Family.TIMESTAMP)
        : dice.pick(columns).family();
  }

  /** A column or a constant. */
  Expression leaf(Family family, Scope scope) {
    List<Expression> candidates = scope.of(family).stream().filter(c -> !c.type().rough()).toList();
    if (!scope.outer().isEmpty() && dice.oneIn(4)) {
      List<Expression> outer =
          scope.outer().stream()
              .filter(column -> column.family() == family && !column.type().rough())
              .toList();
      if (!outer.isEmpty()) {
        return dice.pick(outer);
      }
    }
    return candidates.isEmpty() || dice.oneIn(8) ? literal(family) : dice.pick(candidates);
  }

  /** A constant; now and then NULL. */
  Expression literal(Family family) {
    Spread spread = dice.of(Spread.FEW, Spread.TAME);
    ValueType type = Literals.type(family, spread, dice.of(3, 9), 2);
    if (dice.oneIn(20)) {
      return Expression.of(
          type,
          Fragment.of(
              "CAST(NULL AS " + type.sqlName() + ")", "CAST(NULL AS " + type.duckDbName() + ")"));
    }
    return new Expression(literals.of(type, spread), type);
  }

  private Expression coalesce(Family family, Scope scope, int depth) {
    Expression first = of(family, scope, depth - 1);
    Expression second = fitting(first, of(family, scope, depth - 1));
    return Expression.of(
        common(first.type(), second.type()), "COALESCE(", first, ", ", second, ")");
  }

  private Expression nullIf(Family family, Scope scope, int depth) {
    Expression first = of(family, scope, depth - 1);
    Expression second = fitting(first, of(family, scope, depth - 1));
    return Expression.of(first.type(), "NULLIF(", first, ", ", second, ")");
  }

  private Expression conditional(Family family, Scope scope, int depth) {
    Expression value = of(family, scope, depth - 1);
    Expression otherwise = fitting(value, of(family, scope, depth - 1));
    if (dice.oneIn(3)) {
      Expression subject = any(scope, depth - 2);
      Expression label = fitting(subject, of(subject.family(), scope, 0));
      return Expression.of(
          common(value.type(), otherwise.type()),
          "CASE ",
          subject,
          " WHEN ",
          label,
          " THEN ",
          value,
          " ELSE ",
          otherwise,
          " END");
    }
    return Expression.of(
        common(value.type(), otherwise.type()),
        "CASE WHEN ",
        predicates.of(scope, depth - 1),
        " THEN ",
        value,
        dice.oneIn(4) ? "" : Fragment.join("", " ELSE ", otherwise.text()),
        " END");
  }

  /** Where two numbers need more than 38 digits together, DuckDB fails: the second becomes 0. */
  static Expression fitting(Expression first, Expression second) {
    return fit(first.type(), second.type())
        ? second
        : Expression.of(first.type(), "CAST(0 AS " + first.type().sqlName() + ")");
  }

  /** Whether there is a decimal type for values of both, or none is needed. */
  static boolean fit(ValueType x, ValueType y) {
    boolean decimals = x.family() == Family.DECIMAL || y.family() == Family.DECIMAL;
    int whole = Math.max(x.wholeDigits(), y.wholeDigits());
    return !decimals || whole + Math.max(x.scale(), y.scale()) <= 38;
  }

  /** The type that holds values of both, of one family. */
  static ValueType common(ValueType left, ValueType right) {
    double bound = Math.max(left.bound(), right.bound());
    if (left.family() == Family.DECIMAL) {
      int scale = Math.max(left.scale(), right.scale());
      int whole = Math.max(left.wholeDigits(), right.wholeDigits());
      return new ValueType(
          Family.DECIMAL, Math.min(38, whole + scale), scale, bound, left.rough() || right.rough());
    }
    return new ValueType(left.family(), 0, 0, bound, left.rough() || right.rough());
  }
}
