package dev.frazil.differential;

import java.util.List;

/** Random WITH RECURSIVE tables of two numbers that end after a few steps. */
final class RecursiveTables {
  private final Dice dice;
  private final List<TableContents> tables;
  private final QuerySource queries;

  RecursiveTables(Dice dice, List<TableContents> tables, QuerySource queries) {
    this.dice = dice;
    this.tables = tables;
    this.queries = queries;
  }

  /** The definition behind WITH RECURSIVE. */
  Relation next(String name) {
    TableContents first = dice.pick(tables);
    String n = queries.name("c");
    String m = queries.name("c");
    String seed =
        dice.of(
            "SELECT 0, CAST(1 AS bigint)",
            "SELECT k, id FROM " + first.name() + " WHERE k > 4",
            "SELECT max(k), min(id) FROM " + first.name(),
            "SELECT 1, id FROM " + first.name() + " WHERE id < 30",
            "VALUES (0, CAST(2 AS bigint)), (3, CAST(NULL AS bigint))");
    String union = dice.of(" UNION ALL ", " UNION ALL ", " UNION ");
    String text = name + " (" + n + ", " + m + ") AS (" + seed + union + step(name, n, m) + ")";
    return Relation.of(
        Fragment.of(text),
        List.of(
            new Expression(Fragment.of(n), ValueType.integer(12)),
            new Expression(Fragment.of(m), ValueType.bigint(1_000_000))),
        60);
  }

  /** The first number grows up to a limit; the key of a table makes no row to several. */
  private String step(String name, String n, String m) {
    TableContents table = dice.pick(tables);
    String limit = " WHERE r." + n + " < " + dice.between(3, 9);
    String other = table.name() + " AS b";
    return switch (dice.between(1, 6)) {
      case 1 -> "SELECT r." + n + " + 1, r." + m + " * 2 FROM " + name + " AS r" + limit;
      case 2 ->
          "SELECT r.%s + 1, b.id FROM %s AS r JOIN %s ON b.id = r.%s + 1"
                  .formatted(n, name, other, m)
              + limit;
      case 3 ->
          "SELECT r.%s + 2, b.id FROM %s AS r LEFT JOIN %s ON b.id = r.%s * 2"
                  .formatted(n, name, other, m)
              + limit;
      case 4 ->
          "SELECT r.%s + 1, r.%s + b.k FROM %s, %s AS r".formatted(n, m, other, name)
              + limit
              + " AND b.id = r."
              + m;
      case 5 ->
          "SELECT r.%s + 1, r.%s + 1 FROM %s AS r".formatted(n, m, name)
              + limit
              + " AND r.%s %s (SELECT b.id FROM %s WHERE b.k > 0)"
                  .formatted(m, dice.of("IN", "NOT IN"), other);
      default ->
          "SELECT r.%s + 1, r.%s FROM %s AS r".formatted(n, m, name)
              + limit
              + " AND EXISTS (SELECT 1 FROM %s WHERE b.id = r.%s)".formatted(other, m);
    };
  }
}
