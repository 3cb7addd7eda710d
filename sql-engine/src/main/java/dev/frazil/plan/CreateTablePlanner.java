package dev.frazil.plan;

import dev.frazil.catalog.PropertyValues;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.ParsedStatement.ColumnDefinition;
import dev.frazil.plan.parser.ParsedStatement.PartitionField;
import dev.frazil.plan.parser.SortItem;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableMode;
import dev.frazil.plan.parser.TableName;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.catalog.TableIdentifier;

/** CREATE [OR REPLACE] TABLE, REPLACE TABLE. */
final class CreateTablePlanner {
  private final StatementContext context;
  private final SqlText source;

  CreateTablePlanner(StatementContext context) {
    this.context = context;
    this.source = context.parsed().source();
  }

  PlannedStatement plan(ParsedStatement.CreateTable create) {
    List<ColumnDefinition> columns = create.columns();
    PhysicalNode rows = null;
    QueryPlanner queries = new QueryPlanner(context);
    if (create.query() != null) {
      QueryPlanner.Unoptimized query =
          queries.translate(context.parsed().newQuery().addSlice(create.query()));
      columns = queryColumns(create, query.node());
      rows = create.withData() ? queries.optimize(query.node()) : null;
    }
    List<LikePlanner> likes = new ArrayList<>();
    create.likes().forEach(clause -> likes.add(LikePlanner.of(clause, context)));
    NewColumns made = NewColumns.of(context, columns, likes, create.primaryKey());
    Schema schema = made.schema();
    Map<String, String> properties = new LinkedHashMap<>();
    List<PartitionField> partitioning = create.partitioning();
    List<SortItem> sortOrder = create.sortOrder();
    LikePlanner layout = null;
    for (LikePlanner like : likes) {
      properties.putAll(like.properties(schema));
      if (like.takesLayout()) {
        if (layout != null) {
          throw source.syntaxError(
              like.clause().table().offset(), "one LIKE only can be INCLUDING PROPERTIES");
        }
        layout = like;
        partitioning = partitioning.isEmpty() ? like.partitioning() : partitioning;
        sortOrder = sortOrder.isEmpty() ? like.sortOrder() : sortOrder;
      }
    }
    CheckPlanner.requireConditions(context, properties, create.name().last().text(), schema);
    Map<String, String> said = new NewTableProperties(create, schema).planned();
    said.putAll(made.defaults());
    said.putAll(
        CheckPlanner.properties(context, create.checks(), create.name().last().text(), schema));
    said.forEach((key, value) -> put(properties, key, value));
    PropertyValues.check(properties);
    FormatVersionTypes.check(schema, formatVersion(create, properties));
    TableLayoutPlanner layouts = new TableLayoutPlanner(source, schema);
    return new PlannedStatement.CreateTable(
        identifier(create),
        schema,
        layouts.partitioning(partitioning),
        layouts.sortOrder(sortOrder),
        properties,
        create.location(),
        create.mode(),
        rows,
        queries.parameters());
  }

  /** What the statement says goes before what LIKE brings; keys of both are kept. */
  private void put(Map<String, String> properties, String key, String value) {
    if (key.startsWith(TableCheck.PREFIX) && properties.containsKey(key)) {
      throw source.syntaxError(
          0, "there is a constraint \"" + key.substring(TableCheck.PREFIX.length()) + "\" already");
    }
    if (key.equals(UniqueKey.UNIQUE_KEYS) && properties.containsKey(key)) {
      properties.merge(key, value, (before, added) -> before + ";" + added);
      return;
    }
    properties.put(key, value);
  }

  /** Of the table with these properties; one that is made anew keeps its own. */
  private int formatVersion(ParsedStatement.CreateTable create, Map<String, String> properties) {
    String version = properties.get(TableProperties.FORMAT_VERSION);
    if (version != null && version.trim().matches("[1-9]")) {
      return Integer.parseInt(version.trim());
    }
    TableNames.Found found =
        create.mode() == TableMode.REPLACE || create.mode() == TableMode.OR_REPLACE
            ? context.names().find(create.name().texts())
            : null;
    return found == null
        ? FormatVersionTypes.DEFAULT_VERSION
        : TableUtil.formatVersion(found.table());
  }

  /** A table that is made anew keeps the spelling of its name. */
  private TableIdentifier identifier(ParsedStatement.CreateTable create) {
    TableNames names = context.names();
    if (create.mode() == TableMode.REPLACE) {
      return names.require(create.name(), source).identifier();
    }
    TableNames.Found found =
        create.mode() == TableMode.OR_REPLACE ? names.find(create.name().texts()) : null;
    return found == null ? names.identifierToCreate(create.name(), source) : found.identifier();
  }

  private List<ColumnDefinition> queryColumns(
      ParsedStatement.CreateTable create, PhysicalNode query) {
    List<Column> columns = query.columns();
    List<TableName.Part> names = create.columnNames();
    if (!names.isEmpty() && names.size() != columns.size()) {
      throw source.syntaxError(
          create.name().offset(),
          names.size() + " columns are named but the query has " + columns.size());
    }
    List<ColumnDefinition> definitions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      TableName.Part name =
          names.isEmpty() ? new TableName.Part(column.name(), true) : names.get(i);
      if (name.text().startsWith("EXPR$")) {
        throw new EngineException(
            SqlState.SYNTAX_ERROR,
            "column " + (i + 1) + " of the query has no name: give it one with AS");
      }
      if (column.type() == SqlType.Primitive.UNKNOWN && ColumnOrigin.find(query, i) == null) {
        throw new EngineException(
            SqlState.DATATYPE_MISMATCH,
            "column \"" + name.text() + "\" is a bare NULL: CAST it to a type");
      }
      definitions.add(
          new ColumnDefinition(name, column.type(), false, null, null, create.name().offset()));
    }
    return definitions;
  }
}
