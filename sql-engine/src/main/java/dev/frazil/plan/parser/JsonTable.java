package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code JSON_TABLE(document, path COLUMNS (...))} (ISO 9075-2, 7.11) as a sub-query: the items
 * that a path finds become rows of an UNNEST, the columns functions of the item, nested paths
 * further UNNESTs beside it.
 */
final class JsonTable {
  /** What to do without a value, or with a wrong one: the tokens of a default, or a word. */
  private enum Conduct {
    NULL,
    ERROR,
    DEFAULT
  }

  /**
   * A column.
   *
   * @param level of the nested path that it belongs to, from 0
   */
  private record Column(
      String name,
      int level,
      Form form,
      @Nullable Slice type,
      String path,
      Behaviour onEmpty,
      Behaviour onError) {}

  private record Behaviour(Conduct conduct, Slice value) {}

  private enum Form {
    ORDINALITY,
    SCALAR,
    JSON,
    EXISTS
  }

  private static final Slice NOTHING = new Slice(0, 0);

  private final QueryText target;
  private final SqlText source;
  private final TokenReader reader;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();

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
    paths.add(path());
    columns(0);
    boolean raises = reader.accept("error", "on", "error");
    if (!raises
        && !reader.accept("empty", "on", "error")
        && !reader.accept("empty", "array", "on", "error")) {
      reader.accept("null", "on", "error");
    }
    reader.expectSymbol(")");
    String comma = "LATERAL (SELECT";
    for (Column column : columns) {
      target.add(comma);
      write(column);
      target.add("AS").addName(column.name());
      comma = ",";
    }
    target.add("FROM UNNEST(").add(raises ? "(" : "TRY(").add("\"json_path_elements\"(");
    target.addSlice(document).add("," + text(paths.get(0)) + "))) WITH ORDINALITY AS");
    target.add(names(0));
    for (int level = 1; level < paths.size(); level++) {
      target.add("LEFT JOIN UNNEST(\"json_path_elements\"(" + item(level - 1) + ",");
      target.add(text(paths.get(level)) + ")) WITH ORDINALITY AS").add(names(level));
      target.add("ON TRUE");
    }
    target.add(")");
    return reader.index();
  }

  private static String names(int level) {
    return "\"$json" + level + "\" (\"$item" + level + "\", \"$number" + level + "\")";
  }

  private static String item(int level) {
    return "\"$json" + level + "\".\"$item" + level + "\"";
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
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
    if (reader.peek().is("passing")) {
      throw source.unsupported(reader.peek().start(), "PASSING in JSON_TABLE");
    }
    return path;
  }

  /** {@code COLUMNS (...)}. */
  private void columns(int level) {
    reader.expect("columns");
    reader.expectSymbol("(");
    boolean nests = false;
    do {
      if (reader.peek().is("nested") && isPath()) {
        if (nests) {
          throw source.unsupported(
              reader.peek().start(), "JSON_TABLE with NESTED paths side by side");
        }
        nests = true;
        reader.next();
        reader.accept("path");
        paths.add(path());
        columns(level + 1);
      } else {
        column(level);
      }
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
  }

  private boolean isPath() {
    return reader.peek(1).is("path") || reader.peek(1).kind() == Kind.STRING;
  }

  private void column(int level) {
    String name = reader.simpleName("column").value();
    if (reader.accept("for", "ordinality")) {
      Behaviour none = new Behaviour(Conduct.NULL, NOTHING);
      columns.add(new Column(name, level, Form.ORDINALITY, null, "", none, none));
      return;
    }
    Slice type = type();
    Form form = Form.SCALAR;
    if (reader.accept("format", "json")) {
      form = Form.JSON;
    } else if (reader.accept("exists")) {
      form = Form.EXISTS;
    }
    String path = reader.accept("path") ? path() : "lax $.\"" + name.replace("\"", "") + '"';
    if (reader.peek().is("with") || reader.peek().is("without") || reader.peek().is("keep")) {
      throw source.unsupported(reader.peek().start(), "WRAPPER and QUOTES in JSON_TABLE");
    }
    Behaviour onEmpty = new Behaviour(Conduct.NULL, NOTHING);
    Behaviour onError = onEmpty;
    while (isBehaviour()) {
      int start = reader.peek().start();
      Behaviour behaviour = behaviour();
      reader.expect("on");
      if (reader.accept("empty")) {
        onEmpty = behaviour;
      } else {
        reader.expect("error");
        onError = behaviour;
      }
      if (form != Form.SCALAR && behaviour.conduct() != Conduct.NULL) {
        throw source.unsupported(start, "ON EMPTY and ON ERROR of a column that is no scalar");
      }
    }
    columns.add(new Column(name, level, form, type, path, onEmpty, onError));
  }

  private Slice type() {
    int start = reader.index();
    if (CastTypes.read(source, reader.tokens(), start, reader.end()) != null) {
      throw source.unsupported(
          reader.peek().start(), "a column of JSON_TABLE that is an array, map or row");
    }
    new TypeParser(reader).type();
    return new Slice(start, reader.index());
  }

  private boolean isBehaviour() {
    return reader.peek().is("null") || reader.peek().is("error") || reader.peek().is("default");
  }

  private Behaviour behaviour() {
    if (reader.accept("null")) {
      return new Behaviour(Conduct.NULL, NOTHING);
    } else if (reader.accept("error")) {
      return new Behaviour(Conduct.ERROR, NOTHING);
    }
    reader.expect("default");
    Slice value = new Slice(reader.index(), reader.find("on"));
    reader.moveTo(value.to());
    return new Behaviour(Conduct.DEFAULT, value);
  }

  private void write(Column column) {
    String arguments = "(" + item(column.level()) + "," + text(column.path()) + ")";
    switch (column.form()) {
      case ORDINALITY ->
          target.add("\"$json" + column.level() + "\".\"$number" + column.level() + "\"");
      case EXISTS -> {
        Slice type = column.type();
        boolean isBoolean = type != null && reader.tokens().get(type.from()).is("boolean");
        target.add(isBoolean ? "CAST(" : "CAST(CASE WHEN");
        target.add("\"json_exists\"" + arguments + (isBoolean ? "AS" : "THEN 1 ELSE 0 END AS"));
        writeType(column);
        target.add(")");
      }
      case JSON -> {
        target.add("CAST(\"json_query\"" + arguments + "AS");
        writeType(column);
        target.add(")");
      }
      case SCALAR -> scalar(column, arguments);
    }
  }

  private void scalar(Column column, String arguments) {
    boolean decides = column.onEmpty().conduct() != Conduct.NULL;
    if (column.onEmpty().conduct() == Conduct.DEFAULT) {
      target.add("CASE WHEN NOT \"json_exists\"" + arguments + "THEN CAST(");
      target.addSlice(column.onEmpty().value()).add("AS");
      writeType(column);
      target.add(") ELSE");
    } else if (decides) {
      target.add("CASE WHEN \"json_found\"" + arguments + "THEN");
    }
    switch (column.onError().conduct()) {
      case ERROR -> cast(column, arguments);
      case NULL -> {
        target.add("TRY(");
        cast(column, arguments);
        target.add(")");
      }
      case DEFAULT -> {
        // null where it fails, some text where there is a value, or null without a failure
        target.add("CASE WHEN TRY(COALESCE(CAST(");
        cast(column, arguments);
        target.add("AS VARCHAR), '')) IS NULL THEN CAST(");
        target.addSlice(column.onError().value()).add("AS");
        writeType(column);
        target.add(") ELSE TRY(");
        cast(column, arguments);
        target.add(") END");
      }
    }
    if (decides) {
      target.add("END");
    }
  }

  private void cast(Column column, String arguments) {
    target.add("CAST(\"json_scalar_at\"" + arguments + "AS");
    writeType(column);
    target.add(")");
  }

  private void writeType(Column column) {
    Slice type = column.type();
    if (type != null) {
      int start = reader.tokens().get(type.from()).start();
      target.add(source.text().substring(start, reader.tokens().get(type.to() - 1).end()));
    }
  }
}
