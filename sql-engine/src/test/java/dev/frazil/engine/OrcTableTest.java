package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of Apache's ORC library in a table of ours: 800 rows whose id counts from 0, whose column
 * falling is -3 times that, null in one row of eleven. It has no field ids.
 */
class OrcTableTest {
  private static final String SUMS =
      "SELECT count(*), sum(id), count(falling), sum(falling) FROM t";
  private static final String COLUMNS =
      "id integer NOT NULL, falling integer, word varchar, day date, nothing varchar";

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

  private void append(String version) throws IOException {
    db.update("CREATE TABLE t (" + COLUMNS + ") WITH (\"format-version\" = '" + version + "')");
    Path file = folder.resolve("flat.orc");
    try (InputStream in = getClass().getResourceAsStream("/dev/frazil/orc/flat-zlib.orc")) {
      Files.copy(in, file);
    }
    long bytes = Files.size(file);
    db.change(
        "t",
        table ->
            table
                .newAppend()
                .appendFile(
                    DataFiles.builder(table.spec())
                        .withPath(file.toString())
                        .withFormat(FileFormat.ORC)
                        .withFileSizeInBytes(bytes)
                        .withRecordCount(800)
                        .build()));
  }

  /** Rows of an ORC file are changed, and become Parquet when they are compacted. */
  @Test
  void changes() throws IOException {
    append("2");
    // "falling".hashCode() is 2 modulo 11: rows 9, 20, ... 790 have none.
    long nulls = 0;
    long sum = 0;
    for (int id = 0; id < 800; id++) {
      boolean isNull = Math.floorMod(id + "falling".hashCode(), 11) == 0;
      nulls += isNull ? 1 : 0;
      sum += isNull ? 0 : -3L * id;
    }
    assertThat(db.query(SUMS).lines())
        .containsExactly("800 | 319600 | " + (800 - nulls) + " | " + sum);
    assertThat(db.query("SELECT count(*) FROM t WHERE nothing IS NULL AND _pos = id").lines())
        .containsExactly("800");
    assertThat(db.update("DELETE FROM t WHERE id >= 400")).isEqualTo(400);
    assertThat(db.update("UPDATE t SET falling = 1 WHERE id < 100")).isEqualTo(100);
    assertThat(
            db.update(
                "MERGE INTO t USING (VALUES (5), (900)) AS s (i) ON id = i"
                    + " WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id) VALUES (i)"))
        .isEqualTo(2);
    String changed = "SELECT count(*), sum(id), count(*) FILTER (WHERE falling = 1) FROM t";
    assertThat(db.query(changed).lines()).containsExactly("400 | " + (79800 - 5 + 900) + " | 99");
    db.query("CALL system.rewrite_data_files(table => 't', options => MAP['rewrite-all', 'true'])");
    assertThat(db.query(changed).lines()).containsExactly("400 | " + (79800 - 5 + 900) + " | 99");
    assertThat(db.query("SELECT DISTINCT file_format FROM t$data_files").lines())
        .containsExactly("PARQUET");
  }

  /** Columns that came later have their default, and dates become timestamps. */
  @Test
  void evolution() throws IOException {
    append("3");
    assertThat(db.query("SELECT day, id FROM t WHERE id IN (53, 12)").sorted())
        .containsExactly("0054-03-02 | 53", "1987-01-31 | 12");
    db.script(
        "ALTER TABLE t ADD COLUMN later varchar DEFAULT 'then'",
        "ALTER TABLE t ALTER COLUMN id SET DATA TYPE bigint",
        "INSERT INTO t (id, later) VALUES (5000000000, 'now')");
    assertThat(
            db.query("SELECT later, count(*), max(id), min(_row_id) FROM t GROUP BY later")
                .sorted())
        .containsExactly("now | 1 | 5000000000 | 800", "then | 800 | 799 | 0");
    assertThat(db.query("SELECT count(*) FROM t WHERE later = 'then' AND _row_id = id").lines())
        .containsExactly("800");
    db.update("ALTER TABLE t RENAME COLUMN word TO text");
    assertThat(db.query("SELECT count(text) FROM t").lines()).containsExactly("0");
  }
}
