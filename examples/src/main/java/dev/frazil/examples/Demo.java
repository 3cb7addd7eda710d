package dev.frazil.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * The story of the README on a fresh local warehouse: load, correct, merge a second delivery, write
 * from two processes while a third reads and one is killed, and travel back in time. Every figure
 * is read from the tables.
 */
public final class Demo {
  private final String url;
  private final Statement statement;
  private final Connection connection;

  private Demo(String url, Connection connection) throws SQLException {
    this.url = url;
    this.connection = connection;
    this.statement = connection.createStatement();
  }

  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    Path folder = Files.createTempDirectory("frazil-demo");
    String url = arguments.length > 0 ? arguments[0] : "jdbc:iceberg:" + folder;
    say("A bucket of Iceberg tables is a database. This one is " + url);
    try (Connection connection = DriverManager.getConnection(url)) {
      Demo demo = new Demo(url, connection);
      demo.load();
      LocalDateTime beforeMerge = demo.correct();
      demo.merge();
      demo.writeFromTwoProcesses();
      demo.travelBack(beforeMerge);
    } finally {
      deleteRecursively(folder);
    }
    say("");
    say("Done in %.1f s.".formatted((System.nanoTime() - start) / 1e9));
  }

  private void load() throws SQLException {
    chapter("1. Load three years of weather in Seattle (NOAA, public domain) in one commit");
    run("CREATE TABLE weather (" + WeatherFile.COLUMNS + ")\n  PARTITIONED BY (year(day))");
    int rows =
        WeatherFile.insert(connection, "weather", WeatherFile.read(WeatherFile.FIRST_DELIVERY));
    say(
        "   executeBatch() of %d rows; the table has %d"
            .formatted(rows, number("SELECT count(*) FROM weather")));
    show("SELECT weather, count(*) AS days FROM weather GROUP BY weather ORDER BY days DESC");
  }

  private LocalDateTime correct() throws SQLException, InterruptedException {
    chapter("2. Correct it: what was called fog on days of more than 10 mm was rain");
    run("UPDATE weather SET weather = 'rain' WHERE weather = 'fog' AND precipitation > 10");
    Thread.sleep(20);
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    Thread.sleep(20);
    return now;
  }

  private void merge() throws SQLException {
    chapter("3. Merge the second delivery: a fourth year, and the publisher's own corrections");
    connection.setAutoCommit(false);
    run("CREATE TABLE delivery (" + WeatherFile.COLUMNS + ")");
    WeatherFile.insert(connection, "delivery", WeatherFile.read(WeatherFile.SECOND_DELIVERY));
    run(
        """
        MERGE INTO weather AS w USING delivery AS d ON w.day = d.day
          WHEN MATCHED AND w.weather <> d.weather THEN UPDATE SET weather = d.weather
          WHEN NOT MATCHED THEN INSERT VALUES
            (d.day, d.precipitation, d.temp_max, d.temp_min, d.wind, d.weather)""");
    connection.commit();
    connection.setAutoCommit(true);
    say("   tables, rows and merge became visible in one commit over two tables");
    say(
        "   days that differ from the delivery: %d"
            .formatted(
                number(
                    "SELECT count(*) FROM (SELECT * FROM delivery EXCEPT SELECT * FROM weather) AS d")));
    show("SELECT weather, count(*) AS days FROM weather GROUP BY weather ORDER BY days DESC");
  }

  private void writeFromTwoProcesses() throws SQLException, IOException, InterruptedException {
    chapter("4. Two processes write, a third one reads, and one writer is killed (SIGKILL)");
    run("CREATE TABLE reading (writer varchar, batch integer, value bigint)");
    run("CREATE TABLE ledger (writer varchar, batch integer, rows_written integer)");
    DemoProcess steady = DemoProcess.start("steady", DemoWriter.class, url, "steady", "12");
    DemoProcess doomed = DemoProcess.start("doomed", DemoWriter.class, url, "doomed", "1000");
    DemoProcess reader = DemoProcess.start("reader", DemoReader.class, url);
    doomed.awaitLines(5);
    doomed.kill();
    steady.awaitEnd();
    reader.awaitLines(reader.lines().size() + 2);
    reader.kill();

    for (DemoProcess writer : List.of(steady, doomed)) {
      long acknowledged = writer.lines().size();
      long stored = number("SELECT count(*) FROM ledger WHERE writer = '" + writer.name() + "'");
      say(
          "   %s: %d commits acknowledged%s, %d found, %s"
              .formatted(
                  writer.name(),
                  acknowledged,
                  writer == doomed ? " before it was killed" : "",
                  stored,
                  stored >= acknowledged ? "nothing lost" : "LOST " + (acknowledged - stored)));
      require(stored >= acknowledged, "an acknowledged commit is lost");
    }
    long torn =
        number(
            "SELECT count(*) FROM (SELECT writer, batch, count(*) AS n FROM reading"
                + " GROUP BY writer, batch) AS r FULL JOIN ledger AS l"
                + " ON r.writer = l.writer AND r.batch = l.batch"
                + " WHERE r.n IS NULL OR l.rows_written IS NULL OR r.n <> l.rows_written");
    say("   transactions of which only a part is there: %d".formatted(torn));
    require(torn == 0, "a torn transaction");
    long inconsistent = reader.lines().stream().filter(line -> line.startsWith("torn")).count();
    say(
        "   reads during the writes: %d, inconsistent: %d"
            .formatted(reader.lines().size(), inconsistent));
    require(inconsistent == 0, "an inconsistent read");
  }

  private void travelBack(LocalDateTime beforeMerge) throws SQLException {
    chapter("5. Travel back in time: the table as it was before the merge");
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT count(*) FROM weather FOR SYSTEM_TIME AS OF TIMESTAMP '"
                + Timestamp.valueOf(beforeMerge)
                + "'")) {
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        say(
            "   %d days then, %d days now"
                .formatted(rows.getLong(1), number("SELECT count(*) FROM weather")));
      }
    }
  }

  private void run(String sql) throws SQLException {
    say("   sql> " + sql.replace("\n", "\n        "));
    long start = System.nanoTime();
    statement.execute(sql);
    int count = statement.getUpdateCount();
    say(
        "   %s%.0f ms"
            .formatted(count > 0 ? count + " rows, " : "", (System.nanoTime() - start) / 1e6));
  }

  private void show(String sql) throws SQLException {
    say("   sql> " + sql);
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        say("   %-8s %5d".formatted(rows.getString(1), rows.getLong(2)));
      }
    }
  }

  private long number(String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException("the demo found " + what);
    }
  }

  private static void chapter(String title) {
    say("");
    say(title);
  }

  private static void say(String text) {
    System.out.println(text);
  }

  private static void deleteRecursively(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
