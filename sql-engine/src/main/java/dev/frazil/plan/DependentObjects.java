package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.SqlToken;
import dev.frazil.plan.parser.StatementParser;
import dev.frazil.plan.parser.TableAlteration;
import dev.frazil.plan.rule.Expressions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortField;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a column: checks, keys, partition fields and the sort order. They follow a new
 * name, and keep a column from being dropped (2BP01).
 */
final class DependentObjects {
  private static final String SELECT = "SELECT (";

  private final StatementContext context;
  private final AlteredTable target;
  private final Table table;

  DependentObjects(StatementContext context, AlteredTable target) {
    this.context = context;
    this.target = target;
    this.table = target.table();
  }

  /** What goes before a column does; 2BP01 for what has to go by a statement of its own. */
  List<TableChange> dropped(
      Types.NestedField field, String column, TableAlteration.DropColumn drop) {
    Set<Integer> ids = idsOf(field);
    for (PartitionField part : table.spec().fields()) {
      if (ids.contains(part.sourceId()) && !part.transform().isVoid()) {
        throw depends(
            column, "the partition field " + part.name(), "DROP PARTITION FIELD " + part.name());
      }
    }
    for (SortField part : table.sortOrder().fields()) {
      if (ids.contains(part.sourceId())) {
        throw depends(column, "the sort order", "WRITE UNORDERED, or another order,");
      }
    }
    List<TableChange> changes = new ArrayList<>();
    ConstraintChanges constraints = new ConstraintChanges(context, target);
    if (table.schema().identifierFieldIds().stream().anyMatch(ids::contains)) {
      requireCascade(drop, column, "the primary key");
      changes.addAll(constraints.dropPrimaryKey());
    }
    for (UniqueKey key : UniqueKey.unique(table)) {
      if (key.columns().stream().anyMatch(each -> ids.contains(each.fieldId()))) {
        requireCascade(drop, column, "the unique key " + key.names());
        changes.add(constraints.dropUnique(key));
      }
    }
    for (TableCheck check : using(column)) {
      requireCascade(drop, column, "the check \"" + check.name() + "\"");
      changes.add(
          new TableChange.Update(
              now -> now.updateProperties().remove(TableCheck.PREFIX + check.name())));
    }
    List<String> defaults =
        ids.stream()
            .map(id -> DefaultValues.PREFIX + id)
            .filter(table.properties()::containsKey)
            .toList();
    if (!defaults.isEmpty()) {
      changes.add(
          new TableChange.Update(
              now -> {
                UpdateProperties update = now.updateProperties();
                defaults.forEach(update::remove);
                return update;
              }));
    }
    return changes;
  }

  private void requireCascade(TableAlteration.DropColumn drop, String column, String what) {
    if (!drop.cascade()) {
      throw depends(column, what, "CASCADE, or DROP CONSTRAINT,");
    }
  }

  private EngineException depends(String column, String what, String remedy) {
    return new EngineException(
        SqlState.DEPENDENT_OBJECTS_EXIST,
        what
            + " of table "
            + target.identifier()
            + " uses the column \""
            + column
            + "\": "
            + remedy
            + " removes it");
  }

  private static Set<Integer> idsOf(Types.NestedField field) {
    Set<Integer> ids = new HashSet<>();
    ids.add(field.fieldId());
    Type type = field.type();
    if (type.isNestedType()) {
      for (Types.NestedField child : type.asNestedType().fields()) {
        ids.addAll(idsOf(child));
      }
    }
    return ids;
  }

  /** The checks that read a column, or the row that a field lies in. */
  private List<TableCheck> using(String column) {
    if (!TableCheck.guards(table)) {
      return List.of();
    }
    int index = topIndex(column);
    return context.checks(CatalogSchema.current(target.identifier(), table)).stream()
        .filter(check -> Expressions.references(check.condition()).get(index))
        .toList();
  }

  /** The place of the column that a full name begins with. */
  private int topIndex(String column) {
    Schema schema = table.schema();
    int id = schema.findField(column).fieldId();
    Map<Integer, Integer> parents = TypeUtil.indexParents(schema.asStruct());
    while (parents.get(id) != null) {
      id = parents.get(id);
    }
    return schema.columns().indexOf(schema.findField(id));
  }

  /** The checks that use a column, under its new name; 2BP01 for one that cannot follow. */
  List<TableChange> renamed(Types.NestedField field, String column, String name) {
    List<TableCheck> checks = using(column);
    if (checks.isEmpty()) {
      return List.of();
    }
    Schema schema = table.updateSchema().renameColumn(column, name).apply();
    BiPredicate<List<SqlToken>, Integer> isColumn =
        (tokens, i) ->
            tokens.get(i).isName()
                && tokens.get(i).value().equalsIgnoreCase(field.name())
                && !(i + 1 < tokens.size() && tokens.get(i + 1).isSymbol("("));
    return follow(checks, target.identifier(), schema, isColumn, name, "the column " + column);
  }

  /** The checks of a table under its new name. */
  List<TableChange> renamed(TableIdentifier to) {
    if (!TableCheck.guards(table)) {
      return List.of();
    }
    String old = target.identifier().name();
    List<TableCheck> checks = context.checks(CatalogSchema.current(target.identifier(), table));
    BiPredicate<List<SqlToken>, Integer> isTable =
        (tokens, i) ->
            tokens.get(i).isName()
                && tokens.get(i).value().equalsIgnoreCase(old)
                && i + 1 < tokens.size()
                && tokens.get(i + 1).isSymbol(".")
                && !(i > 0 && tokens.get(i - 1).isSymbol("."));
    return follow(checks, to, table.schema(), isTable, to.name(), "the table " + old);
  }

  private List<TableChange> follow(
      List<TableCheck> checks,
      TableIdentifier identifier,
      Schema schema,
      BiPredicate<List<SqlToken>, Integer> isOld,
      String name,
      String what) {
    Map<String, String> texts = new HashMap<>();
    for (TableCheck check : checks) {
      texts.put(TableCheck.PREFIX + check.name(), replaced(check.text(), isOld, name));
    }
    // The new text has to mean what the old one did.
    List<ScalarExpression> after;
    try {
      after =
          context.checks(target.with(identifier, schema, texts)).stream()
              .map(TableCheck::condition)
              .toList();
    } catch (EngineException e) {
      throw cannotFollow(checks, what, e);
    }
    if (!after.equals(checks.stream().map(TableCheck::condition).toList())) {
      throw cannotFollow(checks, what, null);
    }
    texts.values().removeAll(checks.stream().map(TableCheck::text).toList());
    if (texts.isEmpty()) {
      return List.of();
    }
    return List.of(
        new TableChange.Update(
            now -> {
              UpdateProperties update = now.updateProperties();
              texts.forEach(update::set);
              return update;
            }));
  }

  private EngineException cannotFollow(
      List<TableCheck> checks, String what, @Nullable Throwable cause) {
    return new EngineException(
        SqlState.DEPENDENT_OBJECTS_EXIST,
        what
            + " of table "
            + target.identifier()
            + " is used by a check that cannot take a new name ("
            + checks.stream().map(TableCheck::name).collect(Collectors.joining(", "))
            + "): DROP CONSTRAINT it, and add it again",
        cause);
  }

  private static String replaced(
      String text, BiPredicate<List<SqlToken>, Integer> isOld, String name) {
    ParsedSql parsed = StatementParser.parse(SELECT + text + "\n)");
    StringBuilder replaced = new StringBuilder();
    int copied = SELECT.length();
    List<SqlToken> tokens = parsed.tokens();
    String whole = SELECT + text;
    for (int i = 0; i < tokens.size(); i++) {
      if (isOld.test(tokens, i)) {
        replaced.append(whole, copied, tokens.get(i).start()).append(QueryText.quote(name));
        copied = tokens.get(i).end();
      }
    }
    return replaced.append(whole.substring(copied)).toString();
  }
}
