package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code jdbc:iceberg:table:s3://bucket/table} on a table that Frazil wrote. */
class SingleTableS3Test {
  /** Of a read point where nothing moved. */
  private static long requests(ConditionalS3Server server, EngineRunner reader) {
    server.resetCounts();
    reader.query("SHOW TABLES");
    return server.counts().values().stream().mapToLong(Long::longValue).sum();
  }

  private static void refused(ThrowingCallable call, SqlState state, String message) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.state()).isEqualTo(state));
  }

  @Test
  void readsATableInABucket() {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      ConnectionConfig database = server.config("db");
      try (EngineRunner writer = EngineRunner.open(database)) {
        writer.script("CREATE TABLE t (id bigint)", "INSERT INTO t VALUES (1), (2)");
        String hint =
            server.keys(ConditionalS3Server.BUCKET, "db/main/").stream()
                .filter(key -> key.endsWith("/version-hint.text"))
                .findFirst()
                .orElseThrow();
        String prefix = hint.substring(0, hint.indexOf("/metadata/"));
        String quoted = '"' + prefix.substring(prefix.lastIndexOf('/') + 1) + '"';
        String metadata =
            server.keys(ConditionalS3Server.BUCKET, prefix + "/metadata/").stream()
                .filter(key -> key.endsWith(".metadata.json"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        try (EngineRunner folder = EngineRunner.open(bucket(database, prefix, null));
            EngineRunner file = EngineRunner.open(bucket(database, prefix, metadata))) {
          String count = "SELECT count(*) FROM " + quoted;
          assertThat(folder.query(count).lines()).containsExactly("2");
          assertThat(file.query(count).lines()).containsExactly("2");
          assertThat(requests(server, folder)).isEqualTo(4);
          assertThat(requests(server, file)).isEqualTo(1);
          writer.script("DELETE FROM t WHERE id = 1");
          assertThat(folder.query("SELECT id FROM " + quoted).lines()).containsExactly("2");
          assertThat(file.query(count).lines()).containsExactly("2");
          server.remove(ConditionalS3Server.BUCKET, hint);
          assertThat(folder.query(count).lines()).containsExactly("1");
          refused(
              () -> folder.execute("DELETE FROM " + quoted),
              SqlState.READ_ONLY_TRANSACTION,
              "read-only");
        }
        refused(
            () -> EngineRunner.open(bucket(database, "none", null)).query("SHOW TABLES"),
            SqlState.CONNECTION_FAILURE,
            "no table stands in s3://");
        refused(
            () -> EngineRunner.open(server.config(prefix)).query("SHOW TABLES"),
            SqlState.CONNECTION_FAILURE,
            "jdbc:iceberg:table:s3://" + ConditionalS3Server.BUCKET + "/" + prefix);
      }
    }
  }

  private static ConnectionConfig bucket(
      ConnectionConfig database, String prefix, @Nullable String metadataKey) {
    String bucket = ConditionalS3Server.BUCKET;
    return new ConnectionConfig(
        new Warehouse.SingleTable(
            new Warehouse.S3Prefix(bucket, prefix),
            metadataKey == null ? null : "s3://" + bucket + "/" + metadataKey),
        database.values(),
        database.secrets());
  }
}
