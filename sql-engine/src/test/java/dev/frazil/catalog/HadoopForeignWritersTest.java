package dev.frazil.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.SimulatedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a commit waits for files that another writer may be about to rename. */
class HadoopForeignWritersTest {
  @TempDir Path folder;

  private long waitedMillis(long dateMillis) throws IOException {
    SimulatedTime time = new SimulatedTime();
    Path file = Files.createFile(folder.resolve(UUID.randomUUID() + ".metadata.json"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.nowMillis() + dateMillis));
    long start = time.nowMillis();
    HadoopForeignWriters.await(folder, time);
    Files.delete(file);
    return time.nowMillis() - start;
  }

  @Test
  void whatIsLeftOverIsWaitedForNoLongerThanAMinute() throws IOException {
    long minute = HadoopForeignWriters.ABANDONED_MILLIS;
    assertThat(waitedMillis(-2 * minute)).isZero();
    assertThat(waitedMillis(-minute / 2)).isBetween(minute / 2, minute / 2 + 10);
    // Dated ahead, as after a clock was set back.
    assertThat(waitedMillis(1000 * minute)).isBetween(minute, minute + 10);
  }
}
