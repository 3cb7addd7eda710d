package dev.frazil.clients.flyway;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;

/** A schema of Frazil: it holds tables only. */
final class FlywaySchema extends Schema<FlywayDatabase, FlywayTable> {
  FlywaySchema(JdbcTemplate template, FlywayDatabase database, String name) {
    super(template, database, name);
  }

  @Override
  protected boolean doExists() throws SQLException {
    try (ResultSet schemas = database.getJdbcMetaData().getSchemas()) {
      while (schemas.next()) {
        if (schemas.getString("TABLE_SCHEM").equals(name)) {
          return true;
        }
      }
      return false;
    }
  }

  @Override
  protected boolean doEmpty() throws SQLException {
    return tables().isEmpty();
  }

  @Override
  protected void doCreate() throws SQLException {
    jdbcTemplate.execute("CREATE SCHEMA " + database.quote(name));
  }

  @Override
  protected void doDrop() throws SQLException {
    doClean();
    jdbcTemplate.execute("DROP SCHEMA " + database.quote(name));
  }

  @Override
  protected void doClean() throws SQLException {
    for (String table : tables()) {
      jdbcTemplate.execute("DROP TABLE " + database.quote(name, table));
    }
  }

  @Override
  protected FlywayTable[] doAllTables() throws SQLException {
    return tables().stream()
        .map(table -> new FlywayTable(jdbcTemplate, database, this, table))
        .toArray(FlywayTable[]::new);
  }

  @Override
  public Table<?, ?> getTable(String table) {
    return new FlywayTable(jdbcTemplate, database, this, table);
  }

  private List<String> tables() throws SQLException {
    return new ArrayList<>(
        jdbcTemplate.queryForStringList(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = ?", name));
  }
}
