package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionProperty;
import dev.frazil.testing.ConditionalS3Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrazilDataSourceTest {
  @TempDir private Path folder;

  private FrazilDataSource source() {
    FrazilDataSource source = new FrazilDataSource();
    source.setUrl("jdbc:iceberg:" + folder.resolve("db"));
    return source;
  }

  @Test
  void opensConnectionsWithItsProperties() throws SQLException {
    FrazilDataSource source = source();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA sales");
      statement.execute("CREATE TABLE sales.deal (n bigint)");
    }
    source.setSchema("sales");
    source.setReadOnly(true);
    source.setIsolation("snapshot");
    source.setQueryTimeout(30);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM deal")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isZero();
      assertThat(connection.getSchema()).isEqualTo("sales");
      assertThat(connection.isReadOnly()).isTrue();
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
      assertThat(statement.getQueryTimeout()).isEqualTo(30);
      assertState(() -> statement.execute("DROP TABLE deal"), "25006");
    }
    assertThat(source.getSchema()).isEqualTo("sales");
    assertThat(source.isReadOnly()).isTrue();
    assertThat(source.getIsolation()).isEqualTo("snapshot");
    assertThat(source.getQueryTimeout()).isEqualTo(30);
    source.setSchema(null);
    assertThat(source.getSchema()).as("the default").isEqualTo("main");
  }

  @Test
  void connectionsWithTheSameKeysShareAnEngine() throws SQLException {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      FrazilDataSource source = new FrazilDataSource();
      source.setURL("jdbc:iceberg:s3://" + ConditionalS3Server.BUCKET + "/db");
      source.setEndpoint(server.endpoint());
      source.setPathStyleAccess(true);
      source.setRegion(ConditionalS3Server.REGION);
      int before = EngineRegistry.SHARED.enginesInUse();
      try (Connection first =
              source.getConnection(ConditionalS3Server.ACCESS_KEY, ConditionalS3Server.SECRET_KEY);
          Connection second =
              source.getConnection(ConditionalS3Server.ACCESS_KEY, ConditionalS3Server.SECRET_KEY);
          Statement write = first.createStatement();
          Statement read = second.createStatement()) {
        assertThat(EngineRegistry.SHARED.enginesInUse()).isEqualTo(before + 1);
        write.execute("CREATE TABLE t AS SELECT 7 AS n");
        server.resetCounts();
        try (ResultSet rows = read.executeQuery("SELECT n FROM t")) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getInt(1)).isEqualTo(7);
        }
        assertThat(server.counts().values().stream().mapToLong(Long::longValue).sum())
            .as("the table is known from the other connection: %s", server.counts())
            .isLessThan(5);
      }
      source.setAccessKeyId(ConditionalS3Server.ACCESS_KEY);
      source.setSecretAccessKey("wrong");
      try (Connection third =
          source.getConnection(ConditionalS3Server.ACCESS_KEY, ConditionalS3Server.SECRET_KEY)) {
        assertThat(third.isValid(1)).as("those of the call go before").isTrue();
        third.createStatement().executeQuery("SELECT n FROM t").close();
      }
      assertThat(source.toString()).doesNotContain("wrong");
    }
  }

  /** A pool that builds its source from a text file sets what it finds by name. */
  @Test
  void everyPropertyHasASetter() {
    Set<String> setters = new HashSet<>();
    for (Method method : FrazilDataSource.class.getMethods()) {
      if (method.getName().startsWith("set") && method.getParameterCount() == 1) {
        setters.add(method.getName().substring(3));
      }
    }
    assertThat(setters)
        .containsAll(
            Arrays.stream(ConnectionProperty.values())
                .map(ConnectionProperty::propertyName)
                .map(name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
                .toList());
  }

  @Test
  void isADataSourceLikeOthers() throws SQLException, IOException {
    FrazilDataSource source = source();
    assertThat(source.isWrapperFor(DataSource.class)).isTrue();
    assertThat(source.unwrap(FrazilDataSource.class)).isSameAs(source);
    assertState(() -> source.unwrap(String.class), "22023");
    assertThat(source.getLogWriter()).isNull();
    try (PrintWriter writer = new PrintWriter(new StringWriter())) {
      source.setLogWriter(writer);
      assertThat(source.getLogWriter()).isSameAs(writer);
    }
    source.setLoginTimeout(5);
    assertThat(source.getLoginTimeout()).isEqualTo(5);
    assertThat(source.getParentLogger().getName()).isEqualTo("dev.frazil");
    assertState(() -> new FrazilDataSource().getConnection(), "22023");
    source.setIsolation("chaos");
    assertState(source::getConnection, "22023");
  }
}
