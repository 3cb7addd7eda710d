package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedStatement.CheckDefinition;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableAlteration;
import dev.frazil.plan.parser.TableName.Part;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Keys and checks that ALTER TABLE adds and drops; the rows that are there have to keep them. */
final class ConstraintChanges {
  private final StatementContext context;
  private final SqlText source;
  private final AlteredTable target;
  private final Table table;

  ConstraintChanges(StatementContext context, AlteredTable target) {
    this.context = context;
    this.source = context.parsed().source();
    this.target = target;
    this.table = target.table();
  }

  // ---- keys

  List<TableChange> addPrimaryKey(TableAlteration.AddPrimaryKey add) {
    if (!table.schema().identifierFieldIds().isEmpty()) {
      throw wrong("has a primary key already: DROP PRIMARY KEY first", add.offset());
    }
    List<Types.NestedField> key = columns(add.columns(), add.offset(), "a primary key");
    List<TableChange> changes = new ArrayList<>();
    for (Types.NestedField column : key) {
      if (column.isOptional()) {
        changes.addAll(target.requireColumn(List.of(column.name()), column.name()));
      }
    }
    if (add.enforced()) {
      changes.add(requireUnique(key, "the primary key"));
    }
    changes.addAll(setIdentifiers(key, add.enforced()));
    return changes;
  }

  /** Declares the fields; that they are unique is kept only where they are the key already. */
  List<TableChange> setIdentifierFields(TableAlteration.SetIdentifierFields set) {
    List<Types.NestedField> key = columns(set.columns(), set.offset(), "an identifier");
    for (Types.NestedField column : key) {
      if (column.isOptional()) {
        throw wrong(
            "has nulls in column \""
                + column.name()
                + "\", which an identifier field has not: SET NOT NULL first",
            set.offset());
      }
    }
    Set<Integer> ids = key.stream().map(Types.NestedField::fieldId).collect(Collectors.toSet());
    return setIdentifiers(
        key,
        Boolean.parseBoolean(table.properties().get(UniqueKey.PRIMARY_KEY_ENFORCED))
            && table.schema().identifierFieldIds().equals(ids));
  }

  List<TableChange> dropIdentifierFields(TableAlteration.DropIdentifierFields drop) {
    List<Types.NestedField> kept = new ArrayList<>(UniqueKey.primaryKey(table));
    for (Types.NestedField column : columns(drop.columns(), drop.offset(), "an identifier")) {
      if (!kept.remove(column)) {
        throw new EngineException(
            SqlState.UNDEFINED_OBJECT,
            "column \""
                + column.name()
                + "\" of table "
                + target.identifier()
                + " is no identifier field ("
                + source.position(drop.offset())
                + ")");
      }
    }
    return setIdentifiers(kept, false);
  }

  List<TableChange> dropPrimaryKey() {
    return setIdentifiers(List.of(), false);
  }

  private static List<TableChange> setIdentifiers(List<Types.NestedField> key, boolean enforced) {
    List<String> names = key.stream().map(Types.NestedField::name).toList();
    return List.of(
        new TableChange.Update(
            now -> {
              UpdateSchema update = now.updateSchema();
              return update.setIdentifierFields(names);
            }),
        new TableChange.Update(
            now -> {
              UpdateProperties update = now.updateProperties();
              @Nullable String order = UniqueKey.order(now.schema(), names);
              put(update, UniqueKey.PRIMARY_KEY_ENFORCED, enforced ? "true" : null);
              put(update, UniqueKey.PRIMARY_KEY_ORDER, order);
              return update;
            }));
  }

  private static void put(UpdateProperties update, String key, @Nullable String value) {
    if (value == null) {
      update.remove(key);
    } else {
      update.set(key, value);
    }
  }

  List<TableChange> addUnique(TableAlteration.AddUnique add) {
    List<Types.NestedField> key = columns(add.columns(), add.offset(), "a unique key");
    String ids =
        key.stream()
            .map(column -> String.valueOf(column.fieldId()))
            .collect(Collectors.joining(","));
    @Nullable String before = table.properties().get(UniqueKey.UNIQUE_KEYS);
    List<String> keys = new ArrayList<>();
    if (before != null && !before.isBlank()) {
      keys.addAll(List.of(before.split(";", -1)));
    }
    if (keys.contains(ids)) {
      throw wrong("has this unique key already", add.offset());
    }
    keys.add(ids);
    return List.of(
        requireUnique(key, "a unique key"),
        new TableChange.Update(
            now -> now.updateProperties().set(UniqueKey.UNIQUE_KEYS, String.join(";", keys))));
  }

  TableChange dropUnique(UniqueKey key) {
    List<String> ids =
        UniqueKey.unique(table).stream()
            .filter(other -> !other.equals(key))
            .map(
                other ->
                    other.columns().stream()
                        .map(column -> String.valueOf(column.fieldId()))
                        .collect(Collectors.joining(",")))
            .toList();
    return new TableChange.Update(
        now -> {
          UpdateProperties update = now.updateProperties();
          put(update, UniqueKey.UNIQUE_KEYS, ids.isEmpty() ? null : String.join(";", ids));
          return update;
        });
  }

  private TableChange requireUnique(List<Types.NestedField> key, String what) {
    List<String> names =
        key.stream().map(column -> AlteredTable.reference(List.of(column.name()))).toList();
    return target.require(
        names.stream().map(name -> name + " IS NOT NULL").collect(Collectors.joining(" AND "))
            + " GROUP BY "
            + String.join(", ", names)
            + " HAVING count(*) > 1",
        SqlState.UNIQUE_VIOLATION,
        "it holds values of "
            + what
            + " "
            + key.stream().map(Types.NestedField::name).toList()
            + " more than once");
  }

  /** Columns of the table, fit for a key, each once. */
  private List<Types.NestedField> columns(List<Part> names, int offset, String key) {
    List<Types.NestedField> columns = new ArrayList<>();
    for (Part name : names) {
      Types.NestedField column = target.paths().requireTop(name, offset);
      if (columns.contains(column)) {
        throw new EngineException(
            SqlState.DUPLICATE_COLUMN,
            "column \"" + name.text() + "\" is named twice (" + source.position(offset) + ")");
      }
      NewTableProperties.requireKeyType(column.name(), TypeMapping.toSql(column.type()), key);
      columns.add(column);
    }
    return columns;
  }

  private EngineException wrong(String problem, int offset) {
    return new EngineException(
        SqlState.INVALID_TABLE_DEFINITION,
        "table " + target.identifier() + " " + problem + " (" + source.position(offset) + ")");
  }

  // ---- checks

  List<TableChange> addCheck(TableAlteration.AddCheck add) {
    String name = add.check().name();
    int offset = context.parsed().offset(add.check().condition());
    String table = target.identifier().name();
    for (int i = 1; name == null; i++) {
      String candidate = table + "_check" + (i == 1 ? "" : i);
      name = findCheck(candidate) == null ? candidate : null;
    }
    if (findCheck(name) != null) {
      throw wrong("has a constraint \"" + name + "\" already", offset);
    }
    Schema schema = this.table.schema();
    Map<String, String> properties =
        CheckPlanner.properties(
            context, List.of(new CheckDefinition(name, add.check().condition())), table, schema);
    String property = TableCheck.PREFIX + name;
    String condition = String.valueOf(properties.get(property));
    return List.of(
        target.requireNone(
            table,
            " WHERE NOT (" + condition + "\n)",
            SqlState.CHECK_VIOLATION,
            "a row does not satisfy the constraint \"" + name + "\": CHECK (" + condition + ")"),
        new TableChange.Update(now -> now.updateProperties().set(property, condition)));
  }

  /** The name of a check, exact first; null without one. */
  private @Nullable String findCheck(String name) {
    @Nullable String insensitive = null;
    for (String key : new TreeSet<>(table.properties().keySet())) {
      if (key.equals(TableCheck.PREFIX + name)) {
        return name;
      }
      if (key.equalsIgnoreCase(TableCheck.PREFIX + name)) {
        insensitive = key.substring(TableCheck.PREFIX.length());
      }
    }
    return insensitive;
  }

  /** By the name of a check, or the one that metadata calls show for a key. */
  List<TableChange> drop(TableAlteration.DropConstraint drop) {
    Part name = drop.name();
    List<UniqueKey> unique = UniqueKey.unique(table);
    if (name == null || isPrimaryKey(name)) {
      if (!table.schema().identifierFieldIds().isEmpty()) {
        return dropPrimaryKey();
      }
    } else if (findCheck(name.text()) != null) {
      String check = TableCheck.PREFIX + findCheck(name.text());
      return List.of(new TableChange.Update(now -> now.updateProperties().remove(check)));
    } else {
      List<String> names = TableLayout.uniqueKeyNames(target.identifier().name(), table);
      for (int i = 0; i < unique.size(); i++) {
        if (names.get(i).equalsIgnoreCase(name.text())) {
          return List.of(dropUnique(unique.get(i)));
        }
      }
    }
    if (drop.ifExists()) {
      return List.of();
    }
    throw new EngineException(
        SqlState.UNDEFINED_OBJECT,
        "table "
            + target.identifier()
            + " has no "
            + (name == null ? "primary key" : "constraint \"" + name.text() + "\"")
            + " ("
            + source.position(drop.offset())
            + ")");
  }

  private boolean isPrimaryKey(Part name) {
    return name.text().equalsIgnoreCase(TableLayout.primaryKeyName(target.identifier().name()));
  }
}
