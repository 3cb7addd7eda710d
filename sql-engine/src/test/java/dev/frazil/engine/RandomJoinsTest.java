package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.SqlScriptRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random joins of every kind, nested, below and above aggregates, equal DuckDB's: keys found on one
 * side narrow the scans of the other, and no row that counts may be lost on the way. Replay with
 * {@code -Dfrazil.seed=}.
 */
@Tag("slow")
class RandomJoinsTest {
  private static final boolean SOAK = Boolean.getBoolean("frazil.soak");
  private static final int QUERIES = Integer.getInteger("frazil.queries", SOAK ? 20_000 : 100);
  private static final List<String> KEYS = List.of("id", "k", "d", "dt", "s", "ts");

  @TempDir Path folder;

  @Test
  void answersAreDuckDbs() {
    long seed = Long.getLong("frazil.seed", SOAK ? System.nanoTime() : 20261122);
    System.out.println("RandomJoinsTest: replay with -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    try (EngineRunner frazil = EngineRunner.local(folder);
        DuckDbRunner duckDb = new DuckDbRunner()) {
      SqlScriptRunner runner = new SqlScriptRunner(frazil, duckDb);
      table(runner, frazil, duckDb, "a", 9000, 3000, "");
      table(runner, frazil, duckDb, "b", 600, 5000, " PARTITIONED BY (bucket(2, id))");
      table(runner, frazil, duckDb, "c", 40, 3000, "");
      for (int i = 0; i < QUERIES; i++) {
        runner.both(query(random));
      }
      assertThat(runner.comparisons()).isGreaterThanOrEqualTo(QUERIES);
    }
  }

  /** Rows whose columns are functions of their number, some of them null, some deleted. */
  private static void table(
      SqlScriptRunner runner,
      EngineRunner frazil,
      DuckDbRunner duckDb,
      String name,
      int rows,
      int range,
      String partitioning) {
    String columns =
        "(id bigint, k integer, d decimal(12, 2), dt date, s varchar, ts timestamp, v integer)";
    frazil.update(
        "CREATE TABLE "
            + name
            + " "
            + columns
            + partitioning
            + " WITH (\"write.delete.mode\" = 'merge-on-read')");
    duckDb.update("CREATE TABLE " + name + " " + columns);
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      long key = (i * 7919L + name.charAt(0)) % range;
      values
          .append(i == 0 ? "" : ", ")
          .append("(")
          .append(i % 13 == 5 ? "NULL" : Long.toString(key % 5 == 0 ? key * 1_000_000_007L : key))
          .append(i % 11 == 3 ? ", NULL" : ", " + key % 97)
          .append(i % 17 == 3 ? ", NULL" : ", " + key / 7 + "." + (10 + key % 7))
          .append(i % 19 == 3 ? ", NULL" : ", DATE '2020-01-01' + INTERVAL '" + key % 300 + "' DAY")
          .append(i % 23 == 3 ? ", NULL" : ", 'text " + key % 150 + "'")
          .append(", TIMESTAMP '2020-01-01 00:00:00' + INTERVAL '" + key % 400 + "' HOUR")
          .append(", ")
          .append(i)
          .append(")");
    }
    runner.both("INSERT INTO " + name + " VALUES " + values);
    runner.both("DELETE FROM " + name + " WHERE v % 31 = 7");
  }

  private static String query(Random random) {
    String key = KEYS.get(random.nextInt(KEYS.size()));
    String second = KEYS.get(random.nextInt(KEYS.size()));
    String small = "(SELECT * FROM c WHERE " + predicate(random, "c") + ") c";
    String middle =
        random.nextBoolean() ? "b" : "(SELECT * FROM b WHERE " + predicate(random, "b") + ") b";
    return switch (random.nextInt(9)) {
      case 0, 1 ->
          "SELECT count(*), count(a.v), sum(a.v), count(b.v), sum(b.v), sum(c.v) FROM a %s %s ON a.%s = b.%s %s %s ON %s.%s = c.%s"
                  .formatted(
                      join(random),
                      middle,
                      key,
                      key,
                      join(random),
                      small,
                      side(random),
                      second,
                      second)
              + where(random);
      case 2 ->
          "SELECT count(*), sum(x.n), sum(c.v) FROM (SELECT %s AS key, count(*) AS n FROM a GROUP BY %s) x %s %s ON x.key = c.%s"
              .formatted(key, key, join(random), small, key);
      case 3 ->
          "SELECT count(*), sum(a.v) FROM a WHERE %s (SELECT 1 FROM b WHERE b.%s = a.%s AND b.v %s a.v)"
              .formatted(exists(random), key, key, random.nextBoolean() ? "<>" : "<");
      case 4 ->
          "SELECT count(*), sum(a.v) FROM a JOIN %s ON a.%s = c.%s WHERE %s (SELECT 1 FROM b WHERE b.%s = a.%s)"
              .formatted(small, key, key, exists(random), second, second);
      case 5 ->
          "SELECT count(*), sum(b.v) FROM b WHERE b.%s %s (SELECT a.%s FROM a WHERE a.%s IS NOT NULL AND %s)"
              .formatted(
                  key, random.nextBoolean() ? "IN" : "NOT IN", key, key, predicate(random, "a"));
      case 6 ->
          "SELECT count(*), sum(b.v) FROM b WHERE %s (SELECT 1 FROM a %s %s ON a.%s = c.%s WHERE a.%s = b.%s)"
              .formatted(exists(random), join(random), small, key, key, second, second);
      case 7 ->
          "WITH x AS (SELECT %s AS key, sum(v) AS v FROM a GROUP BY %s) SELECT count(*), sum(p.v) FROM x p %s x q ON p.key = q.key AND p.v = q.v %s %s ON p.key = c.%s"
              .formatted(key, key, join(random), join(random), small, key);
      default ->
          "SELECT count(*), sum(u.v) FROM (SELECT * FROM a UNION ALL SELECT * FROM b) u %s %s ON u.%s = c.%s AND u.%s = c.%s"
              .formatted(join(random), small, key, key, second, second);
    };
  }

  private static String side(Random random) {
    return random.nextBoolean() ? "a" : "b";
  }

  private static String exists(Random random) {
    return random.nextBoolean() ? "EXISTS" : "NOT EXISTS";
  }

  private static String where(Random random) {
    return random.nextInt(3) > 0 ? "" : " WHERE " + predicate(random, "a");
  }

  private static String predicate(Random random, String table) {
    return switch (random.nextInt(5)) {
      case 0 -> table + ".k < " + random.nextInt(97);
      case 1 -> table + ".v % 7 = " + random.nextInt(7);
      case 2 -> table + ".s LIKE '%" + random.nextInt(10) + "'";
      case 3 -> table + ".d > " + random.nextInt(300);
      default -> table + ".dt >= DATE '2020-0" + (1 + random.nextInt(9)) + "-15'";
    };
  }

  private static String join(Random random) {
    return List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN").get(random.nextInt(4));
  }
}
