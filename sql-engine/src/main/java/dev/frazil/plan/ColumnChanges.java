package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedStatement.ColumnDefinition;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableAlteration;
import dev.frazil.plan.parser.TableName;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** ADD, DROP and RENAME COLUMN. */
final class ColumnChanges {
  /** The first version of tables whose fields have a value for rows that are older than them. */
  private static final int INITIAL_DEFAULT_VERSION = 3;

  private final StatementContext context;
  private final SqlText source;
  private final AlteredTable target;
  private final Table table;
  private final ColumnPath paths;

  ColumnChanges(StatementContext context, AlteredTable target) {
    this.context = context;
    this.source = context.parsed().source();
    this.target = target;
    this.table = target.table();
    this.paths = target.paths();
  }

  /**
   * A default that is a constant becomes what older rows read, where the format has a place for
   * that; otherwise they are written anew with it.
   */
  List<TableChange> add(TableAlteration.AddColumn add) {
    TableName path = add.path();
    List<Types.NestedField> siblings = paths.siblings(path);
    String name = path.last().text();
    @Nullable String parent = parent(path);
    if (ColumnPath.among(siblings, name) != null) {
      if (add.ifNotExists()) {
        return List.of();
      }
      throw duplicate(path, name);
    }
    requireOrdinaryName(path, name);
    ColumnDefinition column = add.definition();
    Type type = TypeMapping.toIceberg(column.type());
    FormatVersionTypes.check(
        Types.NestedField.optional(1, name, type), type, TableUtil.formatVersion(table));
    DefaultPlanner value = DefaultPlanner.of(context, column, type);
    boolean hasDefault = value.constant() != null || value.expression() != null;
    if (hasDefault && parent != null) {
      throw source.unsupported(path.offset(), "DEFAULT of a field of a row");
    }
    boolean isInitial =
        value.constant() != null && TableUtil.formatVersion(table) >= INITIAL_DEFAULT_VERSION;
    boolean isRequired = column.notNull() && (isInitial || !hasDefault);
    String fullName = parent == null ? name : parent + "." + name;
    @Nullable String beside = place(add.place(), siblings, path, parent);
    List<TableChange> changes = new ArrayList<>();
    if (column.notNull()) {
      target.requireNoBranches("ADD COLUMN ... NOT NULL", source, path.offset());
    }
    if (column.notNull() && !hasDefault) {
      changes.add(
          target.require(
              "",
              SqlState.NOT_NULL_VIOLATION,
              "the column '"
                  + name
                  + "' would be NOT NULL without a value for the rows that the table has; give it a"
                  + " DEFAULT"));
    }
    @Nullable Literal<?> initial = isInitial ? value.constant() : null;
    changes.add(
        new TableChange.Update(
            now -> {
              UpdateSchema update = now.updateSchema();
              if (isRequired) {
                update.allowIncompatibleChanges();
                update.addRequiredColumn(parent, name, type, column.comment(), initial);
              } else {
                update.addColumn(parent, name, type, column.comment(), initial);
              }
              if (initial == null && value.constant() != null) {
                update.updateColumnDefault(fullName, value.constant());
              }
              return move(update, fullName, add.place(), beside);
            }));
    if (value.expression() != null) {
      String expression = value.expression();
      changes.add(
          new TableChange.Update(
              now ->
                  now.updateProperties()
                      .set(
                          DefaultValues.PREFIX + now.schema().findField(fullName).fieldId(),
                          expression)));
    }
    if (hasDefault && !isInitial) {
      changes.addAll(fill(name));
      if (column.notNull()) {
        changes.addAll(target.requireColumn(List.of(name), fullName));
      }
    }
    return changes;
  }

  /** Writes all files of all branches anew, so that each one has the column. */
  private List<TableChange> fill(String name) {
    String mode = TableProperties.UPDATE_MODE;
    @Nullable String before = table.properties().get(mode);
    List<TableChange> changes = new ArrayList<>();
    changes.add(new TableChange.Update(now -> now.updateProperties().set(mode, "copy-on-write")));
    for (String branch : target.branches()) {
      changes.add(
          new TableChange.Fill(
              branch,
              "UPDATE "
                  + target.text()
                  + (branch.equals(SnapshotRef.MAIN_BRANCH)
                      ? ""
                      : " @ " + AlteredTable.quoted(branch))
                  + " SET "
                  + AlteredTable.quoted(name)
                  + " = DEFAULT"));
    }
    changes.add(
        new TableChange.Update(
            now ->
                before == null
                    ? now.updateProperties().remove(mode)
                    : now.updateProperties().set(mode, before)));
    return changes;
  }

  /** The name of the column to stand beside; null for none. */
  private @Nullable String place(
      TableAlteration.@Nullable Place place,
      List<Types.NestedField> siblings,
      TableName path,
      @Nullable String parent) {
    if (place == null) {
      return null;
    } else if (place.sibling() == null) {
      return fullName(parent, siblings.get(place.before() ? 0 : siblings.size() - 1));
    }
    Types.NestedField beside = ColumnPath.among(siblings, place.sibling().text());
    if (beside == null) {
      throw new EngineException(
          SqlState.UNDEFINED_COLUMN,
          "there is no column \""
              + place.sibling().text()
              + "\" to stand beside ("
              + source.position(path.offset())
              + ")"
              + NearestNames.hint(
                  place.sibling().text(), siblings.stream().map(Types.NestedField::name).toList()));
    }
    return fullName(parent, beside);
  }

  private static String fullName(@Nullable String parent, Types.NestedField field) {
    return parent == null ? field.name() : parent + "." + field.name();
  }

  private static UpdateSchema move(
      UpdateSchema update,
      String column,
      TableAlteration.@Nullable Place place,
      @Nullable String beside) {
    if (place == null || beside == null || beside.equals(column)) {
      return update;
    }
    return place.before() ? update.moveBefore(column, beside) : update.moveAfter(column, beside);
  }

  List<TableChange> move(TableAlteration.MoveColumn move) {
    Types.NestedField field = paths.require(move.path());
    @Nullable String parent = parent(move.path());
    @Nullable String beside = place(move.place(), paths.siblings(move.path()), move.path(), parent);
    String column = paths.fullName(field);
    if (column.equals(beside)) {
      if (move.place().sibling() == null) {
        return List.of(); // it is first, or last, already
      }
      throw source.syntaxError(move.path().offset(), "a column cannot stand beside itself");
    }
    return List.of(
        new TableChange.Update(now -> move(now.updateSchema(), column, move.place(), beside)));
  }

  List<TableChange> drop(TableAlteration.DropColumn drop) {
    if (drop.ifExists() && paths.find(drop.path()) == null) {
      return List.of();
    }
    Types.NestedField field = paths.require(drop.path());
    parent(drop.path());
    if (paths.siblings(drop.path()).size() == 1) {
      throw source.unsupported(
          drop.path().offset(), "dropping the last column, or the last field of a row");
    }
    String column = paths.fullName(field);
    DependentObjects dependent = new DependentObjects(context, target);
    List<TableChange> changes = new ArrayList<>(dependent.dropped(field, column, drop));
    changes.add(new TableChange.Update(now -> now.updateSchema().deleteColumn(column)));
    return changes;
  }

  List<TableChange> rename(TableAlteration.RenameColumn rename) {
    Types.NestedField field = paths.require(rename.path());
    parent(rename.path());
    String name = rename.to().text();
    if (name.equals(field.name())) {
      return List.of();
    }
    boolean isTaken =
        paths.siblings(rename.path()).stream()
            .anyMatch(
                other -> other.fieldId() != field.fieldId() && other.name().equalsIgnoreCase(name));
    if (isTaken) {
      throw duplicate(rename.path(), name);
    }
    requireOrdinaryName(rename.path(), name);
    String column = paths.fullName(field);
    List<TableChange> changes = new ArrayList<>();
    changes.add(new TableChange.Update(now -> now.updateSchema().renameColumn(column, name)));
    changes.addAll(new DependentObjects(context, target).renamed(field, column, name));
    return changes;
  }

  /** The name of the row that a path lies in; null for a column of the table itself. */
  private @Nullable String parent(TableName path) {
    List<TableName.Part> parts = path.parts();
    if (parts.size() == 1) {
      return null;
    }
    TableName inside = new TableName(parts.subList(0, parts.size() - 1), path.offset());
    Types.NestedField parent = paths.require(inside);
    if (!parent.type().isStructType()) {
      throw new EngineException(
          SqlState.DATATYPE_MISMATCH,
          "\""
              + inside.describe()
              + "\" is "
              + TypeMapping.toSql(parent.type()).sqlName()
              + ", not a row whose fields can change ("
              + source.position(path.offset())
              + "); the rows of an array are its .element, those of a map its .value");
    }
    return paths.fullName(parent);
  }

  /** Refuses the names of columns that every table has. */
  private void requireOrdinaryName(TableName path, String name) {
    if (path.parts().size() == 1 && MetadataColumns.isMetadataColumn(name)) {
      throw new EngineException(
          SqlState.DUPLICATE_COLUMN,
          "\""
              + name
              + "\" is the name of a metadata column, which every table has ("
              + source.position(path.offset())
              + ")");
    }
  }

  private EngineException duplicate(TableName path, String name) {
    return new EngineException(
        SqlState.DUPLICATE_COLUMN,
        "table "
            + target.identifier()
            + " has a column \""
            + name
            + "\" already ("
            + source.position(path.offset())
            + ")");
  }
}
