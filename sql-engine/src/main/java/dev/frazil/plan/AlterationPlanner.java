package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.parser.TableAlteration;
import dev.frazil.plan.parser.TableName;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** Plans one alteration of a table, on what those before it made of the table. */
final class AlterationPlanner {
  private final StatementContext context;
  private final TableIdentifier identifier;
  private final Table table;

  AlterationPlanner(StatementContext context, TableIdentifier identifier, Table table) {
    this.context = context;
    this.identifier = identifier;
    this.table = table;
  }

  /** The statement, its table found; 42P01, 0A000 for a metadata table. */
  static PlannedStatement.AlterTable statement(
      StatementContext context, TableName name, boolean ifExists, List<TableAlteration> all) {
    TableNames names = context.names();
    if (ifExists && names.find(name.texts()) == null) {
      return new PlannedStatement.AlterTable(
          names.identifierIfAbsent(name.texts()), List.of(), context.parsed());
    }
    TableNames.Found found = names.require(name, context.parsed().source());
    if (MetadataScan.isMetadata(found.table())) {
      throw context
          .parsed()
          .source()
          .unsupported(name.offset(), "a change of the metadata table " + name.last().text());
    }
    return new PlannedStatement.AlterTable(found.identifier(), all, context.parsed());
  }

  List<TableChange> plan(TableAlteration alteration) {
    ColumnChanges columns = new ColumnChanges(context, identifier, table);
    if (alteration instanceof TableAlteration.AddColumn add) {
      return columns.add(add);
    } else if (alteration instanceof TableAlteration.DropColumn drop) {
      return columns.drop(drop);
    } else if (alteration instanceof TableAlteration.RenameColumn rename) {
      return columns.rename(rename);
    }
    throw EngineException.internal("no plan for " + alteration.getClass().getSimpleName());
  }
}
