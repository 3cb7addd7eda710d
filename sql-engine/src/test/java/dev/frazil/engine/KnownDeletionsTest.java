package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What statements find of equality deletes serves the next ones, and is never more than is so. */
class KnownDeletionsTest {
  private static final int ROWS = 50_000;

  @TempDir Path folder;
  private EngineRunner db;
  private DuckDbRunner duckDb;

  @BeforeEach
  void open() {
    db = EngineRunner.local(folder);
    duckDb = new DuckDbRunner();
    // k is null in 500 rows, and each of 0..99 in 495 of the others.
    db.script(
        "CREATE TABLE t (id integer, k integer, s varchar) WITH (\"write.frazil.auto-maintain\" = 'false')",
        "INSERT INTO t SELECT g, CASE WHEN g % 100 = 0 THEN NULL ELSE g / 100 % 100 END, 'x' || g FROM generate_series(1, "
            + ROWS
            + ") AS x (g)");
  }

  @AfterEach
  void close() {
    duckDb.close();
    db.close();
  }

  private Path delete(String keys, String fieldIds, int... ids) {
    Path file = folder.resolve("main").resolve(UUID.randomUUID() + ".parquet");
    db.change(
        "t",
        table -> {
          Path inTable = Path.of(table.location(), "data", file.getFileName().toString());
          duckDb.execute(
              "COPY (%s) TO '%s' (FORMAT parquet, FIELD_IDS {%s})"
                  .formatted(keys, inTable, fieldIds));
          DeleteFile deletes =
              FileMetadata.deleteFileBuilder(PartitionSpec.unpartitioned())
                  .ofEqualityDeletes(ids)
                  .withPath(inTable.toString())
                  .withFormat(FileFormat.PARQUET)
                  .withFileSizeInBytes(size(inTable))
                  .withRecordCount(1)
                  .build();
          return table.newRowDelta().addDeletes(deletes);
        });
    return Path.of(
        db.query(
                "SELECT file_path FROM t$delete_files WHERE file_path LIKE '%"
                    + file.getFileName()
                    + "'")
            .lines()
            .get(0));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String one(String query) {
    return db.query(query).lines().get(0);
  }

  @Test
  void whatOneStatementFoundServesAnother() throws IOException {
    Path deletes = delete("SELECT unnest([7, 8, NULL])::INTEGER AS k", "k: 2", 2);
    // The filter wants half of the rows: 25,000, of them 5 * (49 + 50) with key 7 or 8, and no key
    // at 500 even numbers.
    assertThat(one("SELECT count(*) FROM t WHERE id % 2 = 0")).isEqualTo("24010");
    Files.delete(deletes);
    assertThat(
            one(
                "SELECT count(*), count(k), min(k), sum(CASE WHEN k IN (7, 8) THEN 1 ELSE 0 END) FROM t"))
        .isEqualTo("48510 | 48510 | 0 | 0");
    assertThat(db.query("SELECT id FROM t WHERE id BETWEEN 698 AND 702 OR id = 901").sorted())
        .containsExactly("698", "699", "901");
  }

  @Test
  void furtherDeletesAreLookedAt() {
    delete("SELECT 7::INTEGER AS k", "k: 2", 2);
    assertThat(one("SELECT count(*) FROM t")).isEqualTo("49505");
    delete("SELECT 'x1' AS s, 0::INTEGER AS k", "s: 3, k: 2", 2, 3);
    assertThat(one("SELECT count(*) FROM t")).isEqualTo("49504");
    assertThat(one("SELECT count(*) FROM t WHERE id < 3")).isEqualTo("1");
    db.script("INSERT INTO t VALUES (1, 7, 'x1')", "DELETE FROM t WHERE id = 3");
    assertThat(one("SELECT count(*) FROM t")).isEqualTo("49504");
  }

  @Test
  void keysFarApartAreFound() {
    delete("SELECT unnest([-2000000000, 2000000000, 7])::INTEGER AS k", "k: 2", 2);
    for (int i = 0; i < 2; i++) {
      assertThat(one("SELECT count(*) FROM t WHERE s LIKE '%1%' OR s LIKE 'x%'"))
          .isEqualTo("49505");
    }
  }

  @Test
  void whatWasNotLookedAtIsNotKnown() throws IOException {
    Path deletes = delete("SELECT 7::INTEGER AS k", "k: 2", 2);
    assertThat(one("SELECT s FROM t WHERE id = 12345")).isEqualTo("x12345");
    assertThat(db.query("SELECT id FROM t WHERE s = 'x701'").lines()).isEmpty();
    assertThat(db.query("SELECT id FROM t LIMIT 10").lines()).hasSize(10);
    Files.delete(deletes);
    assertThatThrownBy(() -> one("SELECT count(*) FROM t"))
        .hasMessageContaining(deletes.getFileName().toString());
  }
}
