package dev.frazil.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.engine.StatementResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs a script of SQL statements on Frazil and on DuckDB and compares every answer (as a multiset)
 * and every update count. A statement ends with a semicolon at the end of a line. The comment lines
 * {@code -- frazil} and {@code -- duckdb} in front of a statement keep it from the other engine.
 */
public final class SqlScriptRunner {
  private final EngineRunner frazil;
  private final DuckDbRunner duckDb;
  private int comparisons;

  public SqlScriptRunner(EngineRunner frazil, DuckDbRunner duckDb) {
    this.frazil = frazil;
    this.duckDb = duckDb;
  }

  /** Who runs a statement. */
  enum Audience {
    BOTH,
    FRAZIL,
    DUCKDB
  }

  /** A statement of a script. */
  record Step(Audience audience, String sql) {}

  /** Runs all of it. */
  public void run(String script) {
    for (Step step : parse(script)) {
      switch (step.audience()) {
        case BOTH -> both(step.sql());
        case FRAZIL -> {
          if (frazil.execute(step.sql()) instanceof StatementResult.Rows rows) {
            rows.cursor().close();
          }
        }
        case DUCKDB -> duckDb.update(step.sql());
      }
    }
  }

  /** Runs one statement on both and compares. */
  public void both(String sql) {
    comparisons++;
    StatementResult result;
    try {
      result = frazil.execute(sql);
      if (result instanceof StatementResult.Rows rows) {
        List<String> ours = EngineRunner.read(rows.cursor()).sorted();
        assertThat(ours).as(sql).isEqualTo(duckDb.query(sql).sorted());
        return;
      }
    } catch (RuntimeException e) {
      throw new AssertionError("Frazil fails on: " + sql, e);
    }
    long theirs = duckDb.update(sql);
    if (countsRows(sql)) {
      assertThat(((StatementResult.UpdateCount) result).rows())
          .as("update count of " + sql)
          .isEqualTo(theirs);
    }
  }

  /** How often answers were compared. */
  public int comparisons() {
    return comparisons;
  }

  private static boolean countsRows(String sql) {
    String text = sql.stripLeading().toLowerCase(Locale.ROOT);
    return text.startsWith("insert")
        || text.startsWith("update")
        || text.startsWith("delete")
        || text.startsWith("merge");
  }

  static List<Step> parse(String script) {
    List<Step> steps = new ArrayList<>();
    Audience audience = Audience.BOTH;
    StringBuilder statement = new StringBuilder();
    for (String line : script.lines().toList()) {
      String trimmed = line.strip();
      if (statement.isEmpty() && trimmed.startsWith("--")) {
        if (trimmed.equals("-- frazil")) {
          audience = Audience.FRAZIL;
        } else if (trimmed.equals("-- duckdb")) {
          audience = Audience.DUCKDB;
        }
        continue;
      }
      if (trimmed.isEmpty() && statement.isEmpty()) {
        continue;
      }
      statement.append(line).append('\n');
      if (trimmed.endsWith(";")) {
        String text = statement.toString().strip();
        steps.add(new Step(audience, text.substring(0, text.length() - 1)));
        statement.setLength(0);
        audience = Audience.BOTH;
      }
    }
    if (!statement.isEmpty()) {
      throw new IllegalArgumentException("a statement without its semicolon: " + statement);
    }
    return steps;
  }
}
