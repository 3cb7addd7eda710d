package dev.frazil.plan.parser;

import dev.frazil.plan.parser.TableAlteration.OrderField;
import dev.frazil.plan.parser.TableName.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * ALTER TABLE, after these words: the forms of ISO, PostgreSQL and Trino, and those of Spark with
 * Iceberg's extensions. Several alterations stand with commas between.
 */
final class AlterTableParser {
  /** What an alteration begins with. */
  static final Set<String> VERBS =
      Set.of(
          "add", "alter", "change", "drop", "execute", "rename", "replace", "set", "unset",
          "write");

  private final TokenReader reader;
  private final List<TableAlteration> alterations = new ArrayList<>();

  AlterTableParser(TokenReader reader) {
    this.reader = reader;
  }

  ParsedStatement alterTable() {
    boolean ifExists = reader.accept("if", "exists");
    TableName table = reader.name("table");
    if (!ifExists && reader.peek().is("execute")) {
      return new CallParser(reader).execute(table);
    }
    do {
      alteration();
    } while (reader.acceptSymbol(","));
    reader.expectEnd();
    return new ParsedStatement.AlterTable(table, ifExists, alterations);
  }

  private void alteration() {
    SqlToken verb = reader.peek();
    if (ReferenceParser.isNext(reader)) {
      new ReferenceParser(reader, alterations).read();
      return;
    }
    switch (verb.kind() == SqlToken.Kind.WORD ? verb.value() : "") {
      case "rename" -> rename();
      case "add" -> add();
      case "drop" -> drop();
      case "alter", "change" -> new ColumnActionParser(reader, alterations).action();
      case "replace" -> replace();
      case "set" -> set();
      case "unset" -> {
        reader.expect("unset");
        reader.expect(reader.peek().is("properties") ? "properties" : "tblproperties");
        new TablePropertyParser(reader, alterations).unset();
      }
      case "write" -> write();
      case "create", "execute", "owner", "enable", "disable", "validate", "attach", "detach" ->
          throw unsupported();
      default -> throw reader.expected("an alteration such as ADD COLUMN or RENAME TO");
    }
  }

  private RuntimeException unsupported() {
    SqlToken verb = reader.peek();
    return reader
        .source()
        .unsupported(
            verb.start(),
            "ALTER TABLE ... "
                + verb.value().toUpperCase(Locale.ROOT)
                + " "
                + reader.peek(1).value().toUpperCase(Locale.ROOT));
  }

  private void rename() {
    if (reader.peek(1).is("constraint")) {
      throw unsupported();
    }
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

  private void add() {
    SqlToken what = reader.peek(1);
    if (what.is("partition")) {
      if (!reader.peek(2).is("field")) {
        throw unsupported();
      }
      reader.expect("add", "partition", "field");
      alterations.add(
          new TableAlteration.AddPartitionField(PartitionTransform.read(reader), fieldName()));
      return;
    }
    boolean constraint =
        what.is("constraint")
            || what.is("check")
            || (what.is("primary") && reader.peek(2).is("key"))
            || (what.is("unique") && reader.peek(2).isSymbol("("))
            || (what.is("foreign") && reader.peek(2).is("key"));
    if (constraint) {
      reader.expect("add");
      addConstraint();
    } else {
      new ColumnAlterationParser(reader, alterations).add();
    }
  }

  private void addConstraint() {
    if (reader.peek().is("check")
        || (reader.peek().is("constraint") && reader.peek(2).is("check"))) {
      alterations.add(new TableAlteration.AddCheck(ColumnAlterationParser.check(reader)));
      return;
    }
    if (reader.accept("constraint")) {
      reader.simpleName("constraint");
    }
    SqlToken what = reader.peek();
    if (reader.accept("primary", "key")) {
      List<Part> columns = DataChangeParser.columnList(reader);
      alterations.add(new TableAlteration.AddPrimaryKey(columns, enforced(), what.start()));
    } else if (reader.accept("unique")) {
      List<Part> columns = DataChangeParser.columnList(reader);
      if (!enforced()) {
        throw reader.source().unsupported(what.start(), "UNIQUE ... NOT ENFORCED");
      }
      alterations.add(new TableAlteration.AddUnique(columns, what.start()));
    } else if (what.is("foreign")) {
      throw reader.source().unsupported(what.start(), "the constraint FOREIGN KEY");
    } else {
      throw reader.expected("PRIMARY KEY, UNIQUE or CHECK");
    }
  }

  private boolean enforced() {
    if (reader.accept("not", "enforced")) {
      return false;
    }
    reader.accept("enforced");
    return true;
  }

  private void drop() {
    SqlToken verb = reader.peek();
    SqlToken what = reader.peek(1);
    if (what.is("partition")) {
      if (!reader.peek(2).is("field")) {
        throw unsupported();
      }
      reader.expect("drop", "partition", "field");
      alterations.add(new TableAlteration.DropPartitionField(PartitionTransform.read(reader)));
    } else if (reader.accept("drop", "identifier", "fields")) {
      alterations.add(
          new TableAlteration.DropIdentifierFields(
              ColumnAlterationParser.columns(reader), verb.start()));
    } else if (reader.accept("drop", "primary", "key")) {
      alterations.add(new TableAlteration.DropConstraint(null, false, verb.start()));
    } else if (reader.accept("drop", "constraint")) {
      boolean ifExists = reader.accept("if", "exists");
      Part name = part(reader.simpleName("constraint"));
      if (!reader.accept("cascade")) {
        reader.accept("restrict");
      }
      alterations.add(new TableAlteration.DropConstraint(name, ifExists, verb.start()));
    } else {
      new ColumnAlterationParser(reader, alterations).drop();
    }
  }

  private void replace() {
    if (!reader.peek(1).is("partition") || !reader.peek(2).is("field")) {
      throw unsupported();
    }
    reader.expect("replace", "partition", "field");
    PartitionTransform old = PartitionTransform.read(reader);
    reader.expect("with");
    alterations.add(
        new TableAlteration.ReplacePartitionField(
            old, PartitionTransform.read(reader), fieldName()));
  }

  private @Nullable Part fieldName() {
    return reader.accept("as") ? part(reader.simpleName("partition field")) : null;
  }

  private void set() {
    SqlToken verb = reader.peek();
    if (reader.accept("set", "properties") || reader.accept("set", "tblproperties")) {
      new TablePropertyParser(reader, alterations).set();
    } else if (reader.accept("set", "identifier", "fields")) {
      alterations.add(
          new TableAlteration.SetIdentifierFields(
              ColumnAlterationParser.columns(reader), verb.start()));
    } else if (reader.accept("set", "schema")) {
      alterations.add(new TableAlteration.SetSchema(reader.name("schema")));
    } else {
      throw unsupported();
    }
  }

  /** {@code WRITE [DISTRIBUTED BY PARTITION] [LOCALLY] [ORDERED BY ... | UNORDERED]}. */
  private void write() {
    reader.expect("write");
    boolean distributed = reader.accept("distributed", "by", "partition");
    boolean locally = reader.peek().is("locally") && reader.accept("locally");
    List<OrderField> order = new ArrayList<>();
    String distribution = "none";
    if (reader.peek().is("ordered")) {
      reader.expect("ordered", "by");
      do {
        order.add(new TableLayoutParser(reader).orderField());
      } while (continuesOrder());
      distribution = locally ? "none" : "range";
    } else if (locally || (!reader.accept("unordered") && !distributed)) {
      throw reader.expected(
          "ORDERED BY, LOCALLY ORDERED BY, UNORDERED or DISTRIBUTED BY PARTITION");
    }
    distributed |= reader.accept("distributed", "by", "partition");
    alterations.add(new TableAlteration.SetWriteOrder(order, distributed ? "hash" : distribution));
  }

  private boolean continuesOrder() {
    SqlToken next = reader.peek(1);
    boolean isField = next.isName() && !(VERBS.contains(next.value()) && reader.peek(2).isName());
    return reader.peek().isSymbol(",") && isField && reader.acceptSymbol(",");
  }

  static Part part(SqlToken token) {
    return new Part(token.value(), token.kind() == SqlToken.Kind.QUOTED);
  }
}
