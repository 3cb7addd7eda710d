package dev.frazil.jdbc;

import dev.frazil.config.ConnectionProperty;
import dev.frazil.engine.Session;
import dev.frazil.engine.Session.ColumnDescription;
import dev.frazil.engine.Session.ColumnsOf;
import dev.frazil.engine.Session.TableDescription;
import dev.frazil.engine.Session.TableListing;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.type.SqlType;
import java.sql.DatabaseMetaData;
import java.sql.PseudoColumnUsage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Schemas, tables, views and columns, asked of the session's catalog; no table is read that is not
 * asked for. There are no catalogs in the sense of JDBC: {@code TABLE_CAT} is null, and a catalog
 * other than null or "" holds nothing.
 */
final class TableMetaData {
  /** What the columns hold that a star does not show. */
  static final Map<String, String> HIDDEN_COLUMNS =
      Map.of(
          "_file", "the location of the data file that holds the row",
          "$path", "the location of the data file that holds the row",
          "_pos", "the position of the row in its data file, from 0",
          "_spec_id", "the id of the partitioning under which the data file was written",
          "_partition", "the partition of the data file",
          "_row_id", "the id of the row, which it keeps as long as it lives",
          "_last_updated_sequence_number", "the number of the commit that changed the row last");

  private final JdbcConnection connection;

  TableMetaData(JdbcConnection connection) {
    this.connection = connection;
  }

  ResultSet schemas(@Nullable String catalog, @Nullable String schemaPattern) throws SQLException {
    FixedRows rows = new FixedRows().text("TABLE_SCHEM", "TABLE_CATALOG");
    NamePattern pattern = new NamePattern(schemaPattern);
    List<Namespace> all = connection.ask(session()::schemas);
    all.stream()
        .map(SchemaNames::text)
        .filter(schema -> isHere(catalog) && pattern.matches(schema))
        .sorted()
        .forEach(schema -> rows.row(schema, null));
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
    Predicate<TableIdentifier> named = matching(catalog, schemaPattern, tablePattern);
    Predicate<TableIdentifier> tables = isWanted(types, "TABLE") ? named : table -> false;
    Predicate<TableIdentifier> views = isWanted(types, "VIEW") ? named : view -> false;
    boolean comments =
        new NamePattern(tablePattern).exact() != null
            || connection.url().config().flag(ConnectionProperty.READ_TABLE_COMMENTS);
    for (TableListing table : connection.ask(() -> session().list(tables, views, comments))) {
      rows.row(
          null,
          SchemaNames.text(table.identifier().namespace()),
          table.identifier().name(),
          table.isView() ? "VIEW" : "TABLE",
          table.comment(),
          null,
          null,
          null,
          null,
          null);
    }
    return rows.resultSet();
  }

  private static boolean isWanted(String @Nullable [] types, String type) {
    return types == null || Arrays.stream(types).anyMatch(type::equalsIgnoreCase);
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
            .small("SOURCE_DATA_TYPE")
            .text("IS_AUTOINCREMENT", "IS_GENERATEDCOLUMN");
    NamePattern columns = new NamePattern(columnPattern);
    Predicate<TableIdentifier> wanted = matching(catalog, schemaPattern, tablePattern);
    for (ColumnsOf table : connection.ask(() -> session().columns(wanted))) {
      for (ColumnDescription column : table.columns()) {
        if (columns.matches(column.name())) {
          addColumn(rows, table.identifier(), column);
        }
      }
    }
    return rows.resultSet();
  }

  private void addColumn(FixedRows rows, TableIdentifier table, ColumnDescription column) {
    SqlType type = connection.types().of(column.type());
    rows.row(
        null,
        SchemaNames.text(table.namespace()),
        table.name(),
        column.name(),
        JdbcTypes.code(type),
        JdbcTypes.name(type),
        JdbcTypes.precision(type),
        null,
        JdbcTypes.hasDigits(type) ? JdbcTypes.scale(type) : null,
        JdbcTypes.numeric(type) ? 10 : null,
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        column.comment(),
        column.defaultValue(),
        null,
        null,
        JdbcTypes.octets(type),
        column.position(),
        column.nullable() ? "YES" : "NO",
        null,
        null,
        null,
        null,
        "NO",
        "NO");
  }

  /** The columns that a star does not show. */
  ResultSet pseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    FixedRows rows =
        new FixedRows()
            .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
            .integer("DATA_TYPE", "COLUMN_SIZE", "DECIMAL_DIGITS", "NUM_PREC_RADIX")
            .text("COLUMN_USAGE", "REMARKS")
            .integer("CHAR_OCTET_LENGTH")
            .text("IS_NULLABLE");
    NamePattern columns = new NamePattern(columnPattern);
    describe(
        matching(catalog, schemaPattern, tablePattern),
        table -> {
          for (Column column : table.layout().metadataColumns()) {
            if (columns.matches(column.name())) {
              addPseudoColumn(rows, table.identifier(), column);
            }
          }
        });
    return rows.resultSet();
  }

  private void addPseudoColumn(FixedRows rows, TableIdentifier table, Column column) {
    SqlType type = connection.types().of(column.type());
    rows.row(
        null,
        SchemaNames.text(table.namespace()),
        table.name(),
        column.name(),
        JdbcTypes.code(type),
        JdbcTypes.precision(type),
        JdbcTypes.hasDigits(type) ? JdbcTypes.scale(type) : null,
        JdbcTypes.numeric(type) ? 10 : null,
        PseudoColumnUsage.NO_USAGE_RESTRICTIONS.name(),
        HIDDEN_COLUMNS.get(column.name()),
        JdbcTypes.octets(type),
        column.nullable() ? "YES" : "NO");
  }

  /** Tables of exactly that name, in any schema if none is named. */
  List<TableDescription> named(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    if (table == null) {
      throw SqlExceptions.invalid("the table's name is null");
    }
    List<TableDescription> found = new ArrayList<>();
    describe(
        identifier ->
            isHere(catalog)
                && identifier.name().equals(table)
                && (schema == null || schema.equals(SchemaNames.text(identifier.namespace()))),
        found::add);
    return found;
  }

  private void describe(Predicate<TableIdentifier> wanted, Consumer<TableDescription> each)
      throws SQLException {
    connection.ask(
        () -> {
          session().describe(wanted, each);
          return true;
        });
  }

  private static Predicate<TableIdentifier> matching(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern) {
    if (!isHere(catalog)) {
      return table -> false;
    }
    NamePattern schemas = new NamePattern(schemaPattern);
    NamePattern tables = new NamePattern(tablePattern);
    return table ->
        tables.matches(table.name()) && schemas.matches(SchemaNames.text(table.namespace()));
  }

  /** Whether a catalog is the one without a name, in which everything is. */
  static boolean isHere(@Nullable String catalog) {
    return catalog == null || catalog.isEmpty();
  }

  private Session session() {
    return connection.session();
  }
}
