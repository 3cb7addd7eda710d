package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What killed writers leave is removed; what a living one may still want never is. */
class TemporarySweepTest {
  private static final long PATIENCE_MILLIS = 30_000;

  @TempDir Path folder;

  private final FileObjectStore store = new FileObjectStore(TimeSource.system(), Ids.system());

  private Path file(String name, long ageMillis) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "x");
    return aged(file, ageMillis);
  }

  private static Path aged(Path file, long ageMillis) throws IOException {
    return Files.setLastModifiedTime(
        file, FileTime.fromMillis(System.currentTimeMillis() - ageMillis));
  }

  @Test
  void oldTemporaryFilesOfOthersAreRemoved() throws IOException {
    long old = TemporarySweep.MIN_AGE_MILLIS + 60_000;
    long young = TemporarySweep.MIN_AGE_MILLIS - 60_000;
    Path abandoned = file(".frazil-0123456789ab-0123.tmp", old);
    Path ofAnEarlierVersion = file(".frazil-0123456789abcdef01234567.tmp", old);
    Path recent = file(".frazil-0123456789ab-0124.tmp", young);
    Path ownOfAnotherThread = file(TemporaryFile.prefixOfThisProcess(Ids.system()) + "1.tmp", old);
    Path data = file("data.parquet", old);
    Path stranger = file("notes.tmp", old);
    Path lock = file(FolderLock.FILE_NAME, old);
    Path directory = aged(Files.createDirectory(folder.resolve(".frazil-directory.tmp")), old);
    store.put(folder + "/object", new byte[1]);
    assertThat(abandoned).doesNotExist();
    assertThat(ofAnEarlierVersion).doesNotExist();
    for (Path kept : new Path[] {recent, ownOfAnotherThread, data, stranger, lock, directory}) {
      assertThat(kept).exists();
    }
  }

  @Test
  void aFolderIsSweptOnceAnHour() throws IOException {
    store.put(folder + "/object", new byte[1]);
    Path late = file(".frazil-0123456789ab-0123.tmp", TemporarySweep.MIN_AGE_MILLIS * 2);
    store.put(folder + "/object", new byte[2]);
    assertThat(late).exists();
    new FileObjectStore(TimeSource.system(), Ids.system()).put(folder + "/object", new byte[3]);
    assertThat(late).doesNotExist();
  }

  /** However old: the lock of the writer tells that it lives, and falls when it is killed. */
  @Test
  void theFileOfAFrozenWriterStaysUntilItIsKilled() throws Exception {
    try (ChildJvm child = ChildJvm.start(FileStoreChild.class, "upload", folder + "/streamed")) {
      child.awaitLine("written", PATIENCE_MILLIS);
      child.pause();
      Path temporary;
      try (var files = Files.newDirectoryStream(folder, ".frazil-*.tmp")) {
        temporary = aged(files.iterator().next(), TemporarySweep.MIN_AGE_MILLIS * 1_000);
      }
      store.put(folder + "/object", new byte[1]);
      assertThat(temporary).exists();
      child.kill();
      new FileObjectStore(TimeSource.system(), Ids.system()).put(folder + "/object", new byte[2]);
      assertThat(temporary).doesNotExist();
      assertThat(folder.resolve("streamed")).doesNotExist();
    }
  }
}
