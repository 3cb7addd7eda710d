package dev.frazil.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a client asks to browse the database. Patterns never become SQL. */
final class JdbcDatabaseMetaData extends ProductMetaData implements SelfWrapper {
  private final JdbcConnection connection;
  private final TableMetaData tables;
  private final KeyMetaData keys;

  JdbcDatabaseMetaData(JdbcConnection connection) {
    this.connection = connection;
    this.tables = new TableMetaData(connection);
    this.keys = new KeyMetaData(connection, tables);
  }

  // ---- who we are

  @Override
  public Connection getConnection() {
    return connection;
  }

  /** As given: a URL cannot hold a secret. */
  @Override
  public String getURL() {
    return connection.url().text();
  }

  @Override
  public String getUserName() {
    return "";
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  // ---- transactions and result sets

  @Override
  public int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_SERIALIZABLE;
  }

  @Override
  public boolean supportsTransactionIsolationLevel(int level) {
    return level == Connection.TRANSACTION_SERIALIZABLE
        || level == Connection.TRANSACTION_REPEATABLE_READ;
  }

  @Override
  public boolean supportsResultSetType(int type) {
    return type == ResultSet.TYPE_FORWARD_ONLY || type == ResultSet.TYPE_SCROLL_INSENSITIVE;
  }

  @Override
  public boolean supportsResultSetConcurrency(int type, int concurrency) {
    return supportsResultSetType(type) && concurrency == ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public int getResultSetHoldability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public int getSQLStateType() {
    return sqlStateSQL;
  }

  @Override
  public RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }

  // ---- tables

  @Override
  public ResultSet getCatalogs() throws SQLException {
    checkOpen();
    return new FixedRows().text("TABLE_CAT").resultSet();
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return tables.schemas(null, null);
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern)
      throws SQLException {
    return tables.schemas(catalog, schemaPattern);
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    checkOpen();
    return new FixedRows().text("TABLE_TYPE").row("TABLE").row("VIEW").resultSet();
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tableNamePattern,
      String @Nullable [] types)
      throws SQLException {
    return tables.tables(catalog, schemaPattern, tableNamePattern, types);
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tableNamePattern,
      @Nullable String columnNamePattern)
      throws SQLException {
    return tables.columns(catalog, schemaPattern, tableNamePattern, columnNamePattern);
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return keys.primaryKeys(catalog, schema, table);
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable)
      throws SQLException {
    return keys.bestRowIdentifier(catalog, schema, table, scope, nullable);
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return keys.versionColumns(catalog, schema, table);
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    return keys.indexInfo(catalog, schema, table, unique);
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern)
      throws SQLException {
    return tables.pseudoColumns(catalog, schemaPattern, tablePattern, columnPattern);
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    checkOpen();
    return SqlTypeInfo.resultSet();
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String functionPattern)
      throws SQLException {
    checkOpen();
    return RoutineMetaData.functions(catalog, schemaPattern, functionPattern);
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String functionPattern,
      @Nullable String columnPattern)
      throws SQLException {
    checkOpen();
    return RoutineMetaData.functionColumns(catalog, schemaPattern, functionPattern, columnPattern);
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String procedurePattern)
      throws SQLException {
    checkOpen();
    return RoutineMetaData.procedures(catalog, schemaPattern, procedurePattern);
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String procedurePattern,
      @Nullable String columnPattern)
      throws SQLException {
    checkOpen();
    return RoutineMetaData.procedureColumns(
        catalog, schemaPattern, procedurePattern, columnPattern);
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    connection.checkOpen();
    FixedRows rows =
        new FixedRows().text("NAME").integer("MAX_LEN").text("DEFAULT_VALUE", "DESCRIPTION");
    rows.row("ApplicationName", JdbcTypes.UNLIMITED, "", "The program that uses the connection.");
    rows.row("ClientHostname", JdbcTypes.UNLIMITED, "", "The host of the program.");
    rows.row("ClientUser", JdbcTypes.UNLIMITED, "", "The user of the program.");
    rows.row(
        ConnectionExtras.IDEMPOTENCY_TOKEN,
        JdbcTypes.UNLIMITED,
        "",
        "Names the unit of work: a commit under a token that was committed before changes nothing.");
    return rows.resultSet();
  }

  @Override
  void checkOpen() throws SQLException {
    connection.checkOpen();
  }
}
