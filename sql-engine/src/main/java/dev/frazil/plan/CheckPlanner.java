package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.ParsedStatement.CheckDefinition;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.StatementParser;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** CHECK constraints: from the text of CREATE TABLE to properties, and from those to conditions. */
final class CheckPlanner {
  /** The name under which a condition reads the rows. */
  private static final String CHECKED = "$checked";

  private CheckPlanner() {}

  /** The properties of the constraints of a new table; 42804, 0A000 for what is no condition. */
  static Map<String, String> properties(
      StatementContext context, List<CheckDefinition> checks, String table, Schema schema) {
    Map<String, String> properties = new LinkedHashMap<>();
    ParsedSql parsed = context.parsed();
    for (CheckDefinition check : checks) {
      QueryText text = parsed.newConstant().add("SELECT (").addSlice(check.condition()).add(")");
      addRow(text, table, schema);
      int offset = parsed.offset(check.condition());
      condition(new QueryPlanner(context).translate(text).node(), parsed.source().position(offset));
      if (parsed.holdsParameter(check.condition())) {
        throw parsed.source().unsupported(offset, "a parameter in CHECK");
      }
      String name = check.name();
      for (int i = 1; name == null; i++) {
        String candidate = table + "_check" + (i == 1 ? "" : i);
        name = properties.containsKey(TableCheck.PREFIX + candidate) ? null : candidate;
      }
      if (properties.put(TableCheck.PREFIX + name, parsed.text(check.condition())) != null) {
        throw parsed.source().syntaxError(offset, "there is a constraint \"" + name + "\" already");
      }
    }
    return properties;
  }

  /** Appends a FROM of the columns of a table that is not there yet. */
  private static void addRow(QueryText text, String table, Schema schema) {
    text.add("FROM (SELECT");
    String separator = "";
    for (Types.NestedField field : schema.columns()) {
      @Nullable String type = TargetTable.castType(TypeMapping.toSql(field.type()));
      if (type != null) {
        text.add(separator + " CAST(NULL AS " + type + ") AS").addName(field.name());
        separator = ",";
      }
    }
    text.add(separator.isEmpty() ? "1 AS \"$none\") AS" : ") AS").addName(table);
  }

  /**
   * Plans the constraints that a new table takes over from another one: their text may name that
   * one, or columns that are not there.
   */
  static void requireConditions(
      StatementContext context, Map<String, String> properties, String table, Schema schema) {
    properties.forEach(
        (key, text) -> {
          if (key.startsWith(TableCheck.PREFIX)) {
            ParsedSql parsed = StatementParser.parse("SELECT (" + text + "\n)");
            QueryText query =
                parsed.newConstant().addSlice(((ParsedStatement.Query) parsed.statement()).slice());
            addRow(query, table, schema);
            String name = key.substring(TableCheck.PREFIX.length());
            condition(
                new QueryPlanner(context.of(parsed)).translate(query).node(),
                "constraint \"" + name + "\"");
          }
        });
  }

  /** The constraints of a table, in order of their names. */
  static List<TableCheck> of(
      TableHandle table, TableResolver tables, PlanSettings settings, ConstantSource constants) {
    Map<String, String> properties = new TreeMap<>(table.table().properties());
    properties.keySet().removeIf(key -> !key.startsWith(TableCheck.PREFIX));
    List<TableCheck> checks = new ArrayList<>();
    properties.forEach(
        (key, text) -> {
          String name = key.substring(TableCheck.PREFIX.length());
          ParsedSql parsed = StatementParser.parse("SELECT (" + text + "\n)");
          StatementContext context = new StatementContext(parsed, tables, settings, constants);
          context.schema().register(CHECKED, table, false);
          QueryText query =
              parsed
                  .newQuery()
                  .addSlice(((ParsedStatement.Query) parsed.statement()).slice())
                  .add("FROM")
                  .addName(CHECKED)
                  .add("AS")
                  .addName(table.identifier().name());
          QueryPlanner queries = new QueryPlanner(context);
          String place = "constraint \"" + name + "\" of table " + table.identifier();
          ScalarExpression condition = condition(queries.translate(query).node(), place);
          checks.add(new TableCheck(name, text, condition));
        });
    return checks;
  }

  private static ScalarExpression condition(PhysicalNode node, String place) {
    if (node.columns().size() != 1 || node.columns().get(0).type() != SqlType.Primitive.BOOLEAN) {
      throw new EngineException(
          SqlState.DATATYPE_MISMATCH, "a CHECK must be a condition (" + place + ")");
    }
    return ReturningPlanner.expressions(node, "CHECK").get(0);
  }
}
