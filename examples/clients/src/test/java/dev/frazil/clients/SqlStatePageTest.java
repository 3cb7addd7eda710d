package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/**
 * The columns HikariCP and Spring of docs/reference/sqlstates.md: what both really do with each
 * state in the class that it has.
 */
class SqlStatePageTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "reference", "sqlstates.md");
  private static final Pattern ROW =
      Pattern.compile(
          "\\| `([0-9A-Z]{5})` \\| [^|]+ \\| ([^|]+) \\| (evicts|keeps) \\| ([^|]+) \\| .*");
  private static final Pattern CLASS = Pattern.compile("\\b(SQL\\w*Exception)\\b");

  private record Row(String state, List<SQLException> failures, boolean evicts, String[] spring) {}

  private static List<Row> rows() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (String line : lines()) {
      if (line.equals("## Examples")) {
        break;
      }
      if (line.startsWith("| `")) {
        Matcher row = ROW.matcher(line);
        assertThat(row.matches()).as(line).isTrue();
        List<SQLException> failures = new ArrayList<>();
        Matcher type = CLASS.matcher(row.group(2));
        while (type.find()) {
          failures.add(
              (SQLException)
                  Class.forName("java.sql." + type.group(1))
                      .getConstructor(String.class, String.class)
                      .newInstance("a failure", row.group(1)));
        }
        assertThat(failures).as(line).isNotEmpty();
        rows.add(
            new Row(
                row.group(1),
                failures,
                row.group(3).equals("evicts"),
                row.group(4).split("; ", -1)));
      }
    }
    assertThat(rows).hasSizeGreaterThan(50);
    return rows;
  }

  private static List<String> lines() throws IOException {
    return Files.readAllLines(PAGE);
  }

  @Test
  void springTranslatesAsThePageSays() throws Exception {
    SQLExceptionSubclassTranslator translator = new SQLExceptionSubclassTranslator();
    for (Row row : rows()) {
      for (int i = 0; i < row.failures().size(); i++) {
        DataAccessException translated =
            translator.translate("a task", "some SQL", row.failures().get(i));
        String name =
            translated == null
                ? "UncategorizedSQLException"
                : translated.getClass().getSimpleName();
        assertThat(name)
            .as("%s as %s", row.state(), row.failures().get(i).getClass())
            .isEqualTo(row.spring()[Math.min(i, row.spring().length - 1)]);
      }
    }
  }

  @Test
  void hikariEvictsAsThePageSays() throws Exception {
    SQLException[] next = new SQLException[1];
    HikariConfig config = new HikariConfig();
    config.setDataSource(failing(next));
    config.setMaximumPoolSize(1);
    config.setMinimumIdle(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      for (Row row : rows()) {
        for (SQLException failure : row.failures()) {
          Object before;
          try (Connection connection = pool.getConnection()) {
            before = connection.unwrap(Marked.class);
            next[0] = failure;
            assertThatThrownBy(connection::createStatement).isSameAs(failure);
          }
          try (Connection connection = pool.getConnection()) {
            assertThat(connection.unwrap(Marked.class) != before)
                .as("%s as %s is evicted", row.state(), failure.getClass())
                .isEqualTo(row.evicts());
          }
        }
      }
    }
  }

  /** A connection of the data source below. */
  private interface Marked {}

  private static DataSource failing(SQLException[] next) {
    return (DataSource)
        Proxy.newProxyInstance(
            SqlStatePageTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (source, method, arguments) ->
                switch (method.getName()) {
                  case "getConnection" -> connection(next);
                  case "getLoginTimeout" -> 0;
                  default -> null;
                });
  }

  private static Object connection(SQLException[] next) {
    return Proxy.newProxyInstance(
        SqlStatePageTest.class.getClassLoader(),
        new Class<?>[] {Connection.class, Marked.class},
        (connection, method, arguments) ->
            switch (method.getName()) {
              case "createStatement" -> throw next[0];
              case "isValid", "getAutoCommit" -> true;
              case "isReadOnly", "isClosed" -> false;
              case "getTransactionIsolation" -> Connection.TRANSACTION_SERIALIZABLE;
              case "getNetworkTimeout" -> 0;
              case "hashCode" -> System.identityHashCode(connection);
              case "equals" -> connection == arguments[0];
              case "toString" -> "a connection that fails";
              default -> null;
            });
  }
}
