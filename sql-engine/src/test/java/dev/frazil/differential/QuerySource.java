package dev.frazil.differential;

import dev.frazil.differential.Fragment.Dialect;
import dev.frazil.differential.Fragment.Items;
import dev.frazil.differential.ValueType.Family;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Random queries over given tables. Names of output columns tell how to compare them: {@code r..}
 * roughly, all others exactly.
 */
final class QuerySource {
  /** Off with {@code -Dfrazil.subqueries=false}, to look for other defects. */
  static final boolean NESTED = !"false".equals(System.getProperty("frazil.subqueries"));

  private static final Pattern REFERENCE = Pattern.compile("\\ba\\d+\\.");

  private static final Pattern REFUSED =
      Pattern.compile("grouping\\(|WITHIN GROUP|string_agg|array_agg|median");

  private final Dice dice;
  private final ExpressionSource expressions;
  private final Aggregates aggregates;
  private final WindowExpressions windows;
  private final Sources sources;
  private final FallibleStatements fallible;
  private final RecursiveTables recursive;
  private int names;

  QuerySource(Dice dice, List<TableContents> tables) {
    this.dice = dice;
    NestedQueries nested = new NestedQueries(dice);
    this.expressions = new ExpressionSource(dice, nested);
    this.aggregates = new Aggregates(dice, expressions);
    this.windows = new WindowExpressions(dice, expressions, aggregates);
    this.sources = new Sources(dice, tables, this, expressions);
    nested.bind(sources, expressions, aggregates);
    this.fallible = new FallibleStatements(dice, tables, expressions);
    this.recursive = new RecursiveTables(dice, tables, this);
  }

  /** A name that this statement does not have yet. */
  String name(String prefix) {
    return prefix + ++names;
  }

  /** A whole statement: the last part is its ORDER BY, present or not. */
  Fragment statement() {
    if (dice.oneIn(12)) {
      return fallible.next();
    }
    List<Fragment> with = new ArrayList<>();
    boolean recursion = dice.oneIn(15);
    if (recursion) {
      String name = name("w");
      Relation query = recursive.next(name);
      with.add(query.text());
      sources.name(name, query);
    }
    for (int i = dice.of(0, 0, 0, 1, 2); i > 0; i--) {
      String name = name("w");
      // Beside RECURSIVE, DuckDB takes each UNION for a recursion.
      Relation query = recursion ? select(1, List.of()) : body(1, List.of());
      with.add(Fragment.join("", name + " AS (", query.text(), ")"));
      sources.name(name, query);
    }
    Relation body = body(2, List.of());
    Items order =
        body.isExact() && dice.oneIn(2)
            ? new Items("", "", List.of(order(body)), 0)
            : new Items("", "", List.of(), 0);
    return Fragment.join(
        "",
        new Items(recursion ? "WITH RECURSIVE " : "WITH ", ", ", with, 0),
        " ",
        body.text(),
        order);
  }

  /**
   * A query and a condition that splits its rows: the text to the end of the WHERE or HAVING, then
   * the condition. The second part holds the conditions that the query has without it.
   */
  Fragment partition() {
    Relation from = sources.from(2);
    Scope scope = new Scope(from.columns(), List.of(), NESTED ? 2 : 0);
    boolean grouped = dice.oneIn(3);
    List<Fragment> items = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    for (int i = dice.between(1, 3); i > 0; i--) {
      Expression value =
          grouped ? aggregates.any(scope) : expressions.any(scope, dice.between(0, 3));
      items.add(value.text());
      values.add(value);
    }
    Fragment where = new Items(" WHERE ", " AND ", from.conditions(), 0);
    List<Fragment> keys =
        from.columns().isEmpty() ? List.of() : List.of(dice.pick(from.columns()).text());
    Fragment head =
        Fragment.join(
            "",
            "SELECT ",
            new Items("", ", ", items, 1),
            " FROM ",
            from.text(),
            grouped ? where : Fragment.of(""),
            grouped ? new Items(" GROUP BY ", ", ", keys, 0) : Fragment.of(""));
    Fragment conditions = grouped ? new Items(" HAVING ", " AND ", List.of(), 0) : where;
    Scope conditionScope = grouped ? Scope.of(values) : scope;
    return Fragment.join(
        "",
        head,
        conditions,
        Fragment.of(" /* split by */ "),
        expressions.predicates().of(conditionScope, dice.between(1, 4)).text());
  }

  /** Whether a statement, reduced or not, gives its rows in an order. */
  static boolean isOrdered(Fragment statement) {
    return !statement.parts().get(statement.parts().size() - 1).parts().isEmpty();
  }

  private Fragment order(Relation body) {
    List<Fragment> keys = new ArrayList<>();
    for (Expression column : body.columns()) {
      keys.add(
          Fragment.join(
              "",
              column.text(),
              dice.of("", " ASC", " DESC"),
              dice.of("", " NULLS FIRST", " NULLS LAST")));
    }
    Collections.shuffle(keys, dice.random());
    String limit =
        switch (dice.between(1, 3)) {
          case 1 -> " LIMIT " + dice.between(0, 12);
          case 2 -> " LIMIT " + dice.between(1, 30) + " OFFSET " + dice.between(0, 10);
          default -> "";
        };
    return Fragment.join(
        "", new Items(" ORDER BY ", ", ", keys, keys.size()), Fragment.optional(limit));
  }

  /** A query of any form. */
  Relation body(int depth, List<Expression> outer) {
    if (depth > 0 && dice.oneIn(6)) {
      return setOperation(depth);
    }
    Relation query = select(depth, outer);
    if (depth == 0 && query.isExact() && dice.oneIn(5)) {
      return Relation.of(
          Fragment.join("query", query.text(), Fragment.optional(order(query))),
          query.columns(),
          query.rows());
    }
    return query;
  }

  /** SELECT with or without groups. */
  Relation select(int depth, List<Expression> outer) {
    Relation from = sources.from(depth);
    Scope scope = new Scope(from.columns(), outer, NESTED ? Math.max(1, depth) : 0);
    return dice.oneIn(2) ? plain(from, scope) : grouped(from, scope);
  }

  private Relation plain(Relation from, Scope scope) {
    List<Expression> items = new ArrayList<>();
    for (int i = dice.between(1, 4); i > 0; i--) {
      items.add(dice.oneIn(15) ? quotient(scope) : expressions.any(scope, dice.between(0, 3)));
    }
    if (dice.oneIn(6)) {
      for (int i = dice.of(1, 1, 2); i > 0; i--) {
        items.add(windows.any(scope.alone(), unique(from)));
      }
    }
    boolean exact = items.stream().noneMatch(item -> item.type().rough());
    String distinct = exact && dice.oneIn(5) ? "DISTINCT " : "";
    List<Fragment> tail = new ArrayList<>();
    if (dice.oneIn(15)) {
      tail.add(windows.qualify(scope.alone(), unique(from)));
    }
    return query(distinct, items, from, scope, tail);
  }

  /** The key of a table that stands there alone. */
  private static @Nullable Expression unique(Relation from) {
    Expression first = from.columns().get(0);
    boolean isTable = from.text().text(Dialect.FRAZIL).matches("t\\d+ AS a\\d+");
    return isTable && first.text().text(Dialect.FRAZIL).endsWith(".id") ? first : null;
  }

  /** Decimals divide to decimals here and to doubles there. */
  private Expression quotient(Scope scope) {
    Expression dividend = expressions.of(Family.DECIMAL, scope, 1);
    return Expression.of(
        ValueType.rough(Family.DECIMAL),
        "(",
        dividend.type().wholeDigits() > 18 ? expressions.literal(Family.DECIMAL) : dividend,
        " / NULLIF(",
        expressions.of(dice.of(Family.DECIMAL, Family.INTEGER), scope, 0),
        ", 0))");
  }

  private Relation grouped(Relation from, Scope scope) {
    List<Expression> keys = new ArrayList<>();
    for (int i = dice.between(0, 3); i > 0; i--) {
      Expression key = expressions.any(scope.alone(), dice.of(0, 0, 2));
      if (REFERENCE.matcher(key.text().text(Dialect.FRAZIL)).find()) {
        keys.add(key);
      }
    }
    List<Expression> values = new ArrayList<>(keys);
    Expression unique = unique(from);
    for (int i = dice.between(1, 3); i > 0; i--) {
      values.add(
          unique != null && dice.oneIn(5)
              ? aggregates.ordered(scope.alone(), unique)
              : aggregates.any(scope));
    }
    List<Fragment> tail = new ArrayList<>();
    if (!keys.isEmpty()) {
      tail.add(groupBy(keys, values));
    }
    Scope after = Scope.of(values);
    if (dice.oneIn(3)) {
      // A key with a list is found again in the SELECT list, but not in HAVING.
      Scope having =
          Scope.of(
              values.stream()
                  .filter(value -> !value.text().text(Dialect.FRAZIL).contains(" IN ("))
                  .toList());
      Fragment condition = expressions.predicates().of(having, 2).text();
      tail.add(new Items(" HAVING ", " AND ", List.of(condition), 0));
    }
    List<Expression> items = new ArrayList<>(values);
    Collections.shuffle(items, dice.random());
    boolean isByAll = !tail.isEmpty() && tail.get(0).text(Dialect.FRAZIL).endsWith(" ALL");
    if (!isByAll && dice.oneIn(3)) {
      items.add(expressions.any(after, 2));
    }
    // DuckDB takes no window beside GROUP BY ALL.
    if (!isByAll && dice.oneIn(8)) {
      items.add(windows.any(Scope.of(plain(values)), null));
    }
    if (!isByAll && dice.oneIn(30)) {
      tail.add(windows.qualify(Scope.of(plain(values)), null));
    }
    return query("", items, from, scope, tail);
  }

  /** GROUPING and ordered aggregates are refused inside of windows. */
  private static List<Expression> plain(List<Expression> values) {
    return values.stream()
        .filter(value -> !REFUSED.matcher(value.text().text(Dialect.FRAZIL)).find())
        .toList();
  }

  private Fragment groupBy(List<Expression> keys, List<Expression> values) {
    List<Fragment> texts = keys.stream().map(Expression::text).toList();
    int choice = dice.between(1, 9);
    if (choice == 9) {
      return Fragment.of(" GROUP BY ALL");
    } else if (choice > 3) {
      return new Items(" GROUP BY ", ", ", texts, 0);
    }
    values.add(
        dice.oneIn(3)
            ? Expression.of(
                ValueType.bigint(8), "grouping(", dice.pick(keys), ", ", dice.pick(keys), ")")
            : Expression.of(ValueType.bigint(8), "grouping(", dice.pick(keys), ")"));
    if (choice < 3) {
      return Fragment.join(
          "",
          choice == 1 ? " GROUP BY ROLLUP (" : " GROUP BY CUBE (",
          new Items("", ", ", texts, 1),
          ")");
    }
    List<Fragment> sets = new ArrayList<>();
    sets.add(Fragment.join("", "(", new Items("", ", ", texts, 0), ")"));
    sets.add(Fragment.join("", "(", new Items("", ", ", List.of(dice.pick(texts)), 0), ")"));
    if (dice.oneIn(2)) {
      sets.add(Fragment.of("()"));
    }
    return Fragment.join("", " GROUP BY GROUPING SETS (", new Items("", ", ", sets, 1), ")");
  }

  private Relation query(
      String distinct, List<Expression> items, Relation from, Scope scope, List<Fragment> tail) {
    List<Expression> columns = new ArrayList<>();
    List<Fragment> texts = new ArrayList<>();
    for (Expression item : items) {
      String name = name(item.type().rough() ? "r" : "c");
      texts.add(Fragment.join("", item.text(), " AS " + name));
      columns.add(new Expression(Fragment.of(name), item.type()));
    }
    List<Fragment> conditions = new ArrayList<>(from.conditions());
    for (int i = dice.of(0, 0, 1, 1, 2); i > 0; i--) {
      conditions.add(expressions.predicates().of(scope, dice.between(1, 3)).text());
    }
    return Relation.of(
        Fragment.join(
            "query",
            "SELECT ",
            Fragment.optional(distinct),
            new Items("", ", ", texts, 1),
            " FROM ",
            from.text(),
            new Items(" WHERE ", " AND ", conditions, 0),
            new Items("", "", tail, 0)),
        columns,
        from.rows());
  }

  private Relation setOperation(int depth) {
    Relation left =
        depth > 1 && dice.oneIn(3) ? setOperation(depth - 1) : select(depth - 1, List.of());
    while (!left.isExact()) {
      left = select(depth - 1, List.of());
    }
    Relation from = sources.from(depth - 1);
    Scope scope = new Scope(from.columns(), List.of(), 0);
    List<Expression> items = new ArrayList<>();
    for (Expression column : left.columns()) {
      items.add(
          ExpressionSource.fitting(
              column, expressions.of(column.family(), scope, dice.between(0, 2))));
    }
    Relation right = query("", items, from, scope, List.of());
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Expression column = left.columns().get(i);
      columns.add(
          new Expression(
              column.text(), ExpressionSource.common(column.type(), items.get(i).type())));
    }
    String operator =
        dice.of(
            " UNION ", " UNION ALL ", " INTERSECT ", " INTERSECT ALL ", " EXCEPT ", " EXCEPT ALL ");
    return Relation.of(
        Fragment.join("query", "(", left.text(), ")" + operator + "(", right.text(), ")"),
        columns,
        left.rows() + right.rows());
  }
}
