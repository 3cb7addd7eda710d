package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.CheckDefinition;
import dev.frazil.plan.parser.ParsedStatement.ColumnDefinition;
import dev.frazil.plan.parser.SqlToken.Kind;
import dev.frazil.plan.parser.TableName.Part;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CREATE [OR REPLACE] TABLE and REPLACE TABLE, after these words. */
final class CreateTableParser {
  private final TokenReader reader;
  private final List<ColumnDefinition> columns = new ArrayList<>();
  private final List<Part> columnNames = new ArrayList<>();
  private final List<CheckDefinition> checks = new ArrayList<>();
  private List<Part> primaryKey = List.of();
  private boolean primaryKeyEnforced;
  private final List<List<Part>> uniqueKeys = new ArrayList<>();
  private final List<LikeClause> likes = new ArrayList<>();

  CreateTableParser(TokenReader reader) {
    this.reader = reader;
  }

  /**
   * @param replacing what to do without IF NOT EXISTS
   */
  ParsedStatement createTable(TableMode replacing) {
    TableMode mode = replacing;
    SqlToken first = reader.peek();
    if (reader.accept("if", "not", "exists")) {
      if (replacing != TableMode.CREATE) {
        throw reader
            .source()
            .syntaxError(first.start(), "a table that is replaced cannot stay: leave out one");
      }
      mode = TableMode.IF_NOT_EXISTS;
    }
    TableName name = reader.name("table");
    if (reader.peek().is("like")) {
      like(true);
    } else if (reader.peek().isSymbol("(")) {
      elements();
    }
    TableOptionsParser options = new TableOptionsParser(reader);
    options.read();
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
      if (!columns.isEmpty() || !likes.isEmpty()) {
        throw reader
            .source()
            .syntaxError(
                columns.isEmpty() ? likes.get(0).table().offset() : columns.get(0).offset(),
                "CREATE TABLE ... AS takes its types from the query: name the columns without types");
      }
      reader.moveTo(reader.end());
    } else if (columns.isEmpty() && likes.isEmpty()) {
      throw reader.expected(
          columnNames.isEmpty() ? "\"(\" and columns, or AS and a query" : "AS and a query");
    }
    reader.expectEnd();
    return new ParsedStatement.CreateTable(
        name,
        mode,
        columns,
        columnNames,
        likes,
        primaryKey,
        primaryKeyEnforced,
        uniqueKeys,
        checks,
        options.partitioning(),
        options.sortOrder(),
        options.properties(),
        options.comment(),
        options.location() == null ? null : options.location().text(),
        query,
        withData);
  }

  /** {@code LIKE u [INCLUDING | EXCLUDING part] ...}. */
  private void like(boolean whole) {
    reader.expect("like");
    TableName table = reader.name("table");
    Set<LikeClause.Part> parts = EnumSet.of(LikeClause.Part.COMMENTS);
    if (whole) {
      parts.add(LikeClause.Part.DEFAULTS);
      parts.add(LikeClause.Part.CONSTRAINTS);
    }
    while (reader.peek().is("including") || reader.peek().is("excluding")) {
      boolean including = reader.next().is("including");
      Set<LikeClause.Part> named = likeParts();
      if (including) {
        parts.addAll(named);
      } else {
        parts.removeAll(named);
      }
    }
    likes.add(new LikeClause(table, parts, whole, columns.size()));
  }

  private Set<LikeClause.Part> likeParts() {
    if (reader.accept("all")) {
      return EnumSet.allOf(LikeClause.Part.class);
    }
    for (LikeClause.Part part : LikeClause.Part.values()) {
      if (reader.accept(part.name().toLowerCase(Locale.ROOT))) {
        return EnumSet.of(part);
      }
    }
    SqlToken other = reader.peek();
    if (other.isName()) {
      throw reader
          .source()
          .unsupported(
              other.start(),
              "LIKE ... INCLUDING "
                  + other.value().toUpperCase(Locale.ROOT)
                  + " (of PROPERTIES,"
                  + " DEFAULTS, CONSTRAINTS, COMMENTS and ALL)");
    }
    throw reader.expected("PROPERTIES, DEFAULTS, CONSTRAINTS, COMMENTS or ALL");
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
      } else if (first.is("like") && reader.peek(1).isName()) {
        like(false);
      } else if (isConstraint(first)) {
        throw reader
            .source()
            .unsupported(first.start(), "the constraint " + first.value().toUpperCase(Locale.ROOT));
      } else {
        column();
      }
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
    if ((!columns.isEmpty() || !likes.isEmpty()) && !columnNames.isEmpty()) {
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
}
