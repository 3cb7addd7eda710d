package dev.frazil.clients.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;

/** A Frazil database to Flyway: how its table of migrations is made, and that DDL rolls back. */
final class FlywayDatabase extends Database<FlywayConnection> {
  FlywayDatabase(
      Configuration configuration,
      JdbcConnectionFactory connections,
      StatementInterceptor interceptor) {
    super(configuration, connections, interceptor);
  }

  @Override
  protected FlywayConnection doGetConnection(Connection connection) {
    return new FlywayConnection(this, connection);
  }

  @Override
  public void ensureSupported(Configuration configuration) {
    // every version
  }

  /** CREATE TABLE and DROP TABLE are part of the transaction. */
  @Override
  public boolean supportsDdlTransactions() {
    return true;
  }

  /** A transaction that only watches over the others would conflict with what they commit. */
  @Override
  public boolean useSingleConnection() {
    return true;
  }

  @Override
  public String getBooleanTrue() {
    return "true";
  }

  @Override
  public String getBooleanFalse() {
    return "false";
  }

  @Override
  public boolean catalogIsSchema() {
    return false;
  }

  /** A warehouse knows no users: the one of the operating system runs the migration. */
  @Override
  protected String doGetCurrentUser() throws SQLException {
    return System.getProperty("user.name", "unknown");
  }

  @Override
  @SuppressWarnings("rawtypes") // as the method that is overridden
  public String getRawCreateScript(Table table, boolean baseline) {
    return "CREATE TABLE "
        + table
        + """
         (
          installed_rank integer NOT NULL,
          version varchar,
          description varchar NOT NULL,
          type varchar NOT NULL,
          script varchar NOT NULL,
          checksum integer,
          installed_by varchar NOT NULL,
          installed_on timestamp NOT NULL DEFAULT LOCALTIMESTAMP,
          execution_time integer NOT NULL,
          success boolean NOT NULL,
          PRIMARY KEY (installed_rank));
        """
        + (baseline ? getBaselineStatement(table) + ";\n" : "");
  }
}
