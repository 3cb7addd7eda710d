package dev.frazil.storage;

import static dev.frazil.storage.ObjectStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that cannot be used: a typed error that says what to do, and nothing left behind. */
class FileBadInputTest {
  @TempDir Path folder;

  private final FileObjectStore store = new FileObjectStore(TimeSource.system(), Ids.system());

  @Test
  void aFileWhereAFolderShouldBe() throws IOException {
    String file = Files.writeString(folder.resolve("file"), "x").toString();
    assertFails(SqlState.CONNECTION_FAILURE, () -> store.put(file + "/root", new byte[1]))
        .hasMessageContaining("not a folder");
    assertThat(store.list(file + "/").hasNext()).isFalse();
  }

  @Test
  void namesWhatTheSystemRefuses() {
    record Case(IOException failure, SqlState state, String advice) {}
    for (Case c :
        List.of(
            new Case(failure("No space left on device"), SqlState.DISK_FULL, "Free some space"),
            new Case(failure("Disk quota exceeded"), SqlState.DISK_FULL, "Free some space"),
            new Case(
                new IOException("No space left on device"), SqlState.DISK_FULL, "Free some space"),
            new Case(
                failure("Read-only file system"), SqlState.READ_ONLY_TRANSACTION, "readOnly=true"),
            new Case(
                new AccessDeniedException("/x"), SqlState.INVALID_AUTHORIZATION, "the right to"),
            new Case(failure("Input/output error"), SqlState.IO_ERROR, "Input/output error"))) {
      EngineException mapped = FileFailures.of(c.failure(), "write", "/db/x");
      assertThat(mapped.state()).as("%s", c).isEqualTo(c.state());
      assertThat(mapped).hasMessageContainingAll("/db/x", c.advice());
    }
  }

  @Test
  void aFullDiskLeavesNothingBehind() throws Exception {
    mounted(
        "size=64k",
        disk -> {
          store.put(disk + "/small", new byte[1_000]);
          byte[] large = new byte[200_000];
          assertFails(SqlState.DISK_FULL, () -> store.put(disk + "/large", large))
              .hasMessageContainingAll("disk is full", disk + "/large");
          assertFails(
              SqlState.DISK_FULL,
              () -> store.putIf(disk + "/large", large, PutCondition.ifAbsent()));
          String tag =
              ((FetchOutcome.Fetched) store.fetch(disk + "/small", null, 2_000)).entityTag();
          assertFails(
              SqlState.DISK_FULL,
              () -> store.putIf(disk + "/small", large, PutCondition.ifMatch(tag)));
          ObjectStore.UploadStream upload = store.create(disk + "/streamed");
          assertFails(SqlState.DISK_FULL, () -> upload.write(large, 0, large.length));
          upload.close();
          try (Stream<Path> files = Files.list(Path.of(disk))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                .as("no temporary file eats up the space")
                .containsOnly("small");
          }
          assertThat(store.fetch(disk + "/small", tag, 2_000))
              .isInstanceOf(FetchOutcome.NotModified.class);
          assertThat(store.putIf(disk + "/small", new byte[9], PutCondition.ifMatch(tag)))
              .isInstanceOf(PutOutcome.Stored.class);
        });
  }

  @Test
  void aReadOnlyFileSystem() throws Exception {
    mounted(
        "ro",
        disk -> {
          assertFails(SqlState.READ_ONLY_TRANSACTION, () -> store.put(disk + "/x", new byte[1]))
              .hasMessageContaining("readOnly=true");
          assertFails(
              SqlState.READ_ONLY_TRANSACTION,
              () -> store.putIf(disk + "/x", new byte[1], PutCondition.ifAbsent()));
          assertFails(SqlState.READ_ONLY_TRANSACTION, () -> store.create(disk + "/x"));
          assertThat(store.list(disk + "/").hasNext()).isFalse();
        });
  }

  @Test
  void aFolderWithoutPermission() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeTrue(!Files.isWritable(locked), "skipped: this user (root) may write to every folder");
      assertFails(SqlState.INVALID_AUTHORIZATION, () -> store.put(locked + "/x", new byte[1]))
          .hasMessageContainingAll("permission denied", locked.toString());
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private interface OnDisk {
    void run(String disk) throws Exception;
  }

  /** A small file system of its own, where the tests may mount one. */
  private void mounted(String options, OnDisk test) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString()),
        "skipped: this user may not mount a file system");
    try {
      test.run(disk.toString());
    } finally {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static FileSystemException failure(String reason) {
    return new FileSystemException("/x", null, reason);
  }
}
