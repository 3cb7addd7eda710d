package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of unusual forms: layouts, sizes, names, and emptiness. */
class TableFormsTest {
  @TempDir Path folder;
  private EngineRunner db;

  @BeforeEach
  void open() {
    db = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    db.close();
  }

  /** Iceberg's layout for object stores: a hash before the partition, or without partitions. */
  @Test
  void objectStorageLayout() {
    for (String partitioned : List.of("true", "false")) {
      String table = "o_" + partitioned;
      db.script(
          "CREATE TABLE %s (id integer, p varchar) PARTITIONED BY (p) WITH (\"write.object-storage.enabled\" = 'true', \"write.object-storage.partitioned-paths\" = '%s', \"write.delete.mode\" = 'merge-on-read')"
              .formatted(table, partitioned),
          "INSERT INTO "
              + table
              + " SELECT g, 'p' || CAST(g % 3 AS varchar) FROM generate_series(1, 30) AS x (g)",
          "DELETE FROM " + table + " WHERE id IN (1, 2, 3)",
          "UPDATE " + table + " SET p = 'q' WHERE id = 4");
      List<String> paths = db.query("SELECT file_path FROM " + table + "$files").lines();
      String hash = "/data/[01]{4}/[01]{4}/[01]{4}/[01]{8}[/-]";
      assertThat(paths).hasSizeGreaterThan(4).allMatch(path -> path.matches(".*" + hash + ".*"));
      assertThat(paths.stream().anyMatch(path -> path.contains("/p=")))
          .isEqualTo(partitioned.equals("true"));
      assertThat(db.query("SELECT count(*), sum(id) FROM " + table).lines())
          .containsExactly("27 | 459");
      assertThat(db.query("SELECT id FROM " + table + " WHERE p = 'q'").lines())
          .containsExactly("4");
      db.query(
          "CALL system.rewrite_data_files(table => '"
              + table
              + "', options => MAP['rewrite-all', 'true'])");
      assertThat(db.query("SELECT count(*), sum(id) FROM " + table).lines())
          .containsExactly("27 | 459");
      assertThat(db.query("SELECT file_path FROM " + table + "$data_files").lines())
          .allMatch(path -> path.matches(".*" + hash + ".*"));
    }
  }

  @Test
  @Tag("slow")
  void aThousandColumns() {
    String columns =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "c" + i + (i % 2 == 0 ? " bigint" : " varchar"))
            .collect(Collectors.joining(", "));
    String values =
        IntStream.range(0, 1_000)
            .mapToObj(i -> i % 2 == 0 ? "g + " + i : "'v' || CAST(g + " + i + " AS varchar)")
            .collect(Collectors.joining(", "));
    db.script(
        "CREATE TABLE wide (" + columns + ")",
        "INSERT INTO wide SELECT " + values + " FROM generate_series(1, 100) AS x (g)");
    assertThat(db.query("SELECT sum(c998), max(c999), count(c500) FROM wide").lines())
        .containsExactly((100 * 998 + 5_050) + " | v1099 | 100");
    assertThat(db.update("UPDATE wide SET c0 = -1 WHERE c999 = 'v1050'")).isEqualTo(1);
    assertThat(db.query("SELECT c51, c998 FROM wide WHERE c0 = -1").lines())
        .containsExactly("v102 | 1049");
    List<List<String>> rows = db.query("SELECT * FROM wide WHERE c2 = 3").rows();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)).hasSize(1_000).startsWith("1", "v2", "3").endsWith("999", "v1000");
    db.script("ALTER TABLE wide DROP COLUMN c500", "ALTER TABLE wide ADD COLUMN c500 integer");
    assertThat(db.query("SELECT count(c500), count(c501) FROM wide").lines())
        .containsExactly("0 | 100");
  }

  @Test
  void namesOfEveryScript() {
    db.script(
        "CREATE SCHEMA \"Схема\"",
        "CREATE TABLE \"Схема\".\"Tabelle mit Leerzeichen\" (\"Größe\" integer, \"表\" varchar, \"a.b\" integer, \"𝄞\" date, \"Mixed\" integer) PARTITIONED BY (\"表\")",
        "INSERT INTO \"Схема\".\"Tabelle mit Leerzeichen\" VALUES (1, 'ä/ö=ü %', 4, DATE '2026-01-01', 5)",
        "CREATE TABLE \"Case\" (x integer)",
        "CREATE TABLE \"CASE\" (x integer)",
        "INSERT INTO \"Case\" VALUES (1)",
        "INSERT INTO \"CASE\" VALUES (2)");
    String table = "\"Схема\".\"Tabelle mit Leerzeichen\"";
    assertThat(
            db.query(
                    "SELECT \"Größe\", \"a.b\", \"𝄞\", \"Mixed\" FROM "
                        + table
                        + " WHERE \"表\" = 'ä/ö=ü %'")
                .lines())
        .containsExactly("1 | 4 | 2026-01-01 | 5");
    db.script(
        "UPDATE " + table + " SET \"Mixed\" = 66 WHERE \"Mixed\" = 5",
        "ALTER TABLE " + table + " RENAME COLUMN \"表\" TO \"桌\"");
    assertThat(db.query("SELECT \"Mixed\", \"桌\" FROM " + table).lines())
        .containsExactly("66 | ä/ö=ü %");
    assertThat(db.query("SELECT x FROM \"Case\"").lines()).containsExactly("1");
    assertThat(db.query("SELECT x FROM \"CASE\"").lines()).containsExactly("2");
    try (EngineRunner other = EngineRunner.local(folder)) {
      assertThat(other.query("SELECT count(*) FROM " + table + " WHERE \"桌\" LIKE 'ä/%'").lines())
          .containsExactly("1");
    }
  }

  /** CREATE TABLE refuses such columns; others write them. */
  @Test
  void columnsThatDifferInCase() {
    db.script("CREATE TABLE c (id integer)", "INSERT INTO c VALUES (1)");
    db.change(
        "c",
        table ->
            table
                .updateSchema()
                .addColumn("Mixed", Types.IntegerType.get())
                .addColumn("MIXED", Types.IntegerType.get())
                .addColumn("ID", Types.StringType.get()));
    db.update("INSERT INTO c VALUES (2, 5, 6, 'upper')");
    assertThat(db.query("SELECT * FROM c").sorted())
        .containsExactly("1 | NULL | NULL | NULL", "2 | 5 | 6 | upper");
    assertThat(
            db.query("SELECT \"MIXED\", \"Mixed\", \"ID\", \"id\" FROM c WHERE \"MIXED\" = 6")
                .lines())
        .containsExactly("6 | 5 | upper | 2");
    assertThat(
            db.query("SELECT min(\"Mixed\"), max(\"MIXED\"), count(\"ID\"), count(\"id\") FROM c")
                .lines())
        .containsExactly("5 | 6 | 1 | 2");
    db.update("UPDATE c SET \"MIXED\" = 66 WHERE \"ID\" = 'upper'");
    assertThat(db.query("SELECT \"Mixed\", \"MIXED\" FROM c WHERE \"id\" = 2").lines())
        .containsExactly("5 | 66");
  }

  /** No snapshot; a snapshot without files; a file without rows. */
  @Test
  void emptyTablesAndFiles() throws Exception {
    db.update("CREATE TABLE e (id integer, s varchar) PARTITIONED BY (bucket(2, id))");
    String all = "SELECT count(*), min(id), max(s), sum(id) FROM e";
    assertThat(db.query(all).lines()).containsExactly("0 | NULL | NULL | NULL");
    assertThat(db.query("SELECT * FROM e").lines()).isEmpty();
    assertThat(db.query("SELECT * FROM e$snapshots").lines()).isEmpty();
    assertThat(db.query("SELECT * FROM e$files").lines()).isEmpty();
    assertThat(db.update("DELETE FROM e")).isZero();
    assertThat(db.update("UPDATE e SET s = 'x'")).isZero();
    assertThat(db.query("SELECT * FROM e$snapshots").lines()).isEmpty();
    db.query("CALL system.rewrite_data_files(table => 'e')");
    db.script("INSERT INTO e VALUES (1, 'a')", "DELETE FROM e");
    assertThat(db.query(all).lines()).containsExactly("0 | NULL | NULL | NULL");
    Path file = folder.resolve("empty.parquet");
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      duckDb.execute(
          "COPY (SELECT 1 AS id, 'a' AS s WHERE false) TO '"
              + file
              + "' (FORMAT parquet, FIELD_IDS {id: 1, s: 2})");
    }
    long bytes = Files.size(file);
    db.change(
        "e",
        table ->
            table
                .newAppend()
                .appendFile(
                    DataFiles.builder(table.spec())
                        .withPath(file.toString())
                        .withFormat(FileFormat.PARQUET)
                        .withPartitionPath("id_bucket=0")
                        .withFileSizeInBytes(bytes)
                        .withRecordCount(0)
                        .build()));
    assertThat(db.query(all).lines()).containsExactly("0 | NULL | NULL | NULL");
    assertThat(db.query("SELECT * FROM e WHERE id = 1").lines()).isEmpty();
    assertThat(db.update("DELETE FROM e WHERE id > 0")).isZero();
    db.update("INSERT INTO e VALUES (2, 'b')");
    assertThat(db.query(all).lines()).containsExactly("1 | 2 | b | 2");
    db.query("CALL system.rewrite_data_files(table => 'e', options => MAP['rewrite-all', 'true'])");
    assertThat(db.query(all).lines()).containsExactly("1 | 2 | b | 2");
  }

  /** A damaged file hinders only those who have to read it. */
  @Test
  void damagedFiles() throws IOException {
    db.script(
        "CREATE TABLE f (id integer, p varchar) PARTITIONED BY (p)",
        "INSERT INTO f VALUES (1, 'parquet')");
    Path file = Files.writeString(folder.resolve("rows.orc"), "ORC of two rows");
    db.change(
        "f",
        table ->
            table
                .newAppend()
                .appendFile(
                    DataFiles.builder(table.spec())
                        .withPath(file.toString())
                        .withFormat(FileFormat.ORC)
                        .withPartitionPath("p=orc")
                        .withFileSizeInBytes(15)
                        .withRecordCount(2)
                        .build()));
    assertThatThrownBy(() -> db.query("SELECT id FROM f"))
        .hasMessageContainingAll("ORC", "rows.orc")
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED));
    assertThat(db.query("SELECT count(*) FROM f").lines()).containsExactly("3");
    assertThat(db.query("SELECT id FROM f WHERE p = 'parquet'").lines()).containsExactly("1");
    assertThat(db.update("INSERT INTO f VALUES (4, 'orc')")).isEqualTo(1);
    assertThat(db.update("UPDATE f SET id = 5 WHERE p = 'parquet'")).isEqualTo(1);
    assertThat(db.update("DELETE FROM f WHERE p = 'orc'")).isEqualTo(3);
    assertThat(db.query("SELECT id FROM f").lines()).containsExactly("5");
  }

  /** A transform of a later version of the spec: read without pruning by it, never written. */
  @Test
  void transformsOfTomorrow() {
    db.script("CREATE TABLE u (id integer, s varchar)", "INSERT INTO u VALUES (1, 'a'), (2, 'b')");
    db.change(
        "u",
        table -> {
          PartitionSpec unknown =
              PartitionSpecParser.fromJson(
                  table.schema(),
                  "{\"spec-id\": 1, \"fields\": [{\"name\": \"z\", \"transform\": \"zorder\", \"source-id\": 1, \"field-id\": 1000}]}");
          return new SpecOf(table, unknown);
        });
    assertThat(db.query("SELECT id FROM u WHERE id = 2").lines()).containsExactly("2");
    assertThat(db.query("SELECT count(*), max(s) FROM u").lines()).containsExactly("2 | b");
    assertThatThrownBy(() -> db.update("INSERT INTO u VALUES (3, 'c')"))
        .hasMessageContaining("zorder")
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED));
    assertThat(db.query("SELECT count(*) FROM u").lines()).containsExactly("2");
  }

  /** Gives a table another default spec, as an update of its metadata. */
  private record SpecOf(org.apache.iceberg.Table table, PartitionSpec spec)
      implements org.apache.iceberg.PendingUpdate<PartitionSpec> {
    @Override
    public PartitionSpec apply() {
      return spec;
    }

    @Override
    public void commit() {
      org.apache.iceberg.TableOperations operations =
          ((org.apache.iceberg.HasTableOperations) table).operations();
      org.apache.iceberg.TableMetadata base = operations.current();
      operations.commit(base, base.updatePartitionSpec(spec));
    }
  }

  @Test
  void tenThousandSnapshots() throws IOException {
    Path hadoop = Files.createDirectory(folder.resolve("hadoop"));
    ConnectionConfig config = ConnectionConfig.of(new Warehouse.HadoopFolder(hadoop.toString()));
    try (EngineRunner writer = EngineRunner.open(config)) {
      writer.update("CREATE TABLE h AS SELECT 1 AS x");
    }
    Path metadata = hadoop.resolve("main/h/metadata");
    ObjectMapper json = new ObjectMapper();
    ObjectNode tree = (ObjectNode) json.readTree(metadata.resolve("v1.metadata.json").toFile());
    ArrayNode snapshots = (ArrayNode) tree.get("snapshots");
    ArrayNode log = (ArrayNode) tree.get("snapshot-log");
    ObjectNode only = (ObjectNode) snapshots.remove(0);
    long last = only.get("timestamp-ms").longValue();
    log.removeAll();
    for (int i = 1; i < 10_000; i++) {
      ObjectNode earlier = only.deepCopy();
      earlier
          .put("snapshot-id", i)
          .put("sequence-number", i)
          .put("timestamp-ms", last - 10_000 + i);
      snapshots.add(earlier);
      log.addObject().put("timestamp-ms", last - 10_000 + i).put("snapshot-id", i);
    }
    only.put("parent-snapshot-id", 9_999).put("sequence-number", 10_000);
    snapshots.add(only);
    log.addObject()
        .put("timestamp-ms", last)
        .put("snapshot-id", only.get("snapshot-id").longValue());
    tree.put("last-sequence-number", 10_000);
    json.writeValue(metadata.resolve("v2.metadata.json").toFile(), tree);
    try (EngineRunner many = EngineRunner.open(config)) {
      long start = System.nanoTime();
      assertThat(many.query("SELECT x FROM h").lines()).containsExactly("1");
      long opened = System.nanoTime();
      many.update("INSERT INTO h VALUES (2)");
      long committed = System.nanoTime();
      System.out.printf(
          "10,000 snapshots, %d KB of metadata: open and read %d ms, INSERT %d ms%n",
          Files.size(metadata.resolve("v2.metadata.json")) >> 10,
          (opened - start) / 1_000_000,
          (committed - opened) / 1_000_000);
      assertThat(many.query("SELECT count(*) FROM h$snapshots").lines()).containsExactly("10001");
      assertThat(many.query("SELECT x FROM h FOR VERSION AS OF 5000").lines()).containsExactly("1");
      assertThat(many.query("SELECT x FROM h ORDER BY x").lines()).containsExactly("1", "2");
    }
  }

  /** A warehouse of Iceberg's Hadoop catalog with packed metadata, old and new names. */
  @Test
  void packedMetadata() throws IOException {
    Path hadoop = Files.createDirectory(folder.resolve("hadoop"));
    ConnectionConfig config = ConnectionConfig.of(new Warehouse.HadoopFolder(hadoop.toString()));
    try (EngineRunner packed = EngineRunner.open(config)) {
      packed.script(
          "CREATE TABLE g WITH (\"write.metadata.compression-codec\" = 'gzip') AS SELECT 1 AS x");
    }
    Path metadata = hadoop.resolve("main/g/metadata");
    Files.move(metadata.resolve("v1.gz.metadata.json"), metadata.resolve("v1.metadata.json.gz"));
    try (EngineRunner packed = EngineRunner.open(config)) {
      assertThat(packed.query("SELECT x FROM g").lines()).containsExactly("1");
      packed.update("INSERT INTO g VALUES (2)");
      assertThat(packed.query("SELECT sum(x) FROM g").lines()).containsExactly("3");
    }
    assertThat(metadata.resolve("v2.gz.metadata.json")).exists();
  }
}
