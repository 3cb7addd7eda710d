package dev.frazil.differential;

import dev.frazil.differential.ValueType.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Random FROM clauses: tables, nested queries, rows of constants, and joins of them. */
final class Sources {
  private static final Pattern TABLE_OF_WITH = Pattern.compile("\\bw[0-9]+ AS ");
  private static final double MOST_ROWS = 4_000;

  private final Dice dice;
  private final List<TableContents> tables;
  private final QuerySource queries;
  private final ExpressionSource expressions;
  private final Neighbours neighbours;
  private final List<Relation> named = new ArrayList<>();

  Sources(
      Dice dice, List<TableContents> tables, QuerySource queries, ExpressionSource expressions) {
    this.dice = dice;
    this.tables = tables;
    this.queries = queries;
    this.expressions = expressions;
    this.neighbours = new Neighbours(dice, tables, queries);
  }

  /** Makes the query of a WITH clause known. */
  void name(String name, Relation query) {
    named.add(Relation.of(Fragment.of(name), query.columns(), query.rows()));
  }

  /** One relation or a join of some. */
  Relation from(int depth) {
    if (depth > 0 && dice.oneIn(25)) {
      return neighbours.next();
    }
    Relation all = item(depth);
    for (int more = dice.of(0, 0, 1, 1, 1, 2, 3); more > 0; more--) {
      if (all.joinable().isEmpty()) {
        break;
      }
      boolean lateral = QuerySource.NESTED && dice.oneIn(12) && depth > 0;
      boolean comma = all.joinable().size() < all.columns().size();
      List<Expression> arrays =
          all.joinable().stream()
              .filter(c -> c.family() == Family.INTEGERS || c.family() == Family.TEXTS)
              .toList();
      if (!arrays.isEmpty() && dice.oneIn(2)) {
        all = unnest(all, dice.pick(arrays));
        continue;
      }
      if (lateral && comma && dice.oneIn(2)) {
        List<Expression> before = new ArrayList<>(all.columns());
        before.removeAll(all.joinable());
        all = join(all, lateral(before), false);
      } else {
        all = join(all, lateral ? lateral(all.joinable()) : item(depth - 1), lateral);
      }
    }
    return all;
  }

  /** A table, or something that looks like one. */
  Relation item(int depth) {
    int choice = dice.between(1, 10);
    if (choice == 1) {
      return values();
    } else if (choice <= 3 && !named.isEmpty()) {
      Relation query = dice.pick(named);
      String alias = queries.name("a");
      return aliased(
          Fragment.join("from", query.text().text(Fragment.Dialect.FRAZIL), " AS " + alias),
          query,
          alias);
    } else if (choice <= 5 && depth > 0) {
      return dice.oneIn(5)
          ? derived("(", merged())
          : derived("(", queries.body(depth - 1, List.of()));
    }
    TableContents table = dice.pick(tables);
    String alias = queries.name("a");
    return Relation.of(
        Fragment.join("from", table.name() + " AS " + alias),
        table.columns(alias),
        Math.max(1, table.rows().size()));
  }

  private Relation derived(String before, Relation query) {
    String alias = queries.name("a");
    return aliased(Fragment.join("from", before, query.text(), ") AS " + alias), query, alias);
  }

  private Relation lateral(List<Expression> outer) {
    Relation query = queries.select(0, outer);
    while (query.text().text(Fragment.Dialect.FRAZIL).contains("grouping(")) {
      // DuckDB's is null where a total has no rows.
      query = queries.select(0, outer);
    }
    return derived("LATERAL (", query);
  }

  private static Relation aliased(Fragment text, Relation query, String alias) {
    List<Expression> columns =
        query.columns().stream()
            .map(
                column ->
                    new Expression(
                        Fragment.of(alias + "." + column.text().text(Fragment.Dialect.FRAZIL)),
                        column.type()))
            .toList();
    return Relation.of(text, columns, query.rows());
  }

  /** Beside the elements of an array. */
  private Relation unnest(Relation left, Expression array) {
    String alias = queries.name("a");
    String name = queries.name("v");
    ValueType type =
        array.family() == Family.TEXTS
            ? ValueType.VARCHAR
            : ValueType.integer(Double.POSITIVE_INFINITY);
    List<Expression> columns = new ArrayList<>(left.columns());
    columns.add(new Expression(Fragment.of(alias + "." + name), type));
    boolean outer = dice.oneIn(2);
    Fragment text =
        Fragment.join(
            "from",
            left.text(),
            outer ? " LEFT JOIN UNNEST(" : dice.of(" CROSS JOIN UNNEST(", ", UNNEST("),
            array.text(),
            ") AS " + alias + " (" + name + ")" + (outer ? " ON TRUE" : ""));
    // Nothing joins behind it: a comma would hide what stands before.
    return new Relation(text, columns, List.of(), left.conditions(), Math.max(left.rows(), 1) * 2);
  }

  /** Two tables joined by the columns that have the same names. */
  private Relation merged() {
    TableContents left = dice.pick(tables);
    TableContents right = dice.pick(tables);
    List<String> shared = new ArrayList<>();
    List<String> lefts = new ArrayList<>();
    List<String> rights = new ArrayList<>();
    List<Expression> columns = new ArrayList<>();
    double product = (double) left.rows().size() * right.rows().size();
    for (int i = product > 5_000 ? 0 : dice.between(0, 1); i < 2; i++) {
      String name = queries.name("c");
      String column = left.fields().get(i).name();
      shared.add(name);
      lefts.add(column + " AS " + name);
      rights.add(column + " AS " + name);
      columns.add(new Expression(Fragment.of(name), left.fields().get(i).type()));
    }
    alone(left, lefts, columns);
    alone(right, rights, columns);
    boolean natural = dice.oneIn(2);
    String kind = dice.of("", "LEFT ", "RIGHT ", "FULL ");
    String text =
        "SELECT "
            + columns.stream()
                .map(column -> column.text().text(Fragment.Dialect.FRAZIL))
                .collect(Collectors.joining(", "))
            + " FROM (SELECT "
            + String.join(", ", lefts)
            + " FROM "
            + left.name()
            + ") AS "
            + queries.name("a")
            + (natural ? " NATURAL " : " ")
            + kind
            + "JOIN (SELECT "
            + String.join(", ", rights)
            + " FROM "
            + right.name()
            + ") AS "
            + queries.name("a")
            + (natural ? "" : " USING (" + String.join(", ", shared) + ")");
    return Relation.of(Fragment.of(text), columns, product / 8 + 1);
  }

  private void alone(TableContents table, List<String> items, List<Expression> columns) {
    TableContents.Field field = dice.pick(table.fields());
    String name = queries.name(field.type().rough() ? "r" : "c");
    items.add(field.name() + " AS " + name);
    columns.add(new Expression(Fragment.of(name), field.type()));
  }

  private Relation values() {
    String alias = queries.name("a");
    List<Expression> first = new ArrayList<>();
    int width = dice.between(1, 3);
    for (int i = 0; i < width; i++) {
      first.add(
          expressions.literal(dice.of(Family.INTEGER, Family.BIGINT, Family.VARCHAR, Family.DATE)));
    }
    List<Fragment> rows = new ArrayList<>();
    List<Expression> columns = new ArrayList<>(first);
    int count = dice.between(1, 5);
    for (int row = 0; row < count; row++) {
      List<Expression> values = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        Expression value = row == 0 ? first.get(i) : expressions.literal(first.get(i).family());
        values.add(value);
        columns.set(
            i,
            new Expression(
                value.text(), ExpressionSource.common(columns.get(i).type(), value.type())));
      }
      rows.add(
          Fragment.join(
              "",
              "(",
              new Fragment.Items("", ", ", values.stream().map(Expression::text).toList(), width),
              ")"));
    }
    List<String> names = new ArrayList<>();
    List<Expression> references = new ArrayList<>();
    for (Expression column : columns) {
      String name = queries.name("v");
      names.add(name);
      references.add(new Expression(Fragment.of(alias + "." + name), column.type()));
    }
    return Relation.of(
        Fragment.join(
            "from",
            "(VALUES ",
            new Fragment.Items("", ", ", rows, 1),
            ") AS " + alias + names.stream().collect(Collectors.joining(", ", " (", ")"))),
        references,
        count);
  }

  /**
   * @param readsLeft whether the right side reads tables that it is joined with
   */
  private Relation join(Relation left, Relation right, boolean readsLeft) {
    List<Expression> columns = new ArrayList<>(left.columns());
    columns.addAll(right.columns());
    List<Expression> joinable = new ArrayList<>(left.joinable());
    joinable.addAll(right.joinable());
    double product = left.rows() * right.rows();
    boolean isLateral = right.text().text(Fragment.Dialect.FRAZIL).startsWith("LATERAL");
    List<Fragment> conditions = new ArrayList<>();
    double rows = product;
    int equalities = product > 20 * MOST_ROWS ? 2 : product > 200 ? 1 : dice.between(0, 2);
    for (int i = 0; i < equalities; i++) {
      Expression @Nullable [] pair = pair(left, right, i);
      if (pair != null) {
        conditions.add(Fragment.join("BOOLEAN", pair[0].text(), " = ", pair[1].text()));
        rows = rows / 8 + 1;
      }
    }
    boolean nested = false;
    if (dice.oneIn(3) || (conditions.isEmpty() && dice.oneIn(2))) {
      // DuckDB takes none in the condition of a lateral join.
      nested = QuerySource.NESTED && !isLateral && product < 200 && dice.oneIn(4);
      int subQueries = nested ? 1 : 0;
      Scope both = new Scope(joinable, List.of(), subQueries);
      conditions.add(expressions.predicates().of(both, 2).text());
    }
    List<Fragment> later = new ArrayList<>(left.conditions());
    later.addAll(right.conditions());
    Fragment text;
    if (rows > 5 * MOST_ROWS) {
      // A relation too many: the left one alone will do.
      return left;
    } else if (conditions.isEmpty() || dice.oneIn(6)) {
      later.addAll(conditions);
      boolean comma = !isLateral && dice.oneIn(2);
      text = Fragment.join("from", left.text(), comma ? ", " : " CROSS JOIN ", right.text());
      joinable = comma ? right.joinable() : joinable;
    } else {
      String kind =
          readsLeft
              ? dice.of(" JOIN ", " LEFT JOIN ")
              : dice.of(" JOIN ", " JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ");
      if (nested && kind.startsWith(" FULL") && !(ofTables(left) && ofTables(right))) {
        // Windows and limits, which a query or a WITH may hold, are refused there.
        kind = " LEFT JOIN ";
      }
      text =
          Fragment.join(
              "from",
              left.text(),
              Fragment.join("", kind),
              right.text(),
              new Fragment.Items(" ON ", " AND ", conditions, 1));
    }
    return new Relation(text, columns, joinable, later, rows);
  }

  /** Whether a relation holds tables only: no query, no table of a WITH. */
  private static boolean ofTables(Relation relation) {
    String text = relation.text().text(Fragment.Dialect.FRAZIL);
    return text.indexOf('(') < 0 && !TABLE_OF_WITH.matcher(text).find();
  }

  /** Two columns that may be equal; the small keys first. */
  private Expression @Nullable [] pair(Relation left, Relation right, int turn) {
    for (int attempt = 0; attempt < 8; attempt++) {
      Expression x = dice.pick(left.joinable());
      if (attempt < 4 && turn == 0 && x.type().bound() != 12) {
        continue;
      }
      List<Expression> partners =
          right.columns().stream()
              .filter(column -> comparable(x.type(), column.type()))
              .filter(column -> turn > 0 || x.type().bound() != 12 || column.type().bound() <= 12)
              .toList();
      if (!x.type().rough() && !partners.isEmpty()) {
        return new Expression[] {x, dice.pick(partners)};
      }
    }
    return null;
  }

  private boolean comparable(ValueType x, ValueType y) {
    return !y.rough()
        && ExpressionSource.fit(x, y)
        && (x.family() == y.family()
            || (x.family().isExact() && y.family().isExact() && dice.oneIn(3)));
  }
}
