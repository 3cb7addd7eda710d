package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.S3Conduct;
import dev.frazil.testing.S3Request;
import dev.frazil.testing.ServerFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Places that are wrong, closed, full, out of reach or broken, through JDBC: the class, the
 * SQLState, a message that says what to do, no secret, and nothing that was written before is lost.
 */
@Tag("slow")
class BadStoreTest {
  private static final String BUCKET = ConditionalS3Server.BUCKET;
  private static final String READ = "SELECT count(*), sum(n), max(s) FROM t";
  private static final String WRITE = "INSERT INTO t VALUES (4, 'four')";

  private static ConditionalS3Server server;
  private static Map<String, byte[]> written;

  @TempDir private Path folder;
  private Set<String> keysBefore = Set.of();

  @BeforeAll
  static void createDatabase() throws SQLException {
    server = ConditionalS3Server.start();
    fill(BUCKET);
    written = objects(BUCKET);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void look() {
    keysBefore = objects(BUCKET).keySet();
  }

  /** What was written before is there, byte for byte, and is read by a new connection. */
  @AfterEach
  void nothingIsLost() throws SQLException {
    server.faults().calm();
    assertThat(objects(BUCKET)).containsAllEntriesOf(written);
    healthy(BUCKET, Map.of());
  }

  @Test
  void aFolderThatIsNoDatabase() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Path photo = Files.writeString(photos.resolve("holiday.txt"), "sun");
    for (String sql : List.of("CREATE TABLE t (n integer)", "CREATE SCHEMA s")) {
      fails(
              SQLNonTransientConnectionException.class,
              "08001",
              () -> execute("jdbc:iceberg:" + photos, new Properties(), sql))
          .hasMessageContainingAll(photos.toString(), "holiday.txt");
    }
    assertThat(photo).hasContent("sun");
    try (var files = Files.list(photos)) {
      assertThat(files).as("nothing was added").containsExactly(photo);
    }
  }

  @Test
  void noPermissionAtAll() {
    server.faults().deny(request -> true);
    fails(SQLInvalidAuthorizationSpecException.class, "28000", READ)
        .hasMessageContainingAll("access denied", "s3:GetObject", "'" + BUCKET + "'");
    unchanged();
  }

  @Test
  void noPermissionToWrite() throws SQLException {
    server.faults().deny(S3Request::isWrite);
    fails(SQLInvalidAuthorizationSpecException.class, "28000", WRITE)
        .hasMessageContainingAll("access denied", "s3:PutObject", "'" + BUCKET + "'");
    healthy(BUCKET, Map.of());
    unchanged();
    for (String nameEnd : List.of(".parquet", ".avro", ".metadata.json", "root.json")) {
      server.faults().deny(request -> request.isWrite() && request.key().endsWith(nameEnd));
      fails(SQLInvalidAuthorizationSpecException.class, "28000", WRITE)
          .hasMessageContainingAll(nameEnd, "s3:PutObject");
    }
  }

  /** The very last request of a commit is refused: the transaction is not applied. */
  @Test
  void noPermissionToCommit() throws SQLException {
    try (Connection connection = open(BUCKET, Map.of());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate(WRITE);
      server.faults().deny(S3Request::isConditionalPut);
      fails(SQLInvalidAuthorizationSpecException.class, "28000", connection::commit)
          .hasMessageContaining("s3:PutObject");
      server.faults().calm();
      connection.rollback();
      try (ResultSet rows = statement.executeQuery(READ)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(3);
      }
      connection.rollback();
    }
  }

  @Test
  void noSuchBucket() {
    for (String sql : List.of(READ, "CREATE TABLE t (n integer)")) {
      fails(
              SQLNonTransientConnectionException.class,
              "08001",
              () -> execute("no-such-bucket", Map.of(), sql))
          .hasMessageContainingAll("no bucket 'no-such-bucket'", "create the bucket");
    }
  }

  @Test
  void aWrongRegion() throws SQLException {
    server.addBucket("elsewhere", "eu-central-1", false, false, S3Conduct.CORRECT);
    fill("elsewhere");
    Map<String, byte[]> before = objects("elsewhere");
    for (String sql : List.of(READ, WRITE)) {
      fails(
              SQLNonTransientConnectionException.class,
              "08001",
              () -> execute("elsewhere", Map.of("region", "us-west-2"), sql))
          .hasMessageContainingAll("'elsewhere'", "'us-west-2'", "'eu-central-1'", "'region'");
    }
    assertThat(objects("elsewhere")).containsExactlyInAnyOrderEntriesOf(before);
    healthy("elsewhere", Map.of());
    healthy("elsewhere", Map.of("region", "eu-central-1"));
  }

  @Test
  void aBucketThatRefusesWrites() throws SQLException {
    server.addBucket("frozen", ConditionalS3Server.REGION, false, false, S3Conduct.CORRECT);
    fill("frozen");
    Map<String, byte[]> before = objects("frozen");
    server.addBucket("frozen", ConditionalS3Server.REGION, false, true, S3Conduct.CORRECT);
    before.forEach((key, body) -> server.poke("frozen", key, body));
    for (String sql : List.of(WRITE, "DELETE FROM t", "DROP TABLE t", "CREATE SCHEMA s")) {
      fails(
              SQLInvalidAuthorizationSpecException.class,
              "28000",
              () -> execute("frozen", Map.of(), sql))
          .hasMessageContainingAll("s3:PutObject", "'frozen'");
    }
    assertThat(objects("frozen")).containsExactlyInAnyOrderEntriesOf(before);
    healthy("frozen", Map.of());
  }

  @Test
  void aReadOnlyConnection() throws SQLException {
    for (String sql : List.of(WRITE, "DELETE FROM t", "DROP TABLE t", "CREATE SCHEMA s")) {
      fails(
              SQLNonTransientException.class,
              "25006",
              () -> execute(BUCKET, Map.of("readOnly", "true"), sql))
          .hasMessageContainingAll("read-only", "without readOnly=true");
    }
    healthy(BUCKET, Map.of("readOnly", "true"));
    unchanged();
  }

  @Test
  void aCorruptRoot() {
    brokenAnswers("root.json", SQLNonTransientException.class, "XX001");
  }

  @Test
  void aCorruptDataFile() {
    brokenAnswers(".parquet", SQLNonTransientException.class, "XX001");
  }

  @Test
  void aDataFileThatIsGone() {
    String key = key(name -> name.endsWith(".parquet"));
    server.remove(BUCKET, key);
    try {
      fails(SQLException.class, "58030", READ)
          .hasMessageContainingAll(key, "not found", "Restore it");
    } finally {
      server.poke(BUCKET, key, written.get(key));
    }
  }

  @Test
  void aFullDisk() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString()),
        "skipped: this user may not mount a file system");
    try {
      String url = "jdbc:iceberg:" + disk.resolve("db");
      create(url, new Properties());
      Map<Path, byte[]> before = files(disk);
      fails(SQLTransientException.class, "53100", () -> insertTooMuch(url))
          .hasMessageContainingAll("disk is full", "Free some space", disk.toString());
      assertThat(files(disk)).containsAllEntriesOf(before);
      healthy(url, new Properties());
    } finally {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  /** More text than the disk has room for, and of a kind that hardly gets smaller. */
  private static void insertTooMuch(String url) throws SQLException {
    byte[] bytes = new byte[1_000_000];
    new Random(7).nextBytes(bytes);
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (4, ?)")) {
      insert.setString(1, Base64.getEncoder().encodeToString(bytes));
      insert.executeUpdate();
    }
  }

  @Test
  void aFullStore() throws SQLException {
    server.faults().random(1, 1.0, S3Request::isWrite, List.of(ServerFault.STORAGE_FULL));
    fails(SQLTransientException.class, "53100", WRITE)
        .hasMessageContainingAll("the store is full", "Free some space");
    healthy(BUCKET, Map.of());
    unchanged();
  }

  /** It fills up in the middle of a statement, or before its very last request. */
  @Test
  void aStoreThatFillsUp() {
    for (String nameEnd : List.of(".parquet", ".avro", ".metadata.json", "root.json")) {
      server
          .faults()
          .random(
              1,
              1.0,
              request -> request.isWrite() && request.key().endsWith(nameEnd),
              List.of(ServerFault.STORAGE_FULL));
      fails(SQLTransientException.class, "53100", WRITE)
          .hasMessageContainingAll(nameEnd, "the store is full", "Free some space");
    }
  }

  @Test
  void nothingListensAtTheEndpoint() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String endpoint = "http://127.0.0.1:" + port;
    fails(
            SQLTransientConnectionException.class,
            "08001",
            () -> execute(BUCKET, Map.of("endpoint", endpoint), READ))
        .hasMessageContainingAll(endpoint, "cannot be reached", "Check the endpoint");
  }

  /** The connection outlives a store that was out of reach for a while. */
  @Test
  void aStoreThatGoesAwayAndComesBack() throws SQLException {
    try (Connection connection = open(BUCKET, Map.of());
        Statement statement = connection.createStatement()) {
      server.faults().random(1, 1.0, request -> true, List.of(ServerFault.DROPPED));
      fails(SQLTransientConnectionException.class, "08001", () -> statement.executeUpdate(WRITE))
          .hasMessageContainingAll(server.endpoint(), "run the statement again");
      server.faults().calm();
      try (ResultSet rows = statement.executeQuery(READ)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(3);
      }
    }
    unchanged();
  }

  @Test
  void aWrongSecretKey() {
    for (String name : List.of("secretAccessKey", "password")) {
      Properties properties = properties(Map.of());
      properties.remove("secretAccessKey");
      properties.setProperty(name, "another-secret-canary");
      for (String sql : List.of(READ, WRITE)) {
        fails(
                SQLInvalidAuthorizationSpecException.class,
                "28000",
                () -> execute(url(BUCKET), properties, sql))
            .hasMessageContainingAll("secret key", "Check secretAccessKey");
      }
    }
    unchanged();
  }

  @Test
  void anUnknownAccessKey() {
    fails(
            SQLInvalidAuthorizationSpecException.class,
            "28000",
            () -> execute(BUCKET, Map.of("accessKeyId", "nobody"), READ))
        .hasMessageContaining("Check accessKeyId");
  }

  /** Empties, cuts and scrambles an object: reading and writing over it fail and leave it so. */
  private void brokenAnswers(String nameEnd, Class<? extends SQLException> type, String state) {
    String key = key(name -> name.endsWith(nameEnd));
    byte[] body = written.get(key);
    byte[] scrambled = new byte[body.length];
    new Random(7).nextBytes(scrambled);
    byte[] garbage = "this is not what you expect".getBytes(StandardCharsets.UTF_8);
    try {
      for (byte[] broken :
          List.of(new byte[0], Arrays.copyOf(body, body.length / 2), scrambled, garbage)) {
        server.poke(BUCKET, key, broken);
        for (String sql : List.of(READ, "DELETE FROM t WHERE n = 2")) {
          fails(type, state, sql).hasMessageContaining(key).hasMessageMatching(".*[Rr]estore .*");
        }
        assertThat(server.peek(BUCKET, key)).isEqualTo(broken);
      }
    } finally {
      server.poke(BUCKET, key, body);
    }
  }

  private static AbstractThrowableAssert<?, ?> fails(
      Class<? extends SQLException> type, String state, String sql) {
    return fails(type, state, () -> execute(BUCKET, Map.of(), sql));
  }

  /** Neither the message nor a cause nor the stack trace repeats a secret. */
  private static AbstractThrowableAssert<?, ?> fails(
      Class<? extends SQLException> type, String state, ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    assertThat(failure).isExactlyInstanceOf(type);
    assertThat(((SQLException) failure).getSQLState()).as(failure.getMessage()).isEqualTo(state);
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain("canary");
    return assertThat(failure);
  }

  private static void fill(String bucket) throws SQLException {
    create(url(bucket), properties(Map.of()));
  }

  private static void create(String url, Properties properties) throws SQLException {
    execute(url, properties, "CREATE TABLE t (n integer, s varchar)");
    execute(url, properties, "INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, 'three')");
  }

  private static void healthy(String bucket, Map<String, String> more) throws SQLException {
    healthy(url(bucket), properties(more));
  }

  private static void healthy(String url, Properties properties) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(READ)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(3);
      assertThat(rows.getLong(2)).isEqualTo(6);
      assertThat(rows.getString(3)).isEqualTo("two");
    }
  }

  private static void execute(String bucket, Map<String, String> more, String sql)
      throws SQLException {
    execute(url(bucket), properties(more), sql);
  }

  /** Through {@code executeQuery} or {@code executeUpdate}, as most programs do. */
  private static void execute(String url, Properties properties, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement statement = connection.createStatement()) {
      if (sql.equals(READ)) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          while (rows.next()) {
            rows.getObject(1);
          }
        }
      } else {
        statement.executeUpdate(sql);
      }
    }
  }

  private static Connection open(String bucket, Map<String, String> more) throws SQLException {
    return DriverManager.getConnection(url(bucket), properties(more));
  }

  private static String url(String bucket) {
    return "jdbc:iceberg:s3://" + bucket + "/db";
  }

  private static Properties properties(Map<String, String> more) {
    Properties properties = new Properties();
    properties.setProperty("endpoint", server.endpoint());
    properties.setProperty("pathStyleAccess", "true");
    properties.setProperty("accessKeyId", ConditionalS3Server.ACCESS_KEY);
    properties.setProperty("secretAccessKey", ConditionalS3Server.SECRET_KEY);
    more.forEach(properties::setProperty);
    return properties;
  }

  private void unchanged() {
    assertThat(objects(BUCKET)).as("nothing was added").containsOnlyKeys(keysBefore);
  }

  private static String key(Predicate<String> name) {
    return written.keySet().stream().filter(name).findFirst().orElseThrow();
  }

  private static Map<String, byte[]> objects(String bucket) {
    Map<String, byte[]> objects = new TreeMap<>();
    server.keys(bucket, "").forEach(key -> objects.put(key, server.peek(bucket, key)));
    return objects;
  }

  private static Map<Path, byte[]> files(Path folder) throws IOException {
    Map<Path, byte[]> files = new TreeMap<>();
    try (var found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(file, Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
