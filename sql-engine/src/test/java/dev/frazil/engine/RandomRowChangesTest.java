package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.SqlScriptRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random INSERT, UPDATE, DELETE and MERGE, some of them in transactions that commit or roll back,
 * leave a table as DuckDB has it after each statement. Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class RandomRowChangesTest {
  private static final boolean SOAK = Boolean.getBoolean("frazil.soak");
  private static final int STATEMENTS = Integer.getInteger("frazil.statements", SOAK ? 1_000 : 80);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "; 2; merge-on-read",
        "PARTITIONED BY (bucket(3, id)); 3; merge-on-read",
        "PARTITIONED BY (bucket(3, id)); 2; copy-on-write",
        "PARTITIONED BY (k, truncate(1, s)); 1; copy-on-write",
        "PARTITIONED BY (k, truncate(1, s)); 2; merge-on-read"
      })
  void tableEqualsDuckDbsAfterEveryStatement(
      @Nullable String partitioning, int version, String mode) {
    long seed = Long.getLong("frazil.seed", SOAK ? System.nanoTime() : 20261122);
    System.out.println("RandomRowChangesTest: replay with -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    String columns = "(id bigint, k integer, s varchar, d decimal(12, 2), ts timestamp)";
    try (EngineRunner frazil = EngineRunner.local(folder);
        DuckDbRunner duckDb = new DuckDbRunner()) {
      frazil.update(
          "CREATE TABLE t "
              + columns
              + (partitioning == null ? "" : partitioning)
              + " WITH (\"format-version\" = '%d', \"write.delete.mode\" = '%s', \"write.update.mode\" = '%s', \"write.merge.mode\" = '%s')"
                  .formatted(version, mode, mode, mode));
      duckDb.update("CREATE TABLE t " + columns);
      SqlScriptRunner runner = new SqlScriptRunner(frazil, duckDb);
      runner.both(insert(random, 40));
      int done = 0;
      while (done < STATEMENTS) {
        boolean transaction = random.nextInt(6) == 0;
        if (transaction) {
          frazil.update("START TRANSACTION");
          duckDb.update("BEGIN TRANSACTION");
        }
        int size = transaction ? 1 + random.nextInt(5) : 1;
        for (int i = 0; i < size; i++) {
          runner.both(statement(random) + returning(random));
          runner.both("SELECT * FROM t");
          done++;
        }
        if (transaction) {
          String end = random.nextInt(3) == 0 ? "ROLLBACK" : "COMMIT";
          frazil.update(end);
          duckDb.update(end);
          runner.both("SELECT * FROM t");
        }
      }
      assertThat(runner.comparisons()).isGreaterThan(STATEMENTS);
    }
  }

  static String statement(Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> insert(random, 1 + random.nextInt(8));
      case 3 ->
          "INSERT INTO t SELECT id + 50, k, s, d, ts FROM t WHERE "
              + predicate(random)
              + " AND id < 30";
      case 4, 5 -> "UPDATE t SET " + assignments(random) + " WHERE " + predicate(random);
      case 6, 7 -> "DELETE FROM t WHERE " + predicate(random) + " AND id % 3 = 1";
      default -> merge(random);
    };
  }

  static String returning(Random random) {
    return random.nextInt(3) == 0 ? " RETURNING t.id, t.k, t.s, t.d" : "";
  }

  static String insert(Random random, int rows) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      values.add(
          "("
              + String.join(
                  ", ",
                  orNull(random, "" + random.nextInt(60)),
                  orNull(random, "" + (random.nextInt(5) - 2)),
                  orNull(random, text(random)),
                  orNull(random, "" + (random.nextInt(20_000) - 10_000) / 100.0),
                  orNull(random, timestamp(random)))
              + ")");
    }
    return "INSERT INTO t VALUES " + String.join(", ", values);
  }

  private static String merge(Random random) {
    StringBuilder sql =
        new StringBuilder("MERGE INTO t USING (SELECT id + ")
            .append(random.nextInt(4))
            .append(" AS id, max(k) AS k, min(s) AS s FROM t WHERE ")
            .append(predicate(random))
            .append(" AND id IS NOT NULL GROUP BY id) AS n ON t.id = n.id");
    if (random.nextBoolean()) {
      sql.append(" WHEN MATCHED AND n.k > 0 THEN DELETE");
    }
    if (random.nextInt(4) > 0) {
      sql.append(" WHEN MATCHED THEN UPDATE SET k = n.k, s = n.s");
    }
    if (random.nextInt(4) > 0) {
      sql.append(" WHEN NOT MATCHED THEN INSERT (id, k, s) VALUES (n.id, n.k, n.s)");
    }
    if (random.nextInt(3) == 0) {
      sql.append(" WHEN NOT MATCHED BY SOURCE AND t.k > 1 THEN UPDATE SET d = -t.d, s = NULL");
    }
    if (random.nextInt(3) == 0) {
      sql.append(" WHEN NOT MATCHED BY SOURCE AND t.id % 5 = 1 THEN DELETE");
    }
    return sql.append(" WHEN NOT MATCHED BY SOURCE AND t.id = 77 THEN DELETE").toString();
  }

  private static String assignments(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> "k = k + 1";
      case 1 -> "s = " + text(random);
      case 2 -> "d = d * 2, ts = NULL";
      case 3 -> "id = id + 1, k = NULL";
      default -> "ts = " + timestamp(random) + ", s = s || 'x'";
    };
  }

  private static String predicate(Random random) {
    String first = comparison(random);
    return switch (random.nextInt(4)) {
      case 0 -> "(" + first + " AND " + comparison(random) + ")";
      case 1 -> "(" + first + " OR " + comparison(random) + ")";
      default -> first;
    };
  }

  private static String comparison(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> "id = " + random.nextInt(60);
      case 1 -> "id > " + random.nextInt(60);
      case 2 -> "k = " + (random.nextInt(5) - 2);
      case 3 -> "k IS NULL";
      case 4 -> "s LIKE '" + (char) ('a' + random.nextInt(4)) + "%'";
      case 5 -> "d BETWEEN -50 AND " + random.nextInt(100);
      case 6 -> "ts < " + timestamp(random);
      default -> "id IN (" + random.nextInt(60) + ", " + random.nextInt(60) + ", 7)";
    };
  }

  private static String text(Random random) {
    return "'"
        + (char) ('a' + random.nextInt(4))
        + (char) ('a' + random.nextInt(26))
        + random.nextInt(10)
        + "'";
  }

  private static String timestamp(Random random) {
    return String.format(
        java.util.Locale.ROOT,
        "TIMESTAMP '20%02d-%02d-%02d %02d:%02d:%02d'",
        random.nextInt(30),
        1 + random.nextInt(12),
        1 + random.nextInt(28),
        random.nextInt(24),
        random.nextInt(60),
        random.nextInt(60));
  }

  private static String orNull(Random random, String value) {
    return random.nextInt(8) == 0 ? "NULL" : value;
  }
}
