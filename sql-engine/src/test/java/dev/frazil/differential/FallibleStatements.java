package dev.frazil.differential;

import dev.frazil.differential.Fragment.Items;
import dev.frazil.differential.ValueType.Family;
import java.util.ArrayList;
import java.util.List;

/**
 * Random queries of one table whose expressions fail for some rows: they must fail exactly where
 * such a row is asked for, and with the right SQLState.
 */
final class FallibleStatements {
  /** What DuckDB is made to say where it divides by zero without a word. */
  static final String DIVISION_BY_ZERO = "division by zero";

  private final Dice dice;
  private final List<TableContents> tables;
  private final ExpressionSource expressions;

  FallibleStatements(Dice dice, List<TableContents> tables, ExpressionSource expressions) {
    this.dice = dice;
    this.tables = tables;
    this.expressions = expressions;
  }

  /** A statement in the form of {@link QuerySource#statement}. */
  Fragment next() {
    TableContents table = dice.pick(tables);
    Scope scope = Scope.of(table.columns("a"));
    List<Fragment> items = new ArrayList<>();
    boolean sums = dice.oneIn(8);
    for (int i = dice.between(1, 2); i > 0; i--) {
      items.add(Fragment.join("", sums ? sum(scope) : guarded(scope, table).text(), " AS c" + i));
    }
    List<Fragment> conditions = new ArrayList<>();
    for (int i = dice.of(0, 1, 1, 2); i > 0; i--) {
      conditions.add(expressions.predicates().of(scope, 1).text());
    }
    return Fragment.join(
        "",
        "SELECT ",
        new Items("", ", ", items, 1),
        " FROM " + table.name() + " AS a",
        new Items(" WHERE ", " AND ", conditions, 0),
        new Items("", "", List.of(), 0));
  }

  private Fragment sum(Scope scope) {
    Fragment value = column(dice.of(Family.BIGINT, Family.BIGINT, Family.INTEGER), scope).text();
    return Fragment.join(
        "", Fragment.of("sum(", "CAST(sum("), value, Fragment.of(")", ") AS bigint)"));
  }

  private Expression guarded(Scope scope, TableContents table) {
    if (dice.oneIn(10)) {
      // DuckDB looks for the rows of a sub-query also where nobody asks for its value.
      return subQuery(scope, table);
    }
    Expression value = fallible(scope);
    Expression safe = ExpressionSource.fitting(value, expressions.leaf(value.family(), scope));
    // DuckDB may convert what stands behind a value in COALESCE.
    boolean converts = value.text().text(Fragment.Dialect.DUCKDB).contains("CAST(");
    return switch (dice.between(1, 6)) {
      case 1 ->
          Expression.of(
              value.type(),
              "CASE WHEN ",
              expressions.predicates().of(scope, 1),
              " THEN ",
              value,
              " ELSE ",
              safe,
              " END");
      case 2 -> converts ? value : Expression.of(value.type(), "COALESCE(", safe, ", ", value, ")");
      default -> value;
    };
  }

  private Expression fallible(Scope scope) {
    Family family = dice.of(Family.INTEGER, Family.BIGINT);
    return switch (dice.between(1, 9)) {
      case 1, 2, 3 -> {
        Expression left = column(family, scope);
        Expression right = column(dice.of(Family.INTEGER, family), scope);
        yield Expression.of(left.type(), "(", left, dice.of(" + ", " - ", " * "), right, ")");
      }
      case 4 -> {
        Expression value = column(family, scope);
        yield Expression.of(value.type(), dice.of("(- ", "abs("), value, ")");
      }
      case 5, 6 -> quotient(column(family, scope), column(family, scope));
      case 7 -> {
        Expression value = column(dice.of(Family.BIGINT, Family.DECIMAL, Family.DOUBLE), scope);
        ValueType type =
            value.family() == Family.DECIMAL
                ? dice.of(ValueType.decimal(4, 1), ValueType.integer(0), ValueType.bigint(0))
                : ValueType.integer(0);
        yield Expression.of(type, dice.of("CAST(", "CAST(", "TRY_CAST("), value, as(type));
      }
      case 8 -> {
        Expression value = column(family, scope);
        ValueType type = ValueType.decimal(4, 1);
        yield Expression.of(type, "CAST(", value, as(type));
      }
      default -> ofText(column(Family.VARCHAR, scope));
    };
  }

  private Expression subQuery(Scope scope, TableContents table) {
    return Expression.of(
        ValueType.bigint(0),
        "(SELECT b.id FROM " + table.name() + " AS b WHERE b.k = ",
        column(Family.INTEGER, scope),
        " AND b.id < 40)");
  }

  private static String as(ValueType type) {
    return " AS " + type.sqlName() + ")";
  }

  /** A column that may be anything. */
  private Expression column(Family family, Scope scope) {
    List<Expression> columns = scope.of(family);
    return columns.isEmpty() || dice.oneIn(8) ? expressions.literal(family) : dice.pick(columns);
  }

  private Expression quotient(Expression left, Expression right) {
    boolean divides = dice.oneIn(2);
    return Expression.of(
        left.type(),
        Fragment.of("(", "(CASE WHEN "),
        Fragment.of("", right.text().text(Fragment.Dialect.DUCKDB) + " = 0 AND "),
        Fragment.of(
            "",
            left.text().text(Fragment.Dialect.DUCKDB)
                + " IS NOT NULL THEN error('"
                + DIVISION_BY_ZERO
                + "') ELSE "),
        left,
        divides ? Fragment.of(" / ", " // ") : Fragment.of(" % "),
        right,
        Fragment.of(")", " END)"));
  }

  private Expression ofText(Expression text) {
    ValueType type =
        dice.of(
            ValueType.integer(0),
            ValueType.bigint(0),
            ValueType.decimal(9, 2),
            ValueType.of(Family.DATE, 0));
    return Expression.of(type, dice.of("CAST(", "CAST(", "TRY_CAST("), text, as(type));
  }
}
