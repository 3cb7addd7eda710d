package dev.frazil.jdbc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.jdbc.FrazilDriver;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The calls of DBeaver 24.2's generic driver ({@code org.jkiss.dbeaver.ext.generic} and {@code
 * org.jkiss.dbeaver.model.jdbc}), with the parameters of the driver definition that {@code
 * docs/guides/dbeaver} ships.
 */
final class DBeaverCalls implements AutoCloseable {
  private final Connection connection;

  private DBeaverCalls(Connection connection) {
    this.connection = connection;
  }

  /** JDBCDataSource.openConnection, JDBCExecutionContext.connect. */
  static DBeaverCalls connect(String url, Properties properties, boolean readOnly)
      throws SQLException {
    Driver driver = new FrazilDriver();
    assertThat(driver.acceptsURL(url)).isTrue();
    // JDBCDataSourceProvider.getConnectionProperties: the page "Driver properties".
    DriverPropertyInfo[] known = driver.getPropertyInfo(url, properties);
    assertThat(known).isNotEmpty().allSatisfy(info -> assertThat(info.description).isNotEmpty());
    assertThat(known)
        .as("what is one of several is chosen from a list")
        .anySatisfy(info -> assertThat(info.choices).contains("serializable", "snapshot"));
    Connection connection = driver.connect(url, properties);
    assertThat(connection).isNotNull();
    if (readOnly) {
      connection.setReadOnly(true);
    }
    connection.setAutoCommit(true);
    assertThat(connection.getAutoCommit()).isTrue();
    return new DBeaverCalls(connection);
  }

  Connection connection() {
    return connection;
  }

  /** JDBCDataSourceInfo's constructor, JDBCSQLDialect.initDriverSettings. */
  void readDataSourceInfo() throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    assertThat(metaData.getDatabaseProductName()).isEqualTo("Frazil");
    assertThat(metaData.getDatabaseProductVersion()).isNotEmpty();
    assertThat(metaData.getDriverName()).isNotEmpty();
    assertThat(metaData.getDriverVersion()).isNotEmpty();
    assertThat(metaData.getDatabaseMajorVersion() + metaData.getDatabaseMinorVersion())
        .isNotNegative();
    assertThat(metaData.getSchemaTerm()).isEqualTo("schema");
    assertThat(metaData.getProcedureTerm()).isEqualTo("procedure");
    assertThat(metaData.getCatalogTerm()).isNotNull();
    assertThat(metaData.supportsBatchUpdates()).isTrue();
    assertThat(metaData.supportsTransactions()).as("shows the transaction buttons").isTrue();
    assertThat(metaData.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE))
        .isTrue();
    assertThat(metaData.supportsTransactionIsolationLevel(Connection.TRANSACTION_NONE)).isFalse();
    assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
    metaData.getSQLStateType();
    assertThat(metaData.supportsCorrelatedSubqueries()).isTrue();
    // Names are quoted in scripts where their case needs it.
    assertThat(metaData.storesLowerCaseIdentifiers()).isTrue();
    assertThat(metaData.storesUpperCaseIdentifiers()).isFalse();
    assertThat(metaData.supportsMixedCaseIdentifiers()).isFalse();
    assertThat(metaData.supportsMixedCaseQuotedIdentifiers()).isTrue();
    assertThat(metaData.storesUpperCaseQuotedIdentifiers()).isFalse();
    assertThat(metaData.storesLowerCaseQuotedIdentifiers()).isFalse();
    assertThat(metaData.getSearchStringEscape()).isEqualTo("\\");
    assertThat(metaData.getCatalogSeparator()).isNotNull();
    assertThat(metaData.supportsCatalogsInDataManipulation()).isFalse();
    assertThat(metaData.supportsCatalogsInTableDefinitions()).isFalse();
    assertThat(metaData.supportsSchemasInDataManipulation()).isTrue();
    assertThat(metaData.supportsSchemasInTableDefinitions()).isTrue();
    assertThat(metaData.getExtraNameCharacters()).isNotNull();
    metaData.isCatalogAtStart();
    assertThat(metaData.getSQLKeywords()).contains("QUALIFY");
    assertThat(metaData.getNumericFunctions()).isNotEmpty();
    assertThat(metaData.getStringFunctions()).isNotEmpty();
    assertThat(metaData.getSystemFunctions()).isNotEmpty();
    assertThat(metaData.getTimeDateFunctions()).isNotEmpty();
  }

  /** GenericDataTypeCache.makeDataType: the types of the list "Data Types". */
  Answer loadTypes() throws SQLException {
    return Answer.of(
        connection.getMetaData().getTypeInfo(),
        "TYPE_NAME",
        "DATA_TYPE",
        "PRECISION",
        "LOCAL_TYPE_NAME",
        "UNSIGNED_ATTRIBUTE",
        "SEARCHABLE",
        "MINIMUM_SCALE",
        "MAXIMUM_SCALE");
  }

  /** GenericDataSource.getCatalogsNames. */
  Answer loadCatalogs() throws SQLException {
    return Answer.of(connection.getMetaData().getCatalogs(), "TABLE_CAT");
  }

  /** GenericMetaModel.loadSchemas without catalogs. */
  Answer loadSchemas() throws SQLException {
    return Answer.of(
        connection.getMetaData().getSchemas(null, "%"), "TABLE_SCHEM", "TABLE_CATALOG");
  }

  /** GenericExecutionContext.determineSelectedEntity: a catalog would hide the schema. */
  String activeSchema() throws SQLException {
    assertThat(connection.getCatalog()).isNullOrEmpty();
    return connection.getSchema();
  }

  /** GenericDataSource.TableTypeCache. */
  Answer loadTableTypes() throws SQLException {
    return Answer.of(connection.getMetaData().getTableTypes(), "TABLE_TYPE");
  }

  /** GenericMetaModel.prepareTableLoadStatement, createTableImpl; one table or all. */
  Answer loadTables(String schema, @Nullable String table) throws SQLException {
    return Answer.of(
        connection
            .getMetaData()
            .getTables(null, escape(schema), table == null ? "%" : escape(table), null),
        "TABLE_CAT",
        "TABLE_SCHEM",
        "TABLE_NAME",
        "TABLE_TYPE",
        "REMARKS",
        "TYPE_NAME");
  }

  /** GenericMetaModel.prepareTableColumnLoadStatement, fetchTableColumn. */
  Answer loadColumns(String schema, @Nullable String table) throws SQLException {
    return Answer.of(
        connection
            .getMetaData()
            .getColumns(null, escape(schema), table == null ? "%" : escape(table), "%"),
        "TABLE_NAME",
        "COLUMN_NAME",
        "DATA_TYPE",
        "SOURCE_DATA_TYPE",
        "TYPE_NAME",
        "COLUMN_SIZE",
        "NULLABLE",
        "DECIMAL_DIGITS",
        "NUM_PREC_RADIX",
        "COLUMN_DEF",
        "REMARKS",
        "CHAR_OCTET_LENGTH",
        "ORDINAL_POSITION",
        "IS_AUTOINCREMENT",
        "IS_GENERATEDCOLUMN");
  }

  /** ConstraintKeysCache, GenericMetaModel.prepareUniqueConstraintsLoadStatement: no escapes. */
  Answer loadKeys(String schema, String table) throws SQLException {
    return Answer.of(
        connection.getMetaData().getPrimaryKeys(null, schema, table),
        "TABLE_NAME",
        "PK_NAME",
        "COLUMN_NAME",
        "KEY_SEQ");
  }

  /** IndexCache.prepareObjectsStatement. */
  Answer loadIndexes(String schema, String table) throws SQLException {
    return Answer.of(
        connection.getMetaData().getIndexInfo(null, schema, table, false, true),
        "TABLE_NAME",
        "INDEX_NAME",
        "NON_UNIQUE",
        "INDEX_QUALIFIER",
        "CARDINALITY",
        "TYPE",
        "ORDINAL_POSITION",
        "COLUMN_NAME",
        "ASC_OR_DESC");
  }

  /** ForeignKeysCache, GenericTableBase.loadReferenceInfoList: what ER diagrams draw. */
  Answer loadForeignKeys(String schema, String table, boolean imported) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    return Answer.of(
        imported
            ? metaData.getImportedKeys(null, schema, table)
            : metaData.getExportedKeys(null, schema, table),
        "PKTABLE_CAT",
        "PKTABLE_SCHEM",
        "PKTABLE_NAME",
        "PKCOLUMN_NAME",
        "FKTABLE_CAT",
        "FKTABLE_SCHEM",
        "FKTABLE_NAME",
        "FKCOLUMN_NAME",
        "KEY_SEQ",
        "UPDATE_RULE",
        "DELETE_RULE",
        "FK_NAME",
        "PK_NAME",
        "DEFERRABILITY");
  }

  /** GenericMetaModel.loadProcedures, its first half. */
  Answer loadFunctions(String schema) throws SQLException {
    return Answer.of(
        connection.getMetaData().getFunctions(null, escape(schema), "%"),
        "FUNCTION_NAME",
        "SPECIFIC_NAME",
        "FUNCTION_TYPE",
        "REMARKS");
  }

  /** GenericMetaModel.loadProcedures, its second half. */
  Answer loadProcedures(String schema) throws SQLException {
    return Answer.of(
        connection.getMetaData().getProcedures(null, escape(schema), "%"),
        "PROCEDURE_CAT",
        "PROCEDURE_NAME",
        "SPECIFIC_NAME",
        "PROCEDURE_TYPE",
        "REMARKS");
  }

  /** JDBCUtils.escapeWildCards, since the definition sets use-search-string-escape. */
  private static String escape(String name) {
    return name.replace("%", "\\%").replace("_", "\\_");
  }

  /**
   * JDBCTable.readData, JDBCStatementImpl.setLimit: the rows of a data tab from {@code first} on.
   * The caller closes the statement.
   */
  ResultSet readRows(String sql, int first, int maxRows) throws SQLException {
    Statement statement =
        connection.createStatement(
            first > 0 ? ResultSet.TYPE_SCROLL_INSENSITIVE : ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY);
    statement.setMaxRows(first + maxRows);
    statement.setFetchSize(first + maxRows);
    assertThat(statement.execute(sql)).isTrue();
    ResultSet rows = statement.getResultSet();
    if (first > 0) {
      // JDBCUtils.scrollResultSet
      assertThat(rows.absolute(first)).isTrue();
    }
    return rows;
  }

  /** JDBCTable.countData, SQLQueryTransformerCount for the text of an editor. */
  long count(String source) throws SQLException {
    try (PreparedStatement statement = prepare("SELECT COUNT(*) FROM " + source)) {
      assertThat(statement.execute()).isTrue();
      try (ResultSet rows = statement.getResultSet()) {
        assertThat(rows.next()).isTrue();
        return ((Number) rows.getObject(1)).longValue();
      }
    }
  }

  /** JDBCConnectionImpl.prepareStatement for QUERY: how changed rows are saved. */
  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(
        sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  /** JDBCColumnMetaData's constructor: a column is edited if its table is known. */
  static String origin(ResultSetMetaData metaData, int column) throws SQLException {
    assertThat(metaData.getColumnLabel(column)).isNotEmpty();
    metaData.isWritable(column);
    assertThat(metaData.getCatalogName(column)).isNotNull();
    metaData.isNullable(column);
    assertThat(metaData.getColumnDisplaySize(column)).isPositive();
    assertThat(metaData.getColumnTypeName(column).toUpperCase(Locale.ROOT)).isNotEmpty();
    metaData.getColumnType(column);
    assertThat(metaData.isAutoIncrement(column)).isFalse();
    metaData.getPrecision(column);
    metaData.getScale(column);
    return metaData.getSchemaName(column)
        + "."
        + metaData.getTableName(column)
        + "."
        + metaData.getColumnName(column);
  }

  /** JDBCDataSource.closeConnection. */
  @Override
  public void close() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
    connection.close();
  }
}
