package dev.frazil.engine.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One engine and one DuckDB for the tests of what expressions mean. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SqlExpressions {
  private EngineRunner frazil;
  private DuckDbRunner duckDb;

  @BeforeAll
  void open(@TempDir Path folder) {
    frazil = EngineRunner.local(folder);
    duckDb = new DuckDbRunner();
  }

  @AfterAll
  void close() {
    frazil.close();
    duckDb.close();
  }

  final EngineRunner frazil() {
    return frazil;
  }

  /** Expressions and what they print, in turn. */
  final void gives(String... expressionsAndValues) {
    for (int i = 0; i < expressionsAndValues.length; i += 2) {
      String expression = expressionsAndValues[i];
      assertThat(frazil.query("SELECT " + expression).rows().get(0).get(0))
          .as(expression)
          .isEqualTo(expressionsAndValues[i + 1]);
    }
  }

  /** Expressions that are an error of that SQLState. */
  final void fails(String state, String... expressions) {
    for (String expression : expressions) {
      EngineException error =
          catchThrowableOfType(EngineException.class, () -> frazil.query("SELECT " + expression));
      assertThat(error).as(expression).isNotNull();
      assertThat(error.state().code()).as(expression + ": " + error.getMessage()).isEqualTo(state);
    }
  }

  /** Queries that give what DuckDB gives, as multisets unless they order. */
  final void asDuckDb(String... queries) {
    for (String query : queries) {
      boolean ordered = query.contains("ORDER BY");
      var ours = frazil.query(query);
      var theirs = duckDb.query(query);
      assertThat(ordered ? ours.rows().toString() : ours.sorted().toString())
          .as(query)
          .isEqualTo(ordered ? theirs.rows().toString() : theirs.sorted().toString());
    }
  }

  /** Queries and the rows that they print, in turn. */
  final void rows(String... queriesAndRows) {
    for (int i = 0; i < queriesAndRows.length; i += 2) {
      String query = queriesAndRows[i];
      assertThat(frazil.query(query).rows().toString()).as(query).isEqualTo(queriesAndRows[i + 1]);
    }
  }
}
