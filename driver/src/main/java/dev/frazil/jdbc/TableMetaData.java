package dev.frazil.jdbc;

import dev.frazil.engine.Session;
import dev.frazil.engine.Session.ColumnDescription;
import dev.frazil.engine.Session.TableDescription;
import dev.frazil.type.SqlType;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Schemas, tables, columns and primary keys, asked of the session's catalog. There are no catalogs
 * in the sense of JDBC: {@code TABLE_CAT} is null, and a catalog other than null or "" holds
 * nothing.
 */
final class TableMetaData {
  private final JdbcConnection connection;

  TableMetaData(JdbcConnection connection) {
    this.connection = connection;
  }

  ResultSet schemas(@Nullable String catalog, @Nullable String schemaPattern) throws SQLException {
    FixedRows rows = new FixedRows().text("TABLE_SCHEM", "TABLE_CATALOG");
    for (Namespace schema : matching(catalog, schemaPattern)) {
      rows.row(SchemaNames.text(schema), null);
    }
    return rows.resultSet();
  }

  ResultSet tables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      String @Nullable [] types)
      throws SQLException {
    FixedRows rows =
        new FixedRows()
            .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS")
            .text("TYPE_CAT", "TYPE_SCHEM", "TYPE_NAME")
            .text("SELF_REFERENCING_COL_NAME", "REF_GENERATION");
    if (types != null
        && List.of(types).stream().noneMatch(type -> "TABLE".equalsIgnoreCase(type))) {
      return rows.resultSet();
    }
    NamePattern pattern = new NamePattern(tablePattern);
    for (Namespace schema : matching(catalog, schemaPattern)) {
      for (TableIdentifier table : connection.ask(() -> session().tables(schema))) {
        if (pattern.matches(table.name())) {
          rows.row(
              null,
              SchemaNames.text(schema),
              table.name(),
              "TABLE",
              "",
              null,
              null,
              null,
              null,
              null);
        }
      }
    }
    return rows.resultSet();
  }

  ResultSet columns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    FixedRows rows =
        new FixedRows()
            .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
            .integer("DATA_TYPE")
            .text("TYPE_NAME")
            .integer("COLUMN_SIZE", "BUFFER_LENGTH", "DECIMAL_DIGITS", "NUM_PREC_RADIX", "NULLABLE")
            .text("REMARKS", "COLUMN_DEF")
            .integer("SQL_DATA_TYPE", "SQL_DATETIME_SUB", "CHAR_OCTET_LENGTH", "ORDINAL_POSITION")
            .text("IS_NULLABLE", "SCOPE_CATALOG", "SCOPE_SCHEMA", "SCOPE_TABLE")
            .integer("SOURCE_DATA_TYPE")
            .text("IS_AUTOINCREMENT", "IS_GENERATEDCOLUMN");
    NamePattern tables = new NamePattern(tablePattern);
    NamePattern columns = new NamePattern(columnPattern);
    for (Namespace schema : matching(catalog, schemaPattern)) {
      for (TableDescription table : connection.ask(() -> session().describeAll(schema))) {
        if (tables.matches(table.identifier().name())) {
          for (ColumnDescription column : table.columns()) {
            if (columns.matches(column.name())) {
              addColumn(rows, table.identifier(), column);
            }
          }
        }
      }
    }
    return rows.resultSet();
  }

  private static void addColumn(FixedRows rows, TableIdentifier table, ColumnDescription column) {
    SqlType type = column.type();
    boolean scaled = JdbcTypes.numeric(type) || JdbcTypes.hasSeconds(type);
    boolean bytes = type == SqlType.Primitive.VARCHAR || type == SqlType.Primitive.VARBINARY;
    rows.row(
        null,
        SchemaNames.text(table.namespace()),
        table.name(),
        column.name(),
        JdbcTypes.code(type),
        type.sqlName(),
        JdbcTypes.precision(type),
        null,
        scaled ? JdbcTypes.scale(type) : null,
        JdbcTypes.numeric(type) ? 10 : null,
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        column.comment(),
        column.defaultValue(),
        null,
        null,
        bytes ? JdbcTypes.UNLIMITED : null,
        column.position(),
        column.nullable() ? "YES" : "NO",
        null,
        null,
        null,
        null,
        "NO",
        "NO");
  }

  ResultSet primaryKeys(@Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    FixedRows rows =
        new FixedRows()
            .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
            .integer("KEY_SEQ")
            .text("PK_NAME");
    for (TableDescription found : named(catalog, schema, table)) {
      List<String> key = found.primaryKey();
      for (String column : key.stream().sorted().toList()) {
        rows.row(
            null,
            SchemaNames.text(found.identifier().namespace()),
            found.identifier().name(),
            column,
            key.indexOf(column) + 1,
            null);
      }
    }
    return rows.resultSet();
  }

  /** The primary key, for every scope: it identifies a row for as long as the row lives. */
  ResultSet bestRowIdentifier(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    FixedRows rows =
        new FixedRows()
            .integer("SCOPE")
            .text("COLUMN_NAME")
            .integer("DATA_TYPE")
            .text("TYPE_NAME")
            .integer("COLUMN_SIZE", "BUFFER_LENGTH", "DECIMAL_DIGITS", "PSEUDO_COLUMN");
    for (TableDescription found : named(catalog, schema, table)) {
      for (ColumnDescription column : found.columns()) {
        if (found.primaryKey().contains(column.name())) {
          rows.row(
              DatabaseMetaData.bestRowSession,
              column.name(),
              JdbcTypes.code(column.type()),
              column.type().sqlName(),
              JdbcTypes.precision(column.type()),
              null,
              JdbcTypes.scale(column.type()),
              DatabaseMetaData.bestRowNotPseudo);
        }
      }
    }
    return rows.resultSet();
  }

  /** Tables of exactly that name, in any schema if none is named. */
  private List<TableDescription> named(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    if (table == null) {
      throw SqlExceptions.invalid("the table's name is null");
    }
    List<TableDescription> found = new ArrayList<>();
    for (Namespace namespace : matching(catalog, null)) {
      if (schema == null || schema.equals(SchemaNames.text(namespace))) {
        TableIdentifier identifier = TableIdentifier.of(namespace, table);
        connection.ask(() -> session().describe(identifier)).ifPresent(found::add);
      }
    }
    return found;
  }

  private List<Namespace> matching(@Nullable String catalog, @Nullable String schemaPattern)
      throws SQLException {
    if (catalog != null && !catalog.isEmpty()) {
      return List.of();
    }
    NamePattern pattern = new NamePattern(schemaPattern);
    return connection.ask(
        () ->
            session().schemas().stream()
                .filter(schema -> pattern.matches(SchemaNames.text(schema)))
                .toList());
  }

  private Session session() {
    return connection.session();
  }
}
