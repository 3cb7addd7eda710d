package dev.frazil.plan;

import dev.frazil.catalog.TableBranch;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ProcedureText;
import dev.frazil.plan.parser.ProcedureText.OrderedColumn;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableName;
import java.util.List;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** What the texts mean that procedures take as arguments. Stateless. */
public final class ProcedureTables {
  private ProcedureTables() {}

  /** The table of that name, to be changed; 42P01 with the nearest names, 0A000 for a branch. */
  public static TableHandle table(String name, TableResolver tables) {
    TableName parsed = ProcedureText.tableName(name);
    TableHandle handle =
        new TableReferences(new TableNames(tables), tables, null).target(parsed, new SqlText(name));
    if (TableBranch.isBranch(handle.identifier())) {
      throw EngineException.unsupported(
          "a procedure on " + TableBranch.text(handle.identifier()) + ", and not on the table:");
    }
    return handle;
  }

  /** The full name of a table that is to be made; 3F000 without its schema. */
  public static TableIdentifier newTable(String name, TableResolver tables) {
    TableName parsed = ProcedureText.tableName(name);
    return new TableNames(tables).identifierToCreate(parsed, new SqlText(name));
  }

  /** The scan of the rows of a table that satisfy a condition in SQL; null where none can. */
  public static PhysicalNode.@Nullable TableScan scan(
      TableHandle table, String condition, TableResolver tables, PlanSettings settings) {
    StringBuilder name = new StringBuilder();
    for (String level : table.identifier().namespace().levels()) {
      name.append(QueryText.quote(level)).append('.');
    }
    name.append(QueryText.quote(table.identifier().name()));
    // On lines of its own: a comment must not hide the bracket.
    PlannedStatement planned =
        new SqlFrontend(tables)
            .plan(
                "SELECT * FROM " + name + " WHERE (\n" + ProcedureText.condition(condition) + "\n)",
                settings.withoutBranch());
    PhysicalNode node = ((PlannedStatement.Query) planned).root();
    while (!(node instanceof PhysicalNode.TableScan scan)) {
      if (node.inputs().size() > 1) {
        throw EngineException.unsupported("the condition '" + condition + "' over other tables");
      }
      if (node.inputs().isEmpty()) {
        return null;
      }
      node = node.inputs().get(0);
    }
    return scan;
  }

  /** The order that a text such as {@code 'a DESC NULLS LAST, b'} asks for. */
  public static SortOrder sortOrder(TableHandle table, String text) {
    SortOrder.Builder order = SortOrder.builderFor(table.table().schema());
    for (OrderedColumn column : ProcedureText.sortOrder(text)) {
      Types.NestedField field = field(table, column.column(), " to sort by");
      Boolean asked = column.nullsFirst();
      boolean nullsFirst = asked == null ? !column.descending() : asked;
      order.sortBy(
          field.name(),
          column.descending() ? SortDirection.DESC : SortDirection.ASC,
          nullsFirst ? NullOrder.NULLS_FIRST : NullOrder.NULLS_LAST);
    }
    return order.build();
  }

  /** The columns that a text such as {@code 'zorder(a, b)'} names; null for another order. */
  public static @Nullable List<Types.NestedField> zOrder(TableHandle table, String text) {
    List<String> names = ProcedureText.zOrder(text);
    return names == null ? null : names.stream().map(name -> column(table, name)).toList();
  }

  /** The column of a table, not one within another, of that name in any case; 42703. */
  public static Types.NestedField column(TableHandle table, String name) {
    Types.NestedField field = field(table, name, "");
    if (table.schema().columns().stream().noneMatch(each -> each.fieldId() == field.fieldId())) {
      throw EngineException.unsupported("the field \"" + name + "\" within a column, here,");
    }
    return field;
  }

  /** Iceberg has no such look-up where names differ in case only. */
  private static Types.@Nullable NestedField ofAnyCase(Schema schema, String name) {
    @Nullable String found =
        ExactFirstNames.find(TypeUtil.indexByName(schema.asStruct()).keySet(), name);
    return found == null ? null : schema.findField(found);
  }

  private static Types.NestedField field(TableHandle table, String name, String purpose) {
    Types.NestedField exact = table.schema().findField(name);
    Types.NestedField field = exact == null ? ofAnyCase(table.schema(), name) : exact;
    if (field == null) {
      List<String> names = table.schema().columns().stream().map(Types.NestedField::name).toList();
      throw new EngineException(
          SqlState.UNDEFINED_COLUMN,
          "table "
              + table.identifier()
              + " has no column \""
              + name
              + "\""
              + purpose
              + NearestNames.hint(name, names));
    }
    return field;
  }
}
