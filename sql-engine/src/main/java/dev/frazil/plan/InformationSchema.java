package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The tables of {@code information_schema}, in the names and meanings of ISO 9075-11; columns that
 * say nothing about this database are left out, the name of the catalog is null.
 */
final class InformationSchema {
  static final String NAME = "information_schema";

  private static final String TEXT = "";

  private final TableResolver tables;

  InformationSchema(TableResolver tables) {
    this.tables = tables;
  }

  /** The columns of a table of it, or null where there is none of that name. */
  static @Nullable List<Column> columns(String table) {
    return switch (table.toLowerCase(Locale.ROOT)) {
      case "schemata" -> columns("catalog_name", TEXT, "schema_name", TEXT);
      case "tables" ->
          columns(
              "table_catalog", TEXT, "table_schema", TEXT, "table_name", TEXT, "table_type", TEXT);
      case "views" ->
          columns(
              "table_catalog",
              TEXT,
              "table_schema",
              TEXT,
              "table_name",
              TEXT,
              "view_definition",
              TEXT);
      case "columns" ->
          columns(
              "table_catalog",
              TEXT,
              "table_schema",
              TEXT,
              "table_name",
              TEXT,
              "column_name",
              TEXT,
              "ordinal_position",
              "n",
              "column_default",
              TEXT,
              "is_nullable",
              TEXT,
              "data_type",
              TEXT,
              "numeric_precision",
              "n",
              "numeric_scale",
              "n",
              "datetime_precision",
              "n",
              "remarks",
              TEXT);
      case "table_constraints" ->
          columns(
              "constraint_catalog",
              TEXT,
              "constraint_schema",
              TEXT,
              "constraint_name",
              TEXT,
              "table_catalog",
              TEXT,
              "table_schema",
              TEXT,
              "table_name",
              TEXT,
              "constraint_type",
              TEXT);
      case "key_column_usage" ->
          columns(
              "constraint_catalog",
              TEXT,
              "constraint_schema",
              TEXT,
              "constraint_name",
              TEXT,
              "table_catalog",
              TEXT,
              "table_schema",
              TEXT,
              "table_name",
              TEXT,
              "column_name",
              TEXT,
              "ordinal_position",
              "n");
      default -> null;
    };
  }

  private static List<Column> columns(String... namesAndKinds) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < namesAndKinds.length; i += 2) {
      Primitive type = namesAndKinds[i + 1].equals(TEXT) ? Primitive.VARCHAR : Primitive.INTEGER;
      columns.add(new Column(namesAndKinds[i], type, true));
    }
    return columns;
  }

  /** The rows of a table of it, as of now. */
  CatalogRows rows(String table) {
    List<Column> columns = columns(table);
    if (columns == null) {
      throw new IllegalArgumentException("no table " + table);
    }
    List<List<ScalarExpression>> rows = new ArrayList<>();
    for (Namespace schema : sorted(tables.schemas(), Namespace::toString)) {
      if (table.equalsIgnoreCase("schemata")) {
        rows.add(row(columns, null, schema.toString()));
        continue;
      }
      for (TableIdentifier identifier : sorted(tables.tables(schema), TableIdentifier::name)) {
        addTable(table.toLowerCase(Locale.ROOT), columns, identifier, rows);
      }
    }
    if (table.equalsIgnoreCase("schemata")) {
      rows.add(row(columns, null, NAME));
    }
    return new CatalogRows(columns, rows);
  }

  private static <T> List<T> sorted(List<T> names, java.util.function.Function<T, String> name) {
    return names.stream().sorted(Comparator.comparing(name)).toList();
  }

  private void addTable(
      String table,
      List<Column> columns,
      TableIdentifier identifier,
      List<List<ScalarExpression>> rows) {
    String schema = identifier.namespace().toString();
    String name = identifier.name();
    if (table.equals("tables")) {
      rows.add(row(columns, null, schema, name, "BASE TABLE"));
      return;
    }
    Optional<Table> loaded = table.equals("views") ? Optional.empty() : tables.load(identifier);
    if (loaded.isEmpty()) {
      return;
    }
    List<Types.NestedField> fields = loaded.get().schema().columns();
    if (table.equals("columns")) {
      for (int i = 0; i < fields.size(); i++) {
        rows.add(column(columns, schema, name, fields.get(i), i + 1));
      }
      return;
    }
    List<String> key = new ArrayList<>();
    for (Types.NestedField field : fields) {
      if (loaded.get().schema().identifierFieldIds().contains(field.fieldId())) {
        key.add(field.name());
      }
    }
    String constraint = name + "_primary_key";
    if (table.equals("table_constraints") && !key.isEmpty()) {
      rows.add(row(columns, null, schema, constraint, null, schema, name, "PRIMARY KEY"));
    } else if (table.equals("key_column_usage")) {
      for (int i = 0; i < key.size(); i++) {
        rows.add(row(columns, null, schema, constraint, null, schema, name, key.get(i), i + 1));
      }
    }
  }

  private static List<ScalarExpression> column(
      List<Column> columns, String schema, String table, Types.NestedField field, int position) {
    SqlType type = TypeMapping.toSql(field.type());
    Integer precision = null;
    Integer scale = null;
    Integer timePrecision = null;
    if (type instanceof DecimalType decimal) {
      precision = decimal.precision();
      scale = decimal.scale();
    } else if (type == Primitive.INTEGER) {
      precision = 32;
      scale = 0;
    } else if (type == Primitive.BIGINT) {
      precision = 64;
      scale = 0;
    } else if (type == Primitive.TIME
        || type == Primitive.TIMESTAMP
        || type == Primitive.TIMESTAMP_WITH_TIME_ZONE) {
      timePrecision = 6;
    }
    Object written = field.writeDefault();
    return row(
        columns,
        null,
        schema,
        table,
        field.name(),
        position,
        written == null ? null : written.toString(),
        field.isOptional() ? "YES" : "NO",
        type.sqlName(),
        precision,
        scale,
        timePrecision,
        field.doc());
  }

  private static List<ScalarExpression> row(List<Column> columns, @Nullable Object... values) {
    List<ScalarExpression> row = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      row.add(new Literal(values[i], columns.get(i).type()));
    }
    return row;
  }
}
