package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that work long on one batch, or one row, end soon after they are cancelled. */
@Tag("slow")
class LongLoopsTest {
  private static final long CANCELLED_AFTER_MILLIS = 300;
  private static final long ENDS_WITHIN_MILLIS = 1_500;

  @TempDir static Path folder;
  private static EngineRunner frazil;
  private static ScheduledExecutorService canceller;

  @BeforeAll
  static void open() {
    frazil = EngineRunner.local(folder);
    frazil.query(
        "SELECT reduce(sequence(1, n), 0, (s, x) -> s + x, s -> s) FROM (VALUES (1)) t (n)");
    canceller = Executors.newSingleThreadScheduledExecutor();
  }

  @AfterAll
  static void close() {
    canceller.shutdownNow();
    frazil.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT reduce(sequence(1, 10000000), 0, (s, x) -> (s + x) % 1000, s -> s)",
        "SELECT count(*) FROM generate_series(1, 3000) t (n) WHERE reduce(sequence(1, 20000 + n % 7), 0,"
            + " (s, x) -> s + x, s -> s) = 1",
        "SELECT count(*) FROM generate_series(1, 1000000) a (x), generate_series(1, 1000000) b (y)"
            + " WHERE x + y = 0",
        "SELECT count(*) FROM generate_series(1, 400000) a (x) LEFT JOIN generate_series(1, 400000)"
            + " b (y) ON x * y = -1",
        "SELECT max(levenshtein_distance(repeat('a', 3000 + n % 7), repeat('b', 3000)))"
            + " FROM generate_series(1, 4000) t (n)",
        "SELECT max(length(regexp_replace(repeat('ab', 50000 + n % 7), '(a|b)', 'c')))"
            + " FROM generate_series(1, 4000) t (n)",
        "SELECT max(m) FROM (SELECT median(x) OVER (ORDER BY x ROWS BETWEEN 300000 PRECEDING AND"
            + " CURRENT ROW) AS m FROM generate_series(1, 1000000) t (x)) AS s",
        "SELECT max(m) FROM (SELECT approx_distinct(x) OVER (ORDER BY x ROWS BETWEEN 300000"
            + " PRECEDING AND CURRENT ROW) AS m FROM generate_series(1, 1000000) t (x)) AS s",
        "SELECT max(m) FROM (SELECT max(x % 1000) OVER (ORDER BY x % 100000 RANGE BETWEEN 3"
            + " PRECEDING AND 30 FOLLOWING EXCLUDE TIES) AS m FROM generate_series(1, 5000000) t"
            + " (x)) AS s",
        "SELECT max(length(j)) FROM (SELECT json_arrayagg(x) AS j FROM generate_series(1, 8000000)"
            + " t (x)) AS s",
        "SELECT max(length(j)) FROM (SELECT json_objectagg(KEY CAST(x AS varchar) VALUE x) AS j"
            + " FROM generate_series(1, 8000000) t (x)) AS s",
        "SELECT length(string_agg(CAST(x AS varchar), ',' ORDER BY x % 1000)) FROM"
            + " generate_series(1, 8000000) t (x)",
        "SELECT cardinality(array_distinct(transform(sequence(1, 10000000), x -> x % 5000000)))",
        "SELECT cardinality(array_sort(transform(sequence(1, 10000000), x -> -x * 7919 % 10007)))",
        "SELECT any_match(sequence(1, 5000), x -> any_match(sequence(1, 5000), y -> any_match("
            + "sequence(1, 100), z -> x * y * z < 0)))",
        "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r, generate_series(1, 20000) t"
            + " (k) WHERE k = 1 AND n < 100000000) SELECT count(*) FROM r",
        "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n * 2 + b FROM r, (VALUES (0), (1)) AS"
            + " t (b) WHERE n < 100000000) SELECT count(*) FROM r",
        "SELECT sum((SELECT count(*) FROM generate_series(1, 100000) b (y) WHERE y % (x + 1) = 1))"
            + " FROM generate_series(1, 100000) a (x)",
        "SELECT count(*) FROM generate_series(1, 300000) b (y) WHERE NOT EXISTS (SELECT 1 FROM"
            + " generate_series(1, 200000) a (x) WHERE x * y = -1 OR x + y = 0)",
        "SELECT max(n) FROM (SELECT count(DISTINCT x) OVER (ORDER BY x ROWS UNBOUNDED PRECEDING) AS"
            + " n FROM generate_series(1, 6000000) t (x)) AS s",
        "SELECT count(*) FROM generate_series(1, 3000) a (x), LATERAL (SELECT max(y) FROM"
            + " generate_series(1, 100000 + x) b (y)) AS s"
      })
  void endsSoon(String sql) {
    CancellationToken token = new CancellationToken();
    canceller.schedule(() -> token.cancel("enough"), CANCELLED_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    List<Throwable> failures = new ArrayList<>();
    long start = System.nanoTime();
    try {
      StatementResult.Rows rows =
          (StatementResult.Rows)
              frazil.session().prepare(sql).execute(new ParameterValues(List.of()), token);
      EngineRunner.read(rows.cursor());
    } catch (EngineException e) {
      failures.add(e);
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    System.out.println("ended after " + millis + " ms: " + sql + " " + failures);
    assertThat(millis).isLessThan(CANCELLED_AFTER_MILLIS + ENDS_WITHIN_MILLIS);
    assertThat(failures)
        .singleElement()
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.QUERY_CANCELED));
  }
}
