package dev.frazil.storage;

import static dev.frazil.storage.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.RequestCounter.Kind;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.S3Conduct;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Wrong settings and refusing stores: a typed error that says what to do, and no secret. */
class S3BadInputTest {
  private final ConditionalS3Server server = ConditionalS3Server.start();
  private final List<ObjectStore> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(ObjectStore::close);
    server.close();
  }

  @Test
  void noBucket() {
    failsToRead(SqlState.CONNECTION_FAILURE, server.config("no-such-bucket", "db", Map.of()))
        .hasMessageContainingAll(
            "no bucket 'no-such-bucket'", "at http://127.0.0.1", "create the bucket");
  }

  @Test
  void wrongRegion() {
    server.addBucket("elsewhere", "eu-central-1", false, false, S3Conduct.CORRECT);
    failsToRead(
            SqlState.CONNECTION_FAILURE,
            server.config("elsewhere", "db", Map.of(ConnectionProperty.REGION, "us-west-2")))
        .hasMessageContainingAll("'elsewhere'", "'us-west-2'", "'eu-central-1'", "region");
  }

  @Test
  void regionIsDetectedWhereNotGiven() {
    server.addBucket("elsewhere", "eu-central-1", false, false, S3Conduct.CORRECT);
    ObjectStore store = open(server.config("elsewhere", "db", Map.of()));
    assertThat(store.putIf("s3://elsewhere/db/a", new byte[3], PutCondition.ifAbsent()))
        .as("a put that meets the wrong region first")
        .isInstanceOf(PutOutcome.Stored.class);
    server.resetCounts();
    assertThat(store.head("s3://elsewhere/db/a")).isPresent();
    assertThat(server.counts()).as("asked once only").isEqualTo(Map.of(Kind.HEAD, 1L));
  }

  @Test
  void wrongSecretKey() {
    ConnectionConfig config = withSecret("another-secret-canary");
    failsToRead(SqlState.INVALID_AUTHORIZATION, config).hasMessageContaining("secretAccessKey");
  }

  @Test
  void unknownAccessKey() {
    ConnectionConfig config =
        server.config("warehouse", "db", Map.of(ConnectionProperty.ACCESS_KEY_ID, "nobody"));
    failsToRead(SqlState.INVALID_AUTHORIZATION, config).hasMessageContaining("accessKeyId");
  }

  @Test
  void halfOfACredential() {
    Map<ConnectionProperty, String> values = new HashMap<>(server.config("db").values());
    ConnectionConfig config =
        new ConnectionConfig(server.config("db").warehouse(), values, Map.of());
    assertFails(SqlState.INVALID_AUTHORIZATION, () -> StoreFactory.open(config))
        .hasMessageContainingAll("accessKeyId", "secretAccessKey");
  }

  @Test
  void missingSessionToken() {
    server.requireSessionToken("token-canary");
    failsToRead(SqlState.INVALID_AUTHORIZATION, server.config("db"))
        .hasMessageContaining("session token");
  }

  @Test
  void sessionTokenIsSent() {
    server.requireSessionToken("token-canary");
    ConnectionConfig plain = server.config("db");
    Map<ConnectionProperty, Secret> secrets = new HashMap<>(plain.secrets());
    secrets.put(ConnectionProperty.SESSION_TOKEN, new Secret("token-canary"));
    ObjectStore store = open(new ConnectionConfig(plain.warehouse(), plain.values(), secrets));
    assertThat(store.head("s3://warehouse/db/x")).isEmpty();
  }

  @Test
  void noPermission() {
    server.faults().deny(request -> true);
    ObjectStore store = open(server.config("db"));
    assertFails(SqlState.INVALID_AUTHORIZATION, () -> store.fetch("s3://warehouse/db/x", null, 9))
        .hasMessageContainingAll("s3://warehouse/db/x", "s3:GetObject");
    assertFails(SqlState.INVALID_AUTHORIZATION, () -> store.head("s3://warehouse/db/x"));
    assertFails(SqlState.INVALID_AUTHORIZATION, () -> store.list("s3://warehouse/db/"))
        .hasMessageContaining("s3:ListBucket");
    assertFails(SqlState.INVALID_AUTHORIZATION, () -> store.put("s3://warehouse/db/x", new byte[1]))
        .hasMessageContaining("s3:PutObject");
    assertFails(SqlState.INVALID_AUTHORIZATION, () -> store.delete(List.of("s3://warehouse/db/x")))
        .hasMessageContaining("s3:DeleteObject");
  }

  @Test
  void readOnlyBucket() throws IOException {
    server.addBucket("frozen", "us-east-1", false, true, S3Conduct.CORRECT);
    server.poke("frozen", "db/x", new byte[] {7});
    ObjectStore store = open(server.config("frozen", "db", Map.of()));
    assertThat(store.fetch("s3://frozen/db/x", null, 9)).isInstanceOf(FetchOutcome.Fetched.class);
    assertFails(
        SqlState.INVALID_AUTHORIZATION,
        () -> store.putIf("s3://frozen/db/x", new byte[1], PutCondition.ifAbsent()));
    ObjectStore.UploadStream upload = store.create("s3://frozen/db/large");
    assertFails(
        SqlState.INVALID_AUTHORIZATION, () -> upload.write(new byte[20_000_000], 0, 20_000_000));
    assertFails(SqlState.IO_ERROR, () -> upload.write(1)).hasMessageContaining("has failed");
    upload.close();
    assertThat(store.head("s3://frozen/db/large")).isEmpty();
  }

  @Test
  void readOnlyConnection() {
    ObjectStore store =
        open(server.config("warehouse", "db", Map.of(ConnectionProperty.READ_ONLY, "true")));
    server.resetCounts();
    assertFails(
        SqlState.READ_ONLY_TRANSACTION, () -> store.put("s3://warehouse/db/x", new byte[1]));
    assertFails(SqlState.READ_ONLY_TRANSACTION, () -> store.create("s3://warehouse/db/x"));
    assertFails(SqlState.READ_ONLY_TRANSACTION, () -> store.delete(List.of("s3://warehouse/db/x")));
    assertFails(
        SqlState.READ_ONLY_TRANSACTION,
        () -> store.putIf("s3://warehouse/db/x", new byte[1], PutCondition.ifAbsent()));
    assertThat(server.counts()).as("nothing was sent").isEmpty();
  }

  @Test
  void nothingListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    failsToRead(SqlState.CONNECTION_FAILURE, withEndpoint("http://127.0.0.1:" + port, "5000"))
        .hasMessageContainingAll("http://127.0.0.1:" + port, "cannot be reached", "endpoint");
  }

  @Test
  void unknownHost() {
    failsToRead(SqlState.CONNECTION_FAILURE, withEndpoint("http://no-such-host.invalid", "5000"))
        .hasMessageContainingAll("no-such-host.invalid", "endpoint");
  }

  @Test
  void silentHost() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String endpoint = "http://127.0.0.1:" + socket.getLocalPort();
      failsToRead(SqlState.CONNECTION_FAILURE, withEndpoint(endpoint, "300"))
          .hasMessageContainingAll("300 ms", "requestTimeoutMillis");
    }
  }

  @Test
  void plainHostAskedForTls() {
    failsToRead(
            SqlState.CONNECTION_FAILURE,
            withEndpoint(server.endpoint().replace("http:", "https:"), "1500"))
        .hasMessageContaining("https");
  }

  @Test
  void senselessEndpoint() {
    for (String endpoint :
        List.of("localhost:9000", "ftp://x", "http://", "http://u:pw-canary@h", "::")) {
      assertFails(
              SqlState.INVALID_PARAMETER_VALUE,
              () -> StoreFactory.open(withEndpoint(endpoint, "5000")))
          .hasMessageContaining("'endpoint'")
          .hasMessageNotContaining("pw-canary");
    }
  }

  @Test
  void anotherBucketOrPrefix() {
    ObjectStore store = open(server.config("db"));
    server.resetCounts();
    for (String location :
        List.of(
            "s3://other/db/x", "s3://warehouse/other/x", "s3://warehouse/db/../x", "/etc/passwd")) {
      assertFails(SqlState.LOCATION_REFUSED, () -> store.fetch(location, null, 9));
    }
    assertThat(server.counts()).as("nothing was sent").isEmpty();
  }

  private AbstractThrowableAssert<?, ?> failsToRead(SqlState state, ConnectionConfig config) {
    ObjectStore store = open(config);
    String location = config.warehouse().location() + "/root";
    return assertFails(state, () -> store.fetch(location, null, 10))
        .hasMessageContaining("'" + location + "'")
        .satisfies(S3BadInputTest::holdsNoSecret);
  }

  /** Neither the message nor any cause nor the stack trace repeats a secret. */
  private static void holdsNoSecret(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain("canary");
    assertThat(failure).isInstanceOf(EngineException.class);
  }

  private ConnectionConfig withSecret(String secret) {
    ConnectionConfig plain = server.config("db");
    return new ConnectionConfig(
        plain.warehouse(),
        plain.values(),
        Map.of(ConnectionProperty.SECRET_ACCESS_KEY, new Secret(secret)));
  }

  private ConnectionConfig withEndpoint(String endpoint, String timeoutMillis) {
    return server.config(
        "warehouse",
        "db",
        Map.of(
            ConnectionProperty.ENDPOINT,
            endpoint,
            ConnectionProperty.REQUEST_TIMEOUT_MILLIS,
            timeoutMillis));
  }

  private ObjectStore open(ConnectionConfig config) {
    ObjectStore store = StoreFactory.open(config);
    opened.add(store);
    return store;
  }
}
