package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableAlteration;
import dev.frazil.plan.parser.TableName;
import dev.frazil.type.TypeMapping;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** ADD, DROP and RENAME COLUMN. */
final class ColumnChanges {
  private final SqlText source;
  private final TableIdentifier identifier;
  private final Table table;
  private final ColumnPath paths;

  ColumnChanges(StatementContext context, TableIdentifier identifier, Table table) {
    this.source = context.parsed().source();
    this.identifier = identifier;
    this.table = table;
    this.paths = new ColumnPath(identifier, table.schema(), source);
  }

  List<TableChange> add(TableAlteration.AddColumn add) {
    TableName path = add.path();
    List<Types.NestedField> siblings = paths.siblings(path);
    String name = path.last().text();
    if (ColumnPath.among(siblings, name) != null) {
      if (add.ifNotExists()) {
        return List.of();
      }
      throw duplicate(path, name);
    }
    @Nullable String parent = parent(path);
    Type type = TypeMapping.toIceberg(add.definition().type());
    FormatVersionTypes.check(
        Types.NestedField.optional(1, name, type), type, TableUtil.formatVersion(table));
    @Nullable String comment = add.definition().comment();
    return List.of(
        new TableChange.Update(now -> now.updateSchema().addColumn(parent, name, type, comment)));
  }

  List<TableChange> drop(TableAlteration.DropColumn drop) {
    if (drop.ifExists() && paths.find(drop.path()) == null) {
      return List.of();
    }
    String column = paths.fullName(paths.require(drop.path()));
    return List.of(new TableChange.Update(now -> now.updateSchema().deleteColumn(column)));
  }

  List<TableChange> rename(TableAlteration.RenameColumn rename) {
    Types.NestedField field = paths.require(rename.path());
    String name = rename.to().text();
    Types.NestedField there = ColumnPath.among(paths.siblings(rename.path()), name);
    if (there != null && there.fieldId() != field.fieldId()) {
      throw duplicate(rename.path(), name);
    }
    String column = paths.fullName(field);
    return List.of(new TableChange.Update(now -> now.updateSchema().renameColumn(column, name)));
  }

  /** The name of what a path lies in; null for a column of the table itself. */
  private @Nullable String parent(TableName path) {
    List<TableName.Part> parts = path.parts();
    return parts.size() == 1
        ? null
        : paths.fullName(
            paths.require(new TableName(parts.subList(0, parts.size() - 1), path.offset())));
  }

  private EngineException duplicate(TableName path, String name) {
    return new EngineException(
        SqlState.DUPLICATE_COLUMN,
        "table "
            + identifier
            + " has a column \""
            + name
            + "\" already ("
            + source.position(path.offset())
            + ")");
  }
}
