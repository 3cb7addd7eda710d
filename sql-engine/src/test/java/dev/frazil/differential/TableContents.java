package dev.frazil.differential;

import dev.frazil.differential.Fragment.Dialect;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of a differential test: its definition, its rows as literals, and in which commits they
 * arrive.
 *
 * @param layout what follows the column list on Frazil: partitioning and properties
 * @param commits into how many INSERTs the rows are split
 * @param doomed rows written first and deleted afterwards, for there to be deletes to apply
 */
record TableContents(
    String name,
    List<Field> fields,
    List<List<Fragment>> rows,
    String layout,
    int commits,
    List<List<Fragment>> doomed) {

  /** A column: the first one is a key, positive in all rows that stay. */
  record Field(String name, ValueType type, boolean required) {}

  /** With other rows, in one file, without deletes. */
  TableContents plain(List<List<Fragment>> fewer) {
    return new TableContents(name, fields, fewer, "", 1, List.of());
  }

  /** The columns under an alias. */
  List<Expression> columns(String alias) {
    return fields.stream()
        .map(field -> new Expression(Fragment.of(alias + "." + field.name()), field.type()))
        .toList();
  }

  /** The statements that make it, one a line. */
  List<String> statements(Dialect dialect) {
    List<String> statements = new ArrayList<>();
    boolean ours = dialect == Dialect.FRAZIL;
    String columns =
        fields.stream()
            .map(
                field ->
                    field.name()
                        + " "
                        + (ours ? field.type().sqlName() : field.type().duckDbName())
                        + (field.required() ? " NOT NULL" : ""))
            .collect(Collectors.joining(", "));
    statements.add("CREATE TABLE " + name + " (" + columns + ")" + (ours ? layout : ""));
    List<List<Fragment>> all = new ArrayList<>(rows);
    if (ours) {
      for (int i = 0; i < doomed.size(); i++) {
        all.add((i * 7) % (all.size() + 1), doomed.get(i));
      }
    }
    int parts = ours ? commits : 1;
    for (int part = 0; part < parts; part++) {
      List<List<Fragment>> some =
          all.subList(all.size() * part / parts, all.size() * (part + 1) / parts);
      if (!some.isEmpty()) {
        statements.add("INSERT INTO " + name + " VALUES " + values(some, dialect));
      }
    }
    if (ours && !doomed.isEmpty()) {
      statements.add("DELETE FROM " + name + " WHERE " + fields.get(0).name() + " < 0");
    }
    return statements;
  }

  private static String values(List<List<Fragment>> rows, Dialect dialect) {
    return rows.stream()
        .map(
            row ->
                row.stream()
                    .map(value -> value.text(dialect))
                    .collect(Collectors.joining(", ", "(", ")")))
        .collect(Collectors.joining(", "));
  }

  void create(EngineRunner frazil, DuckDbRunner duckDb) {
    statements(Dialect.FRAZIL).forEach(frazil::update);
    statements(Dialect.DUCKDB).forEach(duckDb::update);
  }

  void drop(EngineRunner frazil, DuckDbRunner duckDb) {
    frazil.update("DROP TABLE IF EXISTS " + name);
    duckDb.update("DROP TABLE IF EXISTS " + name);
  }
}
