package dev.frazil.plan.parser;

import dev.frazil.plan.parser.TableName.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * ALTER TABLE, after these words: the forms of ISO, PostgreSQL and Trino, and those of Spark with
 * Iceberg's extensions. Several alterations stand with commas between.
 */
final class AlterTableParser {
  private final TokenReader reader;
  private final List<TableAlteration> alterations = new ArrayList<>();

  AlterTableParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement alterTable() {
    boolean ifExists = reader.accept("if", "exists");
    TableName table = reader.name("table");
    do {
      alteration();
    } while (reader.acceptSymbol(","));
    reader.expectEnd();
    return new ParsedStatement.AlterTable(table, ifExists, alterations);
  }

  private void alteration() {
    SqlToken verb = reader.peek();
    SqlToken what = reader.peek(1);
    switch (verb.kind() == SqlToken.Kind.WORD ? verb.value() : "") {
      case "rename" -> rename();
      case "add" -> new ColumnAlterationParser(reader, alterations).add();
      case "drop" -> new ColumnAlterationParser(reader, alterations).drop();
      case "create", "replace" ->
          throw reader
              .source()
              .unsupported(
                  verb.start(),
                  "ALTER TABLE ... "
                      + verb.value().toUpperCase(Locale.ROOT)
                      + " "
                      + what.value().toUpperCase(Locale.ROOT));
      default -> throw reader.expected("an alteration such as ADD COLUMN or RENAME TO");
    }
  }

  private void rename() {
    reader.expect("rename");
    if (reader.accept("to")) {
      alterations.add(new TableAlteration.RenameTable(reader.name("table")));
      return;
    }
    reader.accept("column");
    TableName path = reader.name("column");
    reader.expect("to");
    alterations.add(new TableAlteration.RenameColumn(path, part(reader.simpleName("column"))));
  }

  static Part part(SqlToken token) {
    return new Part(token.value(), token.kind() == SqlToken.Kind.QUOTED);
  }
}
