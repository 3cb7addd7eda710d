package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counting the rows of files without deletes, or with a deletion vector, opens none of them: they
 * need not even be there.
 */
class CountFromMetadataTest {
  @TempDir Path folder;

  @Test
  void opensNoDataFile() throws IOException {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update(
          "CREATE TABLE t (id bigint, name varchar) WITH (\"write.delete.mode\" = 'merge-on-read')");
      frazil.update("INSERT INTO t SELECT v, 'n' FROM (VALUES (1), (2), (3)) AS x (v)");
      frazil.update("INSERT INTO t VALUES (4, 'n'), (5, 'n')");
      frazil.update("DELETE FROM t WHERE id = 2");
      assertThat(count(frazil)).isEqualTo("4");
      frazil.update("CREATE TABLE u (id bigint)");
      frazil.update("INSERT INTO u VALUES (1), (2), (3)");
      frazil.update("INSERT INTO u VALUES (4)");
      for (Path file : dataFiles()) {
        if (file.toString().contains("/u-")) {
          Files.delete(file);
        }
      }
      assertThat(frazil.query("SELECT count(*) FROM u").rows()).isEqualTo(List.of(List.of("4")));
      assertThat(frazil.query("SELECT 7 FROM u LIMIT 2").rows()).hasSize(2);
      assertThat(frazil.query("SELECT count(*) FROM t, u").rows())
          .isEqualTo(List.of(List.of("16")));
    }
  }

  /** A manifest tells how many rows a deletion vector holds, each once. */
  @Test
  void opensNoDeletionVector() throws IOException {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update(
          "CREATE TABLE t (id bigint, name varchar) WITH (\"write.delete.mode\" = 'merge-on-read',"
              + " \"format-version\" = '3')");
      frazil.update("INSERT INTO t SELECT n, 'n' FROM generate_series(1, 100) AS s (n)");
      frazil.update("INSERT INTO t VALUES (101, 'n'), (102, 'n')");
      frazil.update("DELETE FROM t WHERE id % 10 = 2");
      frazil.update("DELETE FROM t WHERE id % 10 = 3");
      assertThat(frazil.query("SELECT count(*) FROM \"t$files\" WHERE content = 1").lines())
          .isNotEqualTo(List.of("0"));
      assertThat(frazil.query("SELECT count(id) FROM t").lines())
          .as("102 without 2, 3, 12, 13 ... 92, 93 and 102")
          .containsExactly("81");
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file :
            files.filter(file -> file.toString().matches(".*[.](parquet|puffin)")).toList()) {
          Files.delete(file);
        }
      }
      assertThat(count(frazil)).isEqualTo("81");
    }
  }

  private static String count(EngineRunner frazil) {
    return frazil.query("SELECT count(*) FROM t").rows().get(0).get(0);
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }
}
