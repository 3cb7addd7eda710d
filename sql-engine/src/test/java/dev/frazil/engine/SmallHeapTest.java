package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.ChildJvm;
import dev.frazil.testing.DuckDbRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Inputs larger than the heap of a JVM of 256 MB, through every operator that holds rows: they
 * spill and give DuckDB's answer over the same files, or end in 53200; never in an
 * OutOfMemoryError.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmallHeapTest {
  /** Of 200 bytes each: more than the heap, three times the default of memoryLimit. */
  private static final int ROWS = Boolean.getBoolean("frazil.soak") ? 20_000_000 : 1_500_000;

  private static final long TIMEOUT_MILLIS = 300_000;

  @TempDir static Path folder;

  private ChildJvm child;
  private DuckDbRunner duckDb;

  @BeforeAll
  void fill() throws InterruptedException {
    child = ChildJvm.start(SmallHeapChild.class, folder.toString());
    List<String> statements = new ArrayList<>();
    Collections.addAll(
        statements,
        "CREATE TABLE numbers (n bigint)",
        "INSERT INTO numbers SELECT * FROM UNNEST(sequence(0, 1999))",
        "INSERT INTO numbers SELECT (a.n + 1) * 2000 + b.n FROM numbers a, numbers b WHERE a.n < 9",
        "CREATE TABLE big (id bigint, k integer, s varchar, v decimal(12, 2))",
        "INSERT INTO big SELECT b.n * 1000 + a.n, CAST((b.n * 7 + a.n) % 10 AS integer),"
            + " CAST((b.n * 1000 + a.n) * 7919 % "
            + ROWS
            + " AS varchar) || ' "
            + "Lorem ipsum dolor sit amet, consectetur adipiscing elit. ".repeat(3)
            + "', CAST(a.n AS decimal(12, 2)) / 4 FROM numbers b, numbers a WHERE a.n < 1000 AND"
            + " b.n < "
            + ROWS / 1000,
        "CREATE TABLE wide (id bigint, s varchar)");
    for (int ten = 0; ten < 15; ten++) {
      statements.add(
          "INSERT INTO wide SELECT n, CAST(n AS varchar) || repeat('wide ', 200000)"
              + " FROM numbers WHERE n >= %d AND n < %d".formatted(10 * ten, 10 * ten + 10));
    }
    for (String statement : statements) {
      assertThat(run(statement)).noneMatch(line -> line.startsWith("!"));
    }
    duckDb = new DuckDbRunner();
    for (String table : List.of("numbers", "big", "wide")) {
      duckDb.update(
          "CREATE VIEW %s AS SELECT * FROM read_parquet('%s/main/%s-*/data/**/*.parquet')"
              .formatted(table, folder, table));
    }
  }

  @AfterAll
  void close() {
    duckDb.close();
    child.close();
  }

  private List<String> run(String statement) throws InterruptedException {
    child.say(statement + "\n");
    List<String> answer = new ArrayList<>();
    for (String line = child.nextLine(TIMEOUT_MILLIS);
        !"done".equals(line);
        line = child.nextLine(TIMEOUT_MILLIS)) {
      assertThat(line).as("the child's output after " + answer).isNotNull();
      if (line.startsWith("= ") || line.startsWith("# ") || line.startsWith("! ")) {
        answer.add(line);
      } else {
        assertThat(line).doesNotContain("OutOfMemoryError");
      }
    }
    return answer;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Hash joins of both sides, aggregations with as many groups as rows.
        "SELECT count(*), sum(a.id + b.id) FROM big a JOIN big b ON a.s = b.s",
        "SELECT count(*), sum(b.v) FROM big a LEFT JOIN big b ON a.id = b.id + 1 AND a.s <> b.s",
        "SELECT count(*), max(c), sum(v) FROM (SELECT s, count(*) AS c, sum(v) AS v FROM big GROUP"
            + " BY s)",

        // Distinct sets of one group, of few, of many.
        "SELECT count(DISTINCT s), sum(DISTINCT id), count(DISTINCT k) FROM big",
        "SELECT k, count(DISTINCT s) FROM big GROUP BY k",
        "SELECT max(c) FROM (SELECT id % 300000 AS g, count(DISTINCT s) AS c FROM big GROUP BY 1)",
        // Set operations, and a join that no key splits.
        "SELECT count(*) FROM (SELECT s FROM big EXCEPT SELECT s FROM big WHERE k > 2)",
        "SELECT n, count(b.s) FROM (SELECT n FROM numbers WHERE n < 3) LEFT JOIN big b"
            + " ON b.id > n * 500000 AND length(b.s) > n GROUP BY n",
        // Windows over partitions that do not fit.
        "SELECT sum(whole), sum(before), max(tile), sum(near) FROM (SELECT sum(v) OVER (PARTITION"
            + " BY k % 2) AS whole, lag(id, 3) OVER w AS before, ntile(7) OVER w AS tile, max(v)"
            + " OVER (w ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING) AS near FROM big"
            + " WINDOW w AS (ORDER BY s))",
        // What functions make of the rows of one batch does not fit.
        "SELECT sum(length(repeat(s, 400 + k))), max(length(lpad(s, 60000 + k, s))) FROM big"
            + " WHERE id < 4000",
        "SELECT count(*), sum(id) FROM big WHERE id < 4000 AND length(repeat(s, 400 + k)) > 71000",
        // Steps of a recursion that do not fit.
        "WITH RECURSIVE r (id, s, n) AS (SELECT id, s, 1 FROM big UNION ALL SELECT id, s, n + 1"
            + " FROM r WHERE n < 3 AND id % 7 > n) SELECT count(*), sum(id), max(s), sum(n) FROM r",
        // Rows of a megabyte.
        "SELECT count(*), sum(length(s)), min(s) = max(s) FROM wide"
      })
  void givesDuckDbsAnswer(String query) throws InterruptedException {
    List<String> expected = duckDb.query(query).sorted().stream().map(row -> "= " + row).toList();
    assertThat(run(query)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void sorts() throws InterruptedException {
    String places =
        "SELECT count(*), sum(place %% 1009 * id) FROM (SELECT id, row_number() OVER (ORDER BY %s)"
            + " AS place FROM %s)";
    assertThat(run("sort SELECT id, k, v, s FROM big ORDER BY s"))
        .containsExactly("= " + duckDb.query(places.formatted("s", "big")).lines().get(0));
    assertThat(run("sort SELECT id, s FROM wide ORDER BY s DESC"))
        .containsExactly("= " + duckDb.query(places.formatted("s DESC", "wide")).lines().get(0));
  }

  /** One value, one group's rows: they cannot be split, so they must be refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT length(string_agg(s, ',')) FROM big",
        "SELECT k, cardinality(array_agg(s ORDER BY s)) FROM big GROUP BY k"
      })
  void refusesWhatCannotBeSplit(String query) throws InterruptedException {
    assertThat(run(query))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("! 53200")
        .contains("bytes of memoryLimit are in use");
    assertThat(run("SELECT count(*) FROM numbers")).containsExactly("= 20000");
  }

  @Test
  void writes() throws InterruptedException {
    assertThat(run("CREATE TABLE parts PARTITIONED BY (k) AS SELECT * FROM big")).isNotEmpty();
    assertThat(run("UPDATE parts SET v = v + 1 WHERE id % 2 = 0")).containsExactly("# " + ROWS / 2);
    assertThat(run("DELETE FROM parts WHERE id % 4 = 1")).containsExactly("# " + ROWS / 4);
    assertThat(
            run("SELECT count(*), sum(v) - (SELECT sum(v) FROM big WHERE id % 4 <> 1) FROM parts"))
        .containsExactly("= " + ROWS / 4 * 3 + " | " + ROWS / 2);
  }

  /** As of a table with thousands of snapshots: every commit makes another version of it all. */
  @Test
  void commitsToATableOfLargeMetadata() throws InterruptedException {
    StringBuilder properties = new StringBuilder("'p'='0'");
    for (int property = 0; property < 60_000; property++) {
      properties.append(", 'property-").append(property).append("' = 'value'");
    }
    assertThat(run("CREATE TABLE versions (n bigint) WITH (" + properties + ")")).isNotEmpty();
    for (int n = 0; n < 100; n++) {
      assertThat(run("INSERT INTO versions VALUES (" + n + ")")).containsExactly("# 1");
    }
    assertThat(run("SELECT count(*), sum(n) FROM versions")).containsExactly("= 100 | 4950");
  }
}
