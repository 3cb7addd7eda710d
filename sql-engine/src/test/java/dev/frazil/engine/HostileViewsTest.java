package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Views that are damaged or were written to do harm: each gives a typed error that names the view
 * or its file, costs little, and can be dropped.
 */
class HostileViewsTest {
  private final FastFolder folder = FastFolder.create();

  @BeforeEach
  void make() {
    try (EngineRunner frazil = EngineRunner.local(folder.path())) {
      frazil.script(
          "CREATE TABLE a (n integer)",
          "INSERT INTO a VALUES (1), (2)",
          "CREATE VIEW v AS SELECT n FROM a");
    }
  }

  @AfterEach
  void close() {
    folder.close();
  }

  /** The newest metadata file of the view. */
  private Path file() throws IOException {
    try (Stream<Path> files = Files.walk(folder.path())) {
      return files
          .filter(file -> file.getParent().getParent().getFileName().toString().startsWith("v-"))
          .filter(file -> file.toString().endsWith(".metadata.json"))
          .max(Comparator.comparing(file -> file.getFileName().toString()))
          .orElseThrow();
    }
  }

  /** Writes over the metadata file of the view, as nobody should. */
  private void damage(byte[] body) throws IOException {
    Files.write(file(), body);
  }

  private void replace(String text, String by) throws IOException {
    String json = Files.readString(file());
    assertThat(json).contains(text);
    damage(json.replace(text, by).getBytes(StandardCharsets.UTF_8));
  }

  private void assertFails(String sql, SqlState state, String... words) {
    try (EngineRunner frazil = EngineRunner.local(folder.path())) {
      EngineException e =
          catchThrowableOfType(
              EngineException.class,
              () -> {
                if (frazil.execute(sql) instanceof StatementResult.Rows rows) {
                  EngineRunner.read(rows.cursor());
                }
              });
      assertThat(e).as(sql).isNotNull();
      assertThat(e.state()).as(e.getMessage()).isEqualTo(state);
      assertThat(e).hasMessageContainingAll(words);
    }
  }

  private List<String> rows(String sql) {
    try (EngineRunner frazil = EngineRunner.local(folder.path())) {
      return frazil.query(sql).lines();
    }
  }

  @Test
  void damagedMetadataNamesItsFileAndCanBeDropped() throws IOException {
    byte[] good = Files.readAllBytes(file());
    for (String json :
        List.of(
            "",
            "{",
            "[]",
            "{}",
            "null",
            "7",
            new String(good, StandardCharsets.UTF_8).substring(0, good.length / 2),
            new String(good, StandardCharsets.UTF_8).replace("\"view-uuid\"", "\"uuid\""),
            new String(good, StandardCharsets.UTF_8)
                .replace("\"current-version-id\":1", "\"current-version-id\":2"),
            new String(good, StandardCharsets.UTF_8)
                .replace("\"schema-id\":0,\"fields", "\"schema-id\":5,\"fields"),
            new String(good, StandardCharsets.UTF_8).replace("\"int\"", "\"quaternion\""),
            new String(good, StandardCharsets.UTF_8)
                .replace("\"format-version\":1", "\"format-version\":9"),
            new String(good, StandardCharsets.UTF_8).replace("\"sql\":\"SELECT n FROM a\",", ""),
            "[".repeat(100_000))) {
      if (json.equals(new String(good, StandardCharsets.UTF_8))) {
        continue;
      }
      damage(json.getBytes(StandardCharsets.UTF_8));
      SqlState state = json.startsWith("[[") ? SqlState.LIMIT_EXCEEDED : SqlState.DATA_CORRUPTED;
      assertFails("SELECT * FROM v", state, ".metadata.json", "of a view");
      assertThat(rows("SELECT count(*) FROM a")).containsExactly("2");
      assertThat(rows("SHOW VIEWS")).containsExactly("v");
    }
    Files.delete(file());
    assertFails("SELECT * FROM v", SqlState.DATA_CORRUPTED, "main.v", "missing");
    try (EngineRunner frazil = EngineRunner.local(folder.path())) {
      frazil.script("DROP VIEW v", "CREATE VIEW v AS SELECT 3 AS n");
    }
    assertThat(rows("SELECT * FROM v")).containsExactly("3");
    damage(new byte[0]);
    try (EngineRunner frazil = EngineRunner.local(folder.path())) {
      frazil.script("DROP VIEW IF EXISTS v", "CREATE TABLE v (n integer)");
    }
  }

  @Tag("slow")
  @Test
  void packedMetadataIsReadWhateverItsName() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(Files.readAllBytes(file()));
    }
    damage(packed.toByteArray());
    assertThat(rows("SELECT * FROM v")).containsExactly("1", "2");
    byte[] half = new byte[packed.size() / 2];
    System.arraycopy(packed.toByteArray(), 0, half, 0, half.length);
    damage(half);
    assertFails("SELECT * FROM v", SqlState.DATA_CORRUPTED, "of a view");
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(bomb)) {
      byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 600; i++) {
        stream.write(spaces);
      }
    }
    damage(bomb.toByteArray());
    assertFails("SELECT * FROM v", SqlState.LIMIT_EXCEEDED, "limit");
  }

  @Test
  void packedMetadataIsWrittenAsAsked() throws IOException {
    try (EngineRunner frazil = EngineRunner.local(folder.path())) {
      frazil.script(
          "ALTER VIEW v SET PROPERTIES \"write.metadata.compression-codec\" = 'gzip'",
          "COMMENT ON VIEW v IS 'packed'");
    }
    assertThat(file().toString()).endsWith(".gz.metadata.json");
    assertThat(Files.readAllBytes(file())).startsWith(0x1f, 0x8b);
    assertThat(rows("SELECT * FROM v")).containsExactly("1", "2");
    assertThat(rows("SHOW TBLPROPERTIES v ('comment')")).containsExactly("comment | packed");
  }

  @Test
  void nothingIsWrittenOutsideOfTheWarehouse() throws IOException {
    try (FastFolder outside = FastFolder.create()) {
      String location = file().getParent().getParent().toString();
      replace(location, outside.path().toString());
      assertThat(rows("SELECT * FROM v")).containsExactly("1", "2");
      assertFails("ALTER VIEW v AS SELECT 1 AS n", SqlState.LOCATION_REFUSED, outside.path() + "");
      assertFails("COMMENT ON VIEW v IS 'x'", SqlState.LOCATION_REFUSED, outside.path() + "");
      replace(
          "{\"view-uuid\"",
          "{\"properties\":{\"write.metadata.path\":\""
              + outside.path()
              + "/deeper\"},\"view-uuid\"");
      assertFails("COMMENT ON VIEW v IS 'x'", SqlState.LOCATION_REFUSED, outside.path() + "");
      try (Stream<Path> files = Files.list(outside.path())) {
        assertThat(files).isEmpty();
      }
    }
  }

  @Test
  void textsThatAreNoQueryAreTold() throws IOException {
    String sql = "SELECT n FROM a";
    for (String text :
        List.of(
            "DROP TABLE a",
            "INSERT INTO a VALUES (3)",
            "SELECT n FROM a; DROP TABLE a",
            "SELECT n FROM a WHERE n = ?",
            "COPY (SELECT 1) TO '/x'",
            "CALL system.remove_orphan_files('a')",
            "WITH x AS (SELECT 1) DELETE FROM a",
            "-- nothing",
            "SELECT n FROM a WHERE",
            "$$",
            "")) {
      replace("\"sql\":\"" + sql + "\"", "\"sql\":\"" + text + "\"");
      try (EngineRunner frazil = EngineRunner.local(folder.path())) {
        EngineException e =
            catchThrowableOfType(EngineException.class, () -> frazil.query("SELECT * FROM main.v"));
        assertThat(e).as(text).isNotNull().hasMessageContaining("main.v");
        assertThat(e.state().code()).as(e.getMessage()).startsWith("42");
      }
      sql = text;
    }
    assertThat(rows("SELECT count(*) FROM a")).containsExactly("2");
  }

  @Tag("slow")
  @Test
  @Timeout(60)
  void hugeTextsFailOrAreReadInTime() throws IOException {
    String sql = "SELECT n FROM a";
    for (String text :
        List.of(
            "SELECT n FROM a WHERE " + "(".repeat(50_000) + "n" + ")".repeat(50_000) + " > 0",
            "SELECT n FROM (".repeat(5_000) + "a" + ")".repeat(5_000),
            "SELECT n" + " + 1".repeat(200_000) + " AS n FROM a",
            "SELECT n FROM a" + " UNION ALL SELECT n FROM a".repeat(20_000),
            "SELECT " + "NOT ".repeat(20_000) + "true AS n FROM a",
            "SELECT n FROM a WHERE n IN (" + "7, ".repeat(200_000) + "8)")) {
      replace("\"sql\":\"" + sql + "\"", "\"sql\":\"" + text + "\"");
      try (EngineRunner frazil = EngineRunner.local(folder.path())) {
        EngineException e =
            catchThrowableOfType(EngineException.class, () -> frazil.query("SELECT * FROM v"));
        if (e != null) {
          assertThat(e.state())
              .as(e.getMessage())
              .isIn(SqlState.LIMIT_EXCEEDED, SqlState.SYNTAX_ERROR, SqlState.OUT_OF_MEMORY);
        }
      }
      sql = text;
    }
    assertThat(rows("SELECT count(*) FROM a")).containsExactly("2");
  }

  /** By Iceberg's interface, which does not look into queries. */
  private static void foreign(EngineRunner frazil, String name, String sql) {
    ((ViewCatalog) frazil.session().icebergCatalog())
        .buildView(TableIdentifier.of("main", name))
        .withSchema(new Schema(Types.NestedField.optional(1, "n", Types.IntegerType.get())))
        .withDefaultNamespace(Namespace.of("main"))
        .withQuery("frazil", sql)
        .create();
  }

  @Tag("slow")
  @Test
  @Timeout(60)
  void chainsAndCyclesOfOthersHaveTheirLimits() {
    try (EngineRunner frazil = EngineRunner.local(folder.path())) {
      foreign(frazil, "c0", "SELECT n FROM a");
      for (int i = 1; i < 100; i++) {
        foreign(frazil, "c" + i, "SELECT n FROM c" + (i - 1));
      }
      foreign(frazil, "self", "SELECT n FROM self");
      foreign(frazil, "ping", "SELECT n FROM pong");
      foreign(frazil, "pong", "SELECT n FROM main.\"ping\" WHERE EXISTS (SELECT 1 FROM PING)");
    }
    assertThat(rows("SELECT count(*) FROM c31")).containsExactly("2");
    long start = System.nanoTime();
    assertFails("SELECT * FROM c99", SqlState.LIMIT_EXCEEDED, "limit of 32", "main.c99");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertFails("SELECT * FROM self", SqlState.INVALID_OBJECT_DEFINITION, "main.self reads");
    assertFails(
        "SELECT * FROM ping",
        SqlState.INVALID_OBJECT_DEFINITION,
        "main.ping reads main.pong reads main.ping");
    assertThat(rows("SELECT count(*) FROM information_schema.views")).containsExactly("104");
  }

  @Test
  void oddButValidMetadataIsRead() throws IOException {
    replace("\"default-namespace\":[\"main\"]", "\"default-namespace\":[]");
    assertFails("SELECT * FROM v", SqlState.UNDEFINED_TABLE, "main.v", "a");
    replace("\"default-namespace\":[]", "\"default-namespace\":[\"gone\"]");
    assertFails("SELECT * FROM v", SqlState.UNDEFINED_TABLE, "main.v", "a");
    replace("\"default-namespace\":[\"gone\"]", "\"default-namespace\":[\"main\"]");
    replace("\"representations\":[", "\"unknown-field\":{\"x\":[1]},\"representations\":[");
    assertThat(rows("SELECT * FROM v")).containsExactly("1", "2");
    replace("frazil.query-column-names", "other");
    assertThat(rows("SELECT * FROM v")).containsExactly("1", "2");
    replace("\"other\":\"[\\\"n\\\"]\"", "\"frazil.query-column-names\":\"[[1\"");
    assertFails("SELECT * FROM v", SqlState.DATA_CORRUPTED, "main.v", "frazil.query-column-names");
    for (String sql :
        List.of("SHOW VIEWS", "DESCRIBE v", "SELECT * FROM information_schema.columns")) {
      assertThat(rows(sql)).isNotEmpty();
    }
  }
}
