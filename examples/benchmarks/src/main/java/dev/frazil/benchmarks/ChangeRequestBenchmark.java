package dev.frazil.benchmarks;

import dev.frazil.testing.ConditionalS3Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * Object-store requests and bytes of statements that change rows, counted by the S3 test server:
 * each statement the second time on a connection, on a table of its own of four partitions of one
 * file of 250,000 rows. Inserts are prepared each time, which looks for the newest state once more.
 * Bytes are those of the objects, without headers.
 */
public final class ChangeRequestBenchmark {
  private static final int FILES = 4;
  private static final int ROWS_A_FILE = 250_000;

  private ChangeRequestBenchmark() {}

  /** What is measured. */
  private interface Change {
    void run(Connection connection, String table, int round) throws SQLException;
  }

  public static void main(String[] arguments) throws Exception {
    try (ConditionalS3Server server = ConditionalS3Server.start();
        Connection connection = new S3Database(server, "changes").connect()) {
      count(server, connection, "INSERT of one row", "", insert(1));
      count(server, connection, "INSERT of one row, key enforced", ", PRIMARY KEY (id)", insert(1));
      count(server, connection, "executeBatch of 10,000 rows", "", insert(10_000));
      count(
          server,
          connection,
          "executeBatch of 10,000 rows, key enforced",
          ", PRIMARY KEY (id)",
          insert(10_000));
      count(
          server,
          connection,
          "UPDATE by key",
          "",
          sql("UPDATE %s SET name = 'changed' WHERE id = 10000%d"));
      count(server, connection, "DELETE by key", "", sql("DELETE FROM %s WHERE id = 10000%d"));
      for (String mode : List.of("copy-on-write", "merge-on-read")) {
        count(
            server,
            connection,
            "MERGE of 100 rows, " + mode,
            "'write.merge.mode' = '" + mode + "'",
            sql(
                "MERGE INTO %s AS t USING (SELECT n * 10 + %d AS id FROM generate_series(1, 100) AS"
                    + " g (n)) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = 'changed'"
                    + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, 0, 'new')"));
      }
      count(server, connection, "DELETE of a partition", "", sql("DELETE FROM %s WHERE part = %d"));
    }
  }

  private static Change sql(String text) {
    return (connection, table, round) ->
        execute(connection, String.format(Locale.ROOT, text, table, round));
  }

  private static Change insert(int rows) {
    return (connection, table, round) -> {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO " + table + " VALUES (?, 0, ?)")) {
        for (int row = 0; row < rows; row++) {
          insert.setLong(1, 10_000_000L * (round + 1) + row);
          insert.setString(2, "name " + row);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    };
  }

  /**
   * Makes a table, changes it twice, and prints what the second change cost.
   *
   * @param option a constraint behind the columns, or a table property
   */
  private static void count(
      ConditionalS3Server server, Connection connection, String what, String option, Change change)
      throws SQLException {
    boolean isProperty = option.startsWith("'");
    execute(
        connection,
        "CREATE TABLE item (id bigint, part integer, name varchar"
            + (isProperty ? "" : option)
            + ") PARTITIONED BY (part)"
            + (isProperty ? " WITH (" + option.replaceFirst("'(.*?)'", "\"$1\"") + ")" : ""));
    for (int file = 0; file < FILES; file++) {
      execute(
          connection,
          String.format(
              Locale.ROOT,
              "INSERT INTO item SELECT n, %d, md5(CAST(n AS varchar)) FROM generate_series(%d, %d)"
                  + " AS g (n)",
              file,
              file * ROWS_A_FILE,
              (file + 1) * ROWS_A_FILE - 1));
    }
    change.run(connection, "item", 0);
    server.resetCounts();
    change.run(connection, "item", 1);
    System.out.printf(
        Locale.ROOT,
        "%-44s %-58s %,d bytes up, %,d down%n",
        what,
        server.counts(),
        server.receivedBytes(),
        server.sentBytes());
    execute(connection, "DROP TABLE item");
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
