package dev.frazil.differential;

import dev.frazil.differential.ExpressionSource.SubQueries;
import dev.frazil.differential.ValueType.Family;
import java.util.ArrayList;
import java.util.List;

/** Conditions in three-valued logic. */
final class Predicates {
  private static final List<String> PATTERNS =
      List.of("'%'", "'a%'", "'%b'", "'_b%'", "'%本%'", "'%a%b%'", "''", "'_'", "'😀%'", "'a'");

  private static final List<String> ESCAPED =
      List.of(
          "'%#%%' ESCAPE '#'",
          "'a#_%' ESCAPE '#'", "'_!!%' ESCAPE '!'", "'b\\%' ESCAPE '\\'", "'%\\\\%' ESCAPE '\\'");

  private final Dice dice;
  private final ExpressionSource source;
  private final SubQueries subQueries;

  Predicates(Dice dice, ExpressionSource source, SubQueries subQueries) {
    this.dice = dice;
    this.source = source;
    this.subQueries = subQueries;
  }

  Expression of(Scope scope, int depth) {
    if (scope.subQueries() > 0 && dice.oneIn(6)) {
      return withSubQuery(scope, depth);
    }
    if (depth > 1 && dice.oneIn(3)) {
      return combined(scope, depth);
    }
    return simple(scope, depth);
  }

  private Expression combined(Scope scope, int depth) {
    Expression left = of(scope, depth - 1);
    return switch (dice.between(1, 8)) {
      case 1, 2, 3 -> truth("(", left, " AND ", of(scope, depth - 1), ")");
      case 4, 5, 6 -> truth("(", left, " OR ", of(scope, depth - 1), ")");
      case 7 -> truth("(NOT ", left, ")");
      default ->
          truth(
              "(",
              left,
              dice.of(" IS TRUE", " IS NOT TRUE", " IS FALSE", " IS NOT FALSE", " IS NULL"),
              ")");
    };
  }

  private Expression simple(Scope scope, int depth) {
    Family family = source.family(scope);
    Expression value = source.of(family, scope, depth - 1);
    return switch (dice.between(1, 12)) {
      case 1 -> truth("(", value, dice.of(" IS NULL", " IS NOT NULL"), ")");
      case 2 ->
          truth(
              "(",
              value,
              dice.of(" BETWEEN ", " NOT BETWEEN "),
              ExpressionSource.fitting(value, source.of(family, scope, 0)),
              " AND ",
              ExpressionSource.fitting(value, source.of(family, scope, depth - 2)),
              ")");
      case 3 -> membership(value, scope);
      case 4 -> like(scope, depth);
      case 5 -> family == Family.BOOLEAN ? value : comparison(value, scope, depth);
      case 6 -> rows(value, scope);
      default -> comparison(value, scope, depth);
    };
  }

  /** Of one family, or of two kinds of number. */
  private Expression comparison(Expression value, Scope scope, int depth) {
    Family family = value.family();
    Family other =
        family.isExact() && dice.oneIn(4)
            ? dice.of(Family.INTEGER, Family.BIGINT, Family.DECIMAL)
            : family;
    return truth(
        "(",
        value,
        dice.of(
            " = ", " = ", " <> ", " < ", " <= ", " > ", " >= ", distinct(true), distinct(false)),
        ExpressionSource.fitting(value, source.of(other, scope, depth - 1)),
        ")");
  }

  private static String distinct(boolean negated) {
    return negated ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ";
  }

  private Expression membership(Expression value, Scope scope) {
    List<Fragment> items = new ArrayList<>();
    ValueType all = value.type();
    int count = dice.oneIn(6) ? 25 : dice.between(1, 4);
    for (int i = 0; i < count; i++) {
      Expression item =
          ExpressionSource.fitting(
              new Expression(value.text(), all),
              dice.oneIn(4) ? source.of(value.family(), scope, 0) : source.literal(value.family()));
      all = ExpressionSource.common(all, item.type());
      items.add(item.text());
    }
    if (dice.oneIn(10)) {
      items.add(Fragment.of("NULL"));
    }
    return truth(
        "(", value, dice.of(" IN (", " NOT IN ("), new Fragment.Items("", ", ", items, 1), "))");
  }

  private Expression like(Scope scope, int depth) {
    return truth(
        "(",
        source.of(Family.VARCHAR, scope, depth - 1),
        dice.of(" LIKE ", " LIKE ", " NOT LIKE ", " ILIKE "),
        dice.oneIn(8)
            ? source.leaf(Family.VARCHAR, scope)
            : dice.oneIn(5) ? dice.pick(ESCAPED) : dice.pick(PATTERNS),
        ")");
  }

  /** Two rows; without null fields, for DuckDB takes null for a value there. */
  private Expression rows(Expression value, Scope scope) {
    List<Expression> integers = scope.of(Family.BIGINT);
    return integers.isEmpty()
        ? truth("(", value, " IS NOT NULL)")
        : truth("(", dice.pick(integers), " > ", source.of(Family.INTEGER, scope, 0), ")");
  }

  private Expression withSubQuery(Scope scope, int depth) {
    Family family = source.family(scope);
    Expression value = source.of(family, scope, depth - 2);
    return switch (dice.between(0, family.hasExtremes() ? 6 : 5)) {
      case 0 ->
          truth(
              "((COALESCE(",
              source.of(Family.INTEGER, scope, 0),
              ", 0), COALESCE(",
              source.of(Family.VARCHAR, scope, 0),
              ", 'a')) IN (",
              subQueries.pair(scope),
              "))");
      case 1, 2 -> truth(dice.of("EXISTS (", "NOT EXISTS ("), subQueries.rows(scope), ")");
      case 3, 4 ->
          truth("(", value, dice.of(" IN (", " NOT IN ("), subQueries.column(value, scope), "))");
      case 5 ->
          truth(
              "(",
              value,
              dice.of(" = ", " <> ", " < ", " <= ", " > ", " >= "),
              dice.of("ANY (", "ALL ("),
              subQueries.column(value, scope),
              "))");
      default ->
          truth(
              "(",
              value,
              dice.of(" = ", " < ", " >= ", distinct(true), distinct(false)),
              ExpressionSource.fitting(value, subQueries.scalar(family, scope)),
              ")");
    };
  }

  private static Expression truth(Object... parts) {
    return Expression.of(ValueType.BOOLEAN, parts);
  }
}
