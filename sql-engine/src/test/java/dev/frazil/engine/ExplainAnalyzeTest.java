package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainAnalyzeTest {
  private static final String DIGITS =
      "WITH d(n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) ";

  @TempDir private Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    frazil.script(
        "CREATE TABLE sale (id bigint, place varchar, price double) PARTITIONED BY (place)"
            + " WITH (\"write.delete.mode\" = 'merge-on-read')",
        "INSERT INTO sale VALUES (1, 'a', 1), (2, 'a', 2), (3, 'b', 3)",
        "INSERT INTO sale VALUES (11, 'a', 1), (12, 'b', 2), (13, 'c', 3)",
        "CREATE TABLE place (code varchar, name varchar)",
        "INSERT INTO place VALUES ('a', 'Aachen'), ('b', 'Berlin')",
        "CREATE TABLE n AS "
            + DIGITS
            + "SELECT a.n + 10 * b.n + 100 * c.n + 1000 * e.n AS n"
            + " FROM d a, d b, d c, d e");
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private EngineRunner limited(String memory) {
    return EngineRunner.open(
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.toString()),
            Map.of(ConnectionProperty.MEMORY_LIMIT, memory, ConnectionProperty.THREADS, "1"),
            Map.of()));
  }

  private List<String> analyze(String query) {
    List<String> lines = frazil.query("EXPLAIN ANALYZE " + query).lines();
    lines.forEach(System.out::println);
    return lines;
  }

  /** The lines about the node that begins so, without the tree's indentation. */
  private static List<String> node(List<String> lines, String start) {
    List<String> found =
        lines.stream().map(String::strip).dropWhile(line -> !line.startsWith(start)).toList();
    return found.subList(
        0, 1 + (int) found.stream().skip(1).takeWhile(line -> line.startsWith("- ")).count());
  }

  @Test
  void countsTheRowsOfEachOperator() {
    List<String> lines =
        analyze(
            "SELECT p.name, sum(s.price) FROM sale s JOIN place p ON s.place = p.code"
                + " WHERE s.id > 1 GROUP BY p.name ORDER BY 1");
    assertThat(node(lines, "Sort").get(1)).startsWith("- 2 rows in 1 batch, ");
    assertThat(node(lines, "Aggregate").get(1)).startsWith("- 2 rows in ");
    assertThat(node(lines, "HashJoin").get(1)).startsWith("- 4 rows in ").contains(" of memory");
    assertThat(node(lines, "TableScan main.place").get(1)).startsWith("- 2 rows in ");
    assertThat(lines.get(lines.size() - 2)).startsWith("Planning: ").endsWith(" ms");
    assertThat(lines.get(lines.size() - 1)).startsWith("Execution: ").contains(" ms, 2 rows, ");
  }

  @Test
  void tellsWhatAScanWasSpared() {
    List<String> scan =
        node(analyze("SELECT id FROM sale WHERE place = 'a' AND id > 10"), "TableScan main.sale");
    assertThat(scan.get(1)).startsWith("- 1 row in 1 batch").endsWith(" of buffers");
    assertThat(scan.get(2))
        .startsWith(
            "- files: 1 read of 1 planned, 3 pruned by partition, 1 by bounds; row groups: 0 of 1"
                + " pruned; pages: ");
    assertThat(scan.get(3)).startsWith("- rows: 1 scanned, 0 deleted ones skipped; read: ");
    assertThat(scan.get(3)).endsWith(" in 1 request");
    String all = "SELECT count(*) FROM sale WHERE price >= 0";
    assertThat(node(analyze(all), "TableScan").get(3)).endsWith(" in 5 requests");
    frazil.update("DELETE FROM sale WHERE id = 2");
    assertThat(node(analyze(all), "TableScan").get(3))
        .startsWith("- rows: 5 scanned, 1 deleted ones skipped")
        .as("the delete file is read too")
        .endsWith(" in 6 requests");
  }

  @Test
  void tellsWhatWasPlannedAndNotRead() {
    assertThat(node(analyze("SELECT id FROM sale LIMIT 1"), "TableScan main.sale").get(2))
        .contains(" of 5 planned")
        .doesNotContain("files: 5 read");
  }

  @Test
  void tellsWhichRowGroupsAndPagesWerePruned() {
    frazil.script(
        "CREATE TABLE w (id bigint, s varchar) WITH (\"write.parquet.row-group-size-bytes\" ="
            + " '200000', \"write.parquet.page-row-limit\" = '1000')",
        "INSERT INTO w SELECT x, 'value ' || CAST(x * 7919 % 100003 AS varchar)"
            + " FROM generate_series(1, 100000) AS g (x)");
    long groups =
        Long.parseLong(
            frazil.query("SELECT cardinality(split_offsets) FROM \"w$files\"").lines().get(0));
    assertThat(groups).isGreaterThan(1);
    List<String> scan = node(analyze("SELECT s FROM w WHERE id = 50500"), "TableScan main.w");
    assertThat(scan.get(2)).contains("row groups: " + (groups - 1) + " of " + groups + " pruned");
    // of the row group that is left one page of each of the two columns
    Matcher pages = Pattern.compile("pages: (\\d+) of (\\d+) pruned").matcher(scan.get(2));
    assertThat(pages.find()).isTrue();
    assertThat(Long.parseLong(pages.group(2)) - Long.parseLong(pages.group(1))).isEqualTo(2);
    assertThat(scan.get(3)).startsWith("- rows: 1000 scanned");
    try (EngineRunner single = limited("100MB")) {
      String first = "EXPLAIN ANALYZE SELECT id FROM w ORDER BY id DESC LIMIT 3";
      assertThat(node(single.query(first).lines(), "TableScan").get(2))
          .as("what the first rows need not look at")
          .contains("row groups: " + (groups - 1) + " of " + groups + " pruned");
      String all = "EXPLAIN ANALYZE SELECT id FROM w ORDER BY id + 0 LIMIT 3";
      assertThat(node(single.query(all).lines(), "TableScan").get(2))
          .contains("row groups: 0 of " + groups + " pruned");
    }
  }

  @Test
  void tellsMemoryAndWhatWasSpilled() {
    try (EngineRunner small = limited("200KB")) {
      List<String> lines =
          small
              .query("EXPLAIN ANALYZE SELECT n, -n AS m, n * 2.5e0 AS p FROM n ORDER BY 2")
              .lines();
      lines.forEach(System.out::println);
      assertThat(node(lines, "Sort").get(1))
          .startsWith("- 10000 rows in ")
          .contains(" of memory, ")
          .endsWith(" spilled");
      assertThat(lines.get(lines.size() - 1)).contains(" 1 threads, ").endsWith(" spilled");
    }
  }

  @Test
  void correlatedSubQueriesAreSummedUp() {
    List<String> lines =
        analyze(
            "SELECT p.code, (SELECT max(s.price) FROM sale s WHERE s.place = p.code) FROM place p");
    assertThat(lines.get(1)).contains("2 rows in ");
  }

  @Test
  void runsQueriesOnly() {
    EngineException refused =
        catchThrowableOfType(
            EngineException.class, () -> frazil.query("EXPLAIN ANALYZE DELETE FROM sale"));
    assertThat(refused.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
    assertThat(frazil.query("SELECT count(*) FROM sale").lines()).containsExactly("6");
    assertThatThrownBy(() -> frazil.query("EXPLAIN ANALYZE SELECT 1 / (id - id) FROM sale"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("by zero");
  }

  @Test
  void aSetOperationThatStandsTwiceRunsOnce() {
    List<String> lines =
        analyze(
            "WITH k AS (SELECT place FROM sale INTERSECT SELECT code FROM place) SELECT count(*)"
                + " FROM k JOIN place p ON p.code = k.place JOIN k l ON l.place = p.code");
    assertThat(lines.stream().filter(line -> line.contains("TableScan main.sale"))).hasSize(1);
    assertThat(lines.stream().map(String::strip).filter(line -> line.startsWith("- 6 rows in ")))
        .hasSize(1);
    assertThat(lines).anyMatch(line -> line.contains("not run by an operator of its own"));
  }
}
