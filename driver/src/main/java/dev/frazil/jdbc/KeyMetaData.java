package dev.frazil.jdbc;

import dev.frazil.engine.Session.ColumnDescription;
import dev.frazil.engine.Session.TableDescription;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.TableLayout;
import dev.frazil.type.SqlType;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** What identifies rows, and what tables are ordered by. */
final class KeyMetaData {
  private static final Set<String> ADDRESS = Set.of("_file", "_pos");
  private static final String ROW_ID = "_row_id";
  private static final String ROW_VERSION = "_last_updated_sequence_number";

  private final JdbcConnection connection;
  private final TableMetaData tables;

  KeyMetaData(JdbcConnection connection, TableMetaData tables) {
    this.connection = connection;
    this.tables = tables;
  }

  ResultSet primaryKeys(@Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    FixedRows rows =
        new FixedRows()
            .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME")
            .small("KEY_SEQ")
            .text("PK_NAME");
    for (TableDescription found : tables.named(catalog, schema, table)) {
      List<String> key = found.primaryKey();
      for (String column : key.stream().sorted().toList()) {
        rows.row(
            null,
            SchemaNames.text(found.identifier().namespace()),
            found.identifier().name(),
            column,
            key.indexOf(column) + 1,
            TableLayout.primaryKeyName(found.identifier().name()));
      }
    }
    return rows.resultSet();
  }

  private static FixedRows identifierRows() {
    return new FixedRows()
        .small("SCOPE")
        .text("COLUMN_NAME")
        .integer("DATA_TYPE")
        .text("TYPE_NAME")
        .integer("COLUMN_SIZE", "BUFFER_LENGTH")
        .small("DECIMAL_DIGITS", "PSEUDO_COLUMN");
  }

  /**
   * The primary key; without one the row id, which rows keep as long as they live, or the row's
   * place in its file, which is good until the next commit.
   */
  ResultSet bestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable)
      throws SQLException {
    if (scope != DatabaseMetaData.bestRowTemporary
        && scope != DatabaseMetaData.bestRowTransaction
        && scope != DatabaseMetaData.bestRowSession) {
      throw SqlExceptions.invalid("the scope " + scope + " is none of DatabaseMetaData");
    }
    FixedRows rows = identifierRows();
    for (TableDescription found : tables.named(catalog, schema, table)) {
      List<Column> hidden = found.layout().metadataColumns();
      boolean hasIds = hidden.stream().anyMatch(column -> column.name().equals(ROW_ID));
      if (!found.primaryKey().isEmpty()) {
        for (ColumnDescription column : found.columns()) {
          if (found.primaryKey().contains(column.name())) {
            identifier(rows, DatabaseMetaData.bestRowSession, column.name(), column.type(), false);
          }
        }
      } else if (hasIds && nullable) {
        hidden.stream()
            .filter(column -> column.name().equals(ROW_ID))
            .forEach(
                column ->
                    identifier(
                        rows, DatabaseMetaData.bestRowSession, column.name(), column.type(), true));
      } else if (scope != DatabaseMetaData.bestRowSession) {
        hidden.stream()
            .filter(column -> ADDRESS.contains(column.name()))
            .forEach(
                column ->
                    identifier(
                        rows,
                        DatabaseMetaData.bestRowTransaction,
                        column.name(),
                        column.type(),
                        true));
      }
    }
    return rows.resultSet();
  }

  /** The number of the commit that changed a row last, in tables whose rows have it. */
  ResultSet versionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    FixedRows rows = identifierRows();
    for (TableDescription found : tables.named(catalog, schema, table)) {
      found.layout().metadataColumns().stream()
          .filter(column -> column.name().equals(ROW_VERSION))
          .forEach(column -> identifier(rows, null, column.name(), column.type(), true));
    }
    return rows.resultSet();
  }

  private void identifier(
      FixedRows rows, @Nullable Integer scope, String name, SqlType original, boolean pseudo) {
    SqlType type = connection.types().of(original);
    rows.row(
        scope,
        name,
        JdbcTypes.code(type),
        JdbcTypes.name(type),
        JdbcTypes.precision(type),
        null,
        JdbcTypes.hasDigits(type) ? JdbcTypes.scale(type) : null,
        pseudo ? DatabaseMetaData.bestRowPseudo : DatabaseMetaData.bestRowNotPseudo);
  }

  /**
   * Unique keys that writers keep, the partitioning and the sort order; and the number of rows and
   * data files as a statistic.
   */
  ResultSet indexInfo(
      @Nullable String catalog, @Nullable String schema, @Nullable String table, boolean unique)
      throws SQLException {
    FixedRows rows =
        new FixedRows()
            .text("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME")
            .flag("NON_UNIQUE")
            .text("INDEX_QUALIFIER", "INDEX_NAME")
            .small("TYPE", "ORDINAL_POSITION")
            .text("COLUMN_NAME", "ASC_OR_DESC")
            .big("CARDINALITY", "PAGES")
            .text("FILTER_CONDITION");
    for (TableDescription found : tables.named(catalog, schema, table)) {
      TableIdentifier identifier = found.identifier();
      TableLayout layout = found.layout();
      Long rowCount = layout.rowCount();
      if (!unique) {
        index(
            rows,
            identifier,
            false,
            null,
            DatabaseMetaData.tableIndexStatistic,
            0,
            null,
            null,
            rowCount,
            layout.dataFileCount());
      }
      layout.keys().stream()
          .sorted(Comparator.comparing(TableLayout.Key::name))
          .forEach(
              key -> {
                for (int i = 0; i < key.columns().size(); i++) {
                  index(
                      rows,
                      identifier,
                      false,
                      key.name(),
                      DatabaseMetaData.tableIndexOther,
                      i + 1,
                      key.columns().get(i),
                      null,
                      rowCount,
                      null);
                }
              });
      if (!unique) {
        parts(
            rows,
            identifier,
            "sorted by ",
            layout.sorting(),
            DatabaseMetaData.tableIndexClustered,
            part -> part.descending() ? "D" : "A");
        parts(
            rows,
            identifier,
            "partitioned by ",
            layout.partitioning(),
            DatabaseMetaData.tableIndexOther,
            part -> null);
      }
    }
    return rows.resultSet();
  }

  /** An index whose name says what the columns alone do not. */
  private static void parts(
      FixedRows rows,
      TableIdentifier table,
      String what,
      List<TableLayout.Part> parts,
      short type,
      Function<TableLayout.Part, @Nullable String> direction) {
    String name =
        what + parts.stream().map(TableLayout.Part::text).collect(Collectors.joining(", "));
    for (int i = 0; i < parts.size(); i++) {
      TableLayout.Part part = parts.get(i);
      index(rows, table, true, name, type, i + 1, part.column(), direction.apply(part), null, null);
    }
  }

  private static void index(
      FixedRows rows,
      TableIdentifier table,
      boolean nonUnique,
      @Nullable String name,
      short type,
      int position,
      @Nullable String column,
      @Nullable String direction,
      @Nullable Long cardinality,
      @Nullable Long pages) {
    rows.row(
        null,
        SchemaNames.text(table.namespace()),
        table.name(),
        nonUnique,
        null,
        name,
        (int) type,
        position,
        column,
        direction,
        cardinality,
        pages,
        null);
  }
}
