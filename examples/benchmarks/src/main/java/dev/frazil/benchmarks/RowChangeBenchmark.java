package dev.frazil.benchmarks;

import io.trino.tpch.TpchTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes and changes of TPC-H's lineitem: INSERT ... SELECT of all rows and MERGE of one row in
 * sixty, each against DuckDB's sorted COPY of all rows to Parquet in the same run, and the times of
 * single-row INSERT, UPDATE by key and a batch of 10,000 rows.
 *
 * <p>Usage: {@code RowChangeBenchmark [scale factor] [folder of TpchBenchmark] [rounds]}. MERGE is
 * rolled back, so that each round finds the same table; its time is without a commit's.
 */
public final class RowChangeBenchmark {
  private static final String TARGET = "changed_lineitem";
  private static final String SOURCE = "lineitem_changes";
  private static final int SINGLE_ROUNDS = 40;

  private RowChangeBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    double scaleFactor = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
    Path folder =
        arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("frazil-changes");
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    try (Connection frazil =
            DriverManager.getConnection("jdbc:iceberg:" + folder.toAbsolutePath() + "?threads=2");
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      if (!exists(frazil, "lineitem")) {
        TpchData.load(frazil, TpchTable.LINE_ITEM, scaleFactor);
      }
      prepare(frazil);
      contest(frazil, duckdb, folder.toAbsolutePath(), rounds);
      singleStatements(frazil);
      for (String table : List.of(TARGET, target("merge-on-read"), SOURCE, "written")) {
        execute(frazil, "DROP TABLE " + table);
      }
    }
  }

  private static boolean exists(Connection frazil, String table) throws SQLException {
    DatabaseMetaData metadata = frazil.getMetaData();
    try (ResultSet tables = metadata.getTables(null, null, table, null)) {
      return tables.next();
    }
  }

  private static void prepare(Connection frazil) throws SQLException {
    for (String mode : List.of("copy-on-write", "merge-on-read")) {
      String table = target(mode);
      execute(
          frazil,
          "DROP TABLE IF EXISTS " + table,
          "CREATE TABLE "
              + table
              + " WITH (\"write.merge.mode\" = '"
              + mode
              + "') AS SELECT * FROM lineitem");
    }
    execute(
        frazil,
        "DROP TABLE IF EXISTS " + SOURCE,
        "CREATE TABLE "
            + SOURCE
            + " AS SELECT l_orderkey + CASE WHEN mod(l_partkey, 10) = 0 THEN 100000000 ELSE 0 END"
            + " AS l_orderkey, l_linenumber, l_quantity + 1 AS l_quantity FROM lineitem"
            + " WHERE mod(l_orderkey * 7 + l_linenumber, 60) = 0",
        "DROP TABLE IF EXISTS written",
        "CREATE TABLE written AS SELECT * FROM lineitem WITH NO DATA");
  }

  private static String target(String mode) {
    return mode.equals("copy-on-write") ? TARGET : TARGET + "_marked";
  }

  private static void contest(Connection frazil, Connection duckdb, Path folder, int rounds)
      throws Exception {
    Path copy = folder.resolve("duckdb-copy.parquet");
    execute(duckdb, "SET threads = 2");
    String copying =
        "COPY (SELECT * FROM read_parquet('"
            + folder
            + "/main/lineitem-*/data/**/*.parquet') ORDER BY l_orderkey, l_linenumber) TO '"
            + copy
            + "' (FORMAT parquet, COMPRESSION zstd)";
    Contest.Contestant theirs =
        new Contest.Contestant("DuckDB COPY ... ORDER BY", () -> execute(duckdb, copying));
    Contest contest = new Contest(1, rounds);
    try {
      for (String order : List.of("", " ORDER BY l_orderkey, l_linenumber")) {
        contest.run(
            "INSERT ... SELECT" + order,
            List.of(
                new Contest.Contestant(
                    "Frazil",
                    () ->
                        execute(
                            frazil,
                            "TRUNCATE TABLE written",
                            "INSERT INTO written SELECT * FROM lineitem" + order)),
                theirs));
      }
      for (String mode : List.of("copy-on-write", "merge-on-read")) {
        contest.run(
            "MERGE, " + mode,
            List.of(new Contest.Contestant("Frazil", () -> merge(frazil, target(mode))), theirs));
      }
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static void merge(Connection frazil, String table) throws SQLException {
    execute(
        frazil,
        "START TRANSACTION",
        "MERGE INTO "
            + table
            + " AS t USING "
            + SOURCE
            + " AS s ON t.l_orderkey = s.l_orderkey AND t.l_linenumber = s.l_linenumber"
            + " WHEN MATCHED THEN UPDATE SET l_quantity = s.l_quantity WHEN NOT MATCHED THEN"
            + " INSERT (l_orderkey, l_linenumber, l_quantity)"
            + " VALUES (s.l_orderkey, s.l_linenumber, s.l_quantity)",
        "ROLLBACK");
  }

  /** Medians of statements that commit by themselves, warm. */
  private static void singleStatements(Connection frazil) throws SQLException {
    List<Long> keys = new ArrayList<>();
    try (Statement statement = frazil.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT l_orderkey FROM lineitem WHERE l_linenumber = 1 AND mod(l_orderkey, 977) ="
                    + " 0 LIMIT "
                    + SINGLE_ROUNDS)) {
      while (rows.next()) {
        keys.add(rows.getLong(1));
      }
    }
    try (PreparedStatement update =
            frazil.prepareStatement(
                "UPDATE "
                    + target("merge-on-read")
                    + " SET l_quantity = l_quantity + 1 WHERE l_orderkey = ? AND l_linenumber = 1");
        PreparedStatement insert =
            frazil.prepareStatement(
                "INSERT INTO written (l_orderkey, l_linenumber, l_comment) VALUES (?, ?, ?)")) {
      median(
          "UPDATE by key",
          keys.size(),
          round -> {
            update.setLong(1, keys.get(round));
            if (update.executeUpdate() != 1) {
              throw new IllegalStateException("the key was not found");
            }
          });
      median("INSERT of one row", SINGLE_ROUNDS, round -> insertRows(insert, 1));
      median("executeBatch of 10,000 rows", SINGLE_ROUNDS / 2, round -> insertRows(insert, 10_000));
    }
  }

  private static void insertRows(PreparedStatement insert, int rows) throws SQLException {
    for (int row = 0; row < rows; row++) {
      insert.setLong(1, row);
      insert.setInt(2, row);
      insert.setString(3, "comment " + row);
      insert.addBatch();
    }
    insert.executeBatch();
  }

  /** A statement that is timed. */
  private interface Round {
    void run(int round) throws SQLException;
  }

  private static void median(String title, int rounds, Round work) throws SQLException {
    long[] nanos = new long[rounds];
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      work.run(round);
      nanos[round] = System.nanoTime() - start;
    }
    int warm = rounds / 4;
    Arrays.sort(nanos, warm, rounds);
    System.out.printf(
        Locale.ROOT,
        "%-28s median %.1f ms (%.1f to %.1f)%n",
        title,
        nanos[warm + (rounds - warm) / 2] / 1e6,
        nanos[warm] / 1e6,
        nanos[rounds - 1] / 1e6);
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
