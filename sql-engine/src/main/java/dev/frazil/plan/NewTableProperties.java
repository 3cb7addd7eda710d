package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.TableName;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The properties of a table that is to be created, beside those of its defaults and checks. */
final class NewTableProperties {
  private static final Set<String> REFUSED_PROPERTIES =
      Set.of(
          "location",
          "write.metadata.path",
          "write.data.path",
          "write.object-storage.path",
          "write.folder-storage.path");

  private final ParsedStatement.CreateTable create;
  private final Schema schema;

  NewTableProperties(ParsedStatement.CreateTable create, Schema schema) {
    this.create = create;
    this.schema = schema;
  }

  /** 42804 for a type whose values cannot be told apart by keys. */
  static void requireKeyType(String column, SqlType type, String key) {
    boolean nested =
        type instanceof SqlType.ArrayType
            || type instanceof SqlType.MapType
            || type instanceof SqlType.RowType;
    boolean isGeometry = type instanceof SqlType.GeospatialType;
    if (nested || isGeometry || TypeRules.isFloating(type)) {
      throw new EngineException(
          SqlState.DATATYPE_MISMATCH,
          "column \"" + column + "\" of type " + type.sqlName() + " cannot be part of " + key);
    }
  }

  /** Of the statement alone, with the field ids of the schema. */
  Map<String, String> planned() {
    Map<String, String> properties = new LinkedHashMap<>();
    create.properties().forEach((key, value) -> add(properties, key, value));
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
      properties.put(UniqueKey.UNIQUE_KEYS, uniqueKeys(create.uniqueKeys()));
    }
    return properties;
  }

  /** Adds a property that a statement sets for a table; 0A000, 22023 for one that it may not. */
  static void add(Map<String, String> properties, String key, String value) {
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
          SqlState.INVALID_PARAMETER_VALUE, "the table property " + key + " is set by DEFAULT");
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
  }

  private String uniqueKeys(List<List<TableName.Part>> keys) {
    List<String> texts = new ArrayList<>();
    for (List<TableName.Part> key : keys) {
      List<String> ids = new ArrayList<>();
      for (TableName.Part column : key) {
        Types.NestedField field = ColumnPath.among(schema.columns(), column.text());
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
