package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.CheckDefinition;
import dev.frazil.plan.parser.ParsedStatement.ColumnDefinition;
import dev.frazil.plan.parser.TableName.Part;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alterations of ALTER TABLE that begin with ADD or DROP and are about columns. */
final class ColumnAlterationParser {
  private static final String[] PLACES = {"first", "last", "after", "before"};

  private final TokenReader reader;
  private final List<TableAlteration> alterations;

  ColumnAlterationParser(TokenReader reader, List<TableAlteration> alterations) {
    this.reader = reader;
    this.alterations = alterations;
  }

  /** ADD [COLUMN] column, ADD COLUMN[S] (column, ...). */
  void add() {
    reader.expect("add");
    boolean several = reader.accept("columns") || reader.accept("column");
    if (several && reader.acceptSymbol("(")) {
      do {
        column(false);
      } while (reader.acceptSymbol(","));
      reader.expectSymbol(")");
      return;
    }
    do {
      column(reader.accept("if", "not", "exists"));
    } while (continues());
  }

  /** Whether another column follows; otherwise the comma stands before another alteration. */
  private boolean continues() {
    if (!reader.peek().isSymbol(",") || !reader.peek(1).isName() || isVerb(reader.peek(1))) {
      return false;
    }
    return reader.acceptSymbol(",");
  }

  private static boolean isVerb(SqlToken token) {
    return token.kind() == SqlToken.Kind.WORD && AlterTableParser.VERBS.contains(token.value());
  }

  private void column(boolean ifNotExists) {
    TableName path = reader.name("column");
    ColumnConstraints.refuseSerial(reader);
    SqlType type = new TypeParser(reader).type();
    boolean notNull = false;
    @Nullable Slice defaultValue = null;
    @Nullable String comment = null;
    TableAlteration.@Nullable Place place = null;
    List<TableAlteration> constraints = new ArrayList<>();
    while (true) {
      SqlToken next = reader.peek();
      if (reader.accept("not", "null")) {
        notNull = true;
      } else if (reader.accept("comment")) {
        comment = reader.string("a comment in quotes");
      } else if (next.is("check") || (next.is("constraint") && reader.peek(2).is("check"))) {
        constraints.add(new TableAlteration.AddCheck(check(reader)));
      } else if (reader.accept("default")) {
        if (defaultValue != null) {
          throw reader.source().syntaxError(next.start(), "a column has one DEFAULT only");
        }
        defaultValue = ColumnConstraints.defaultValue(reader, PLACES);
      } else if (reader.accept("collate")) {
        Collations.check(reader.source(), reader.simpleName("collation"), reader.peek());
      } else if (isPlace(next)) {
        place = place(reader);
      } else if (!reader.accept("null")) {
        ColumnConstraints.refuseOthers(reader);
        break;
      }
    }
    alterations.add(
        new TableAlteration.AddColumn(
            path,
            ifNotExists,
            new ColumnDefinition(path.last(), type, notNull, defaultValue, comment, path.offset()),
            place));
    alterations.addAll(constraints);
  }

  /** {@code [CONSTRAINT name] CHECK (condition)}. */
  static CheckDefinition check(TokenReader reader) {
    @Nullable String name = null;
    if (reader.accept("constraint")) {
      name = reader.simpleName("constraint").value();
    }
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
    return new CheckDefinition(name, condition);
  }

  /** FIRST, LAST, or AFTER or BEFORE a column. */
  static TableAlteration.Place place(TokenReader reader) {
    boolean first = reader.accept("first");
    if (first || reader.accept("last")) {
      return new TableAlteration.Place(null, first);
    }
    boolean before = reader.accept("before");
    if (!before) {
      reader.expect("after");
    }
    SqlToken sibling = reader.simpleName("column");
    while (reader.acceptSymbol(".")) {
      sibling = reader.simpleName("column");
    }
    return new TableAlteration.Place(AlterTableParser.part(sibling), before);
  }

  /** Whether a word says where a column goes. */
  static boolean isPlace(SqlToken token) {
    return token.is("first") || token.is("last") || token.is("after") || token.is("before");
  }

  /** DROP [COLUMN] [IF EXISTS] column, ..., DROP COLUMN[S] (column, ...). */
  void drop() {
    reader.expect("drop");
    boolean said = reader.accept("columns") || reader.accept("column");
    boolean ifExists = reader.accept("if", "exists");
    if (said && reader.acceptSymbol("(")) {
      do {
        alterations.add(new TableAlteration.DropColumn(reader.name("column"), ifExists, false));
      } while (reader.acceptSymbol(","));
      reader.expectSymbol(")");
      return;
    }
    do {
      TableName path = reader.name("column");
      boolean cascade = reader.accept("cascade");
      if (!cascade) {
        reader.accept("restrict");
      }
      alterations.add(new TableAlteration.DropColumn(path, ifExists, cascade));
    } while (continues());
  }

  /** A list of columns in brackets, or without. */
  static List<Part> columns(TokenReader reader) {
    boolean inBrackets = reader.acceptSymbol("(");
    List<Part> columns = new ArrayList<>();
    do {
      columns.add(AlterTableParser.part(reader.simpleName("column")));
    } while (reader.acceptSymbol(","));
    if (inBrackets) {
      reader.expectSymbol(")");
    }
    return columns;
  }
}
