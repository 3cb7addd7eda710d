package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.RestCatalogServer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are reached by credentials of the catalog's server, and servers that mean no good. */
class RestVendingTest {
  private final ConditionalS3Server bucket = ConditionalS3Server.start();
  private final RestCatalogServer server = RestCatalogServer.start("s3://warehouse/wh");

  /** What the server says of how the files of a table are reached. */
  private final AtomicReference<Consumer<ObjectNode>> vending = new AtomicReference<>(this::vend);

  @BeforeEach
  void vendToAll() {
    server.answers(
        (request, answer) -> {
          if (request.path().contains("/tables") && answer.has("metadata")) {
            vending.get().accept((ObjectNode) answer);
          }
          return answer;
        });
  }

  @AfterEach
  void close() {
    server.close();
    bucket.close();
  }

  private void vend(ObjectNode answer) {
    settings(answer.putObject("config"));
  }

  private void settings(ObjectNode config) {
    config.put("s3.endpoint", bucket.endpoint());
    config.put("s3.path-style-access", "true");
    config.put("client.region", ConditionalS3Server.REGION);
    config.put("s3.access-key-id", ConditionalS3Server.ACCESS_KEY);
    config.put("s3.secret-access-key", ConditionalS3Server.SECRET_KEY);
    config.put("io-impl", "dev.frazil.NoSuchCanary");
  }

  private EngineRunner connect() {
    return EngineRunner.open(
        new ConnectionConfig(
            new Warehouse.RestCatalog(server.uri()),
            Map.of(ConnectionProperty.SCHEMA, "main"),
            Map.of()));
  }

  private void fill() {
    try (EngineRunner sql = connect()) {
      sql.script(
          "CREATE SCHEMA main",
          "CREATE TABLE t (id BIGINT)",
          "INSERT INTO t VALUES (1)",
          "INSERT INTO t VALUES (2)");
    }
  }

  private static SqlState state(Throwable failure) {
    return ((EngineException) failure).state();
  }

  @Test
  void filesAreWrittenAndReadWithTheServersCredentials() {
    fill();
    try (EngineRunner sql = connect()) {
      assertThat(sql.query("SELECT sum(id) FROM t").lines()).containsExactly("3");
    }
    assertThat(server.seen())
        .anyMatch(
            request ->
                "vended-credentials".equals(request.headers().get("x-iceberg-access-delegation")));
  }

  @Test
  void credentialsOfAPrefixGoBeforeThoseOfTheTable() {
    vending.set(
        answer -> {
          vend(answer);
          answer.withObject("/config").put("s3.secret-access-key", "wrong");
          ObjectNode credential = answer.putArray("storage-credentials").addObject();
          credential.put("prefix", "s3://warehouse/wh");
          settings(credential.putObject("config"));
        });
    fill();
    try (EngineRunner sql = connect()) {
      assertThat(sql.query("SELECT sum(id) FROM t").lines()).containsExactly("3");
    }
  }

  @Test
  void credentialsAreAskedForAgainBeforeTheyExpire() {
    fill();
    vending.set(
        answer -> {
          vend(answer);
          answer
              .withObject("/config")
              .put("s3.session-token-expires-at-ms", String.valueOf(System.currentTimeMillis()));
        });
    try (EngineRunner sql = connect()) {
      long before = server.count("GET", "/tables/t");
      assertThat(sql.query("SELECT sum(id) FROM t").lines()).containsExactly("3");
      assertThat(server.count("GET", "/tables/t") - before).isGreaterThan(1);
    }
  }

  @Test
  void withoutCredentialsNothingIsOpened() {
    fill();
    vending.set(answer -> {});
    try (EngineRunner sql = connect()) {
      long before = bucket.count(Kind.GET, Kind.RANGE_GET, Kind.HEAD, Kind.LIST);
      assertThatThrownBy(() -> sql.query("SELECT * FROM t"))
          .hasMessageContaining("tableLocations")
          .extracting(RestVendingTest::state)
          .isEqualTo(SqlState.LOCATION_REFUSED);
      assertThat(bucket.count(Kind.GET, Kind.RANGE_GET, Kind.HEAD, Kind.LIST)).isEqualTo(before);
    }
  }

  /** The connection's own keys go to its own endpoint only, for prefixes that it names only. */
  @Test
  void ownKeysAreNotLentToTheServer() {
    fill();
    vending.set(
        answer -> {
          ObjectNode config = answer.putObject("config");
          config.put("s3.endpoint", "http://127.0.0.1:1/canary");
        });
    try (EngineRunner sql =
        EngineRunner.open(
            new ConnectionConfig(
                new Warehouse.RestCatalog(server.uri()),
                Map.of(
                    ConnectionProperty.SCHEMA,
                    "main",
                    ConnectionProperty.TABLE_LOCATIONS,
                    "s3://warehouse/wh",
                    ConnectionProperty.ENDPOINT,
                    bucket.endpoint(),
                    ConnectionProperty.PATH_STYLE_ACCESS,
                    "true",
                    ConnectionProperty.REGION,
                    ConditionalS3Server.REGION,
                    ConnectionProperty.ACCESS_KEY_ID,
                    ConditionalS3Server.ACCESS_KEY),
                Map.of(
                    ConnectionProperty.SECRET_ACCESS_KEY,
                    new Secret(ConditionalS3Server.SECRET_KEY))))) {
      assertThat(sql.query("SELECT sum(id) FROM t").lines()).containsExactly("3");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "s3.endpoint, http://169.254.169.254",
    "client.region, evil.example/x",
    "s3.endpoint, https://user:pw@host",
    "s3.endpoint, file:///etc/passwd",
  })
  void unsafeAddressesAreRefused(String key, String value) {
    fill();
    vending.set(
        answer -> {
          vend(answer);
          answer.withObject("/config").put(key, value);
        });
    try (EngineRunner sql = connect()) {
      assertThatThrownBy(() -> sql.query("SELECT * FROM t"))
          .hasMessageNotContaining("pw")
          .extracting(RestVendingTest::state)
          .isEqualTo(SqlState.CONNECTION_REJECTED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd",
    "/etc/passwd",
    "s3://other-bucket/wh/main/t/metadata/x.avro",
    "s3://warehouse/wh2/x.avro",
    "s3://warehouse/wh/../secret/x.avro",
    "http://169.254.169.254/latest/meta-data"
  })
  void aManifestListElsewhereIsNotOpened(String location) {
    fill();
    vending.set(
        answer -> {
          vend(answer);
          for (JsonNode snapshot : answer.path("metadata").path("snapshots")) {
            ((ObjectNode) snapshot).put("manifest-list", location);
          }
        });
    try (EngineRunner sql = connect()) {
      assertThatThrownBy(() -> sql.query("SELECT * FROM t"))
          .extracting(RestVendingTest::state)
          .isEqualTo(SqlState.LOCATION_REFUSED);
    }
  }

  /** Not even for a table that says it stands there: no server hands out files of this machine. */
  @Test
  void aTableOnThisMachineIsNotOpened() {
    fill();
    vending.set(
        answer -> {
          vend(answer);
          ObjectNode metadata = (ObjectNode) answer.path("metadata");
          metadata.put("location", "file:///etc");
          for (JsonNode snapshot : metadata.path("snapshots")) {
            ((ObjectNode) snapshot).put("manifest-list", "file:///etc/passwd");
          }
        });
    try (EngineRunner sql = connect()) {
      assertThatThrownBy(() -> sql.query("SELECT * FROM t"))
          .extracting(RestVendingTest::state)
          .isEqualTo(SqlState.LOCATION_REFUSED);
    }
    assertThat(server.catalog().tableExists(TableIdentifier.of("main", "t"))).isTrue();
  }
}
