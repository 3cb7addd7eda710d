package dev.frazil.differential;

import dev.frazil.differential.Fragment.Dialect;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Table;

/**
 * A table of a differential test: what is in it in the end, and by which way it came there on
 * Frazil's side.
 *
 * @param rows whole rows as literals; the first value is the key, positive and unique
 * @param early the columns that Frazil creates the table with
 * @param layout what follows the column list on Frazil: partitioning and properties
 * @param steps what Frazil does after that
 */
record TableContents(
    String name,
    List<Field> fields,
    List<List<Fragment>> rows,
    List<Field> early,
    String layout,
    List<Step> steps) {

  /** A column. */
  record Field(String name, ValueType type, boolean required) {}

  /** A statement or a change of the table that leads to the contents. */
  sealed interface Step {
    /** One INSERT: one commit, at least one file. */
    record Insert(List<String> columns, List<List<Fragment>> rows) implements Step {}

    /** Takes away the rows with negative keys, which are there for that. */
    record Delete() implements Step {}

    /** A statement that leaves no row that is not there in the end, whichever rows it meets. */
    record Statement(String sql) implements Step {}

    /**
     * Equality deletes of rows, by the values of some columns, as streaming writers commit them.
     */
    record EqualityDelete(List<Field> columns, List<List<Fragment>> keys) implements Step {}

    /** A change of schema, partitioning or properties through Iceberg's own interface. */
    record Change(String text, Function<Table, PendingUpdate<?>> update) implements Step {}
  }

  /** With fewer rows, in one file, without a history. */
  TableContents plain(Set<String> keys) {
    List<List<Fragment>> fewer = kept(rows, keys);
    List<String> names = fields.stream().map(Field::name).toList();
    return new TableContents(
        name, fields, fewer, fields, "", List.of(new Step.Insert(names, fewer)));
  }

  /** With fewer rows, the history as it is. */
  TableContents with(Set<String> keys) {
    List<Step> fewer = new ArrayList<>();
    for (Step step : steps) {
      fewer.add(
          step instanceof Step.Insert insert
              ? new Step.Insert(insert.columns(), kept(insert.rows(), keys))
              : step);
    }
    return new TableContents(name, fields, kept(rows, keys), early, layout, fewer);
  }

  private static List<List<Fragment>> kept(List<List<Fragment>> rows, Set<String> keys) {
    return rows.stream().filter(row -> keys.contains(key(row))).toList();
  }

  private static String key(List<Fragment> row) {
    return row.get(0).text(Dialect.FRAZIL);
  }

  /** The keys of all rows, those deleted later among them. */
  List<String> keys() {
    return steps.stream()
        .filter(Step.Insert.class::isInstance)
        .flatMap(step -> ((Step.Insert) step).rows().stream())
        .map(TableContents::key)
        .toList();
  }

  /** The columns under an alias, and parts of nested ones. */
  List<Expression> columns(String alias) {
    List<Expression> columns = new ArrayList<>();
    for (Field field : fields) {
      String name = alias + "." + field.name();
      columns.add(new Expression(Fragment.of(name), field.type()));
      ValueType integer = ValueType.integer(Double.POSITIVE_INFINITY);
      switch (field.type().family()) {
        case STRUCT -> {
          columns.add(new Expression(Fragment.of(name + ".x"), integer));
          columns.add(new Expression(Fragment.of(name + ".y"), ValueType.VARCHAR));
        }
        case INTEGERS -> {
          columns.add(new Expression(Fragment.of(name + "[2]"), integer));
          columns.add(
              new Expression(
                  Fragment.of("cardinality(" + name + ")", "CAST(len(" + name + ") AS integer)"),
                  ValueType.bigint(10)));
        }
        case TEXTS -> columns.add(new Expression(Fragment.of(name + "[1]"), ValueType.VARCHAR));
        case MAP -> columns.add(new Expression(Fragment.of(name + "['a']"), integer));
        // not exhaustive on purpose: the others have no parts
        default -> {}
      }
    }
    return columns;
  }

  /** The statements that make it, for people and for DuckDB. */
  List<String> statements(Dialect dialect) {
    boolean ours = dialect == Dialect.FRAZIL;
    List<String> statements = new ArrayList<>();
    statements.add(definition(dialect));
    if (ours) {
      steps.forEach(step -> statements.addAll(text(step)));
    } else if (!rows.isEmpty()) {
      statements.add("INSERT INTO " + name + " VALUES " + values(rows, dialect));
    }
    return statements;
  }

  private String definition(Dialect dialect) {
    boolean ours = dialect == Dialect.FRAZIL;
    String columns =
        (ours ? early : fields)
            .stream()
                .map(
                    field ->
                        field.name()
                            + " "
                            + (ours ? field.type().sqlName() : field.type().duckDbName())
                            + (field.required() ? " NOT NULL" : ""))
                .collect(Collectors.joining(", "));
    return "CREATE TABLE " + name + " (" + columns + ")" + (ours ? layout : "");
  }

  private List<String> text(Step step) {
    if (step instanceof Step.Change change) {
      return List.of("-- " + name + ": " + change.text());
    } else if (step instanceof Step.Insert insert && !insert.rows().isEmpty()) {
      String columns = String.join(", ", insert.columns());
      String values = values(insert.rows(), Dialect.FRAZIL);
      return List.of("INSERT INTO " + name + " (" + columns + ") VALUES " + values);
    }
    if (step instanceof Step.EqualityDelete delete) {
      String columns = delete.columns().stream().map(Field::name).collect(Collectors.joining(", "));
      String keys = values(delete.keys(), Dialect.FRAZIL);
      return List.of("-- " + name + ": equality deletes of (" + columns + ") " + keys);
    } else if (step instanceof Step.Statement statement) {
      return List.of(statement.sql());
    }
    return step instanceof Step.Delete
        ? List.of("DELETE FROM " + name + " WHERE id < 0")
        : List.of();
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
    frazil.update(definition(Dialect.FRAZIL));
    for (Step step : steps) {
      try {
        if (step instanceof Step.Change change) {
          frazil.change(name, change.update());
        } else if (step instanceof Step.EqualityDelete delete) {
          frazil.change(name, table -> new EqualityDeletes(table, duckDb).commit(delete));
        } else {
          text(step).forEach(frazil::update);
        }
      } catch (RuntimeException e) {
        throw new AssertionError(
            "Frazil fails on: " + definition(Dialect.FRAZIL) + "; " + text(step), e);
      }
    }
    statements(Dialect.DUCKDB).forEach(duckDb::update);
  }

  void drop(EngineRunner frazil, DuckDbRunner duckDb) {
    frazil.update("DROP TABLE IF EXISTS " + name);
    duckDb.update("DROP TABLE IF EXISTS " + name);
  }
}
