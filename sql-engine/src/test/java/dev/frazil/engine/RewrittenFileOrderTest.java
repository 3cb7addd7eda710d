package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that are written anew keep the order of the old ones, as DuckDB reads their row groups. By
 * one thread: several mix the pieces that they read at the same time.
 */
@Tag("slow")
class RewrittenFileOrderTest {
  private static final int ROWS = 200_000;

  private FastFolder folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    folder = FastFolder.create();
    frazil =
        EngineRunner.open(
            new ConnectionConfig(
                new Warehouse.LocalFolder(folder.path().toString()),
                Map.of(ConnectionProperty.THREADS, "1"),
                Map.of()));
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private void create(int version) {
    frazil.script(
        "CREATE TABLE t (id bigint, n integer, s varchar) WITH (format_version = "
            + version
            + ", \"write.update.mode\" = 'copy-on-write', \"write.merge.mode\" = 'copy-on-write',"
            + " \"write.delete.mode\" = 'copy-on-write',"
            + " \"write.parquet.row-group-size-bytes\" = '65536')",
        "INSERT INTO t SELECT x, 0, md5(CAST(x AS varchar)) FROM UNNEST(sequence(1, "
            + ROWS
            + ")) AS u (x)");
  }

  /** How much of the range of ids the row groups of the table's one file span, each for itself. */
  private double span(DuckDbRunner duckDb) {
    List<String> files = frazil.query("SELECT DISTINCT _file FROM t").lines();
    assertThat(files).hasSize(1);
    List<String> lines =
        duckDb
            .query(
                "SELECT sum(CAST(stats_max_value AS bigint) - CAST(stats_min_value AS bigint)), count(*)"
                    + " FROM parquet_metadata('"
                    + files.get(0)
                    + "') WHERE path_in_schema = 'id'")
            .lines();
    String[] figures = lines.get(0).split(" \\| ", 2);
    assertThat(Integer.parseInt(figures[1])).isGreaterThan(5);
    return Double.parseDouble(figures[0]) / ROWS;
  }

  @ParameterizedTest
  @CsvSource({"2", "3"})
  void updatedRowsStayInTheirPlace(int version) {
    create(version);
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      duckDb.execute(
          "CREATE TABLE t AS SELECT x AS id, 0 AS n, md5(CAST(x AS varchar)) AS s FROM range(1, "
              + (ROWS + 1)
              + ") AS u (x)");
      assertThat(span(duckDb)).isLessThan(1.0);
      change(duckDb, "UPDATE t SET n = 1 WHERE mod(id, 100) = 7");
      assertThat(span(duckDb)).isLessThan(1.5);
      change(
          duckDb,
          "MERGE INTO t USING (SELECT id * 2 - 60 AS k FROM t WHERE mod(id, 50) = 3) AS s"
              + " ON t.id = s.k WHEN MATCHED THEN UPDATE SET n = n + 2"
              + " WHEN NOT MATCHED THEN INSERT VALUES (k, 9, 'new')");
      assertThat(span(duckDb)).isLessThan(3.4); // the last group holds what is new
      change(duckDb, "DELETE FROM t WHERE mod(id, 100) = 8");
      assertThat(span(duckDb)).isLessThan(3.4);
    }
  }

  /** New rows that do not fit are written as they come: none is lost, none comes twice. */
  @Test
  void moreRowsThanFit() {
    frazil.close();
    frazil =
        EngineRunner.open(
            new ConnectionConfig(
                new Warehouse.LocalFolder(folder.path().toString()),
                Map.of(ConnectionProperty.MEMORY_LIMIT, "16MB"),
                Map.of()));
    create(2);
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      duckDb.execute(
          "CREATE TABLE t AS SELECT x AS id, 0 AS n, md5(CAST(x AS varchar)) AS s FROM range(1, "
              + (ROWS + 1)
              + ") AS u (x)");
      change(duckDb, "UPDATE t SET n = id WHERE mod(id, 10) <> 3");
    }
  }

  private void change(DuckDbRunner duckDb, String sql) {
    assertThat(frazil.update(sql)).isPositive();
    duckDb.execute(sql);
    String all =
        "SELECT count(*), sum(id), sum(n), sum(id * n), count(DISTINCT s || id), min(s), max(s)"
            + " FROM t";
    assertThat(frazil.query(all).lines()).isEqualTo(duckDb.query(all).lines());
  }
}
