package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.Assignment;
import dev.frazil.plan.parser.ParsedStatement.OnConflict;
import dev.frazil.plan.parser.ParsedStatement.PartitionValue;
import dev.frazil.plan.parser.TableName.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE and DELETE. */
final class DataChangeParser {
  private static final Set<String> NOT_AN_ALIAS = Set.of("set", "where", "using", "from", "when");

  private final TokenReader reader;

  DataChangeParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement insert() {
    reader.expect("insert");
    boolean overwrite = reader.accept("overwrite");
    refuse("or", "INSERT OR ...");
    if (overwrite) {
      reader.accept("into");
    } else {
      reader.expect("into");
    }
    reader.accept("table");
    TableName target = reader.target();
    refuseTimeTravel();
    String alias = target.last().text();
    if (reader.accept("as")) {
      alias = reader.simpleName("alias").value();
    }
    List<PartitionValue> partition = partition();
    @Nullable List<Part> columns = null;
    boolean byName = reader.accept("by", "name");
    if (byName) {
      if (!startsQuery(reader.peek()) || reader.peek().is("values")) {
        throw reader.expected("a query whose columns have names");
      }
    } else if (reader.peek().isSymbol("(") && !isQueryInBrackets()) {
      columns = columnList(reader);
    }
    ConflictParser conflicts = new ConflictParser(reader);
    if (reader.accept("default", "values")) {
      @Nullable OnConflict conflict = conflicts.conflict();
      if (conflict == null) {
        reader.expectEnd();
      }
      return new ParsedStatement.Insert(
          target, alias, columns, false, null, conflict, overwrite, partition);
    }
    if (!startsQuery(reader.peek())) {
      throw reader.expected("VALUES, SELECT or TABLE");
    }
    Slice source = new Slice(reader.index(), conflicts.find());
    reader.moveTo(source.to());
    return new ParsedStatement.Insert(
        target, alias, columns, byName, source, conflicts.conflict(), overwrite, partition);
  }

  /** Reads {@code PARTITION (p = 1, q)}. */
  private List<PartitionValue> partition() {
    List<PartitionValue> values = new ArrayList<>();
    if (!reader.peek(1).isSymbol("(") || !reader.accept("partition")) {
      return values;
    }
    reader.expectSymbol("(");
    do {
      SqlToken column = reader.simpleName("column");
      Part part = new Part(column.value(), column.kind() == SqlToken.Kind.QUOTED);
      @Nullable Slice value = null;
      if (reader.acceptSymbol("=")) {
        int end = reader.find(",", ")");
        value = new Slice(reader.index(), end);
        if (value.size() == 0) {
          throw reader.expected("a value");
        }
        reader.moveTo(end);
      }
      values.add(new PartitionValue(part, value, column.start()));
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
    if (reader.peek().is("if")) {
      throw reader.source().unsupported(reader.peek().start(), "PARTITION (...) IF NOT EXISTS");
    }
    return values;
  }

  ParsedStatement update() {
    reader.expect("update");
    TableName target = reader.target();
    refuseTimeTravel();
    String alias = alias(reader, target);
    reader.expect("set");
    int end = endOfAssignments();
    List<Assignment> assignments = new AssignmentParser(reader).assignments(end);
    @Nullable Slice from = tables("from");
    @Nullable Slice where = where();
    return new ParsedStatement.Update(target, alias, assignments, from, where);
  }

  /** FROM or WHERE, but for the FROM of IS DISTINCT FROM. */
  private int endOfAssignments() {
    int start = reader.index();
    int end = reader.find("from", "where");
    while (end < reader.end() && end > start && reader.tokens().get(end - 1).is("distinct")) {
      reader.moveTo(end + 1);
      end = reader.find("from", "where");
    }
    reader.moveTo(start);
    return end;
  }

  ParsedStatement delete() {
    reader.expect("delete", "from");
    TableName target = reader.target();
    refuseTimeTravel();
    String alias = alias(reader, target);
    @Nullable Slice using = tables("using");
    return new ParsedStatement.Delete(target, alias, using, where());
  }

  /** The further tables behind a keyword, up to WHERE. */
  private @Nullable Slice tables(String keyword) {
    if (!reader.accept(keyword)) {
      return null;
    }
    int where = reader.find("where");
    Slice tables = new Slice(reader.index(), where);
    if (tables.size() == 0) {
      throw reader.expected("a table");
    }
    reader.moveTo(where);
    return tables;
  }

  private @Nullable Slice where() {
    if (reader.atEnd()) {
      return null;
    }
    reader.expect("where");
    if (reader.atEnd()) {
      throw reader.expected("a condition");
    }
    Slice where = new Slice(reader.index(), reader.end());
    reader.moveTo(reader.end());
    return where;
  }

  static String alias(TokenReader reader, TableName target) {
    if (reader.accept("as")) {
      return reader.simpleName("alias").value();
    }
    SqlToken next = reader.peek();
    if (next.isName()
        && !(next.kind() == SqlToken.Kind.WORD && NOT_AN_ALIAS.contains(next.value()))) {
      return reader.next().value();
    }
    return target.last().text();
  }

  /** Reads {@code (a, b)}. */
  static List<Part> columnList(TokenReader reader) {
    List<Part> columns = new ArrayList<>();
    reader.expectSymbol("(");
    do {
      SqlToken column = reader.simpleName("column");
      columns.add(new Part(column.value(), column.kind() == SqlToken.Kind.QUOTED));
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(")");
    return columns;
  }

  private static boolean startsQuery(SqlToken token) {
    return token.is("select")
        || token.is("with")
        || token.is("values")
        || token.is("table")
        || token.isSymbol("(");
  }

  /** A column may be called table, too. */
  private boolean isQueryInBrackets() {
    return reader.peek(1).is("table") ? reader.peek(2).isName() : startsQuery(reader.peek(1));
  }

  private void refuse(String keyword, String construct) {
    if (reader.peek().is(keyword)) {
      throw reader.source().unsupported(reader.peek().start(), construct);
    }
  }

  private void refuseTimeTravel() {
    if (reader.peek().is("for")) {
      throw reader
          .source()
          .unsupported(reader.peek().start(), "writing to a table as of an earlier time");
    }
  }
}
