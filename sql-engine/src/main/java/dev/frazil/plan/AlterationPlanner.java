package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.parser.TableAlteration;
import dev.frazil.plan.parser.TableName;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** Plans one alteration of a table, on what those before it made of the table. */
final class AlterationPlanner {
  private final StatementContext context;
  private final AlteredTable target;

  AlterationPlanner(StatementContext context, TableIdentifier identifier, Table table) {
    this.context = context;
    this.target =
        new AlteredTable(
            identifier,
            table,
            new ColumnPath(identifier, table.schema(), context.parsed().source()));
  }

  /** The statement, its table found; 42P01, 0A000 for a metadata table. */
  static PlannedStatement.AlterTable statement(
      StatementContext context, TableName name, boolean ifExists, List<TableAlteration> all) {
    TableNames names = context.names();
    if (ifExists && names.find(name.texts()) == null && names.findViewName(name.texts()) == null) {
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

  /**
   * COMMENT ON COLUMN: the longest part of the name that is a table or view, and a column of it.
   */
  static PlannedStatement commentOnColumn(
      StatementContext context, TableName name, @Nullable String comment) {
    for (int parts = name.parts().size() - 1; parts > 0; parts--) {
      List<String> relation = name.texts().subList(0, parts);
      if (context.names().find(relation) != null) {
        return commentOnColumn(context, name, parts, comment);
      } else if (context.names().findViewName(relation) != null) {
        return new PlannedStatement.ChangeView(
            new ViewPlanner(context).commentOnColumn(name, parts, comment));
      }
    }
    return commentOnColumn(context, name, 1, comment);
  }

  private static PlannedStatement.AlterTable commentOnColumn(
      StatementContext context, TableName name, int parts, @Nullable String comment) {
    List<TableName.Part> all = name.parts();
    TableName column = new TableName(all.subList(parts, all.size()), name.offset());
    return statement(
        context,
        new TableName(all.subList(0, parts), name.offset()),
        false,
        List.of(new TableAlteration.CommentColumn(column, comment)));
  }

  List<TableChange> plan(TableAlteration alteration) {
    if (alteration instanceof TableAlteration.RenameTable rename) {
      return rename(context.names().identifierToCreate(rename.to(), context.parsed().source()));
    } else if (alteration instanceof TableAlteration.SetSchema set) {
      Namespace schema = context.names().requireSchema(set.schema(), context.parsed().source());
      return rename(TableIdentifier.of(schema, target.identifier().name()));
    } else if (alteration instanceof TableAlteration.AddColumn add) {
      return new ColumnChanges(context, target).add(add);
    } else if (alteration instanceof TableAlteration.DropColumn drop) {
      return new ColumnChanges(context, target).drop(drop);
    } else if (alteration instanceof TableAlteration.RenameColumn rename) {
      return new ColumnChanges(context, target).rename(rename);
    } else if (alteration instanceof TableAlteration.MoveColumn move) {
      return new ColumnChanges(context, target).move(move);
    } else if (alteration instanceof TableAlteration.SetType set) {
      return new ColumnActions(context, target).type(set);
    } else if (alteration instanceof TableAlteration.SetDefault set) {
      return new ColumnActions(context, target).defaultValue(set);
    } else if (alteration instanceof TableAlteration.SetNotNull set) {
      return new ColumnActions(context, target).notNull(set);
    } else if (alteration instanceof TableAlteration.CommentColumn set) {
      return new ColumnActions(context, target).comment(set);
    } else if (alteration instanceof TableAlteration.CommentTable set) {
      return new PropertyChanges(target).comment(set);
    } else if (alteration instanceof TableAlteration.SetProperties set) {
      return new PropertyChanges(target).set(set);
    } else if (alteration instanceof TableAlteration.UnsetProperties unset) {
      return new PropertyChanges(target).unset(unset);
    } else if (alteration instanceof TableAlteration.AddPartitionField add) {
      return new LayoutChanges(context, target).add(add);
    } else if (alteration instanceof TableAlteration.DropPartitionField drop) {
      return new LayoutChanges(context, target).drop(drop);
    } else if (alteration instanceof TableAlteration.ReplacePartitionField replace) {
      return new LayoutChanges(context, target).replace(replace);
    } else if (alteration instanceof TableAlteration.SetPartitioning set) {
      return new LayoutChanges(context, target).set(set);
    } else if (alteration instanceof TableAlteration.SetWriteOrder set) {
      return new LayoutChanges(context, target).order(set);
    } else if (alteration instanceof TableAlteration.SetIdentifierFields set) {
      return new ConstraintChanges(context, target).setIdentifierFields(set);
    } else if (alteration instanceof TableAlteration.DropIdentifierFields drop) {
      return new ConstraintChanges(context, target).dropIdentifierFields(drop);
    } else if (alteration instanceof TableAlteration.AddPrimaryKey add) {
      return new ConstraintChanges(context, target).addPrimaryKey(add);
    } else if (alteration instanceof TableAlteration.AddUnique add) {
      return new ConstraintChanges(context, target).addUnique(add);
    } else if (alteration instanceof TableAlteration.AddCheck add) {
      return new ConstraintChanges(context, target).addCheck(add);
    } else if (alteration instanceof TableAlteration.DropConstraint drop) {
      return new ConstraintChanges(context, target).drop(drop);
    }
    ReferenceChanges references =
        new ReferenceChanges(context, target.identifier(), target.table());
    if (alteration instanceof TableAlteration.SetReference set) {
      return references.set(set);
    } else if (alteration instanceof TableAlteration.DropReference drop) {
      return references.drop(drop);
    }
    throw EngineException.internal("no plan for " + alteration.getClass().getSimpleName());
  }

  private List<TableChange> rename(TableIdentifier to) {
    if (to.equals(target.identifier())) {
      return List.of();
    }
    List<TableChange> changes = new ArrayList<>(new DependentObjects(context, target).renamed(to));
    changes.add(new TableChange.Rename(to));
    return changes;
  }
}
