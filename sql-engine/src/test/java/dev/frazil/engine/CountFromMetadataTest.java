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

/** Counting the rows of files without deletes opens none of them: they need not even be there. */
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

  private static String count(EngineRunner frazil) {
    return frazil.query("SELECT count(*) FROM t").rows().get(0).get(0);
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }
}
