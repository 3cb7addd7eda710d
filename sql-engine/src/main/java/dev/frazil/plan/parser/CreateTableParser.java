package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.CheckDefinition;
import dev.frazil.plan.parser.ParsedStatement.ColumnDefinition;
import dev.frazil.plan.parser.ParsedStatement.PartitionField;
import dev.frazil.plan.parser.SqlToken.Kind;
import dev.frazil.plan.parser.TableName.Part;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE, after these words. */
final class CreateTableParser {
  private final TokenReader reader;
  private final List<ColumnDefinition> columns = new ArrayList<>();
  private final List<Part> columnNames = new ArrayList<>();
  private final List<CheckDefinition> checks = new ArrayList<>();
  private List<Part> primaryKey = List.of();
  private boolean primaryKeyEnforced;
  private final List<List<Part>> uniqueKeys = new ArrayList<>();
  private final List<PartitionField> partitioning = new ArrayList<>();
  private final Map<String, String> properties = new LinkedHashMap<>();
  private @Nullable String comment;

  CreateTableParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement createTable() {
    boolean ifNotExists = reader.accept("if", "not", "exists");
    TableName name = reader.name("table");
    if (reader.peek().is("like")) {
      throw reader.source().unsupported(reader.peek().start(), "CREATE TABLE ... LIKE");
    }
    if (reader.peek().isSymbol("(")) {
      elements();
    }
    options();
    @Nullable Slice query = null;
    boolean withData = true;
    if (reader.accept("as")) {
      int end = reader.end();
      List<SqlToken> tokens = reader.tokens();
      if (endsWith(tokens, end, "with", "no", "data")) {
        withData = false;
        end -= 3;
      } else if (endsWith(tokens, end, "with", "data")) {
        end -= 2;
      }
      query = new Slice(reader.index(), end);
      if (query.size() == 0) {
        throw reader.expected("a query");
      }
      if (!columns.isEmpty()) {
        throw reader
            .source()
            .syntaxError(
                columns.get(0).offset(),
                "CREATE TABLE ... AS takes its types from the query: name the columns without types");
      }
      reader.moveTo(reader.end());
    } else if (columns.isEmpty()) {
      throw reader.expected(
          columnNames.isEmpty() ? "\"(\" and columns, or AS and a query" : "AS and a query");
    }
    reader.expectEnd();
    return new ParsedStatement.CreateTable(
        name,
        ifNotExists,
        columns,
        columnNames,
        primaryKey,
        primaryKeyEnforced,
        uniqueKeys,
        checks,
        partitioning,
        properties,
        comment,
        query,
        withData);
  }

  private static boolean endsWith(List<SqlToken> tokens, int end, String... words) {
    for (int i = 0; i < words.length; i++) {
      int at = end - words.length + i;
      if (at < 0 || !tokens.get(at).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  private void elements() {
    reader.expectSymbol("(");
    do {
      SqlToken first = reader.peek();
      @Nullable String name = null;
      if (first.is("constraint") && reader.peek(1).isName()) {
        reader.next();
        name = reader.simpleName("constraint").value();
        first = reader.peek();
      }
      if (first.is("primary") && reader.peek(1).is("key")) {
        reader.expect("primary", "key");
        setPrimaryKey(DataChangeParser.columnList(reader), first);
      } else if (first.is("unique") && reader.peek(1).isSymbol("(")) {
        reader.expect("unique");
        addUniqueKey(DataChangeParser.columnList(reader), first);
      } else if (first.is("check") && reader.peek(1).isSymbol("(")) {
        check(name);
      } else if (isConstraint(first)) {
        throw reader
            .source()
            .unsupported(first.start(), "the constraint " + first.value().toUpperCase(Locale.ROOT));
      } else {
        column();
      }
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
    if (!columns.isEmpty() && !columnNames.isEmpty()) {
      throw reader.expected("a type for every column");
    }
  }

  private boolean isConstraint(SqlToken first) {
    return first.is("foreign") && reader.peek(1).is("key");
  }

  /** Reads {@code CHECK (condition)}. */
  private void check(@Nullable String name) {
    reader.expect("check");
    reader.expectSymbol("(");
    int first = reader.index();
    Slice condition = new Slice(first, reader.skipToClosing());
    if (condition.size() == 0) {
      throw reader.expected("a condition");
    }
    if (reader.peek().is("not") && reader.peek(1).is("enforced")) {
      throw reader.source().unsupported(reader.peek().start(), "CHECK ... NOT ENFORCED");
    }
    reader.accept("enforced");
    checks.add(new CheckDefinition(name, condition));
  }

  private void column() {
    SqlToken token = reader.simpleName("column");
    Part name = new Part(token.value(), token.kind() == Kind.QUOTED);
    if (reader.peek().isSymbol(",") || reader.peek().isSymbol(")")) {
      columnNames.add(name);
      return;
    }
    ColumnConstraints.refuseSerial(reader);
    SqlType type = new TypeParser(reader).type();
    boolean notNull = false;
    @Nullable Slice defaultValue = null;
    @Nullable String columnComment = null;
    while (true) {
      SqlToken next = reader.peek();
      if (reader.accept("not", "null")) {
        notNull = true;
      } else if (reader.accept("primary", "key")) {
        notNull = true;
        setPrimaryKey(List.of(name), next);
      } else if (reader.accept("unique")) {
        addUniqueKey(List.of(name), next);
      } else if (reader.accept("comment")) {
        columnComment = reader.string("a comment in quotes");
      } else if (next.is("constraint") && reader.peek(2).is("check")) {
        reader.next();
        check(reader.simpleName("constraint").value());
      } else if (next.is("check")) {
        check(null);
      } else if (reader.accept("default")) {
        if (defaultValue != null) {
          throw reader.source().syntaxError(next.start(), "a column has one DEFAULT only");
        }
        defaultValue = ColumnConstraints.defaultValue(reader);
      } else if (reader.accept("collate")) {
        Collations.check(reader.source(), reader.simpleName("collation"), reader.peek());
      } else if (!reader.accept("null")) {
        ColumnConstraints.refuseOthers(reader);
        break;
      }
    }
    columns.add(
        new ColumnDefinition(name, type, notNull, defaultValue, columnComment, token.start()));
  }

  private void setPrimaryKey(List<Part> key, SqlToken at) {
    if (!primaryKey.isEmpty()) {
      throw reader.source().syntaxError(at.start(), "a table has one primary key only");
    }
    primaryKeyEnforced = enforced();
    primaryKey = key;
  }

  /** Iceberg has no place for a unique key that is only declared. */
  private void addUniqueKey(List<Part> key, SqlToken at) {
    if (!enforced()) {
      throw reader.source().unsupported(at.start(), "UNIQUE ... NOT ENFORCED");
    }
    uniqueKeys.add(key);
  }

  private boolean enforced() {
    if (reader.accept("not", "enforced")) {
      return false;
    }
    reader.accept("enforced");
    return true;
  }

  private void options() {
    while (true) {
      if (reader.peek().is("using")) {
        reader.next();
        SqlToken format = reader.next();
        if (!format.is("iceberg")) {
          throw reader.source().unsupported(format.start(), "a table format other than ICEBERG");
        }
      } else if (reader.accept("partitioned", "by")) {
        reader.expectSymbol("(");
        do {
          partitioning.add(partitionField());
        } while (reader.acceptSymbol(","));
        reader.expectSymbol(")");
      } else if (reader.accept("comment")) {
        comment = reader.string("a comment in quotes");
      } else if (reader.accept("tblproperties")
          || (reader.peek().is("with") && reader.peek(1).isSymbol("(") && reader.accept("with"))) {
        properties();
      } else if (reader.peek().is("location")
          || reader.peek().is("clustered")
          || reader.peek().is("sorted")
          || reader.peek().is("stored")) {
        throw reader
            .source()
            .unsupported(
                reader.peek().start(),
                "CREATE TABLE ... " + reader.peek().value().toUpperCase(Locale.ROOT));
      } else {
        return;
      }
    }
  }

  private PartitionField partitionField() {
    int offset = reader.peek().start();
    SqlToken first = reader.simpleName("column or transform");
    if (!reader.peek().isSymbol("(")) {
      return new PartitionField("identity", part(first), -1, offset);
    }
    reader.next();
    String transform = first.value();
    int width = -1;
    Part column;
    switch (transform) {
      case "bucket", "truncate" -> {
        if (reader.peek().kind() == Kind.NUMBER) {
          width = reader.wholeNumber("a width");
          reader.expectSymbol(",");
          column = part(reader.simpleName("column"));
        } else {
          column = part(reader.simpleName("column"));
          reader.expectSymbol(",");
          width = reader.wholeNumber("a width");
        }
        if (width < 1) {
          throw reader.source().syntaxError(offset, transform + " needs a width of at least 1");
        }
      }
      case "identity",
          "year",
          "years",
          "month",
          "months",
          "day",
          "days",
          "date",
          "hour",
          "hours",
          "void" ->
          column = part(reader.simpleName("column"));
      default ->
          throw reader
              .source()
              .syntaxError(
                  offset,
                  "there is no partition transform \""
                      + transform
                      + "\": use identity, year, month, day, hour, bucket(n, column) or"
                      + " truncate(n, column)");
    }
    reader.expectSymbol(")");
    return new PartitionField(transform, column, width, offset);
  }

  private static Part part(SqlToken token) {
    return new Part(token.value(), token.kind() == Kind.QUOTED);
  }

  private void properties() {
    reader.expectSymbol("(");
    do {
      SqlToken token = reader.peek();
      String key =
          token.kind() == Kind.STRING
              ? reader.next().value()
              : String.join(".", reader.name("property").texts());
      reader.expectSymbol("=");
      SqlToken value = reader.next();
      switch (value.kind()) {
        case STRING, NUMBER, WORD -> {
          if (properties.put(key, value.value()) != null) {
            throw reader
                .source()
                .syntaxError(token.start(), "the property " + key + " is given twice");
          }
        }
        case QUOTED, PARAMETER, SYMBOL, END ->
            throw reader
                .source()
                .syntaxError(
                    value.start(), "expected the value of " + key + ", found " + value.describe());
      }
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
  }
}
