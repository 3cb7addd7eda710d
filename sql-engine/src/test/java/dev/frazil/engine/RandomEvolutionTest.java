package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.engine.EvolvingTable.Column;
import dev.frazil.engine.EvolvingTable.Statement;
import dev.frazil.error.EngineException;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random alterations of a table between random changes of its rows leave it as DuckDB has it, and
 * its earlier snapshots as they were. Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class RandomEvolutionTest {
  private static final boolean SOAK = Boolean.getBoolean("frazil.soak");
  private static final int STATEMENTS = Integer.getInteger("frazil.statements", SOAK ? 2_000 : 60);

  @TempDir Path folder;
  private EngineRunner frazil;
  private DuckDbRunner duckDb;

  /** What a snapshot held, by the query that shows it. */
  private final Map<String, List<String>> earlier = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({"1, copy-on-write, 1", "2, merge-on-read, 2", "3, merge-on-read, 3", "1, both, 4"})
  void tableEqualsDuckDbsWhateverBecomesOfItsColumns(int version, String mode, int salt) {
    long seed = Long.getLong("frazil.seed", SOAK ? System.nanoTime() : 20261123) + salt;
    System.out.println("RandomEvolutionTest: replay with -Dfrazil.seed=" + (seed - salt));
    Random random = new Random(seed);
    EvolvingTable table = new EvolvingTable(random);
    try (EngineRunner ours = EngineRunner.local(folder);
        DuckDbRunner theirs = new DuckDbRunner()) {
      frazil = ours;
      duckDb = theirs;
      String columns = "CREATE TABLE t (id integer, c1 varchar, c2 decimal(6,2), r ";
      frazil.update(
          columns + "row(f integer, g integer)) WITH (\"format-version\" = '" + version + "')");
      duckDb.execute(columns + "struct(f integer, g integer))");
      boolean grows = mode.equals("both");
      if (!grows) {
        frazil.update(
            "ALTER TABLE t SET TBLPROPERTIES ('write.delete.mode' = '%s', 'write.update.mode' = '%s')"
                .formatted(mode, mode));
      }
      for (int done = 0; done < STATEMENTS; done++) {
        if (grows && done > 0 && done % (STATEMENTS / 3 + 1) == 0) {
          frazil.update(
              "ALTER TABLE " + table.name() + " SET PROPERTIES format_version = " + (++version));
        }
        if (random.nextInt(15) == 0) {
          undone(random, table);
        }
        boolean isTransaction = random.nextInt(5) == 0;
        if (isTransaction) {
          frazil.update("START TRANSACTION");
        }
        for (int i = 0; i < (isTransaction ? 4 : 1); i++) {
          step(random, table);
          compare(table.select());
        }
        if (isTransaction) {
          frazil.update("COMMIT");
          compare(table.select());
        }
        if (random.nextInt(8) == 0) {
          compare(table.select() + " WHERE " + table.predicate());
          remember(table);
        }
      }
      earlier.forEach(
          (query, rows) ->
              assertThat(frazil.query(query.replace("?", table.name())).sorted())
                  .as(query)
                  .isEqualTo(rows));
      assertThat(earlier).isNotEmpty();
    }
  }

  /** What was rolled back leaves nothing, whatever it was; DuckDB never saw it. */
  private void undone(Random random, EvolvingTable table) {
    List<String> before = frazil.query(table.select()).sorted();
    frazil.update("START TRANSACTION");
    frazil.execute(table.insert().frazil());
    frazil.update("ALTER TABLE " + table.name() + " ADD COLUMN undone integer DEFAULT 1");
    frazil.update("ALTER TABLE " + table.name() + " RENAME TO undone");
    frazil.update("UPDATE undone SET undone = 2");
    frazil.update(random.nextBoolean() ? "ROLLBACK" : "ROLLBACK WORK");
    assertThat(frazil.query(table.select()).sorted()).isEqualTo(before);
  }

  private void step(Random random, EvolvingTable table) {
    int kind = random.nextInt(12);
    if (kind == 0) {
      Column column = table.columns().get(random.nextInt(table.columns().size()));
      boolean clean =
          duckDb
              .query(
                  "SELECT count(*) FROM " + table.name() + " WHERE " + column.name() + " IS NULL")
              .lines()
              .equals(List.of("0"));
      if (!clean && !column.notNull()) {
        String sql = "ALTER TABLE " + table.name() + " ALTER " + column.name() + " SET NOT NULL";
        EngineException failure =
            catchThrowableOfType(EngineException.class, () -> frazil.execute(sql));
        assertThat(failure).as(sql).isNotNull();
        assertThat(failure.state().code()).isEqualTo("23502");
        return;
      }
      if (clean && !column.notNull()) {
        if (frazil.session().inTransaction()) {
          return;
        }
        // A file whose rows are all deleted may be older than the column.
        String all = "CALL system.rewrite_data_files(table => '%s', options => %s)";
        frazil.query(all.formatted(table.name(), "MAP['rewrite-all', 'true']"));
      }
      run(table.nullability(column, clean));
    } else if (kind < 4) {
      run(table.alteration());
    } else if (kind < 5) {
      Statement layout = table.layout();
      if (!layout.frazil().startsWith("CALL") || !frazil.session().inTransaction()) {
        run(layout);
      }
    } else if (kind < 8) {
      run(table.insert());
    } else if (kind < 10) {
      run(table.update());
    } else {
      run(table.delete());
    }
  }

  private void run(Statement statement) {
    try {
      if (frazil.execute(statement.frazil()) instanceof StatementResult.Rows rows) {
        rows.cursor().close();
      }
    } catch (RuntimeException e) {
      throw new AssertionError("Frazil fails on: " + statement.frazil(), e);
    }
    String theirs = statement.duckDb();
    if (theirs != null) {
      duckDb.execute(theirs);
    }
  }

  private void compare(String sql) {
    try {
      assertThat(frazil.query(sql).sorted()).as(sql).isEqualTo(duckDb.query(sql).sorted());
    } catch (RuntimeException e) {
      throw new AssertionError("Frazil fails on: " + sql, e);
    }
  }

  private void remember(EvolvingTable table) {
    run(table.insert());
    String newest =
        frazil
            .query("SELECT snapshot_id FROM " + table.name() + "$refs WHERE name = 'main'")
            .lines()
            .get(0);
    earlier.put(
        table.selectFrom("? FOR VERSION AS OF " + newest), duckDb.query(table.select()).sorted());
  }
}
