package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Joins of tables that are partitioned alike, some partitions after the other, are those that
 * DuckDB makes; so are those of tables that are not. Partitions that only one side has, null
 * partitions, deleted rows. Replay with {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class PartitionWiseJoinsTest {
  private static final String MARK = "[some partitions of ";
  private static final String COLUMNS =
      " (p integer, k bigint, d date, ts timestamp, s varchar, c decimal(9, 2), v bigint)";
  private static final int SOME = Boolean.getBoolean("frazil.soak") ? 40 : 2;

  @TempDir static Path folder;
  private static EngineRunner frazil;
  private static DuckDbRunner duckDb;
  private static Random random;

  @BeforeAll
  static void fill() {
    long seed = Long.getLong("frazil.seed", 20261123);
    System.out.println("PartitionWiseJoinsTest: replay with -Dfrazil.seed=" + seed);
    random = new Random(seed);
    frazil = EngineRunner.local(folder);
    duckDb = new DuckDbRunner();
    String values =
        "CASE WHEN i %% 41 = 5 THEN NULL ELSE i * 7919 %% %d END AS k, DATE '2024-01-01' + CAST(i"
            + " %% 80 AS integer) AS d, CAST(DATE '2024-01-01' + CAST(i * 31 %% 25 AS integer) AS"
            + " timestamp) AS ts, CASE WHEN i %% 43 = 2 THEN NULL ELSE 'n' || CAST(i %% 90 AS"
            + " varchar) END AS s, CAST(CAST(i %% 5 AS decimal(9, 2)) * 0.5 AS decimal(9, 2)) AS c,"
            + " i AS v";
    String columns = String.format(values, 300_007 + random.nextInt(200_000));
    int nulls = random.nextInt(11);
    sources(
        "a",
        "CASE WHEN i % 11 = " + nulls + " THEN NULL ELSE CAST(i % 7 AS integer) END AS p",
        columns,
        1,
        560_000 + random.nextInt(40_000));
    sources(
        "b",
        "CASE WHEN i % 13 = 1 THEN NULL ELSE CAST(i % 9 + 3 AS integer) END AS p",
        columns,
        90_000 + random.nextInt(50_000),
        660_000 + random.nextInt(40_000));
  }

  private static void sources(String name, String key, String columns, int from, int to) {
    String rows = "SELECT " + key + ", " + columns;
    frazil.script(
        "CREATE TABLE " + name + "_plain" + COLUMNS,
        "INSERT INTO %s_plain %s FROM UNNEST(sequence(%d, %d)) AS f (i)"
            .formatted(name, rows, from, to));
    duckDb.update(
        "CREATE TABLE %s AS %s FROM range(%d, %d) AS f (i)".formatted(name, rows, from, to + 1));
    duckDb.update("DELETE FROM " + name + " WHERE v % 1000 = 7");
    frazil.update("DELETE FROM " + name + "_plain WHERE v % 1000 = 7");
  }

  @AfterAll
  static void close() {
    frazil.close();
    duckDb.close();
  }

  private static void tables(String left, String right) {
    table("a", left);
    table("b", right);
  }

  /** Rows that are deleted are of files of their own and of files with others. */
  private static void table(String name, String partitioning) {
    frazil.execute("DROP TABLE IF EXISTS " + name);
    frazil.script(
        "CREATE TABLE "
            + name
            + COLUMNS
            + (partitioning.isEmpty() ? "" : " PARTITIONED BY (" + partitioning + ")"),
        "INSERT INTO %s SELECT * FROM %s_plain WHERE v %% 3 = 0".formatted(name, name));
  }

  private static void complete(String name) {
    frazil.update("INSERT INTO %s SELECT * FROM %s_plain WHERE v %% 3 > 0".formatted(name, name));
    frazil.update(
        "INSERT INTO %s SELECT p, k, d, ts, s, c, -v FROM %s WHERE v %% 19 = 4"
            .formatted(name, name));
    frazil.update("DELETE FROM " + name + " WHERE v < 0");
  }

  private static String query(String keys, int kind) {
    String on = on("a", "b", keys);
    String key = keys.split(" ")[0];
    String sums = "count(*), count(a.v), sum(a.v), count(b.v), sum(b.v), sum(a.v % 7 * b.v)";
    return switch (kind) {
      case 0 -> "SELECT " + sums + " FROM a JOIN b ON " + on;
      case 1 -> "SELECT " + sums + " FROM a LEFT JOIN b ON " + on;
      case 2 -> "SELECT " + sums + " FROM a RIGHT JOIN b ON " + on + " AND a.v <> b.v + 9";
      case 3 -> "SELECT " + sums + " FROM a FULL JOIN b ON " + on;
      case 4 -> "SELECT count(*), sum(v) FROM a WHERE EXISTS (SELECT 1 FROM b WHERE " + on + ")";
      case 5 ->
          "SELECT count(*), sum(v) FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE " + on + ")";
      case 6 ->
          "SELECT a.%s, count(*) AS n, sum(b.v) AS t FROM a JOIN b ON %s GROUP BY a.%s ORDER BY n, t, 1"
                  .formatted(key, on, key)
              + " LIMIT 50";
      case 7 ->
          "SELECT b.%s, count(*) AS n, sum(b.v) AS t FROM a LEFT JOIN b ON %s GROUP BY b.%s ORDER BY n, t, 1"
                  .formatted(key, on, key)
              + " LIMIT 50";
      case 8 ->
          "SELECT count(*), sum(a.v), sum(b.v), sum(x.v) FROM a JOIN b ON %s LEFT JOIN a AS x ON %s AND x.v %% 2 = 0 JOIN (VALUES (1), (3), (4)) AS w (r) ON a.v %% 7 = w.r"
              .formatted(on, on("b", "x", keys));
      default ->
          "SELECT count(*), sum(n), sum(m) FROM (SELECT a.%1$s AS g, count(*) AS n FROM a GROUP BY 1) y FULL JOIN (SELECT b.%1$s AS h, sum(v) AS m FROM b GROUP BY 1) z ON g = h"
              .formatted(key);
    };
  }

  private static String on(String left, String right, String keys) {
    return String.join(
        " AND ",
        List.of(keys.split(" ")).stream()
            .map(key -> left + "." + key + " = " + right + "." + key)
            .toList());
  }

  private static void compare(String keys, int kinds) {
    List<Integer> all = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    Collections.shuffle(all, random);
    for (int kind : all.subList(0, Math.min(kinds, all.size()))) {
      String query = query(keys, kind);
      assertThat(frazil.query(query).lines()).as(query).isEqualTo(duckDb.query(query).lines());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "p; p; p k; 6",
        "'bucket(6, k)'; 'bucket(6, k)'; k; 0",
        "'truncate(50000, k)'; 'truncate(50000, k)'; k; 0",
        "'truncate(2, s)'; 'truncate(2, s)'; s k; 0",
        "'day(ts)'; 'bucket(2, v), day(ts)'; ts k; 0",
        "'month(d), p'; 'p, bucket(3, k), month(d)'; p k d; 0",
        "c; c; c k; 0",
      })
  void joinsOfPartitionsAreThoseOfDuckDb(String left, String right, String keys, int kinds) {
    tables(left, right);
    complete("a");
    complete("b");
    assertThat(frazil.query("EXPLAIN " + query(keys, 0)).toString()).contains(MARK);
    compare(keys, kinds == 0 ? SOME : kinds);
  }

  @Test
  void otherTablesAreJoinedAtOnce() {
    tables("bucket(4, k)", "bucket(8, k)");
    complete("a");
    complete("b");
    compare("k", 1);
    for (String other :
        List.of(
            "b ON a.k = b.k", "b_plain b ON a.k = b.k", "a b ON a.p = b.p", "a b ON a.k = b.v")) {
      assertThat(frazil.query("EXPLAIN SELECT count(*) FROM a JOIN " + other).toString())
          .contains("HashJoin")
          .doesNotContain(MARK);
    }
    assertThat(frazil.query("EXPLAIN SELECT count(*) FROM a JOIN a b ON a.k = b.k").toString())
        .contains(MARK);
  }

  @Test
  void joinsThatWouldSpillDoNot() {
    tables("bucket(12, k)", "bucket(12, k)");
    complete("a");
    complete("b");
    ConnectionConfig config =
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.toString()),
            Map.of(ConnectionProperty.MEMORY_LIMIT, "32MB"),
            Map.of());
    String joined = "SELECT count(*), sum(a.v), max(b.s) FROM a%1$s a JOIN b%1$s b ON a.k = b.k";
    try (EngineRunner small = EngineRunner.open(config)) {
      assertThat(small.query("EXPLAIN ANALYZE " + joined.formatted("_plain")).toString())
          .contains("spilled");
      assertThat(small.query("EXPLAIN ANALYZE " + joined.formatted("")).toString())
          .contains(MARK)
          .doesNotContain("spilled");
      assertThat(small.query(joined.formatted("")).lines())
          .isEqualTo(duckDb.query(joined.formatted("")).lines());
    }
  }

  @Test
  @Timeout(60)
  void endsEarlyAndWithTheErrorOfALaterPartition() {
    tables("p", "p");
    complete("a");
    complete("b");
    String joined = " FROM a JOIN b ON a.p = b.p AND a.k = b.k";
    assertThat(frazil.query("SELECT a.v" + joined + " LIMIT 3").lines()).hasSize(3);
    assertThatThrownBy(
            () -> frazil.query("SELECT sum(10 / (b.v - (SELECT max(b.v)" + joined + ")))" + joined))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> assertThat(failure.state()).isEqualTo(SqlState.DIVISION_BY_ZERO));
    CancellationToken token = new CancellationToken();
    StatementResult result =
        frazil
            .session()
            .prepare("SELECT a.v, b.s" + joined)
            .execute(new ParameterValues(List.of()), token);
    try (ResultCursor rows = ((StatementResult.Rows) result).cursor()) {
      assertThat(rows.next()).isNotNull();
      token.cancel("enough");
      assertThatThrownBy(
              () -> {
                while (rows.next() != null) {
                  // until it is noticed
                }
              })
          .hasMessageContaining("enough");
    }
  }

  @Test
  void filesOfOtherSpecsAreReadAtOnce() {
    tables("p", "");
    frazil.change("b", table -> table.updateSpec().addField("p"));
    complete("a");
    complete("b");
    assertThat(frazil.query("EXPLAIN " + query("p k", 0)).toString()).contains(MARK);
    compare("p k", SOME);
  }

  @Test
  void specsMayHaveFieldsOfTheirOwn() {
    tables("p", "p");
    frazil.change(
        "b",
        table ->
            table
                .updateSpec()
                .addField(Expressions.bucket("k", 3))
                .addField("x", Expressions.month("d")));
    frazil.change("a", table -> table.updateSpec().removeField("p").addField("s"));
    complete("b");
    frazil.change("a", table -> table.updateSpec().removeField("s").addField("p"));
    complete("a");
    assertThat(frazil.query("EXPLAIN " + query("p k", 0)).toString()).contains(MARK);
    compare("p k", SOME);
  }
}
