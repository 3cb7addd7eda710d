package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
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
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The tables of {@code information_schema}, in the names and meanings of ISO 9075-11; columns that
 * say nothing about this database are left out, the name of the catalog is null.
 */
final class InformationSchema {
  static final String NAME = "information_schema";

  private final TableResolver tables;

  InformationSchema(TableResolver tables) {
    this.tables = tables;
  }

  /** The columns of a table of it, or null where there is none of that name. */
  static @Nullable List<Column> columns(String table) {
    return switch (table.toLowerCase(Locale.ROOT)) {
      case "schemata" -> columns("catalog_name", "schema_name");
      case "tables" -> columns("table_catalog", "table_schema", "table_name", "table_type");
      case "views" -> columns("table_catalog", "table_schema", "table_name", "view_definition");
      case "columns" ->
          columns(
              "table_catalog",
              "table_schema",
              "table_name",
              "column_name",
              "ordinal_position#",
              "column_default",
              "is_nullable",
              "data_type",
              "numeric_precision#",
              "numeric_scale#",
              "datetime_precision#",
              "remarks");
      case "table_constraints" ->
          columns(
              "constraint_catalog",
              "constraint_schema",
              "constraint_name",
              "table_catalog",
              "table_schema",
              "table_name",
              "constraint_type");
      case "key_column_usage" ->
          columns(
              "constraint_catalog",
              "constraint_schema",
              "constraint_name",
              "table_catalog",
              "table_schema",
              "table_name",
              "column_name",
              "ordinal_position#");
      default -> null;
    };
  }

  /** Columns of text; a name that ends in # is one of integers. */
  private static List<Column> columns(String... names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(
          name.endsWith("#")
              ? new Column(name.substring(0, name.length() - 1), Primitive.INTEGER, true)
              : new Column(name, Primitive.VARCHAR, true));
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
      for (TableIdentifier identifier : sorted(tables.views(schema), TableIdentifier::name)) {
        addView(table.toLowerCase(Locale.ROOT), columns, identifier, rows);
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
        rows.add(
            column(
                columns,
                schema,
                name,
                fields.get(i),
                i,
                DefaultValues.text(loaded.get(), fields.get(i))));
      }
      return;
    }
    List<String> key =
        UniqueKey.primaryKey(loaded.get()).stream().map(Types.NestedField::name).toList();
    String constraint = TableLayout.primaryKeyName(name);
    if (table.equals("table_constraints") && !key.isEmpty()) {
      rows.add(row(columns, null, schema, constraint, null, schema, name, "PRIMARY KEY"));
    } else if (table.equals("key_column_usage")) {
      for (int i = 0; i < key.size(); i++) {
        rows.add(row(columns, null, schema, constraint, null, schema, name, key.get(i), i + 1));
      }
    }
  }

  private void addView(
      String table,
      List<Column> columns,
      TableIdentifier identifier,
      List<List<ScalarExpression>> rows) {
    String schema = identifier.namespace().toString();
    String name = identifier.name();
    if (table.equals("tables")) {
      rows.add(row(columns, null, schema, name, "VIEW"));
      return;
    }
    boolean isRead = table.equals("views") || table.equals("columns");
    ViewMetadata view = isRead ? tables.view(identifier).orElse(null) : null;
    if (view == null) {
      return;
    }
    if (table.equals("views")) {
      rows.add(row(columns, null, schema, name, ViewText.shown(view)));
      return;
    }
    List<Types.NestedField> fields = view.schema().columns();
    for (int i = 0; i < fields.size(); i++) {
      rows.add(column(columns, schema, name, fields.get(i), i, null));
    }
  }

  private static List<ScalarExpression> column(
      List<Column> columns,
      String schema,
      String name,
      Types.NestedField field,
      int index,
      @Nullable String defaultText) {
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
    } else if (type == Primitive.TIME || Timestamps.isTimestamp(type)) {
      timePrecision = Timestamps.isNano(type) ? 9 : 6;
    }
    return row(
        columns,
        null,
        schema,
        name,
        field.name(),
        index + 1,
        defaultText,
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
