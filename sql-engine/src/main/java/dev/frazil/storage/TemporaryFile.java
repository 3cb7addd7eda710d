package dev.frazil.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.LoggerFactory;

/**
 * A file that is being written under a hidden name, {@code .frazil-<process>-<random>.tmp}, in the
 * folder of its target. Its writer holds an operating system lock on it for as long as it may still
 * want it, until after the file has got its name, so that {@link TemporarySweep} knows a file whose
 * writer lives, frozen or not, from one whose writer was killed. One thread at a time.
 */
final class TemporaryFile implements AutoCloseable {
  static final String SUFFIX = ".tmp";

  /** Far behind any content: where locks are mandatory, readers of the content are not stopped. */
  static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /** Shared by copies of this class in other class loaders, whose locks fall with ours. */
  private static final String PROCESS_PROPERTY = "dev.frazil.storage.process";

  private final Path path;
  private final FileChannel channel;

  private TemporaryFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** A new, empty file in {@code folder}, which is created where it is missing. */
  static TemporaryFile create(Path folder, Ids ids) throws IOException {
    Durability.createFolders(folder);
    Path path = folder.resolve(prefixOfThisProcess(ids) + ids.hex(24) + SUFFIX);
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (IOException e) {
      // No locks here, so that nobody else gets one and takes the file for abandoned.
      LoggerFactory.getLogger(TemporaryFile.class).debug("no lock on {}", path, e);
    }
    return new TemporaryFile(path, channel);
  }

  /** What the names of this process's temporary files begin with. */
  static String prefixOfThisProcess(Ids ids) {
    synchronized (PROCESS_PROPERTY.intern()) {
      String process = System.getProperty(PROCESS_PROPERTY);
      if (process == null) {
        process = ids.hex(12);
        System.setProperty(PROCESS_PROPERTY, process);
      }
      return FileObjectStore.HIDDEN_PREFIX + process + "-";
    }
  }

  Path path() {
    return path;
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  void force() throws IOException {
    channel.force(true);
  }

  /** Lets go of the lock, and of the hidden name if the file still has it. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LoggerFactory.getLogger(TemporaryFile.class).debug("cannot close {}", path, e);
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LoggerFactory.getLogger(TemporaryFile.class).debug("{} stays behind", path, e);
    }
  }
}
