package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.frazil.error.SqlState;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.S3Conduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of {@code docs/reference/sqlstates.md}: every state has one, each SQL raises its
 * state in the class of the table, and the tests that stand for the others exist.
 */
class SqlStateExamplesTest {
  private static final Path PAGE =
      Path.of(System.getProperty("frazil.documentation"), "reference", "sqlstates.md");
  private static final Pattern SQL = Pattern.compile("\\| `([0-9A-Z]{5})` \\| `([^`]+)` \\|");
  private static final Pattern TEST =
      Pattern.compile("\\| `([0-9A-Z]{5})` \\| the test (\\w+)\\.(\\w+) \\|");

  @TempDir private Path folder;

  private Connection open(String name, String... properties) throws SQLException {
    Properties given = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      given.setProperty(properties[i], properties[i + 1]);
    }
    return DriverManager.getConnection("jdbc:iceberg:" + folder.resolve(name), given);
  }

  private static Map<String, Matcher> examples(Pattern pattern) throws IOException {
    Map<String, Matcher> found = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches()) {
        assertThat(found.put(matcher.group(1), matcher)).as("two lines: %s", line).isNull();
      }
    }
    return found;
  }

  @Test
  void everyStateHasAnExample() throws IOException {
    List<String> states = new ArrayList<>(examples(SQL).keySet());
    states.addAll(examples(TEST).keySet());
    assertThat(states)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(SqlState.values()).map(SqlState::code).toList());
  }

  @Test
  void everyExampleRaisesItsState() throws Exception {
    Map<String, Matcher> examples = examples(SQL);
    assertThat(examples).hasSizeGreaterThan(40);
    create("db");
    for (SqlState state : SqlState.values()) {
      Matcher example = examples.get(state.code());
      if (example == null) {
        continue;
      }
      String[] sql = example.group(2).split("; ");
      try (Connection connection = open("db", "memoryLimit", "4MB");
          Statement statement = connection.createStatement()) {
        for (int i = 0; i < sql.length - 1; i++) {
          statement.execute(sql[i]);
        }
        Throwable thrown = catchThrowable(() -> drain(statement, sql[sql.length - 1]));
        assertThat(thrown).as(example.group()).isInstanceOf(SQLException.class);
        assertThat(((SQLException) thrown).getSQLState())
            .as("%s: %s", example.group(), thrown)
            .isEqualTo(state.code());
        assertThat(thrown.getClass()).isEqualTo(SqlExceptions.of(state, "").getClass());
        assertThat(thrown.getMessage()).as(example.group()).isNotBlank();
      }
    }
  }

  @Test
  void everyTestThatStandsForAnExampleExists() throws IOException {
    Path tests = PAGE.resolve("../../../driver/src/test/java/dev/frazil/jdbc").normalize();
    for (Matcher example : examples(TEST).values()) {
      assertThat(Files.readString(tests.resolve(example.group(2) + ".java")))
          .contains("void " + example.group(3) + "(")
          .contains("\"" + example.group(1) + "\"");
    }
  }

  private void create(String name) throws SQLException {
    try (Connection connection = open(name);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE orders (id bigint PRIMARY KEY, name varchar NOT NULL,"
              + " amount decimal(10, 2) CHECK (amount >= 0), day date)");
      statement.execute(
          "INSERT INTO orders VALUES (1, 'Ann', 9.90, DATE '2026-01-31'),"
              + " (2, 'Bob', 12.50, DATE '2026-02-01')");
    }
  }

  private static void drain(Statement statement, String sql) throws SQLException {
    if (statement.execute(sql)) {
      try (ResultSet rows = statement.getResultSet()) {
        int count = 0;
        while (rows.next()) {
          count++;
        }
        assertThat(count).as("%s gave rows", sql).isNotNegative();
      }
    }
  }

  private static void fails(
      String state, Class<? extends SQLException> type, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isExactlyInstanceOf(type);
    assertThat(((SQLException) thrown).getSQLState()).isEqualTo(state);
  }

  // ---- what takes more than SQL

  @Test
  void aClosedConnection() throws SQLException {
    Connection connection = open("db");
    connection.close();
    fails("08003", SQLNonTransientConnectionException.class, connection::createStatement);
  }

  @Test
  void aClosedStatement() throws SQLException {
    try (Connection connection = open("db")) {
      Statement statement = connection.createStatement();
      statement.close();
      fails("55000", SQLNonTransientException.class, () -> statement.execute("SELECT 1"));
    }
  }

  @Test
  void aStoreWithoutConditions() throws SQLException {
    try (ConditionalS3Server server = ConditionalS3Server.start(S3Conduct.IGNORES_CONDITIONS)) {
      Properties properties = new Properties();
      properties.setProperty("endpoint", server.endpoint());
      properties.setProperty("pathStyleAccess", "true");
      properties.setProperty("region", ConditionalS3Server.REGION);
      properties.setProperty("accessKeyId", ConditionalS3Server.ACCESS_KEY);
      properties.setProperty("secretAccessKey", ConditionalS3Server.SECRET_KEY);
      try (Connection connection =
              DriverManager.getConnection(
                  "jdbc:iceberg:s3://" + ConditionalS3Server.BUCKET + "/db", properties);
          Statement statement = connection.createStatement()) {
        fails(
            "08004",
            SQLNonTransientConnectionException.class,
            () -> statement.execute("CREATE TABLE t (id integer)"));
      }
    }
  }

  @Test
  void aConflict() throws SQLException {
    create("db");
    try (Connection first = open("db");
        Connection second = open("db");
        Statement ofFirst = first.createStatement();
        Statement ofSecond = second.createStatement()) {
      first.setAutoCommit(false);
      ofFirst.executeUpdate("UPDATE orders SET amount = 1 WHERE id = 1");
      ofSecond.executeUpdate("UPDATE orders SET amount = 2 WHERE id = 1");
      fails("40001", SQLTransactionRollbackException.class, first::commit);
    }
  }

  @Test
  void aTimeout() throws SQLException {
    try (Connection connection = open("db");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      fails(
          "57014",
          SQLTimeoutException.class,
          () ->
              drain(
                  statement,
                  "SELECT count(*) FROM generate_series(1, 300000) a (x),"
                      + " generate_series(1, 300000) b (y) WHERE (a.x * b.y) % 7 = 8"));
    }
  }

  @Test
  void bytesForAFixedLength() throws SQLException {
    try (Connection connection = open("db");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE codes (code binary(2))");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO codes VALUES (?)")) {
        fails("22001", SQLDataException.class, () -> insert.setBytes(1, new byte[3]));
      }
    }
  }

  @Test
  void aFileWithAValueTooMany() throws Exception {
    Path file = folder.resolve("codes.csv");
    Files.writeString(file, "id\n1,2\n");
    try (Connection connection = open("db", "copyLocations", folder.toString());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE numbers (id integer)");
      fails(
          "22P04",
          SQLDataException.class,
          () -> statement.execute("COPY numbers FROM '" + file + "'"));
    }
  }
}
