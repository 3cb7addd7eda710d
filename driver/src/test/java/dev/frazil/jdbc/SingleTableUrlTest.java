package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jdbc:iceberg:table:}, one table by its path. */
class SingleTableUrlTest {
  @TempDir private Path temporary;

  private static Warehouse.SingleTable place(String rest) throws SQLException {
    return (Warehouse.SingleTable)
        JdbcUrl.parse("jdbc:iceberg:table:" + rest, new Properties()).config().warehouse();
  }

  @Test
  void namesAFolderOrAMetadataFile() throws SQLException {
    Warehouse local = new Warehouse.LocalFolder("/data/trips");
    Warehouse bucket = new Warehouse.S3Prefix("bucket", "data/trips");
    assertThat(place("/data/trips/")).isEqualTo(new Warehouse.SingleTable(local, null));
    assertThat(place("file:///data/trips").name()).isEqualTo("trips");
    assertThat(place("/data/trips/metadata/v3.metadata.json"))
        .isEqualTo(new Warehouse.SingleTable(local, "/data/trips/metadata/v3.metadata.json"));
    assertThat(place("/data/trips/00003-x.gz.metadata.json"))
        .isEqualTo(new Warehouse.SingleTable(local, "/data/trips/00003-x.gz.metadata.json"));
    assertThat(place("s3://bucket/data/trips/")).isEqualTo(new Warehouse.SingleTable(bucket, null));
    assertThat(place("s3://bucket/data/trips/metadata/v3.metadata.json.gz"))
        .isEqualTo(
            new Warehouse.SingleTable(
                bucket, "s3://bucket/data/trips/metadata/v3.metadata.json.gz"));
    assertThat(place("s3://bucket/metadata/v3.metadata.json"))
        .isEqualTo(
            new Warehouse.SingleTable(
                new Warehouse.S3Prefix("bucket", ""), "s3://bucket/metadata/v3.metadata.json"));
    assertThat(place("s3://bucket").name()).isEqualTo("bucket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/",
        "/metadata/v1.metadata.json",
        "/v1.metadata.json",
        "hadoop:/data",
        "table:/data",
        "glue:",
        "/data/trips?warehouse=/data"
      })
  void saysHowItIsWritten(String rest) {
    assertThatThrownBy(() -> place(rest))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isIn("22023", "0A000"));
  }

  @Test
  void isReadThroughTheDriver() throws SQLException, IOException {
    Path database = temporary.resolve("db");
    try (Connection owner = DriverManager.getConnection("jdbc:iceberg:" + database);
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE trips (id bigint NOT NULL, fare decimal(9,2))");
      statement.execute("INSERT INTO trips VALUES (1, 12.50)");
    }
    Path table;
    try (Stream<Path> folders = Files.list(database.resolve("main"))) {
      table = folders.findFirst().orElseThrow();
    }
    String name = table.getFileName().toString();
    try (Connection reader = DriverManager.getConnection("jdbc:iceberg:table:" + table);
        Statement statement = reader.createStatement()) {
      assertThat(reader.isReadOnly()).isTrue();
      assertThat(reader.getMetaData().isReadOnly()).isTrue();
      try (ResultSet tables = reader.getMetaData().getTables(null, null, "%", null)) {
        assertThat(tables.next()).isTrue();
        assertThat(tables.getString("TABLE_SCHEM")).isEqualTo("main");
        assertThat(tables.getString("TABLE_NAME")).isEqualTo(name);
        assertThat(tables.next()).isFalse();
      }
      try (ResultSet columns = reader.getMetaData().getColumns(null, "main", name, "%")) {
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("COLUMN_NAME")).isEqualTo("id");
        assertThat(columns.getString("IS_NULLABLE")).isEqualTo("NO");
        assertThat(columns.next()).isTrue();
        assertThat(columns.getInt("DECIMAL_DIGITS")).isEqualTo(2);
        assertThat(columns.next()).isFalse();
      }
      try (ResultSet rows = statement.executeQuery("SELECT fare FROM \"" + name + "\"")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getBigDecimal(1)).isEqualByComparingTo("12.50");
      }
      assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM \"" + name + "\""))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
    }
    try (Connection none =
            DriverManager.getConnection("jdbc:iceberg:table:" + temporary.resolve("none"));
        Statement statement = none.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SHOW TABLES"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));
    }
  }
}
