package dev.frazil.jdbc;

import dev.frazil.engine.PreparedQuery;
import java.sql.SQLException;

/**
 * A {@code CALL}, mostly written as {@code {call system.name(?)}}: a prepared statement. Procedures
 * have no OUT parameters and answer a result set.
 */
final class JdbcCallableStatement extends JdbcPreparedStatement
    implements NoOutParameters, NoNamedOutParameters, NoNamedParameters {
  JdbcCallableStatement(JdbcConnection connection, PreparedQuery query, ResultSetKind kind)
      throws SQLException {
    super(connection, query, null, kind);
  }
}
