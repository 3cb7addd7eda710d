package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.ChildJvm;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SELECT of a table of 50 GB begins at once and holds no more memory the longer it runs. */
@Tag("slow")
class HugeTableTest {
  private static final int ROWS_A_FILE = 40_000;

  /** Of 200 bytes a row: 51 GB. */
  private static final int FILES = 6_400;

  private static final int FILES_READ = 400;
  private static final long TIMEOUT_MILLIS = 120_000;

  @TempDir Path folder;

  @Test
  void beginsAtOnceAndRunsInBoundedMemory() throws InterruptedException {
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.script(
          "CREATE TABLE huge (id bigint, k integer, s varchar, v decimal(12, 2))"
              + " WITH (\"write.parquet.row-group-size-bytes\" = '1048576')",
          "INSERT INTO huge SELECT i, CAST(i % 10 AS integer), CAST(i * 7919 % 40009 AS varchar)"
              + " || repeat(' Lorem ipsum dolor sit amet, consectetur', 4), i / 4.0"
              + " FROM UNNEST(sequence(1, "
              + ROWS_A_FILE
              + ")) AS f (i)");
      frazil.change("huge", HugeTableTest::referAgain);
      assertThat(frazil.query("SELECT count(*) FROM huge").lines())
          .containsExactly(String.valueOf((long) FILES * ROWS_A_FILE));
    }
    try (ChildJvm child =
        ChildJvm.start(HugeTableChild.class, folder.toString(), String.valueOf(FILES_READ))) {
      long[] first = numbers(child.awaitLine("first ", TIMEOUT_MILLIS));
      System.out.println("files, rows, bytes read before the first row: " + Arrays.toString(first));
      assertThat(first[0]).as("files opened before the first row").isLessThan(20);
      assertThat(first[1]).as("rows scanned before the first row").isLessThan(4 * ROWS_A_FILE);
      long[] early = numbers(child.awaitLine("at ", TIMEOUT_MILLIS));
      System.out.println("heap in use, bytes given: " + Arrays.toString(early));
      long[] late = early;
      long held = Long.MAX_VALUE;
      for (int step = 1; step < 4; step++) {
        late = numbers(child.awaitLine("at ", TIMEOUT_MILLIS));
        System.out.println("heap in use, bytes given: " + Arrays.toString(late));
        held = step == 1 ? held : Math.min(held, late[0]);
      }
      assertThat(late[1]).as("bytes of rows given").isGreaterThan(2_000_000_000);
      assertThat(held - early[0]).as("growth of the heap in use").isLessThan(30_000_000);
      long[] closed = numbers(child.awaitLine("closed ", TIMEOUT_MILLIS));
      assertThat(closed[0]).as("files opened in all").isBetween((long) FILES_READ, FILES / 8L);
      assertThat(child.await(TIMEOUT_MILLIS)).isZero();
    }
  }

  /** As many files as the table is to have: links to the one that was written. */
  private static AppendFiles referAgain(Table table) {
    DataFile written = table.currentSnapshot().addedDataFiles(table.io()).iterator().next();
    Path file = Path.of(written.location().replaceFirst("^file:(//)?", ""));
    AppendFiles append = table.newAppend();
    try {
      for (int copy = 1; copy < FILES; copy++) {
        String name = "copy-" + copy + ".parquet";
        Files.createLink(file.resolveSibling(name), file);
        append.appendFile(
            DataFiles.builder(table.spec())
                .copy(written)
                .withPath(written.location().replace(file.getFileName().toString(), name))
                .build());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return append;
  }

  private static long[] numbers(String line) {
    return Arrays.stream(line.split(" ")).skip(1).mapToLong(Long::parseLong).toArray();
  }
}
