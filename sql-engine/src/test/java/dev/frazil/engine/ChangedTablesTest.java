package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.SqlScriptRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One table goes through everything that Iceberg lets change under its rows, while random
 * statements change these: other modes of writing, other partitionings, sort orders, the format
 * versions from 1 to 3, equality deletes of other engines, compactions. After each step it holds
 * what DuckDB's table holds. Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class ChangedTablesTest {
  private static final boolean SOAK = Boolean.getBoolean("frazil.soak");
  private static final int STEPS = Integer.getInteger("frazil.steps", SOAK ? 3_000 : 40);
  private static final String[] MODES = {"copy-on-write", "merge-on-read"};

  @TempDir Path folder;
  private EngineRunner frazil;
  private DuckDbRunner duckDb;
  private final Map<String, Integer> done = new TreeMap<>();
  private int version = 1;
  private int equalityDeletes;

  @Test
  void everyStepLeavesWhatDuckDbHas() {
    long seed = Long.getLong("frazil.seed", SOAK ? System.nanoTime() : 20261123);
    System.out.println("ChangedTablesTest: replay with -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    String columns = "(id bigint, k integer, s varchar, d decimal(12, 2), ts timestamp)";
    try (EngineRunner one = EngineRunner.local(folder);
        DuckDbRunner two = new DuckDbRunner()) {
      frazil = one;
      duckDb = two;
      frazil.update("CREATE TABLE t " + columns + " WITH (\"format-version\" = '1')");
      duckDb.update("CREATE TABLE t " + columns);
      SqlScriptRunner both = new SqlScriptRunner(frazil, duckDb);
      both.both(RandomRowChangesTest.insert(random, 60));
      for (int step = 0; step < STEPS; step++) {
        if (step == STEPS / 4 || step == STEPS / 2) {
          set("format-version", Integer.toString(++version));
        }
        if (random.nextInt(3) == 0) {
          changeTable(random);
        } else {
          both.both(
              RandomRowChangesTest.statement(random) + RandomRowChangesTest.returning(random));
          done.merge("statements", 1, Integer::sum);
        }
        both.both("SELECT * FROM t");
        both.both("SELECT k, count(*), min(d), max(ts) FROM t GROUP BY k");
      }
      System.out.println("ChangedTablesTest: " + done + ", " + both.comparisons() + " comparisons");
      assertThat(both.comparisons()).isGreaterThan(2 * STEPS);
    }
  }

  private void set(String property, String value) {
    frazil.change("t", table -> table.updateProperties().set(property, value));
  }

  private void changeTable(Random random) {
    String what =
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> {
            String kind = new String[] {"update", "delete", "merge"}[random.nextInt(3)];
            set("write." + kind + ".mode", MODES[random.nextInt(2)]);
            yield "modes";
          }
          case 3, 4 -> {
            frazil.change("t", table -> partitioning(table, random));
            yield "partitionings";
          }
          case 5 -> {
            frazil.change("t", table -> order(table, random));
            yield "orders";
          }
          case 6 -> {
            if (version == 1) {
              yield "equality deletes refused by version 1";
            }
            int id = random.nextInt(60);
            frazil.change("t", table -> equalityDelete(table, id));
            duckDb.update("DELETE FROM t WHERE id = " + id);
            yield "equality deletes";
          }
          default -> {
            frazil.query(
                random.nextBoolean()
                    ? "CALL system.rewrite_data_files(table => 't', options => MAP['min-input-files', '2'])"
                    : "CALL system.rewrite_data_files(table => 't', strategy => 'sort', sort_order => 'd DESC', options => MAP['rewrite-all', 'true'])");
            yield "compactions";
          }
        };
    done.merge(what, 1, Integer::sum);
  }

  private static PendingUpdate<?> partitioning(Table table, Random random) {
    UpdatePartitionSpec change = table.updateSpec();
    if (table.spec().isPartitioned()) {
      table.spec().fields().stream()
          .filter(field -> !field.transform().isVoid())
          .forEach(field -> change.removeField(field.name()));
    }
    Term term =
        switch (random.nextInt(5)) {
          case 0 -> Expressions.bucket("id", 2 + random.nextInt(3));
          case 1 -> Expressions.truncate("s", 1);
          case 2 -> Expressions.year("ts");
          case 3 -> Expressions.truncate("d", 1_000);
          default -> Expressions.ref("k");
        };
    String name = "p" + table.specs().size() + "_" + random.nextInt(1_000_000);
    return random.nextInt(4) == 0 ? change : change.addField(name, term);
  }

  private static PendingUpdate<?> order(Table table, Random random) {
    var change = table.replaceSortOrder();
    return random.nextBoolean() ? change.asc("id").desc("s") : change.desc("ts");
  }

  /** Without a partition, so that it counts for all of them. */
  private PendingUpdate<?> equalityDelete(Table table, int id) {
    Path file = Path.of(table.location(), "data", "equality-" + equalityDeletes++ + ".parquet");
    duckDb.execute(
        "COPY (SELECT %d::BIGINT AS id) TO '%s' (FORMAT parquet, FIELD_IDS {id: 1})"
            .formatted(id, file));
    try {
      return table
          .newRowDelta()
          .addDeletes(
              FileMetadata.deleteFileBuilder(table.specs().get(0))
                  .ofEqualityDeletes(1)
                  .withPath(file.toString())
                  .withFormat(FileFormat.PARQUET)
                  .withFileSizeInBytes(Files.size(file))
                  .withRecordCount(1)
                  .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
