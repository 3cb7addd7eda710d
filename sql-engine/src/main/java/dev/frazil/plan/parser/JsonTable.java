package dev.frazil.plan.parser;

import dev.frazil.plan.parser.JsonPathForm.Form;
import dev.frazil.plan.parser.JsonPathForm.Passed;
import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code JSON_TABLE(document, path COLUMNS (...))} (ISO 9075-2, 7.11) as a sub-query: the items
 * that a path finds become rows of an UNNEST, the columns functions of the item, nested paths
 * further UNNESTs beside it. Nested paths side by side share one UNNEST, whose rows say of which of
 * them they are (the default plan of ISO: OUTER and UNION).
 */
final class JsonTable {
  /**
   * @param form null for FOR ORDINALITY
   */
  private record Column(String name, Level level, @Nullable JsonPathForm form, String path) {}

  /** A path whose items are rows. */
  private static final class Level {
    private final String path;
    private final List<Level> nested = new ArrayList<>();

    /** The number of the UNNEST. */
    private int source;

    /** Which of the paths of the UNNEST it is, from 1; 0 if it is the only one. */
    private int branch;

    Level(String path) {
      this.path = path;
    }

    String value(String column) {
      String value = "\"$json" + source + "\".\"$" + column + source + "\"";
      return branch == 0
          ? value
          : "CASE \"$json"
              + source
              + "\".\"$branch"
              + source
              + "\" WHEN "
              + branch
              + " THEN "
              + value
              + " END";
    }
  }

  private final QueryText target;
  private final SqlText source;
  private final TokenReader reader;
  private final List<Column> columns = new ArrayList<>();
  private List<Passed> passed = List.of();
  private int sources;

  JsonTable(QueryText target, SqlText source, List<SqlToken> tokens, int index, int to) {
    this.target = target;
    this.source = source;
    this.reader = new TokenReader(source, tokens, index, to);
  }

  /** Writes the sub-query; answers the index behind the call. */
  int write() {
    reader.expect("json_table");
    reader.expectSymbol("(");
    Slice document = new Slice(reader.index(), reader.find(","));
    reader.moveTo(document.to());
    reader.expectSymbol(",");
    Level root = new Level(path());
    passed = JsonPathForm.passing(reader);
    columns(root);
    boolean raises = reader.accept("error", "on", "error");
    if (!raises
        && !reader.accept("empty", "on", "error")
        && !reader.accept("empty", "array", "on", "error")) {
      reader.accept("null", "on", "error");
    }
    reader.expectSymbol(")");
    number(root);
    String comma = "LATERAL (SELECT";
    for (Column column : columns) {
      target.add(comma);
      write(column);
      target.add("AS").addName(column.name());
      comma = ",";
    }
    target.add("FROM UNNEST(").add(raises ? "(" : "TRY(").add("\"json_path_elements\"(");
    target.addSlice(document).add("," + JsonPathForm.text(root.path));
    JsonPathForm.writePassed(target, passed);
    target.add("))) WITH ORDINALITY AS").add(names(0, false));
    join(root);
    target.add(")");
    return reader.index();
  }

  /** Numbers the UNNESTs, those of outer paths first. */
  private void number(Level level) {
    boolean isShared = level.nested.size() > 1;
    int shared = isShared ? ++sources : 0;
    for (int i = 0; i < level.nested.size(); i++) {
      Level nested = level.nested.get(i);
      nested.source = isShared ? shared : ++sources;
      nested.branch = isShared ? i + 1 : 0;
    }
    level.nested.forEach(this::number);
  }

  private void join(Level level) {
    if (level.nested.isEmpty()) {
      return;
    }
    boolean isShared = level.nested.size() > 1;
    target
        .add("LEFT JOIN UNNEST(")
        .add(isShared ? "\"json_path_branches\"(" : "\"json_path_elements\"(");
    target.add(level.value("item"));
    if (isShared && passed.isEmpty()) {
      target.add(", '{}'");
    } else if (isShared) {
      JsonPathForm.writePassed(target, passed);
    }
    for (Level nested : level.nested) {
      target.add("," + JsonPathForm.text(nested.path));
    }
    if (!isShared) {
      JsonPathForm.writePassed(target, passed);
    }
    target.add(isShared ? ")) AS" : ")) WITH ORDINALITY AS");
    target.add(names(level.nested.get(0).source, isShared)).add("ON TRUE");
    level.nested.forEach(this::join);
  }

  private static String names(int number, boolean isShared) {
    String branch = "\"$branch" + number + "\", ";
    String item = "\"$item" + number + "\"";
    String count = "\"$number" + number + "\"";
    return "\"$json"
        + number
        + "\" ("
        + (isShared ? branch + count + ", " + item : item + ", " + count)
        + ")";
  }

  private String path() {
    if (reader.peek().kind() != Kind.STRING) {
      throw source.unsupported(
          reader.peek().start(), "a path of JSON_TABLE that is not a literal in quotes");
    }
    String path = reader.next().value();
    if (reader.accept("as")) {
      reader.simpleName("path");
    }
    return path;
  }

  /** {@code COLUMNS (...)}. */
  private void columns(Level level) {
    reader.expect("columns");
    reader.expectSymbol("(");
    do {
      if (reader.peek().is("nested") && isPath()) {
        reader.next();
        reader.accept("path");
        Level nested = new Level(path());
        level.nested.add(nested);
        columns(nested);
      } else {
        column(level);
      }
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
    if (reader.peek().is("plan")) {
      throw source.unsupported(reader.peek().start(), "PLAN of JSON_TABLE");
    }
  }

  private boolean isPath() {
    return reader.peek(1).is("path") || reader.peek(1).kind() == Kind.STRING;
  }

  private void column(Level level) {
    String name = reader.simpleName("column").value();
    if (reader.accept("for", "ordinality")) {
      columns.add(new Column(name, level, null, ""));
      return;
    }
    JsonPathForm form = new JsonPathForm(target, source, reader, Form.SCALAR, "VARCHAR");
    form.readType();
    form.readForm();
    String path = reader.accept("path") ? path() : "lax $.\"" + name.replace("\"", "") + '"';
    form.readClauses();
    columns.add(new Column(name, level, form, path));
  }

  private void write(Column column) {
    if (column.form() == null) {
      target.add(column.level().value("number"));
      return;
    }
    column
        .form()
        .write(
            extra -> {
              target.add("(" + column.level().value("item") + ",");
              target.add(JsonPathForm.text(column.path()) + extra);
              JsonPathForm.writePassed(target, passed);
              target.add(")");
            });
  }
}
