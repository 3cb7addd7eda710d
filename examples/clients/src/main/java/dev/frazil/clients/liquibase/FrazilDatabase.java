package dev.frazil.clients.liquibase;

import liquibase.database.AbstractJdbcDatabase;
import liquibase.database.DatabaseConnection;
import liquibase.exception.DatabaseException;
import liquibase.statement.SqlStatement;
import liquibase.statement.core.RawCallStatement;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Catalog;
import liquibase.structure.core.ForeignKey;
import liquibase.structure.core.Index;
import liquibase.structure.core.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Frazil for Liquibase 4: schemas without catalogs, tables and their keys. Found by the service
 * loader of {@code liquibase.database.Database} for every URL of {@code jdbc:iceberg:}.
 */
public class FrazilDatabase extends AbstractJdbcDatabase {
  /** Used by Liquibase. */
  public FrazilDatabase() {
    super.unquotedObjectsAreUppercased = false;
    setCurrentDateTimeFunction("now()");
  }

  @Override
  public int getPriority() {
    return PRIORITY_DATABASE;
  }

  @Override
  public boolean isCorrectDatabaseImplementation(DatabaseConnection connection)
      throws DatabaseException {
    return getDefaultDatabaseProductName().equals(connection.getDatabaseProductName());
  }

  @Override
  public @Nullable String getDefaultDriver(String url) {
    return url.startsWith("jdbc:iceberg:") ? "dev.frazil.jdbc.FrazilDriver" : null;
  }

  @Override
  protected String getDefaultDatabaseProductName() {
    return "Frazil";
  }

  @Override
  public String getShortName() {
    return "frazil";
  }

  @Override
  public @Nullable Integer getDefaultPort() {
    return null;
  }

  /** Liquibase would try {@code CALL current_schema} for every name. */
  @Override
  protected SqlStatement getConnectionSchemaNameCallStatement() {
    return new RawCallStatement("SELECT CURRENT_SCHEMA");
  }

  // ---- what there is

  @Override
  public boolean supportsCatalogs() {
    return false;
  }

  @Override
  public boolean supports(Class<? extends DatabaseObject> type) {
    return type != Catalog.class
        && type != Sequence.class
        && type != Index.class
        && type != ForeignKey.class
        && super.supports(type);
  }

  /** CREATE TABLE and DROP TABLE are part of the transaction, beside the changes of rows. */
  @Override
  public boolean supportsDDLInTransaction() {
    return true;
  }

  @Override
  public boolean supportsAutoIncrement() {
    return false;
  }

  @Override
  public boolean supportsInitiallyDeferrableColumns() {
    return false;
  }

  @Override
  public boolean supportsTablespaces() {
    return false;
  }

  @Override
  public boolean supportsDropTableCascadeConstraints() {
    return false;
  }

  @Override
  public boolean supportsPrimaryKeyNames() {
    return false;
  }

  @Override
  public boolean supportsNotNullConstraintNames() {
    return false;
  }
}
