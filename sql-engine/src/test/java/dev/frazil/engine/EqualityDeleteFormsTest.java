package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Equality deletes in the forms of the spec ("Equality Delete Files", "Scan Planning"), written by
 * DuckDB: what goes and what stays is derived by hand.
 */
class EqualityDeleteFormsTest {
  @TempDir Path folder;
  private EngineRunner db;
  private DuckDbRunner duckDb;

  @BeforeEach
  void open() {
    db = EngineRunner.local(folder);
    duckDb = new DuckDbRunner();
  }

  @AfterEach
  void close() {
    duckDb.close();
    db.close();
  }

  /**
   * Commits a delete file.
   *
   * @param rows a query of DuckDB
   * @param fieldIds as DuckDB's COPY takes them
   * @param spec the id of its partition spec, and its partition as a path
   */
  private void delete(
      String rows, String fieldIds, int spec, @Nullable String partition, int... ids) {
    db.change(
        "t",
        table -> table.newRowDelta().addDeletes(file(table, rows, fieldIds, spec, partition, ids)));
  }

  private DeleteFile file(
      Table table,
      String rows,
      String fieldIds,
      int specId,
      @Nullable String partition,
      int... ids) {
    Path file = Path.of(table.location(), "data", UUID.randomUUID() + ".parquet");
    try {
      Files.createDirectories(file.getParent());
      duckDb.execute(
          "COPY (" + rows + ") TO '" + file + "' (FORMAT parquet, FIELD_IDS {" + fieldIds + "})");
      PartitionSpec spec = table.specs().get(specId);
      FileMetadata.Builder builder =
          FileMetadata.deleteFileBuilder(spec)
              .ofEqualityDeletes(ids)
              .withPath(file.toString())
              .withFormat(FileFormat.PARQUET)
              .withFileSizeInBytes(Files.size(file))
              .withRecordCount(1);
      return (partition == null ? builder : builder.withPartitionPath(partition)).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "boolean; true; false; true",
        "integer; 1; 2; 1::INTEGER",
        "bigint; 1; 2; 1::BIGINT",
        "real; 1.5; 2; 1.5::FLOAT",
        "double; 1.5; 2; 1.5::DOUBLE",
        "decimal(9, 2); 1.50; 2; 1.50::DECIMAL(9, 2)",
        "decimal(18, 2); 1.50; 2; 1.50::DECIMAL(18, 2)",
        "decimal(38, 2); 1.50; 2; 1.50::DECIMAL(38, 2)",
        "date; DATE '2026-01-01'; DATE '2026-01-02'; DATE '2026-01-01'",
        "time; TIME '01:02:03.456789'; TIME '01:02:03'; TIME '01:02:03.456789'",
        "timestamp; TIMESTAMP '2026-01-01 00:00:00.000001'; TIMESTAMP '2026-01-01 00:00:00'; TIMESTAMP '2026-01-01 00:00:00.000001'",
        "timestamp with time zone; TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00:00'; TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:01+00:00'; TIMESTAMPTZ '2026-01-01 00:00:00+00'",
        "varchar; 'é𝄞'; 'e'; 'é𝄞'",
        "varbinary; X'00FF'; X'00'; '\\x00\\xFF'::BLOB",
        "uuid; CAST('123e4567-e89b-12d3-a456-426614174000' AS uuid); CAST('123e4567-e89b-12d3-a456-426614174001' AS uuid); '123e4567-e89b-12d3-a456-426614174000'::UUID",
      })
  void everyTypeAndNull(String type, String gone, String stays, String key) {
    db.script(
        "CREATE TABLE t (id integer, k " + type + ")",
        "INSERT INTO t VALUES (1, " + gone + "), (2, " + stays + "), (3, NULL)");
    delete("SELECT " + key + " AS k", "k: 2", 0, null, 2);
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines()).containsExactly("2", "3");
    delete("SELECT CASE WHEN false THEN " + key + " END AS k", "k: 2", 0, null, 2);
    assertThat(db.query("SELECT id FROM t").lines()).containsExactly("2");
    assertThat(db.query("SELECT count(*) FROM t").lines()).containsExactly("1");
  }

  /** As Iceberg compares doubles: NaN is equal to itself, the zeros are not equal. */
  @ParameterizedTest
  @ValueSource(strings = {"real", "double"})
  void notANumberAndTheZeros(String type) {
    db.script(
        "CREATE TABLE t (id integer, k " + type + ")",
        "INSERT INTO t SELECT id, CAST(v AS "
            + type
            + ") FROM (VALUES (1, 'NaN'), (2, '0.0'), (3, '-0.0'), (4, 'Infinity')) AS x (id, v)");
    String duck = type.equals("real") ? "FLOAT" : "DOUBLE";
    delete("SELECT 'NaN'::" + duck + " AS k", "k: 2", 0, null, 2);
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines()).containsExactly("2", "3", "4");
    delete("SELECT '-0.0'::" + duck + " AS k", "k: 2", 0, null, 2);
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines()).containsExactly("2", "4");
  }

  @Test
  void severalFieldsHaveToBeEqual() {
    db.script(
        "CREATE TABLE t (id integer, a integer, b varchar)",
        "INSERT INTO t VALUES (1, 1, 'x'), (2, 1, NULL), (3, NULL, 'x'), (4, NULL, NULL), (5, 2, 'x')");
    delete(
        "SELECT * FROM (VALUES (1, NULL), (NULL, 'x')) AS v (a, b)", "a: 2, b: 3", 0, null, 2, 3);
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines()).containsExactly("1", "4", "5");
    // Another set of fields, in another order in the file.
    delete("SELECT 'x' AS b, 2 AS a, 5 AS id", "b: 3, a: 2, id: 1", 0, null, 1, 2);
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines()).containsExactly("1", "4");
    // A delete file may have more columns than those that count.
    delete("SELECT 4 AS id, 77 AS a, 'other' AS b", "id: 1, a: 2, b: 3", 0, null, 1);
    assertThat(db.query("SELECT id FROM t").lines()).containsExactly("1");
  }

  @Test
  void rowsThatCameLaterStay() {
    db.script("CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1), (2)");
    delete("SELECT 1 AS id", "id: 1", 0, null, 1);
    db.update("INSERT INTO t VALUES (1)");
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines()).containsExactly("1", "2");
    delete("SELECT 1 AS id", "id: 1", 0, null, 1);
    assertThat(db.query("SELECT id FROM t").lines()).containsExactly("2");
  }

  @Test
  void aDroppedColumnStillCounts() {
    db.script(
        "CREATE TABLE t (id integer, k varchar)", "INSERT INTO t VALUES (1, 'gone'), (2, 'stays')");
    delete("SELECT 'gone' AS k", "k: 2", 0, null, 2);
    db.script("ALTER TABLE t DROP COLUMN k");
    assertThat(db.query("SELECT id FROM t").lines()).containsExactly("2");
    // A column of the same name is another one: its rows are null, then 'gone'.
    db.script("ALTER TABLE t ADD COLUMN k varchar", "INSERT INTO t VALUES (3, 'gone')");
    assertThat(db.query("SELECT * FROM t ORDER BY id").lines())
        .containsExactly("2 | NULL", "3 | gone");
    assertThat(db.query("SELECT count(*) FROM t WHERE k = 'gone'").lines()).containsExactly("1");
    assertThat(db.update("UPDATE t SET k = 'new' WHERE id = 2")).isEqualTo(1);
    assertThat(db.query("SELECT * FROM t ORDER BY id").lines())
        .containsExactly("2 | new", "3 | gone");
    db.query("CALL system.rewrite_data_files(table => 't', options => MAP['rewrite-all', 'true'])");
    assertThat(db.query("SELECT * FROM t ORDER BY id").lines())
        .containsExactly("2 | new", "3 | gone");
  }

  @Test
  void aColumnThatFilesLackIsNull() {
    db.script(
        "CREATE TABLE t (id integer)",
        "INSERT INTO t VALUES (1), (2)",
        "ALTER TABLE t ADD COLUMN k varchar",
        "INSERT INTO t VALUES (3, NULL), (4, 'x')");
    delete("SELECT NULL::VARCHAR AS k, 1 AS id", "k: 2, id: 1", 0, null, 1, 2);
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines()).containsExactly("2", "3", "4");
    delete("SELECT NULL::VARCHAR AS k", "k: 2", 0, null, 2);
    assertThat(db.query("SELECT id FROM t").lines()).containsExactly("4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "integer; bigint; 1; 2; 1::INTEGER; 1::BIGINT",
        "real; double; 1.5; 2; 1.5::FLOAT; 1.5::DOUBLE",
        "decimal(9, 2); decimal(18, 2); 1.50; 2; 1.50::DECIMAL(9, 2); 1.50::DECIMAL(18, 2)",
        "decimal(9, 2); decimal(38, 2); 1.50; 2; 1.50::DECIMAL(9, 2); 1.50::DECIMAL(38, 2)",
      })
  void promotedColumns(
      String before, String after, String gone, String stays, String early, String late) {
    db.script(
        "CREATE TABLE t (id integer, k " + before + ")",
        "INSERT INTO t VALUES (1, " + gone + "), (2, " + stays + ")");
    delete("SELECT " + early + " AS k", "k: 2", 0, null, 2);
    db.script(
        "INSERT INTO t VALUES (3, " + gone + ")",
        "ALTER TABLE t ALTER COLUMN k SET DATA TYPE " + after,
        "INSERT INTO t VALUES (4, " + gone + "), (5, " + stays + ")");
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines())
        .containsExactly("2", "3", "4", "5");
    delete("SELECT " + late + " AS k", "k: 2", 0, null, 2);
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines()).containsExactly("2", "5");
    // A writer that has not seen the change of the type.
    db.update("INSERT INTO t VALUES (6, " + gone + ")");
    delete("SELECT " + early + " AS k", "k: 2", 0, null, 2);
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines()).containsExactly("2", "5");
  }

  @Test
  void partitionsAndAllPartitions() {
    db.script("CREATE TABLE t (id integer, p varchar)", "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    db.change("t", table -> table.updateSpec().addField("p"));
    db.update("INSERT INTO t VALUES (1, 'a'), (1, 'b'), (2, 'a'), (2, 'b'), (3, NULL)");
    // In the partition a of today's spec: the files of before, and b, are not meant.
    delete("SELECT 1 AS id", "id: 1", 1, "p=a", 1);
    assertThat(db.query("SELECT id, p FROM t ORDER BY id, p").lines())
        .containsExactly("1 | a", "1 | b", "2 | a", "2 | b", "2 | b", "3 | NULL");
    // Without a partition: all files of all specs.
    delete("SELECT 2 AS id", "id: 1", 0, null, 1);
    assertThat(db.query("SELECT id, p FROM t ORDER BY id, p").lines())
        .containsExactly("1 | a", "1 | b", "3 | NULL");
    assertThat(db.query("SELECT p, count(*) FROM t GROUP BY p ORDER BY p").lines())
        .containsExactly("a | 1", "b | 1", "NULL | 1");
    delete("SELECT 1 AS id, 'b' AS p", "id: 1, p: 2", 0, null, 1, 2);
    assertThat(db.query("SELECT id, p FROM t ORDER BY id").lines())
        .containsExactly("1 | a", "3 | NULL");
  }

  @Test
  void fieldsOfRows() {
    db.script(
        "CREATE TABLE t (id integer, o row(x integer, y row(z varchar)))",
        "INSERT INTO t VALUES (1, ROW(1, ROW('a'))), (2, ROW(1, ROW('b'))), (3, ROW(NULL, ROW(NULL))), (4, NULL)");
    int x = id("o.x");
    int z = id("o.y.z");
    delete(
        "SELECT {'x': 1, 'y': {'z': 'b'}} AS o",
        "o: {__duckdb_field_id: 2, x: "
            + x
            + ", y: {__duckdb_field_id: "
            + id("o.y")
            + ", z: "
            + z
            + "}}",
        0,
        null,
        x,
        z);
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines()).containsExactly("1", "3", "4");
  }

  private int id(String column) {
    int[] id = new int[1];
    db.change(
        "t",
        table -> {
          Types.NestedField field = table.schema().findField(column);
          id[0] = field.fieldId();
          return table.updateProperties().set("looked", column);
        });
    return id[0];
  }

  /** Besides position deletes, and vectors after the upgrade to format version 3. */
  @Test
  void besideOtherDeletesAndVectors() {
    db.script(
        "CREATE TABLE t (id integer, s varchar) WITH (\"write.delete.mode\" = 'merge-on-read')",
        "INSERT INTO t SELECT g, 'row' FROM generate_series(1, 10) AS x (g)",
        "DELETE FROM t WHERE id = 1");
    delete("SELECT 2 AS id", "id: 1", 0, null, 1);
    db.change("t", table -> table.updateProperties().set("format-version", "3"));
    assertThat(db.query("SELECT count(*) FROM t").lines()).containsExactly("8");
    db.script("DELETE FROM t WHERE id = 3", "DELETE FROM t WHERE id = 4");
    delete("SELECT 5 AS id", "id: 1", 0, null, 1);
    assertThat(db.query("SELECT id FROM t ORDER BY id").lines())
        .containsExactly("6", "7", "8", "9", "10");
    assertThat(
            db.query(
                    "SELECT content, file_format, count(*) FROM t$delete_files GROUP BY content, file_format ORDER BY 1, 2")
                .lines())
        .containsExactly("1 | PUFFIN | 1", "2 | PARQUET | 2");
    db.query("CALL system.rewrite_data_files(table => 't', options => MAP['rewrite-all', 'true'])");
    assertThat(db.query("SELECT count(*), min(id) FROM t").lines()).containsExactly("5 | 6");
  }
}
