package dev.frazil.differential;

import dev.frazil.differential.Fragment.Dialect;
import java.util.ArrayList;
import java.util.List;

/** Random ASOF joins: each row with the nearest of another table, by a key and an order. */
final class Neighbours {
  private final Dice dice;
  private final List<TableContents> tables;
  private final QuerySource queries;

  Neighbours(Dice dice, List<TableContents> tables, QuerySource queries) {
    this.dice = dice;
    this.tables = tables;
    this.queries = queries;
  }

  /**
   * The row beside what is nearest; equally near rows are the same, for they have no more columns.
   */
  Relation next() {
    TableContents left = dice.pick(tables);
    TableContents right = dice.pick(tables);
    String alias = queries.name("a");
    String near = queries.name("a");
    List<Expression> columns = new ArrayList<>(left.columns(alias));
    Expression id = columns.get(0);
    String key = columns.get(1).text().text(Dialect.FRAZIL);
    String nearKey = queries.name("c");
    String nearOrder = queries.name("c");
    String theirs = right.fields().get(1).name();
    boolean outer = dice.oneIn(2);
    String comparison = dice.of(" >= ", " > ", " <= ", " < ");
    String match = id.text().text(Dialect.FRAZIL) + comparison + near + "." + nearOrder;
    String condition = key + " = " + near + "." + nearKey;
    String source =
        "(SELECT DISTINCT "
            + theirs
            + " AS "
            + nearKey
            + ", "
            + right.fields().get(0).name()
            + " AS "
            + nearOrder
            + " FROM "
            + right.name()
            + ") AS "
            + near;
    String join = " AS " + alias + (outer ? " ASOF LEFT JOIN " : " ASOF JOIN ") + source;
    String ours = " AS " + alias + (outer ? " LEFT ASOF JOIN " : " ASOF JOIN ") + source;
    columns.add(new Expression(Fragment.of(near + "." + nearOrder), right.fields().get(0).type()));
    columns.add(new Expression(Fragment.of(near + "." + nearKey), right.fields().get(1).type()));
    return new Relation(
        Fragment.of(
            left.name() + ours + " MATCH_CONDITION " + match + " ON " + condition,
            left.name() + join + " ON " + condition + " AND " + match),
        columns,
        List.of(),
        List.of(),
        Math.max(1, left.rows().size()));
  }
}
