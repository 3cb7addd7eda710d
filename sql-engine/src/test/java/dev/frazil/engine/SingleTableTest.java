package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jdbc:iceberg:table:} on tables that Frazil wrote: their folders and metadata files. */
class SingleTableTest {
  @TempDir private Path temporary;
  private EngineRunner owner;
  private Path table;
  private String name = "";

  @BeforeEach
  void create() throws IOException {
    owner = EngineRunner.local(temporary.resolve("db"));
    owner.script("CREATE TABLE t (id bigint, s varchar)", "INSERT INTO t VALUES (1, 'a')");
    table = folder("t");
    name = '"' + table.getFileName().toString() + '"';
  }

  @AfterEach
  void close() {
    owner.close();
  }

  private Path folder(String of) throws IOException {
    try (Stream<Path> folders = Files.list(temporary.resolve("db/main"))) {
      return folders
          .filter(each -> each.getFileName().toString().startsWith(of + "-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static EngineRunner open(Path folder, @Nullable Path metadata) {
    return open(folder, metadata, Map.of());
  }

  private static EngineRunner open(
      Path folder, @Nullable Path metadata, Map<ConnectionProperty, String> properties) {
    Warehouse place =
        new Warehouse.SingleTable(
            new Warehouse.LocalFolder(folder.toString()),
            metadata == null ? null : metadata.toString());
    return EngineRunner.open(new ConnectionConfig(place, properties, Map.of()));
  }

  private Path newestMetadata() throws IOException {
    try (Stream<Path> files = Files.list(table.resolve("metadata"))) {
      return files
          .filter(file -> file.toString().endsWith(".metadata.json"))
          .sorted()
          .toList()
          .stream()
          .reduce((earlier, later) -> later)
          .orElseThrow();
    }
  }

  private String query(String sql) {
    try (EngineRunner reader = open(table, null)) {
      return reader.query(sql.replace("$t", name)).lines().toString();
    }
  }

  private static void refused(ThrowingCallable call, SqlState state, String message) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(EngineException.class, e -> assertThat(e.state()).isEqualTo(state));
  }

  private Map<String, Long> files() throws IOException {
    Map<String, Long> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    return found;
  }

  @Test
  void isADatabaseOfOneTable() {
    assertThat(query("SHOW SCHEMAS")).isEqualTo("[main]");
    assertThat(query("SHOW TABLES")).isEqualTo("[" + table.getFileName() + "]");
    assertThat(query("SELECT id, s FROM $t")).isEqualTo("[1 | a]");
    assertThat(query("SELECT id, s FROM main.$t")).isEqualTo("[1 | a]");
    assertThat(query("SHOW CREATE TABLE $t"))
        .isEqualTo(
            owner
                .query("SHOW CREATE TABLE t")
                .lines()
                .toString()
                .replace("main.t ", "main." + name + " "));
    refused(
        () -> query("CALL system.fsck(\"table\" => 'main.$t')"),
        SqlState.READ_ONLY_TRANSACTION,
        "read-only");
    assertThat(query("CALL system.health(\"table\" => 'main.$t')"))
        .isEqualTo(owner.query("CALL system.health(\"table\" => 't')").lines().toString());
    assertThat(query("SELECT table_schema, table_type FROM information_schema.tables"))
        .isEqualTo("[main | BASE TABLE]");
  }

  @Test
  void travelsInTime() {
    String first = owner.query("SELECT snapshot_id FROM t$snapshots").lines().get(0);
    owner.script("UPDATE t SET s = 'b'", "INSERT INTO t VALUES (2, 'c')");
    assertThat(query("SELECT id, s FROM $t ORDER BY id")).isEqualTo("[1 | b, 2 | c]");
    assertThat(query("SELECT id, s FROM $t FOR VERSION AS OF " + first)).isEqualTo("[1 | a]");
    String metadataTable = name.replaceAll("\"$", "\\$snapshots\"");
    assertThat(query("SELECT count(*) FROM " + metadataTable)).isEqualTo("[3]");
    assertThat(query("SELECT count(*) FROM " + name.replaceAll("\"$", "\\$files\"")))
        .isEqualTo(owner.query("SELECT count(*) FROM t$files").lines().toString());
  }

  /** A folder follows the table; a transaction, and a metadata file, stay. */
  @Test
  void seesNewVersionsInAFolderOnly() throws IOException {
    try (EngineRunner folder = open(table, null);
        EngineRunner file = open(table, newestMetadata())) {
      String count = "SELECT count(*) FROM " + name;
      folder.script("START TRANSACTION");
      assertThat(folder.query(count).lines()).containsExactly("1");
      assertThat(file.query(count).lines()).containsExactly("1");
      owner.script("INSERT INTO t VALUES (2, 'b')");
      assertThat(folder.query(count).lines()).containsExactly("1");
      folder.script("COMMIT");
      assertThat(folder.query(count).lines()).containsExactly("2");
      assertThat(file.query(count).lines()).containsExactly("1");
      owner.script("ALTER TABLE t ADD COLUMN n integer");
      assertThat(folder.query("SELECT n FROM " + name).lines()).containsExactly("NULL", "NULL");
      assertThat(file.query(count).lines()).containsExactly("1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO $t VALUES (9, 'x')",
        "UPDATE $t SET s = 'x'",
        "DELETE FROM $t",
        "TRUNCATE TABLE $t",
        "MERGE INTO $t USING (VALUES (1)) v(k) ON id = k WHEN MATCHED THEN DELETE",
        "DROP TABLE $t",
        "ALTER TABLE $t ADD COLUMN x integer",
        "ALTER TABLE $t RENAME TO u",
        "ALTER TABLE $t CREATE TAG now",
        "CREATE TABLE u (a integer)",
        "CREATE TABLE u AS SELECT * FROM $t",
        "CREATE OR REPLACE TABLE $t (a integer)",
        "CREATE VIEW v AS SELECT * FROM $t",
        "CREATE SCHEMA other",
        "DROP SCHEMA main",
        "COMMENT ON TABLE $t IS 'x'",
        "CALL system.rewrite_data_files(\"table\" => 'main.$n')",
        "CALL system.expire_snapshots(\"table\" => 'main.$n')",
        "CALL system.rewrite_manifests(\"table\" => 'main.$n')"
      })
  void refusesToWrite(String statement) throws IOException {
    Map<String, Long> before = files();
    String sql = statement.replace("$t", name).replace("$n", name);
    try (EngineRunner reader = open(table, null)) {
      refused(() -> reader.execute(sql), SqlState.READ_ONLY_TRANSACTION, "read");
    }
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void readsPackedMetadata() throws IOException {
    owner.script(
        "CREATE TABLE packed (id bigint) WITH (\"write.metadata.compression-codec\" = 'gzip')",
        "INSERT INTO packed VALUES (7)");
    table = folder("packed");
    name = '"' + table.getFileName().toString() + '"';
    assertThat(newestMetadata().toString()).endsWith(".gz.metadata.json");
    assertThat(query("SELECT id FROM $t")).isEqualTo("[7]");
    Files.delete(table.resolve("metadata/version-hint.text"));
    assertThat(query("SELECT id FROM $t")).isEqualTo("[7]");
    try (EngineRunner file = open(table, newestMetadata())) {
      assertThat(file.query("SELECT id FROM " + name).lines()).containsExactly("7");
    }
  }

  /** By its hint in each form, or by the highest number. */
  @Test
  void findsTheNewestMetadata() throws IOException {
    Path metadata = table.resolve("metadata");
    Path hint = metadata.resolve("version-hint.text");
    Path one = newestMetadata();
    owner.script("INSERT INTO t VALUES (2, 'b')");
    String count = "SELECT count(*) FROM $t";
    Files.delete(hint);
    assertThat(query(count)).isEqualTo("[2]");
    Files.writeString(hint, one.getFileName().toString());
    assertThat(query(count)).isEqualTo("[1]");
    Files.writeString(hint, one.getFileName().toString().replace(".metadata.json", "") + "\n");
    assertThat(query(count)).isEqualTo("[1]");
    for (String useless : List.of("", "a/b", "x".repeat(2_000), "00001-gone", "77")) {
      Files.writeString(hint, useless);
      assertThat(query(count)).as(useless).isEqualTo("[2]");
    }
    // As Iceberg's Hadoop tables have it: the hint may be behind.
    Path newest = newestMetadata();
    Files.copy(one, metadata.resolve("v4.metadata.json"));
    Files.copy(newest, metadata.resolve("v5.metadata.json"));
    Files.copy(one, metadata.resolve("v7.metadata.json"));
    Files.writeString(hint, "4");
    assertThat(query(count)).isEqualTo("[2]");
    // Metadata before it has a version is not taken for one.
    Files.delete(hint);
    Files.writeString(
        metadata.resolve("12345678-1234-4123-8123-123456789012.metadata.json"), "half");
    assertThat(query(count)).isEqualTo("[1]");
    Path twin = metadata.resolve("00007-of-a-commit-that-failed.metadata.json");
    Files.copy(newest, twin);
    refused(() -> query(count), SqlState.CONNECTION_FAILURE, twin.toString());
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path hint = table.resolve("metadata/version-hint.text");
    Path newest = newestMetadata();
    refused(
        () -> open(temporary.resolve("none"), null).query("SHOW TABLES"),
        SqlState.CONNECTION_FAILURE,
        "no table stands in " + temporary.resolve("none"));
    refused(
        () -> open(temporary.resolve("db"), null).query("SHOW TABLES"),
        SqlState.CONNECTION_FAILURE,
        "open it as jdbc:iceberg:" + temporary.resolve("db"));
    refused(
        () -> open(table, newest.resolveSibling("v8.metadata.json")).query("SHOW TABLES"),
        SqlState.CONNECTION_FAILURE,
        "v8.metadata.json does not exist");
    refused(
        () -> EngineRunner.local(table).query("SHOW TABLES"),
        SqlState.CONNECTION_FAILURE,
        "jdbc:iceberg:table:" + table + " reads");
    byte[] whole = Files.readAllBytes(newest);
    for (String damaged : List.of("", "{}", "[1]", new String(whole, 0, whole.length / 2))) {
      Files.writeString(newest, damaged);
      refused(() -> query("SHOW TABLES"), SqlState.DATA_CORRUPTED, newest.toString());
      refused(
          () -> open(table, newest).query("SHOW TABLES"),
          SqlState.DATA_CORRUPTED,
          newest.toString());
    }
    Path packed = newest.resolveSibling("00009-x.gz.metadata.json");
    Files.write(packed, new byte[] {(byte) 0x1f, (byte) 0x8b, 8, 0, 1});
    Files.delete(hint);
    refused(() -> query("SHOW TABLES"), SqlState.DATA_CORRUPTED, packed.toString());
  }

  /** A table made anew under the old names, as Hadoop tables are. */
  @Test
  void noticesAnotherTableUnderTheSameName() throws IOException {
    Path hint = table.resolve("metadata/version-hint.text");
    Path version = table.resolve("metadata/v1.metadata.json");
    Files.copy(newestMetadata(), version);
    Files.writeString(hint, "1");
    try (EngineRunner reader = open(table, null)) {
      assertThat(reader.query("SELECT * FROM " + name).lines()).containsExactly("1 | a");
      owner.script("CREATE TABLE u (k integer)");
      Path other = folder("u").resolve("metadata");
      try (Stream<Path> files = Files.list(other)) {
        Path metadata = files.filter(f -> f.toString().endsWith(".json")).findFirst().orElseThrow();
        Files.write(version, Files.readAllBytes(metadata));
      }
      assertThat(reader.query("SELECT count(k) FROM " + name).lines()).containsExactly("0");
    }
  }

  @Test
  void touchesOnlyTheFolder() throws IOException {
    Path elsewhere = temporary.resolve("db/elsewhere");
    owner.script("CREATE TABLE far (id bigint)");
    owner.change("far", far -> far.updateProperties().set("write.data.path", elsewhere.toString()));
    owner.script("INSERT INTO far VALUES (5)");
    table = folder("far");
    name = '"' + table.getFileName().toString() + '"';
    assertThat(Files.isDirectory(elsewhere)).isTrue();
    refused(() -> query("SELECT id FROM $t"), SqlState.LOCATION_REFUSED, "tableLocations");
    Map<ConnectionProperty, String> places =
        Map.of(ConnectionProperty.TABLE_LOCATIONS, elsewhere.toString());
    try (EngineRunner reader = open(table, null, places)) {
      assertThat(reader.query("SELECT id FROM " + name).lines()).containsExactly("5");
      refused(
          () -> reader.execute("DELETE FROM " + name), SqlState.READ_ONLY_TRANSACTION, "read-only");
    }
    // Metadata that was moved, or was put there by somebody, points at files elsewhere.
    Path moved = temporary.resolve("moved");
    Files.createDirectories(moved.resolve("metadata"));
    Files.copy(newestMetadata(), moved.resolve("metadata/v1.metadata.json"));
    refused(
        () -> open(moved, null).query("SELECT * FROM moved"),
        SqlState.LOCATION_REFUSED,
        table.toString());
  }
}
