package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL that writes into a warehouse in the layout of Iceberg's Hadoop catalog. */
class HadoopWritesTest {
  @TempDir Path folder;
  private EngineRunner db;

  @BeforeEach
  void open() {
    db = another();
  }

  @AfterEach
  void close() {
    db.close();
  }

  private EngineRunner another() {
    return EngineRunner.open(ConnectionConfig.of(new Warehouse.HadoopFolder(folder.toString())));
  }

  private List<String> metadata(String table) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(table).resolve("metadata"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("v"))
          .sorted()
          .toList();
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private String hint(String table) throws IOException {
    return Files.readString(folder.resolve(table).resolve("metadata/version-hint.text"));
  }

  private static void refused(String state, String part, Runnable statement) {
    assertThatThrownBy(statement::run)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state().code()).isEqualTo(state))
        .hasMessageContaining(part);
  }

  @Test
  void everyKindOfChangeIsOneVersion() throws IOException {
    db.script(
        "CREATE SCHEMA db",
        "CREATE TABLE db.t (id bigint PRIMARY KEY, s varchar) PARTITIONED BY (bucket(2, id))",
        "INSERT INTO db.t VALUES (1, 'a'), (2, 'b'), (3, 'c')",
        "UPDATE db.t SET s = 'B' WHERE id = 2",
        "DELETE FROM db.t WHERE id = 3",
        "MERGE INTO db.t USING (VALUES (1, 'A'), (4, 'd')) AS u (id, s) ON t.id = u.id WHEN MATCHED"
            + " THEN UPDATE SET s = u.s WHEN NOT MATCHED THEN INSERT VALUES (u.id, u.s)",
        "ALTER TABLE db.t ADD COLUMN n integer");
    assertThat(metadata("db/t"))
        .containsExactly(
            "v1.metadata.json",
            "v2.metadata.json",
            "v3.metadata.json",
            "v4.metadata.json",
            "v5.metadata.json",
            "v6.metadata.json",
            "version-hint.text");
    assertThat(hint("db/t")).isEqualTo("6");
    try (EngineRunner other = another()) {
      assertThat(other.query("SELECT id, s, n FROM db.t ORDER BY id").rows())
          .containsExactly(
              List.of("1", "A", "NULL"), List.of("2", "B", "NULL"), List.of("4", "d", "NULL"));
    }
    refused("23505", "", () -> db.update("INSERT INTO db.t (id) VALUES (4)"));
    db.script("TRUNCATE TABLE db.t", "INSERT INTO db.t VALUES (9, 'i', 1)");
    assertThat(db.query("SELECT id FROM db.t").rows()).containsExactly(List.of("9"));
    assertThat(hint("db/t")).isEqualTo("8");
  }

  @Test
  void packedMetadataBeginsWithTheVersionAfterTheProperty() throws IOException {
    db.script(
        "CREATE TABLE g WITH (\"write.metadata.compression-codec\" = 'gzip') AS SELECT 1 AS a",
        "INSERT INTO g VALUES (2)");
    assertThat(metadata("main/g"))
        .containsExactly("v1.gz.metadata.json", "v2.gz.metadata.json", "version-hint.text");
    assertThat(db.query("SELECT sum(a) FROM g").rows()).containsExactly(List.of("3"));
  }

  @Test
  void severalTablesAreRefusedBeforeAnyFileIsWritten() throws IOException {
    db.script("CREATE TABLE a (x integer)", "CREATE TABLE b (x integer)");
    db.update("START TRANSACTION");
    db.update("INSERT INTO a VALUES (1)");
    List<String> before = files();
    for (String second :
        List.of(
            "INSERT INTO b VALUES (1)",
            "INSERT INTO b SELECT 1 FROM a",
            "MERGE INTO b USING a ON a.x = b.x WHEN NOT MATCHED THEN INSERT VALUES (a.x)",
            "CREATE TABLE c AS SELECT 1 AS x",
            "CREATE SCHEMA s",
            "DROP TABLE b")) {
      refused("0A000", "several tables", () -> db.update(second));
      assertThat(files()).as(second).isEqualTo(before);
    }
    db.update("INSERT INTO a VALUES (2)");
    db.update("COMMIT");
    assertThat(db.query("SELECT x FROM a ORDER BY x").rows())
        .containsExactly(List.of("1"), List.of("2"));
    assertThat(metadata("main/a"))
        .containsExactly("v1.metadata.json", "v2.metadata.json", "version-hint.text");
    db.update("INSERT INTO b SELECT x FROM a");
    assertThat(db.query("SELECT count(*) FROM b").rows()).containsExactly(List.of("2"));
  }

  @Test
  void whatTheLayoutCannotHoldIsRefused() throws IOException {
    db.script("CREATE TABLE a (x integer)");
    List<String> before = files();
    refused("0A000", "", () -> db.update("CREATE VIEW v AS SELECT 1 AS x"));
    refused("0A000", "RENAME", () -> db.update("ALTER TABLE a RENAME TO b"));
    refused("0A000", "", () -> db.update("UNDROP TABLE b"));
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aTransactionIsOneVersionOrNothing() throws IOException {
    db.script("CREATE TABLE t (x integer)", "INSERT INTO t VALUES (0)");
    List<String> before = files();
    db.script("START TRANSACTION", "INSERT INTO t VALUES (1)", "DELETE FROM t", "ROLLBACK");
    assertThat(files()).isEqualTo(before);
    refused("22012", "", () -> db.update("INSERT INTO t SELECT 1 / (x - x) FROM t"));
    assertThat(files()).isEqualTo(before);
    assertThat(db.query("SELECT count(*) FROM t").rows()).containsExactly(List.of("1"));
  }

  @Test
  void aTableThatIsNotMadeLeavesNoSchema() throws IOException {
    db.update("CREATE SCHEMA s");
    refused(
        "22012",
        "",
        () -> db.update("CREATE TABLE s.t AS SELECT 1 / x AS y FROM (VALUES 1, 0) AS v (x)"));
    assertThat(files()).isEmpty();
    try (EngineRunner other = another()) {
      assertThat(other.query("SHOW SCHEMAS").rows()).contains(List.of("s"));
      assertThat(other.query("SHOW SCHEMAS").rows().toString()).doesNotContain("s.t");
    }
  }

  @Test
  void schemasAreFolders() throws IOException {
    db.script("CREATE SCHEMA one", "CREATE TABLE one.t (x integer)");
    refused("42P06", "", () -> db.update("CREATE SCHEMA one"));
    refused("2BP01", "", () -> db.update("DROP SCHEMA one"));
    db.script("DROP TABLE one.t", "DROP SCHEMA one");
    assertThat(folder.resolve("one")).doesNotExist();
    refused("3F000", "", () -> db.update("CREATE TABLE one.t (x integer)"));
  }

  @Test
  void aTableMadeAnewUnderItsNameIsAnotherOne() throws IOException {
    db.script("CREATE TABLE t (x integer)", "INSERT INTO t VALUES (1)");
    try (EngineRunner other = another()) {
      assertThat(other.query("SELECT x FROM t").rows()).containsExactly(List.of("1"));
      db.script("DROP TABLE t", "CREATE TABLE t (s varchar)", "INSERT INTO t VALUES ('new')");
      assertThat(other.query("SELECT s FROM t").rows()).containsExactly(List.of("new"));
      assertThat(other.query("SHOW SCHEMAS").rows().toString()).doesNotContain("frazil");
    }
    // What was dropped is kept, whole.
    assertThat(files()).anyMatch(file -> file.startsWith(".frazil-dropped/main.t-"));
  }

  @Test
  void aCommitToATableThatWasMadeAnewIsAConflict() throws IOException {
    db.script("CREATE TABLE t (x integer)");
    try (EngineRunner other = another()) {
      db.script("START TRANSACTION", "INSERT INTO t VALUES (1)");
      other.script("DROP TABLE t", "CREATE TABLE t (x integer)");
      refused("40001", "", () -> db.update("COMMIT"));
      assertThat(other.query("SELECT count(*) FROM t").rows()).containsExactly(List.of("0"));
    }
    assertThat(metadata("main/t")).containsExactly("v1.metadata.json", "version-hint.text");
  }

  @Test
  void namesThatAreNoFoldersAreRefused() throws IOException {
    for (String name : List.of("..", ".hidden", "a/b", "metadata", " x", "a:b")) {
      refused("0A000", name, () -> db.update("CREATE TABLE \"" + name + "\" (x integer)"));
    }
    refused(
        "0A000",
        "LOCATION",
        () -> db.update("CREATE TABLE l (x integer) LOCATION '" + folder + "/elsewhere'"));
    refused(
        "0A000",
        "write.metadata.path",
        () ->
            db.update(
                "CREATE TABLE l (x integer) WITH (\"write.metadata.path\" = '" + folder + "/m')"));
    assertThat(files()).isEmpty();
    db.script(
        "CREATE TABLE \"Größe 𝄞\" (\"Spalte ü\" integer)",
        "CREATE TABLE \"GRÖßE 𝄞\" (x integer)");
    db.update("INSERT INTO \"Größe 𝄞\" VALUES (7)");
    assertThat(db.query("SELECT * FROM \"Größe 𝄞\"").rows()).containsExactly(List.of("7"));
  }

  /** Hadoop's file system refuses a file whose checksum is of other bytes. */
  @Test
  void theChecksumOfTheHintFollowsIt() throws IOException {
    db.update("CREATE TABLE t (x integer)");
    Path checksum = folder.resolve("main/t/metadata/.version-hint.text.crc");
    assertThat(checksum).doesNotExist();
    Files.write(checksum, "stale".getBytes(StandardCharsets.UTF_8));
    db.update("INSERT INTO t VALUES (1)");
    // "crc", 0, 512 bytes a checksum, CRC-32 of "2": 0x1AD5BE0D.
    assertThat(Files.readAllBytes(checksum))
        .containsExactly('c', 'r', 'c', 0, 0, 0, 2, 0, 0x1A, 0xD5, 0xBE, 0x0D);
  }

  @Test
  void readOnlyConnectionsWriteNothing() throws IOException {
    db.update("CREATE TABLE t (x integer)");
    ConnectionConfig config =
        new ConnectionConfig(
            new Warehouse.HadoopFolder(folder.toString()),
            Map.of(ConnectionProperty.READ_ONLY, "true"),
            Map.of());
    try (EngineRunner reader = EngineRunner.open(config)) {
      refused("25006", "", () -> reader.update("INSERT INTO t VALUES (1)"));
      assertThat(reader.query("SELECT count(*) FROM t").rows()).containsExactly(List.of("0"));
    }
  }

  @Test
  void severalWritersLoseNothing() throws Exception {
    db.update("CREATE TABLE t (x integer)");
    Set<String> failures = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      int first = writer * 100;
      Thread thread =
          new Thread(
              () -> {
                try (EngineRunner own = another()) {
                  for (int i = 0; i < 10; i++) {
                    own.update("INSERT INTO t VALUES (" + (first + i) + ")");
                  }
                } catch (RuntimeException e) {
                  failures.add(e.toString());
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(db.query("SELECT count(*), count(DISTINCT x) FROM t").rows())
        .containsExactly(List.of("40", "40"));
    // Maintenance may have made versions of its own.
    long versions = metadata("main/t").stream().filter(name -> name.endsWith(".json")).count();
    assertThat(versions).isGreaterThanOrEqualTo(41);
    assertThat(hint("main/t")).isEqualTo(Long.toString(versions));
  }

  /** The link is somebody's way to a folder elsewhere. */
  @Test
  void aSchemaThatIsALinkStays(@TempDir Path elsewhere) throws IOException {
    Path target = Files.createDirectory(elsewhere.resolve("schema"));
    Files.createSymbolicLink(folder.resolve("linked"), target);
    refused("2BP01", "link", () -> db.update("DROP SCHEMA linked"));
    assertThat(Files.isSymbolicLink(folder.resolve("linked"))).isTrue();
    assertThat(target).isEmptyDirectory();
  }
}
