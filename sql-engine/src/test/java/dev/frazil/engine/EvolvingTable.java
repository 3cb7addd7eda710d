package dev.frazil.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a random test knows of a table whose columns come, go and change, and its statements. */
final class EvolvingTable {
  private static final List<String> TYPES =
      List.of("integer", "bigint", "real", "double", "decimal(6,2)", "varchar", "date");

  private final Random random;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> fields = new ArrayList<>(List.of("f", "g"));
  private String name = "t";

  EvolvingTable(Random random) {
    this.random = random;
    columns.add(new Column("id", "integer", false));
    columns.add(new Column("c1", "varchar", false));
    columns.add(new Column("c2", "decimal(6,2)", false));
  }

  /** A column; of its type the text that both engines read. */
  record Column(String name, String type, boolean notNull) {}

  /**
   * A statement.
   *
   * @param duckDb what DuckDB runs instead; null for nothing
   */
  record Statement(String frazil, @Nullable String duckDb) {
    static Statement both(String sql) {
      return new Statement(sql, sql);
    }

    static Statement ours(String sql) {
      return new Statement(sql, null);
    }
  }

  String name() {
    return name;
  }

  /** All values, the columns in the order of the model. */
  String select() {
    return selectFrom(name);
  }

  String selectFrom(String from) {
    List<String> items = new ArrayList<>(columns.stream().map(Column::name).toList());
    fields.forEach(field -> items.add("r." + field));
    return "SELECT " + String.join(", ", items) + " FROM " + from;
  }

  List<Column> columns() {
    return columns;
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  // ---- rows

  Statement insert() {
    List<Column> named = new ArrayList<>(columns);
    named.removeIf(column -> !column.notNull() && random.nextInt(4) == 0);
    boolean withRow = random.nextInt(4) > 0 || named.isEmpty();
    List<String> names = new ArrayList<>(named.stream().map(Column::name).toList());
    if (withRow) {
      names.add("r");
    }
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      List<String> values = new ArrayList<>(named.stream().map(this::value).toList());
      if (withRow) {
        values.add(
            random.nextInt(5) == 0
                ? "NULL"
                : fields.stream()
                    .map(field -> value("integer"))
                    .collect(Collectors.joining(", ", "row(", ")")));
      }
      rows.add("(" + String.join(", ", values) + ")");
    }
    return Statement.both(
        "INSERT INTO "
            + name
            + " ("
            + String.join(", ", names)
            + ") VALUES "
            + String.join(", ", rows));
  }

  Statement update() {
    Column column = any(columns);
    return Statement.both(
        "UPDATE "
            + name
            + " SET "
            + column.name()
            + " = "
            + value(column)
            + " WHERE "
            + predicate());
  }

  Statement delete() {
    return Statement.both("DELETE FROM " + name + " WHERE " + predicate());
  }

  String predicate() {
    if (random.nextInt(4) == 0) {
      return "r." + any(fields) + " = " + value("integer");
    }
    Column column = any(columns);
    return switch (random.nextInt(3)) {
      case 0 -> column.name() + " = " + value(column.type());
      case 1 -> column.name() + " < " + value(column.type());
      default -> column.name() + " IS NULL";
    };
  }

  private String value(Column column) {
    return !column.notNull() && random.nextInt(6) == 0 ? "NULL" : value(column.type());
  }

  private String value(String type) {
    int small = random.nextInt(12) - 4;
    return switch (type) {
      case "integer" -> String.valueOf(small);
      case "bigint" -> random.nextInt(4) == 0 ? String.valueOf(5_000_000_000L + small) : "" + small;
      case "real", "double" -> "CAST(" + small + ".5 AS " + type + ")";
      case "varchar" -> "'" + (char) ('a' + random.nextInt(4)) + "'";
      case "date" -> "DATE '2026-0" + (1 + random.nextInt(9)) + "-15'";
      default -> "CAST(" + small + ".25 AS " + type + ")";
    };
  }

  // ---- definition

  /** A change of the columns. */
  Statement alteration() {
    String alter = "ALTER TABLE " + name + " ";
    Column column = any(columns);
    return switch (random.nextInt(11)) {
      case 0, 1 -> add(alter);
      case 2 -> columns.size() < 3 ? add(alter) : drop(alter, column);
      case 3 -> rename(alter, column);
      case 4 -> widen(alter, column);
      case 5 ->
          Statement.both(
              alter + "ALTER COLUMN " + column.name() + " SET DEFAULT " + value(column.type()));
      case 6 -> Statement.both(alter + "ALTER COLUMN " + column.name() + " DROP DEFAULT");
      case 7 -> addField(alter);
      case 8 -> fields.size() < 2 ? addField(alter) : dropField(alter);
      case 9 -> move(alter, column);
      default -> renameTable();
    };
  }

  private Statement add(String alter) {
    String free = null;
    for (int i = 1; free == null; i++) {
      String candidate = "c" + i;
      free = columns.stream().anyMatch(each -> each.name().equals(candidate)) ? null : candidate;
    }
    String type = any(TYPES);
    columns.add(new Column(free, type, false));
    return Statement.both(
        alter
            + "ADD COLUMN "
            + free
            + " "
            + type
            + (random.nextBoolean() ? " DEFAULT " + value(type) : ""));
  }

  private Statement drop(String alter, Column column) {
    columns.remove(column);
    String drop = alter + "DROP COLUMN " + column.name();
    return new Statement(
        alter
            + "SET PROPERTIES partitioning = ARRAY[], sorted_by = ARRAY[], DROP COLUMN "
            + column.name(),
        drop);
  }

  private Statement rename(String alter, Column column) {
    String to = "n" + random.nextInt(1000);
    columns.set(columns.indexOf(column), new Column(to, column.type(), column.notNull()));
    return Statement.both(alter + "RENAME COLUMN " + column.name() + " TO " + to);
  }

  private Statement widen(String alter, Column column) {
    String wider =
        switch (column.type()) {
          case "integer" -> "bigint";
          case "real" -> "double";
          case "decimal(6,2)" -> "decimal(18,2)";
          case "decimal(18,2)" -> "decimal(30,2)";
          default -> null;
        };
    if (wider == null) {
      return insert();
    }
    columns.set(columns.indexOf(column), new Column(column.name(), wider, column.notNull()));
    return Statement.both(alter + "ALTER COLUMN " + column.name() + " SET DATA TYPE " + wider);
  }

  private Statement addField(String alter) {
    String field = "f" + random.nextInt(1000);
    fields.add(field);
    return Statement.both(alter + "ADD COLUMN r." + field + " integer");
  }

  private Statement dropField(String alter) {
    String field = any(fields);
    fields.remove(field);
    return Statement.both(alter + "DROP COLUMN r." + field);
  }

  private Statement move(String alter, Column column) {
    String place =
        switch (random.nextInt(3)) {
          case 0 -> "FIRST";
          case 1 -> "LAST";
          default -> "AFTER r";
        };
    return Statement.ours(alter + "ALTER COLUMN " + column.name() + " " + place);
  }

  private Statement renameTable() {
    String from = name;
    name = "t" + random.nextInt(1000);
    return Statement.both("ALTER TABLE " + from + " RENAME TO " + name);
  }

  /** SET NOT NULL or the opposite of it, of a column that has no null if {@code clean}. */
  Statement nullability(Column column, boolean clean) {
    boolean notNull = !column.notNull() && clean;
    columns.set(columns.indexOf(column), new Column(column.name(), column.type(), notNull));
    return Statement.both(
        "ALTER TABLE "
            + name
            + " ALTER COLUMN "
            + column.name()
            + (notNull ? " SET" : " DROP")
            + " NOT NULL");
  }

  /** A change of the layout, which DuckDB knows nothing of. */
  Statement layout() {
    String alter = "ALTER TABLE " + name + " ";
    Column column = any(columns);
    String transform =
        switch (column.type()) {
          case "varchar" -> "truncate(1, " + column.name() + ")";
          case "date" -> "month(" + column.name() + ")";
          case "real", "double" -> "bucket(2, id)";
          default -> "bucket(3, " + column.name() + ")";
        };
    boolean isThere = columns.stream().anyMatch(each -> each.name().equals("id"));
    if (!isThere && transform.equals("bucket(2, id)")) {
      transform = "truncate(1, " + columns.get(0).name() + ")";
    }
    return switch (random.nextInt(5)) {
      case 0 -> Statement.ours(alter + "SET PROPERTIES partitioning = ARRAY[]");
      case 1 -> Statement.ours(alter + "WRITE ORDERED BY " + column.name() + " DESC");
      case 2 ->
          Statement.ours(
              "CALL system.rewrite_data_files(table => '"
                  + name
                  + "', options => MAP['rewrite-all', 'true'])");
      default ->
          column.type().equals("real") || column.type().equals("double")
              ? Statement.ours(alter + "WRITE UNORDERED")
              : Statement.ours(alter + "SET PROPERTIES partitioning = ARRAY['" + transform + "']");
    };
  }
}
