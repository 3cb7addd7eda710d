package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.ParsedStatement.ColumnDefinition;
import dev.frazil.plan.parser.ParsedStatement.PartitionField;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableName;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** CREATE and DROP. */
final class DdlPlanner {
  private static final Set<String> REFUSED_PROPERTIES =
      Set.of(
          "location",
          "write.metadata.path",
          "write.data.path",
          "write.object-storage.path",
          "write.folder-storage.path");

  private final StatementContext context;
  private final SqlText source;

  DdlPlanner(StatementContext context) {
    this.context = context;
    this.source = context.parsed().source();
  }

  PlannedStatement createSchema(ParsedStatement.CreateSchema create) {
    return new PlannedStatement.CreateSchema(namespace(create.name()), create.ifNotExists());
  }

  PlannedStatement dropSchema(ParsedStatement.DropSchema drop) {
    Namespace wanted = namespace(drop.name());
    Namespace found = context.names().findSchema(wanted);
    if (found == null && !drop.ifExists()) {
      found = context.names().requireSchema(drop.name(), source);
    }
    return new PlannedStatement.DropSchema(found == null ? wanted : found, drop.ifExists());
  }

  PlannedStatement dropTable(ParsedStatement.DropTable drop) {
    if (drop.ifExists()) {
      TableNames.Found found = context.names().find(drop.name().texts());
      return new PlannedStatement.DropTable(
          found == null
              ? context.names().identifierIfAbsent(drop.name().texts())
              : found.identifier(),
          true,
          drop.purge());
    }
    return new PlannedStatement.DropTable(
        context.names().require(drop.name(), source).identifier(), false, drop.purge());
  }

  private static Namespace namespace(TableName name) {
    return Namespace.of(name.texts().toArray(new String[0]));
  }

  PlannedStatement createTable(ParsedStatement.CreateTable create) {
    List<ColumnDefinition> columns = create.columns();
    PhysicalNode rows = null;
    QueryPlanner queries = new QueryPlanner(context);
    if (create.query() != null) {
      QueryPlanner.Unoptimized query =
          queries.translate(context.parsed().newQuery().addSlice(create.query()));
      columns = queryColumns(create, query.node().columns());
      rows = create.withData() ? queries.optimize(query.node()) : null;
    }
    Map<String, String> defaults = new LinkedHashMap<>();
    Schema schema = schema(columns, create.primaryKey(), defaults);
    Map<String, String> properties = new LinkedHashMap<>(properties(create, schema));
    properties.putAll(defaults);
    properties.putAll(
        CheckPlanner.properties(context, create.checks(), create.name().last().text(), schema));
    return new PlannedStatement.CreateTable(
        context.names().identifierToCreate(create.name(), source),
        schema,
        partitioning(schema, create.partitioning()),
        properties,
        create.ifNotExists(),
        rows,
        queries.parameters());
  }

  private List<ColumnDefinition> queryColumns(
      ParsedStatement.CreateTable create, List<Column> columns) {
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
      if (column.type() == SqlType.Primitive.UNKNOWN) {
        throw new EngineException(
            SqlState.DATATYPE_MISMATCH,
            "column \"" + name.text() + "\" is a bare NULL: CAST it to a type");
      }
      definitions.add(
          new ColumnDefinition(name, column.type(), false, null, null, create.name().offset()));
    }
    return definitions;
  }

  /**
   * @param defaults gets the properties of defaults that are no constants
   */
  private Schema schema(
      List<ColumnDefinition> columns,
      List<TableName.Part> primaryKey,
      Map<String, String> defaults) {
    Set<String> names = new HashSet<>();
    Set<String> keys = new HashSet<>();
    for (TableName.Part key : primaryKey) {
      keys.add(key.text().toLowerCase(Locale.ROOT));
    }
    AtomicInteger lastId = new AtomicInteger(columns.size());
    List<Types.NestedField> fields = new ArrayList<>();
    Set<Integer> identifierIds = new HashSet<>();
    int id = 0;
    for (ColumnDefinition column : columns) {
      String name = column.name().text();
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw new EngineException(
            SqlState.DUPLICATE_COLUMN,
            "column \"" + name + "\" is named twice (" + source.position(column.offset()) + ")");
      }
      id++;
      boolean isKey = keys.remove(name.toLowerCase(Locale.ROOT));
      if (isKey) {
        requireKeyType(name, column.type(), "a primary key");
        identifierIds.add(id);
      }
      Type type = TypeMapping.toIceberg(column.type(), lastId::incrementAndGet);
      DefaultPlanner value = DefaultPlanner.of(context, column, type);
      if (value.expression() != null) {
        defaults.put(DefaultValues.PREFIX + id, value.expression());
      }
      fields.add(
          Types.NestedField.builder()
              .withId(id)
              .withName(name)
              .isOptional(!column.notNull() && !isKey)
              .ofType(type)
              .withDoc(column.comment())
              .withWriteDefault(value.constant())
              .build());
    }
    if (!keys.isEmpty()) {
      throw new EngineException(
          SqlState.UNDEFINED_COLUMN, "PRIMARY KEY names a column that is not there: " + keys);
    }
    return new Schema(fields, identifierIds);
  }

  private static void requireKeyType(String column, SqlType type, String key) {
    boolean nested =
        type instanceof SqlType.ArrayType
            || type instanceof SqlType.MapType
            || type instanceof SqlType.RowType;
    if (nested || TypeRules.isFloating(type)) {
      throw new EngineException(
          SqlState.DATATYPE_MISMATCH,
          "column \"" + column + "\" of type " + type.sqlName() + " cannot be part of " + key);
    }
  }

  private PartitionSpec partitioning(Schema schema, List<PartitionField> fields) {
    PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
    for (PartitionField field : fields) {
      String column = partitionColumn(schema, field);
      try {
        switch (field.transform()) {
          case "identity" -> builder.identity(column);
          case "bucket" -> builder.bucket(column, field.width());
          case "truncate" -> builder.truncate(column, field.width());
          case "year", "years" -> builder.year(column);
          case "month", "months" -> builder.month(column);
          case "day", "days", "date" -> builder.day(column);
          case "hour", "hours" -> builder.hour(column);
          case "void" -> builder.alwaysNull(column);
          default -> throw EngineException.internal("transform " + field.transform());
        }
      } catch (IllegalArgumentException | ValidationException e) {
        throw partitionError(field, column, e);
      }
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException | ValidationException e) {
      throw partitionError(fields.get(0), fields.get(0).column().text(), e);
    }
  }

  private EngineException partitionError(
      PartitionField field, String column, RuntimeException cause) {
    return new EngineException(
        SqlState.DATATYPE_MISMATCH,
        "cannot partition by "
            + field.transform()
            + " of column \""
            + column
            + "\" ("
            + source.position(field.offset())
            + "): "
            + cause.getMessage(),
        cause);
  }

  private String partitionColumn(Schema schema, PartitionField field) {
    @Nullable String insensitive = null;
    for (Types.NestedField candidate : schema.columns()) {
      if (candidate.name().equals(field.column().text())) {
        return candidate.name();
      }
      if (candidate.name().equalsIgnoreCase(field.column().text())) {
        insensitive = candidate.name();
      }
    }
    if (insensitive == null) {
      throw new EngineException(
          SqlState.UNDEFINED_COLUMN,
          "PARTITIONED BY names a column that is not there: \""
              + field.column().text()
              + "\" ("
              + source.position(field.offset())
              + ")"
              + NearestNames.hint(
                  field.column().text(),
                  schema.columns().stream().map(Types.NestedField::name).toList()));
    }
    return insensitive;
  }

  private Map<String, String> properties(ParsedStatement.CreateTable create, Schema schema) {
    Map<String, String> properties = new LinkedHashMap<>();
    create
        .properties()
        .forEach(
            (key, value) -> {
              if (REFUSED_PROPERTIES.contains(key) || key.endsWith("-impl")) {
                throw EngineException.unsupported("the table property " + key);
              }
              if (key.equals(UniqueKey.PRIMARY_KEY_ENFORCED)
                  || key.equals(UniqueKey.PRIMARY_KEY_ORDER)
                  || key.equals(UniqueKey.UNIQUE_KEYS)) {
                throw new EngineException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "the table property " + key + " is set by PRIMARY KEY and UNIQUE");
              }
              if (key.startsWith(DefaultValues.PREFIX)) {
                throw new EngineException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "the table property " + key + " is set by DEFAULT");
              }
              if (key.equals("format")) {
                requireParquet(value);
              } else if (key.equals("write.format.default")) {
                requireParquet(value);
                properties.put(key, "parquet");
              } else if (key.equals("format_version")) {
                properties.put("format-version", value);
              } else {
                properties.put(key, value);
              }
            });
    if (create.comment() != null) {
      properties.put("comment", create.comment());
    }
    if (create.primaryKeyEnforced()) {
      properties.put(UniqueKey.PRIMARY_KEY_ENFORCED, "true");
    }
    @Nullable String order =
        UniqueKey.order(schema, create.primaryKey().stream().map(TableName.Part::text).toList());
    if (order != null) {
      properties.put(UniqueKey.PRIMARY_KEY_ORDER, order);
    }
    if (!create.uniqueKeys().isEmpty()) {
      properties.put(UniqueKey.UNIQUE_KEYS, uniqueKeys(create.uniqueKeys(), schema));
    }
    return properties;
  }

  private String uniqueKeys(List<List<TableName.Part>> keys, Schema schema) {
    List<String> texts = new ArrayList<>();
    for (List<TableName.Part> key : keys) {
      List<String> ids = new ArrayList<>();
      for (TableName.Part column : key) {
        Types.NestedField field = schema.caseInsensitiveFindField(column.text());
        if (field == null || !schema.columns().contains(field)) {
          throw new EngineException(
              SqlState.UNDEFINED_COLUMN,
              "UNIQUE names a column that is not there: " + column.text());
        }
        requireKeyType(field.name(), TypeMapping.toSql(field.type()), "a unique key");
        ids.add(String.valueOf(field.fieldId()));
      }
      texts.add(String.join(",", ids));
    }
    return String.join(";", texts);
  }

  private static void requireParquet(String format) {
    if (!format.equalsIgnoreCase("parquet")) {
      throw EngineException.unsupported("the file format " + format);
    }
  }
}
