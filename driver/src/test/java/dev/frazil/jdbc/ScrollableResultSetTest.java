package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType.Primitive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Result sets of TYPE_SCROLL_INSENSITIVE: every move, and rows beyond the memory. */
@Timeout(120)
class ScrollableResultSetTest {
  /** 1,000,000 rows with a text and nulls, made of ten digits six times. */
  static final String MILLION =
      """
      WITH d (n) AS (VALUES 0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
      r AS (SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n + 100000 * f.n AS n
            FROM d a, d b, d c, d d, d e, d f)
      SELECT n, CASE WHEN MOD(n, 7) = 0 THEN NULL ELSE 'row number ' || n END AS t FROM r
      """;

  private final FakeEngine engine =
      FakeEngine.create()
          .value("q", Primitive.INTEGER, 1, 2, 3)
          .value("one", Primitive.INTEGER, 7)
          .rows("none", List.of(FakeEngine.column("c", Primitive.INTEGER)), List.of())
          .endless("endless", 1000);

  private static Statement scrollable(Connection connection) throws SQLException {
    return connection.createStatement(
        ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
  }

  @Test
  void everyMove() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = scrollable(connection);
        ResultSet rows = statement.executeQuery("q")) {
      assertThat((Throwable) statement.getWarnings()).isNull();
      assertThat(rows.getType()).isEqualTo(ResultSet.TYPE_SCROLL_INSENSITIVE);
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.getRow()).isZero();
      assertState(() -> rows.getInt(1), "55000");
      assertThat(rows.last()).isTrue();
      assertRow(rows, 3);
      assertThat(rows.isLast()).isTrue();
      assertThat(rows.previous()).isTrue();
      assertRow(rows, 2);
      assertThat(rows.isLast()).isFalse();
      assertThat(rows.first()).isTrue();
      assertRow(rows, 1);
      assertThat(rows.isFirst()).isTrue();
      assertThat(rows.previous()).isFalse();
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.previous()).isFalse();
      assertThat(rows.next()).isTrue();
      assertRow(rows, 1);
      assertThat(rows.relative(2)).isTrue();
      assertRow(rows, 3);
      assertThat(rows.relative(0)).isTrue();
      assertThat(rows.relative(-2)).isTrue();
      assertRow(rows, 1);
      assertThat(rows.relative(-5)).isFalse();
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.absolute(-1)).isTrue();
      assertRow(rows, 3);
      assertThat(rows.absolute(-3)).isTrue();
      assertRow(rows, 1);
      assertThat(rows.absolute(-4)).isFalse();
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(rows.absolute(4)).isFalse();
      assertThat(rows.isAfterLast()).isTrue();
      assertThat(rows.next()).isFalse();
      assertThat(rows.isAfterLast()).isTrue();
      assertState(() -> rows.getInt(1), "55000");
      assertThat(rows.previous()).isTrue();
      assertRow(rows, 3);
      rows.afterLast();
      assertThat(rows.relative(-2)).isTrue();
      assertRow(rows, 2);
      rows.beforeFirst();
      assertThat(rows.absolute(0)).isFalse();
      assertThat(rows.isBeforeFirst()).isTrue();
      rows.setFetchDirection(ResultSet.FETCH_REVERSE);
      assertThat(rows.getFetchDirection()).isEqualTo(ResultSet.FETCH_REVERSE);
      assertState(() -> rows.setFetchDirection(5), "22023");
      assertState(() -> rows.updateInt(1, 1), "0A000");
    }
    assertThat(engine.cursorsOpen).isZero();
  }

  private static void assertRow(ResultSet rows, int number) throws SQLException {
    assertThat(rows.getInt(1)).isEqualTo(number);
    assertThat(rows.getRow()).isEqualTo(number);
  }

  @Test
  void noRowsAndOneRow() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = scrollable(connection)) {
      ResultSet none = statement.executeQuery("none");
      assertThat(none.isBeforeFirst()).isFalse();
      assertThat(none.first()).isFalse();
      assertThat(none.last()).isFalse();
      assertThat(none.next()).isFalse();
      none.afterLast();
      assertThat(none.isAfterLast()).isFalse();
      assertThat(none.isLast()).isFalse();
      assertThat(none.previous()).isFalse();
      assertThat(none.absolute(-1)).isFalse();
      ResultSet one = statement.executeQuery("one");
      assertThat(one.next()).isTrue();
      assertThat(one.isFirst() && one.isLast()).isTrue();
      assertThat(one.next()).isFalse();
      assertThat(one.isAfterLast()).isTrue();
    }
  }

  @Test
  void onlyWhatIsAskedForIsRead() throws SQLException {
    try (Connection connection = engine.connect();
        Statement statement = scrollable(connection)) {
      try (ResultSet rows = statement.executeQuery("endless")) {
        assertThat(rows.absolute(2500)).isTrue();
        assertThat(rows.first()).isTrue();
        assertThat(engine.batchesPulled).isEqualTo(3);
      }
      statement.setMaxRows(1500);
      try (ResultSet rows = statement.executeQuery("endless")) {
        assertThat(rows.last()).isTrue();
        assertThat(rows.getRow()).isEqualTo(1500);
        assertThat(rows.absolute(1501)).isFalse();
        assertThat(engine.cursorsOpen).as("closed when all rows are known").isZero();
      }
      statement.setMaxRows(0);
      try (ResultSet rows = statement.executeQuery("endless")) {
        assertThat(rows.next()).isTrue();
        statement.cancel();
        assertState(rows::last, "57014");
        assertState(rows::last, "57014");
      }
    }
  }

  @Test
  void whatThereIsNotDegradesWithAWarning() throws SQLException {
    try (Connection connection = engine.connect()) {
      Statement sensitive =
          connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_READ_ONLY);
      assertThat(sensitive.getWarnings().getSQLState()).isEqualTo("01S02");
      assertThat(connection.getWarnings().getSQLState()).as("JDBC 15.1.1").isEqualTo("01S02");
      connection
          .createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_READ_ONLY)
          .close();
      assertThat((Object) connection.getWarnings().getNextWarning()).as("once of a kind").isNull();
      assertThat(sensitive.getResultSetType()).isEqualTo(ResultSet.TYPE_SCROLL_INSENSITIVE);
      assertThat(sensitive.executeQuery("q").last()).isTrue();
      PreparedStatement updatable =
          connection.prepareStatement("q", ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE);
      assertThat(updatable.getWarnings().getSQLState()).isEqualTo("01S02");
      assertThat(updatable.getResultSetConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
      ResultSet forward = updatable.executeQuery();
      assertState(forward::previous, "0A000");
      assertState(forward::last, "0A000");
      Statement closing =
          connection.createStatement(
              ResultSet.TYPE_FORWARD_ONLY,
              ResultSet.CONCUR_READ_ONLY,
              ResultSet.CLOSE_CURSORS_AT_COMMIT);
      assertThat(closing.getWarnings().getSQLState()).isEqualTo("01S02");
      assertThat(closing.getResultSetHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
      assertThat(connection.getMetaData().supportsResultSetType(ResultSet.TYPE_SCROLL_INSENSITIVE))
          .isTrue();
      assertThat(connection.getMetaData().supportsResultSetType(ResultSet.TYPE_SCROLL_SENSITIVE))
          .isFalse();
    }
  }

  @Test
  void aMillionRowsBeyondTheMemory(@TempDir Path folder) throws Exception {
    Path temp = Files.createDirectory(folder.resolve("temp"));
    String url = "jdbc:iceberg:" + folder.resolve("w") + "?memoryLimit=16MB&tempFolder=" + temp;
    try (Connection connection = DriverManager.getConnection(url)) {
      long[] numbers = new long[1_000_000];
      try (ResultSet rows = connection.createStatement().executeQuery(MILLION)) {
        for (int i = 0; i < numbers.length; i++) {
          assertThat(rows.next()).isTrue();
          numbers[i] = rows.getLong(1);
        }
      }
      try (PreparedStatement statement =
              connection.prepareStatement(
                  MILLION, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
          ResultSet rows = statement.executeQuery()) {
        assertThat(rows.absolute(700_000)).isTrue();
        check(rows, numbers, 700_000);
        assertThat(spillHandles(temp)).as("beyond the memory").isPositive();
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
          int wanted = 1 + random.nextInt(numbers.length);
          assertThat(rows.absolute(i % 2 == 0 ? wanted : wanted - numbers.length - 1)).isTrue();
          check(rows, numbers, wanted);
        }
        rows.beforeFirst();
        for (int i = 1; i <= numbers.length; i++) {
          assertThat(rows.next()).isTrue();
          if (rows.getLong(1) != numbers[i - 1]) {
            check(rows, numbers, i);
          }
        }
        assertThat(rows.next()).isFalse();
        for (int i = numbers.length; i > numbers.length - 20_000; i--) {
          assertThat(rows.previous()).isTrue();
          check(rows, numbers, i);
        }
      }
      assertThat(spillHandles(temp)).isZero();
    }
    try (Stream<Path> left = Files.walk(temp)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static void check(ResultSet rows, long[] numbers, int number) throws SQLException {
    long wanted = numbers[number - 1];
    assertThat(rows.getRow()).isEqualTo(number);
    assertThat(rows.getLong(1)).isEqualTo(wanted);
    assertThat(rows.getString(2)).isEqualTo(wanted % 7 == 0 ? null : "row number " + wanted);
  }

  /** Open handles on temporary files, which have no name any more; a file count elsewhere. */
  static long spillHandles(Path temp) throws Exception {
    Path handles = Path.of("/proc/self/fd");
    if (!Files.isDirectory(handles)) {
      try (Stream<Path> files = Files.walk(temp)) {
        return files.filter(Files::isRegularFile).count();
      }
    }
    long count = 0;
    try (Stream<Path> open = Files.list(handles)) {
      for (Path handle : (Iterable<Path>) open::iterator) {
        if (Files.isSymbolicLink(handle)) {
          count += Files.readSymbolicLink(handle).toString().startsWith(temp.toString()) ? 1 : 0;
        }
      }
    }
    return count;
  }
}
