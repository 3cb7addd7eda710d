package dev.frazil.plan.parser;

import dev.frazil.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alterations of ALTER TABLE that begin with ALTER or CHANGE: of a column that is there. */
final class ColumnActionParser {
  private final TokenReader reader;
  private final List<TableAlteration> alterations;

  ColumnActionParser(TokenReader reader, List<TableAlteration> alterations) {
    this.reader = reader;
    this.alterations = alterations;
  }

  void action() {
    if (reader.accept("change")) {
      reader.accept("column");
      change();
      return;
    }
    reader.expect("alter");
    reader.accept("column");
    TableName path = reader.name("column");
    int before = alterations.size();
    while (!reader.atEnd() && !reader.peek().isSymbol(",")) {
      one(path);
    }
    if (alterations.size() == before) {
      throw expected();
    }
  }

  private RuntimeException expected() {
    return reader.expected(
        "SET DATA TYPE, SET DEFAULT, SET NOT NULL, DROP DEFAULT, DROP NOT NULL, COMMENT, FIRST,"
            + " AFTER, BEFORE or LAST");
  }

  private void one(TableName path) {
    SqlToken verb = reader.peek();
    if (reader.accept("set", "data", "type") || reader.accept("type")) {
      alterations.add(new TableAlteration.SetType(path, type(), verb.start()));
      SqlToken next = reader.peek();
      if (next.is("using")) {
        throw reader.source().unsupported(next.start(), "ALTER COLUMN ... TYPE ... USING");
      }
    } else if (reader.accept("set", "default")) {
      Slice value =
          ColumnConstraints.defaultValue(
              reader, "first", "last", "after", "before", "set", "drop", "type");
      alterations.add(new TableAlteration.SetDefault(path, value));
    } else if (reader.accept("drop", "default")) {
      alterations.add(new TableAlteration.SetDefault(path, null));
    } else if (reader.accept("set", "not", "null")) {
      alterations.add(new TableAlteration.SetNotNull(path, true));
    } else if (reader.accept("drop", "not", "null")) {
      alterations.add(new TableAlteration.SetNotNull(path, false));
    } else if (reader.accept("comment")) {
      alterations.add(new TableAlteration.CommentColumn(path, comment()));
    } else if (ColumnAlterationParser.isPlace(verb)) {
      alterations.add(new TableAlteration.MoveColumn(path, ColumnAlterationParser.place(reader)));
    } else {
      throw expected();
    }
  }

  private SqlType type() {
    ColumnConstraints.refuseSerial(reader);
    return new TypeParser(reader).type();
  }

  private @Nullable String comment() {
    return reader.accept("null") ? null : reader.string("a comment in quotes");
  }

  /** Hive's {@code CHANGE [COLUMN] old new type [COMMENT ...] [FIRST | AFTER ...]}. */
  private void change() {
    TableName path = reader.name("column");
    SqlToken to = reader.simpleName("column");
    int typeOffset = reader.peek().start();
    alterations.add(new TableAlteration.SetType(path, type(), typeOffset));
    while (!reader.atEnd() && !reader.peek().isSymbol(",")) {
      one(path);
    }
    if (!to.value().equals(path.last().text())) {
      alterations.add(new TableAlteration.RenameColumn(path, AlterTableParser.part(to)));
    }
  }
}
