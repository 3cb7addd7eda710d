package dev.frazil.benchmarks;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchColumnType;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of TPC-H, generated in process and loaded by plain JDBC batches. */
final class TpchData {
  private static final int BATCH_ROWS = 200_000;

  private TpchData() {}

  /** The definition of a table in SQL that Frazil and DuckDB both accept. */
  static String definition(TpchTable<?> table) {
    return table.getColumns().stream()
        .map(column -> column.getColumnName() + " " + sqlType(column.getType()))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** Creates the table and loads it; returns its rows. */
  static <E extends TpchEntity> long load(
      Connection connection, TpchTable<E> table, double scaleFactor) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + table.getTableName() + " " + definition(table));
    }
    List<TpchColumn<E>> columns = table.getColumns();
    String markers = String.join(", ", Collections.nCopies(columns.size(), "?"));
    long rows = 0;
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO " + table.getTableName() + " VALUES (" + markers + ")")) {
      for (E entity : table.createGenerator(scaleFactor, 1, 1)) {
        for (int i = 0; i < columns.size(); i++) {
          bind(insert, i + 1, columns.get(i), entity);
        }
        insert.addBatch();
        if (++rows % BATCH_ROWS == 0) {
          insert.executeBatch();
        }
      }
      if (rows % BATCH_ROWS != 0) {
        insert.executeBatch();
      }
    }
    return rows;
  }

  private static <E extends TpchEntity> void bind(
      PreparedStatement insert, int index, TpchColumn<E> column, E entity) throws SQLException {
    switch (column.getType().getBase()) {
      case IDENTIFIER -> insert.setLong(index, column.getIdentifier(entity));
      case INTEGER -> insert.setInt(index, column.getInteger(entity));
      case DATE -> insert.setObject(index, LocalDate.ofEpochDay(column.getDate(entity)));
      case DOUBLE ->
          insert.setBigDecimal(
              index, BigDecimal.valueOf(Math.round(column.getDouble(entity) * 100), 2));
      case VARCHAR -> insert.setString(index, column.getString(entity));
    }
  }

  private static String sqlType(TpchColumnType type) {
    return switch (type.getBase()) {
      case IDENTIFIER -> "bigint";
      case INTEGER -> "integer";
      case DATE -> "date";
      case DOUBLE -> "decimal(12,2)";
      case VARCHAR -> "varchar";
    };
  }
}
