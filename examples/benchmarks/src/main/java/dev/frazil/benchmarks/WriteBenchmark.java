package dev.frazil.benchmarks;

import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Rows a second of INSERT by batch size, and of CREATE TABLE AS against DuckDB's COPY to Parquet of
 * the same rows.
 *
 * <p>Usage: {@code WriteBenchmark [scale factor] [folder of TpchBenchmark]}
 */
public final class WriteBenchmark {
  private WriteBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    double scaleFactor = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
    Path folder =
        arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("frazil-write");
    try (Connection frazil =
        DriverManager.getConnection("jdbc:iceberg:" + folder.toAbsolutePath() + "?threads=2")) {
      inserts(frazil);
      createTableAs(frazil, folder, scaleFactor);
    }
  }

  private static void inserts(Connection frazil) throws SQLException {
    try (Statement statement = frazil.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS inserted");
      statement.execute("CREATE TABLE inserted (id bigint, name varchar, amount decimal(12,2))");
    }
    for (int batchRows : new int[] {1, 100, 10_000, 100_000}) {
      int batches = batchRows <= 100 ? 60 : 12;
      long[] nanos = new long[batches];
      try (PreparedStatement insert =
          frazil.prepareStatement("INSERT INTO inserted VALUES (?, ?, ?)")) {
        for (int batch = 0; batch < batches; batch++) {
          for (int row = 0; row < batchRows; row++) {
            insert.setLong(1, row);
            insert.setString(2, "name " + row);
            insert.setBigDecimal(3, java.math.BigDecimal.valueOf(row, 2));
            insert.addBatch();
          }
          long start = System.nanoTime();
          insert.executeBatch();
          nanos[batch] = System.nanoTime() - start;
        }
      }
      Arrays.sort(nanos, batches / 4, batches);
      double median = nanos[batches / 4 + (batches - batches / 4) / 2] / 1e6;
      System.out.printf(
          Locale.ROOT,
          "INSERT, batch of %d rows: median %.1f ms, %.0f rows/s%n",
          batchRows,
          median,
          batchRows / median * 1000);
    }
  }

  private static void createTableAs(Connection frazil, Path folder, double scaleFactor)
      throws Exception {
    if (!loaded(folder)) {
      TpchData.load(frazil, TpchTable.LINE_ITEM, scaleFactor);
    }
    Path copy = folder.resolve("duckdb-copy.parquet");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement ours = frazil.createStatement();
        Statement theirs = duckdb.createStatement()) {
      theirs.execute("SET threads = 2");
      String source =
          "read_parquet('" + folder.toAbsolutePath() + "/main/lineitem-*/data/**/*.parquet')";
      new Contest(1, 3)
          .run(
              "CREATE TABLE AS, lineitem",
              List.of(
                  new Contest.Contestant(
                      "Frazil",
                      () -> {
                        ours.execute("DROP TABLE IF EXISTS copied");
                        ours.execute("CREATE TABLE copied AS SELECT * FROM lineitem");
                      }),
                  new Contest.Contestant(
                      "DuckDB COPY",
                      () ->
                          theirs.execute(
                              "COPY (SELECT * FROM "
                                  + source
                                  + ") TO '"
                                  + copy
                                  + "' (FORMAT parquet, COMPRESSION zstd)"))));
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static boolean loaded(Path folder) throws IOException {
    Path schema = folder.resolve("main");
    if (!Files.isDirectory(schema)) {
      return false;
    }
    try (DirectoryStream<Path> tables = Files.newDirectoryStream(schema, "lineitem*")) {
      return tables.iterator().hasNext();
    }
  }
}
