package dev.frazil.catalog.sql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which of the layouts of Iceberg's JDBC catalog a server holds. Source: {@code
 * org.apache.iceberg.jdbc} of iceberg-core 1.12.
 */
enum SqlSchemaVersion {
  /** No catalog yet. */
  NONE,
  /** Tables only. */
  V0,
  /** Tables and views, told apart by the column {@code iceberg_type}. */
  V1;

  private static final String TABLES = "iceberg_tables";

  private static final List<String> CREATION =
      List.of(
          "CREATE TABLE iceberg_tables("
              + "catalog_name VARCHAR(255) NOT NULL, table_namespace VARCHAR(255) NOT NULL,"
              + " table_name VARCHAR(255) NOT NULL, metadata_location VARCHAR(1000),"
              + " previous_metadata_location VARCHAR(1000), iceberg_type VARCHAR(5),"
              + " PRIMARY KEY (catalog_name, table_namespace, table_name))",
          "CREATE TABLE iceberg_namespace_properties("
              + "catalog_name VARCHAR(255) NOT NULL, namespace VARCHAR(255) NOT NULL,"
              + " property_key VARCHAR(255), property_value VARCHAR(1000),"
              + " PRIMARY KEY (catalog_name, namespace, property_key))");

  static SqlSchemaVersion of(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    Map<String, Set<String>> bySchema = new HashMap<>();
    // Some databases keep names in upper case.
    for (String name : List.of(TABLES, TABLES.toUpperCase(Locale.ROOT))) {
      try (ResultSet rows = metaData.getColumns(connection.getCatalog(), null, name, "%")) {
        while (rows.next()) {
          bySchema
              .computeIfAbsent(
                  String.valueOf(rows.getString("TABLE_SCHEM")), unused -> new HashSet<>())
              .add(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
        }
      }
    }
    Set<String> columns = bySchema.get(String.valueOf(connection.getSchema()));
    if (columns == null) {
      // Schemas of the server that a name without one does not lead to hold other catalogs.
      columns = new HashSet<>();
      if (!bySchema.isEmpty() && isReached(connection)) {
        bySchema.values().forEach(columns::addAll);
      }
    }
    if (!columns.contains("metadata_location")) {
      return NONE;
    }
    return columns.contains("iceberg_type") ? V1 : V0;
  }

  private static boolean isReached(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      return true; // a failure would end the transaction, which finds out itself
    }
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT 1 FROM " + TABLES + " WHERE 1 = 0")) {
      return !none.next();
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith("42")) {
        return false;
      }
      throw e;
    }
  }

  /** Makes what is not there; another process may do the same. */
  static SqlSchemaVersion create(Connection connection) throws SQLException {
    for (String table : CREATION) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(table);
      } catch (SQLException e) {
        if (of(connection) == NONE) {
          throw e;
        }
      }
    }
    return of(connection);
  }

  boolean hasKinds() {
    return this == V1;
  }
}
