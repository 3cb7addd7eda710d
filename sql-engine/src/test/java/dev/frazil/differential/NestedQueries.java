package dev.frazil.differential;

import static java.util.Objects.requireNonNull;

import dev.frazil.differential.ExpressionSource.SubQueries;
import dev.frazil.differential.Fragment.Items;
import dev.frazil.differential.ValueType.Family;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random queries inside of expressions, most of them correlated. */
final class NestedQueries implements SubQueries {
  private final Dice dice;
  private @Nullable Sources sources;
  private @Nullable ExpressionSource expressions;
  private @Nullable Aggregates aggregates;

  NestedQueries(Dice dice) {
    this.dice = dice;
  }

  /** Expressions hold queries that hold expressions: the other half comes later. */
  void bind(Sources tables, ExpressionSource values, Aggregates groups) {
    sources = tables;
    expressions = values;
    aggregates = groups;
  }

  /** A join only in the innermost: the plans of DuckDB grow with each level. */
  private Relation item(Scope scope) {
    Sources tables = requireNonNull(sources);
    return scope.subQueries() == 1 && scope.outer().isEmpty() && dice.oneIn(5)
        ? tables.from(0)
        : tables.item(0);
  }

  @Override
  public Expression scalar(Family family, Scope scope) {
    Relation from = item(scope);
    Scope inner = inner(from, scope);
    if (family != Family.DOUBLE && family != Family.REAL && dice.oneIn(5)) {
      return first(requireNonNull(expressions).of(family, inner.alone(), 1), from, scope, inner);
    }
    Expression value = requireNonNull(aggregates).of(family, inner);
    return Expression.of(
        value.type(), "(SELECT ", value, " FROM ", from.text(), where(from, scope, inner), ")");
  }

  /** One value of the least or greatest; which row it is of makes no difference. */
  private Expression first(Expression value, Relation from, Scope scope, Scope inner) {
    return Expression.of(
        value.type(),
        "(SELECT ",
        value,
        " FROM ",
        from.text(),
        where(from, scope, inner),
        " ORDER BY 1" + dice.of("", " DESC") + dice.of("", " NULLS FIRST", " NULLS LAST"),
        " LIMIT 1" + dice.of("", "", " OFFSET 1", " OFFSET 2"),
        ")");
  }

  @Override
  public Fragment column(Expression partner, Scope scope) {
    Relation from = item(scope);
    Scope inner = inner(from, scope);
    // A value of the query around it is one of this query's rows as well.
    Scope values = dice.oneIn(4) ? new Scope(inner.columns(), inner.outer(), 0) : inner.alone();
    Expression value =
        ExpressionSource.fitting(
            partner, requireNonNull(expressions).of(partner.family(), values, dice.between(0, 1)));
    return Fragment.join(
        "",
        "SELECT ",
        Fragment.optional(dice.of("", "", "", "DISTINCT ")),
        value.text(),
        " FROM ",
        from.text(),
        where(from, scope, inner));
  }

  @Override
  public Fragment rows(Scope scope) {
    Relation from = item(scope);
    return Fragment.join("", "SELECT 1 FROM ", from.text(), where(from, scope, inner(from, scope)));
  }

  @Override
  public Fragment pair(Scope scope) {
    Relation from = item(scope);
    // DuckDB cannot do it for rows that depend on those around them.
    Scope inner = Scope.of(from.columns());
    ExpressionSource values = requireNonNull(expressions);
    return Fragment.join(
        "",
        "SELECT COALESCE(",
        values.of(Family.INTEGER, inner.alone(), 0).text(),
        ", 0), COALESCE(",
        values.of(Family.VARCHAR, inner.alone(), 0).text(),
        ", 'a') FROM ",
        from.text(),
        where(from, Scope.of(List.of()), inner));
  }

  private static Scope inner(Relation from, Scope scope) {
    List<Expression> outer = new ArrayList<>(scope.outer());
    outer.addAll(scope.columns());
    return new Scope(from.columns(), outer, scope.subQueries() - 1);
  }

  private Fragment where(Relation from, Scope scope, Scope inner) {
    List<Fragment> conditions = new ArrayList<>(from.conditions());
    if (dice.between(1, 3) > 1 && !scope.columns().isEmpty()) {
      Expression outer = dice.pick(scope.columns());
      List<Expression> partners = inner.of(outer.family());
      if (!outer.type().rough() && !partners.isEmpty()) {
        Expression partner = dice.pick(partners);
        if (!partner.type().rough() && ExpressionSource.fit(outer.type(), partner.type())) {
          conditions.add(
              Fragment.join(
                  "BOOLEAN", partner.text(), dice.of(" = ", " = ", " = ", " < "), outer.text()));
        }
      }
    }
    if (dice.oneIn(2)) {
      conditions.add(requireNonNull(expressions).predicates().of(inner, 2).text());
    }
    return new Items(" WHERE ", " AND ", conditions, 0);
  }
}
