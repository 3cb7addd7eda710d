package dev.frazil.clients.flyway;

import java.sql.SQLException;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;

/** A table of Frazil. */
final class FlywayTable extends Table<FlywayDatabase, FlywaySchema> {
  FlywayTable(JdbcTemplate template, FlywayDatabase database, FlywaySchema schema, String name) {
    super(template, database, schema, name);
  }

  @Override
  protected void doDrop() throws SQLException {
    jdbcTemplate.execute("DROP TABLE " + this);
  }

  @Override
  protected boolean doExists() throws SQLException {
    return !jdbcTemplate
        .queryForStringList(
            "SELECT table_name FROM information_schema.tables"
                + " WHERE table_schema = ? AND table_name = ?",
            schema.getName(),
            name)
        .isEmpty();
  }

  /**
   * Nobody waits here: the rank of a migration is the key of its row, so of two that run at once
   * one is refused when it commits, with all that it did.
   */
  @Override
  protected void doLock() {}
}
