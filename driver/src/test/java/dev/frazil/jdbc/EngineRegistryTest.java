package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.testing.ConditionalS3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long engines stay open. */
@Timeout(30)
class EngineRegistryTest {
  private static final ConnectionConfig CONFIG =
      ConnectionConfig.of(new Warehouse.S3Prefix("fake", "db"));

  private final List<FakeEngine> opened = new ArrayList<>();

  private EngineRegistry registry(long lingerMillis) {
    return new EngineRegistry(
        config -> {
          FakeEngine engine = new FakeEngine(config);
          opened.add(engine);
          return engine;
        },
        lingerMillis);
  }

  @Test
  void anEngineStaysForTheNextConnection() throws SQLException {
    EngineRegistry registry = registry(60_000);
    registry.acquire(CONFIG).release();
    assertThat(registry.enginesInUse()).isZero();
    assertThat(opened.get(0).rests).isEqualTo(1);
    EngineRegistry.Lease next = registry.acquire(CONFIG);
    assertThat(opened).hasSize(1);
    assertThat(next.engine()).isSameAs(opened.get(0));
    assertThat(registry.enginesInUse()).isEqualTo(1);
  }

  @Test
  void anEngineOfNobodyIsClosedAfterAWhile() throws Exception {
    EngineRegistry registry = registry(20);
    EngineRegistry.Lease kept = registry.acquire(CONFIG);
    registry.acquire(CONFIG).release();
    Thread.sleep(60);
    assertThat(opened.get(0).closed).as("somebody holds it").isFalse();
    kept.release();
    while (!opened.get(0).closed) {
      Thread.sleep(1);
    }
    registry.acquire(CONFIG);
    assertThat(opened).hasSize(2);
  }

  @Test
  void nothingOfItKeepsTheJvmAlive() throws SQLException {
    registry(60_000).acquire(CONFIG).release();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("frazil-"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }

  @Test
  void anEngineOfAFolderGoesWithItsLastConnection() throws SQLException {
    EngineRegistry registry = registry(60_000);
    registry.acquire(ConnectionConfig.of(new Warehouse.LocalFolder("/fake"))).release();
    assertThat(opened.get(0).closed).isTrue();
  }

  @Test
  void aFolderThatWasDeletedMeanwhileIsEmpty(@TempDir Path folder) throws Exception {
    Path warehouse = folder.resolve("w");
    String url = "jdbc:iceberg:" + warehouse;
    for (int round = 1; round <= 2; round++) {
      try (Connection connection = DriverManager.getConnection(url)) {
        writeAndRead(connection, round);
      }
      delete(warehouse);
    }
  }

  private static void writeAndRead(Connection connection, int value) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (n integer)");
      statement.execute("INSERT INTO t VALUES (" + value + ")");
      try (ResultSet rows = statement.executeQuery("SELECT n FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(value);
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @Test
  void aBucketThatWasEmptiedMeanwhileIsEmpty() throws Exception {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      FrazilDataSource source = new FrazilDataSource();
      source.setUrl("jdbc:iceberg:s3://" + ConditionalS3Server.BUCKET + "/emptied");
      source.setEndpoint(server.endpoint());
      source.setPathStyleAccess(true);
      source.setRegion(ConditionalS3Server.REGION);
      source.setAccessKeyId(ConditionalS3Server.ACCESS_KEY);
      source.setSecretAccessKey(ConditionalS3Server.SECRET_KEY);
      for (int round = 1; round <= 2; round++) {
        try (Connection connection = source.getConnection()) {
          writeAndRead(connection, round);
        }
        for (String key : List.copyOf(server.keys(ConditionalS3Server.BUCKET, "emptied"))) {
          server.remove(ConditionalS3Server.BUCKET, key);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
