package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs: what they name, what is refused, and that no secret comes back. */
class JdbcUrlTest {
  private static final String CANARY = "c4narySecretValue";

  private static Warehouse warehouse(String url) throws SQLException {
    return JdbcUrl.parse(url, new Properties()).config().warehouse();
  }

  private static SQLException refusal(String url, Properties properties) {
    try {
      JdbcUrl.parse(url, properties);
    } catch (SQLException e) {
      return e;
    }
    return fail("accepted: " + url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:iceberg:/data/shop",
        "jdbc:iceberg:/data//x/../shop/",
        "jdbc:iceberg:file:///data/shop",
        "jdbc:iceberg:file:/data/shop",
        "jdbc:iceberg:file://localhost/data/sh%6Fp"
      })
  void folders(String url) throws SQLException {
    assertThat(warehouse(url)).isEqualTo(new Warehouse.LocalFolder("/data/shop"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:iceberg:./shop", "jdbc:iceberg:shop"})
  void relativeFoldersBecomeAbsolute(String url) throws SQLException {
    assertThat(warehouse(url).location())
        .isEqualTo(Path.of("shop").toAbsolutePath().normalize().toString());
  }

  @Test
  void hadoopFolders() throws SQLException {
    assertThat(warehouse("jdbc:iceberg:hadoop:/data/spark"))
        .isEqualTo(new Warehouse.HadoopFolder("/data/spark"));
    assertThat(warehouse("jdbc:iceberg:hadoop:file:///data/spark"))
        .isEqualTo(new Warehouse.HadoopFolder("/data/spark"));
  }

  @Test
  void restCatalogs() throws SQLException {
    JdbcUrl url =
        JdbcUrl.parse(
            "jdbc:iceberg:rest:https://host.example/api/catalog/?warehouse=w", new Properties());
    assertThat(url.config().warehouse())
        .isEqualTo(new Warehouse.RestCatalog("https://host.example/api/catalog"));
    assertThat(url.config().text(ConnectionProperty.WAREHOUSE)).contains("w");
    assertThat(warehouse("jdbc:iceberg:rest:http://localhost:8181"))
        .isEqualTo(new Warehouse.RestCatalog("http://localhost:8181"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rest:http://host.example/api",
        "rest:http://localhost.example/api",
        "rest:http://127.0.0.1.example/api",
        "rest:https://me:pw-canary@host.example/api",
        "rest:https://host.example/api#pw-canary",
        "rest:file:///pw-canary",
        "rest:https:///pw-canary",
        "rest:pw-canary",
        "rest:"
      })
  void addressesOfRestCatalogsThatAreRefused(String location) {
    assertThatThrownBy(() -> warehouse("jdbc:iceberg:" + location))
        .isInstanceOf(SQLException.class)
        .hasMessageNotContaining("pw-canary")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("22023");
  }

  @Test
  void buckets() throws SQLException {
    JdbcUrl url =
        JdbcUrl.parse(
            "jdbc:iceberg:s3://shop-data/prod/eu/?region=eu-west-1&applicationName=a%20b+c",
            new Properties());
    assertThat(url.config().warehouse()).isEqualTo(new Warehouse.S3Prefix("shop-data", "prod/eu"));
    assertThat(url.config().text(ConnectionProperty.REGION)).contains("eu-west-1");
    assertThat(url.config().text(ConnectionProperty.APPLICATION_NAME)).contains("a b+c");
    assertThat(warehouse("jdbc:iceberg:s3://shop-data"))
        .isEqualTo(new Warehouse.S3Prefix("shop-data", ""));
  }

  @ParameterizedTest
  @CsvSource({"nessie:db,nessie", "gs://b/x,gs"})
  void otherCatalogsAreNamed(String rest, String kind) {
    SQLException refused = refusal("jdbc:iceberg:" + rest, new Properties());
    assertThat(refused.getSQLState()).isEqualTo("0A000");
    assertThat((Throwable) refused).hasMessageContaining("'" + kind + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:iceberg:",
        "jdbc:iceberg: ",
        "jdbc:iceberg:~/shop",
        "jdbc:iceberg:s3:bucket",
        "jdbc:iceberg:s3://",
        "jdbc:iceberg:s3://B/x",
        "jdbc:iceberg:s3://bucket/a/../b",
        "jdbc:iceberg:s3://bucket/a//b",
        "jdbc:iceberg:s3://bucket/%2e%2e/b",
        "jdbc:iceberg:file:relative",
        "jdbc:iceberg:hadoop:",
        "jdbc:iceberg:/x?threads",
        "jdbc:iceberg:/x?threads=many",
        "jdbc:iceberg:/x?readOnly=perhaps",
        "jdbc:iceberg:/x?isolation=none",
        "jdbc:iceberg:/x?memoryLimit=big",
        "jdbc:iceberg:/x?schema=%zz",
        "jdbc:iceberg:/x?threads=2&threads=2",
        "jdbc:iceberg:/a\u0000b"
      })
  void nonsenseIsRefused(String url) {
    assertThat(refusal(url, new Properties()).getSQLState()).isEqualTo("22023");
  }

  @ParameterizedTest
  @CsvSource({
    "treads,threads",
    "READONLY,readOnly",
    "query_timeout,queryTimeout",
    "acessKeyId,accessKeyId"
  })
  void unknownPropertiesNameTheNearest(String given, String nearest) {
    assertThat((Throwable) refusal("jdbc:iceberg:/x?" + given + "=1", new Properties()))
        .hasMessageContaining("'" + given + "'")
        .hasMessageContaining("'" + nearest + "'");
    Properties properties = new Properties();
    properties.setProperty(given, "1");
    assertThat((Throwable) refusal("jdbc:iceberg:/x", properties))
        .hasMessageContaining("'" + nearest + "'");
  }

  @Test
  void settingsThatLibreOfficeHandsOnAreItsOwn() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("Type", "");
    properties.setProperty("Url", "sdbc:address:");
    properties.setProperty("region", "eu-west-1");
    assertThat(JdbcUrl.parse("jdbc:iceberg:s3://bucket/p", properties).config())
        .isEqualTo(
            JdbcUrl.parse("jdbc:iceberg:s3://bucket/p?region=eu-west-1", new Properties())
                .config());
    assertThat((Throwable) refusal("jdbc:iceberg:/x?Type=1", new Properties()))
        .hasMessageContaining("unknown property 'Type'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:iceberg:/x?secretAccessKey=" + CANARY,
        "jdbc:iceberg:/x?sessionToken=" + CANARY,
        "jdbc:iceberg:/x?password=" + CANARY,
        "jdbc:iceberg:s3://AKIA:" + CANARY + "@bucket/x",
        "jdbc:iceberg:/x?" + CANARY + CANARY + CANARY + "=1",
        "jdbc:iceberg:/x?secretAccessKey:" + CANARY,
        "jdbc:iceberg:/x?secretAcessKey=" + CANARY
      })
  void secretsInUrlsAreRefusedAndNotRepeated(String url) {
    SQLException refused = refusal(url, new Properties());
    assertThat(refused.getSQLState()).isEqualTo("22023");
    for (Throwable t = refused; t != null; t = t.getCause()) {
      assertThat(String.valueOf(t)).doesNotContain(CANARY);
    }
  }

  @Test
  void secretsComeByPropertyAndStayMasked() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "AKIA");
    properties.setProperty("password", CANARY);
    JdbcUrl url = JdbcUrl.parse("jdbc:iceberg:s3://bucket", properties);
    assertThat(url.config().secret(ConnectionProperty.SECRET_ACCESS_KEY).orElseThrow().reveal())
        .isEqualTo(CANARY);
    assertThat(url.config().text(ConnectionProperty.ACCESS_KEY_ID)).contains("AKIA");
    assertThat(url.toString()).doesNotContain(CANARY);
    properties.setProperty("secretAccessKey", "other");
    assertThat((Throwable) refusal("jdbc:iceberg:s3://bucket", properties))
        .hasMessageContaining("twice");
  }

  @Test
  void theSourceHasPropertiesOfItsOwn() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("source", "jdbc:iceberg:s3://old/db?region=eu-west-1");
    properties.setProperty("source.accessKeyId", "AKIA");
    properties.setProperty("source.secretAccessKey", CANARY);
    properties.setProperty("sessionToken", "of the target");
    JdbcUrl url = JdbcUrl.parse("jdbc:iceberg:s3://new/db", properties);
    ConnectionConfig source = Objects.requireNonNull(url.config().source());
    assertThat(source.warehouse()).isEqualTo(new Warehouse.S3Prefix("old", "db"));
    assertThat(source.text(ConnectionProperty.REGION)).contains("eu-west-1");
    assertThat(source.secret(ConnectionProperty.SECRET_ACCESS_KEY).orElseThrow().reveal())
        .isEqualTo(CANARY);
    assertThat(source.secret(ConnectionProperty.SESSION_TOKEN)).isEmpty();
    assertThat(url.config().secret(ConnectionProperty.SECRET_ACCESS_KEY)).isEmpty();
    assertThat(url.toString()).doesNotContain(CANARY);
  }

  @Test
  void aSourceThatIsNoneIsRefused() {
    Properties properties = new Properties();
    properties.setProperty("source.region", "eu-west-1");
    assertThat((Throwable) refusal("jdbc:iceberg:/db", properties))
        .hasMessageContaining("'source'");
    properties.setProperty("source", "jdbc:postgresql://host/db");
    assertThat((Throwable) refusal("jdbc:iceberg:/db", properties))
        .hasMessageContaining("jdbc:iceberg:");
    properties.setProperty("source", "jdbc:iceberg:/a?source=jdbc:iceberg:/b");
    assertThat((Throwable) refusal("jdbc:iceberg:/db", properties))
        .hasMessageContaining("may not have a source");
  }

  @Test
  void emptyUserAndPasswordAreLeftOut() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "");
    properties.setProperty("password", "");
    assertThat(JdbcUrl.parse("jdbc:iceberg:/x", properties).config().values()).isEmpty();
  }

  @Test
  void propertiesOfAnotherClassThanStringAreRefused() {
    Properties properties = new Properties();
    properties.put("threads", 2);
    assertThatThrownBy(() -> JdbcUrl.parse("jdbc:iceberg:/x", properties))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void randomUrlsThrowNothingButSqlExceptions() {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("JdbcUrlTest -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    String[] parts = {
      "jdbc:iceberg:",
      "s3://",
      "file://",
      "hadoop:",
      "table:",
      "dynamodb:",
      "glue:",
      "/",
      "\\",
      "C:",
      "..",
      "?",
      "&",
      "=",
      "%",
      "%2e",
      "%00",
      "%ff",
      "@",
      ":",
      "bucket",
      "threads",
      "schema",
      "secretAccessKey",
      " ",
      "\n",
      "\u0000",
      "\ud800",
      "ü",
      "~",
      "a".repeat(3000),
      "-1",
      "99999999999",
      "true",
      "#",
      ";",
      "{",
      "'"
    };
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      StringBuilder url = new StringBuilder(random.nextInt(20) == 0 ? "" : "jdbc:iceberg:");
      for (int part = random.nextInt(8); part >= 0; part--) {
        url.append(parts[random.nextInt(parts.length)]);
      }
      try {
        JdbcUrl.parse(url.toString(), new Properties());
      } catch (SQLException e) {
        refused++;
        assertThat(e.getSQLState()).as(url.toString()).isNotNull();
      }
      new FrazilDriver().getPropertyInfo(url.toString(), null);
    }
    assertThat(refused).isGreaterThan(100).isLessThan(1000);
  }
}
