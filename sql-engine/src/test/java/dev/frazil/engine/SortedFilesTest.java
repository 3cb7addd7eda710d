package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows of a written file are in the sort order of the table, and partitions in one file each.
 */
class SortedFilesTest {
  private static final int PARTITIONS = Boolean.getBoolean("frazil.soak") ? 5_000 : 1_000;

  @TempDir Path folder;

  private static List<String> files(EngineRunner frazil) {
    return frazil.query("SELECT file_path FROM t$data_files ORDER BY 1").lines();
  }

  private static List<String> inFile(DuckDbRunner duckDb, String columns, String file) {
    return duckDb
        .query(
            "SELECT "
                + columns
                + " FROM read_parquet('"
                + file
                + "', file_row_number = true)"
                + " ORDER BY file_row_number")
        .lines();
  }

  private static void order(EngineRunner frazil, java.util.function.Consumer<ReplaceSortOrder> by) {
    frazil.change(
        "t",
        (Table table) -> {
          ReplaceSortOrder change = table.replaceSortOrder();
          by.accept(change);
          return change;
        });
  }

  @Test
  void rowsAreWrittenInTheOrderOfTheTable() {
    try (EngineRunner frazil = EngineRunner.local(folder);
        DuckDbRunner duckDb = new DuckDbRunner()) {
      frazil.update(
          "CREATE TABLE t (id integer, name varchar) WITH (\"write.update.mode\" = 'copy-on-write')");
      order(frazil, by -> by.desc("name", NullOrder.NULLS_LAST).asc("id"));
      frazil.update(
          "INSERT INTO t VALUES (3, 'b'), (1, 'c'), (4, NULL), (2, 'b'), (5, 'a'), (6, 'c')");
      assertThat(files(frazil)).hasSize(1);
      assertThat(inFile(duckDb, "id, name", files(frazil).get(0)))
          .containsExactly("1 | c", "6 | c", "2 | b", "3 | b", "5 | a", "4 | NULL");
      assertThat(frazil.query("SELECT sort_order_id FROM t$data_files").lines())
          .containsExactly("1");
      frazil.update("UPDATE t SET name = 'd' WHERE id = 5");
      assertThat(files(frazil)).hasSize(1);
      assertThat(inFile(duckDb, "id, name", files(frazil).get(0)))
          .containsExactly("5 | d", "1 | c", "6 | c", "2 | b", "3 | b", "4 | NULL");
    }
  }

  @Test
  void transformsAndPartitionsAreSortedToo() {
    try (EngineRunner frazil = EngineRunner.local(folder);
        DuckDbRunner duckDb = new DuckDbRunner()) {
      frazil.update(
          "CREATE TABLE t (id integer, name varchar, d date) PARTITIONED BY (bucket(2, id))");
      order(
          frazil,
          by ->
              by.asc(Expressions.truncate("name", 1))
                  .desc(Expressions.year("d"))
                  .asc(Expressions.bucket("id", 4)));
      frazil.update(
          "INSERT INTO t SELECT x, substr('cabd', 1 + mod(x, 4), 1) || CAST(x AS varchar),"
              + " DATE '2020-01-01' + x * 100 FROM generate_series(1, 60) g (x)");
      assertThat(files(frazil)).hasSize(2);
      for (String file : files(frazil)) {
        assertThat(inFile(duckDb, "name[1] || (3000 - year(d))", file))
            .isSorted()
            .hasSizeGreaterThan(9);
      }
    }
  }

  /** Each partition is one file, though the rows of all of them come mixed and memory is short. */
  @Test
  @Tag("slow")
  void manyPartitionsInALittleMemory() {
    ConnectionConfig config =
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.toString()),
            Map.of(ConnectionProperty.MEMORY_LIMIT, "16MB"),
            Map.of());
    try (EngineRunner frazil = EngineRunner.open(config)) {
      frazil.update("CREATE TABLE t (p integer, id bigint, text varchar) PARTITIONED BY (p)");
      frazil.update(
          "INSERT INTO t SELECT mod(x * 7919, "
              + PARTITIONS
              + "), x, 'row number ' || CAST(x AS varchar) FROM generate_series(1, 200000) g (x)");
      assertThat(
              frazil
                  .query(
                      "SELECT count(*), count(DISTINCT p), sum(id), count(DISTINCT _file) FROM t")
                  .lines())
          .containsExactly("200000 | " + PARTITIONS + " | 20000100000 | " + PARTITIONS);
    }
  }
}
