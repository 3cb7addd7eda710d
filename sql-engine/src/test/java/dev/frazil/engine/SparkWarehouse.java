package dev.frazil.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A warehouse that Spark wrote ({@code src/test/spark}), unpacked. Its metadata, manifests and
 * delete files name each other by absolute locations, so it lies where Spark wrote it; until it is
 * closed, a lock keeps other processes away from that folder.
 */
final class SparkWarehouse implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private SparkWarehouse(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  static SparkWarehouse unpack() throws IOException {
    return unpack("warehouse", "/tmp/frazil-spark-warehouse");
  }

  /** Tables whose files are ORC. */
  static SparkWarehouse unpackOrc() throws IOException {
    return unpack("orc-warehouse", "/tmp/frazil-orc-warehouse");
  }

  private static SparkWarehouse unpack(String name, String folder) throws IOException {
    FileChannel lock =
        FileChannel.open(
            Path.of(folder + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    SparkWarehouse warehouse = new SparkWarehouse(Path.of(folder), lock);
    try {
      lock.lock();
      warehouse.delete();
      try (InputStream archive =
              SparkWarehouse.class.getResourceAsStream("spark/" + name + ".zip.gz");
          ZipInputStream in = new ZipInputStream(new GZIPInputStream(archive, 1 << 16))) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          Path file = warehouse.folder.resolve(entry.getName());
          if (entry.isDirectory()) {
            Files.createDirectories(file);
          } else {
            Files.createDirectories(file.getParent());
            Files.copy(in, file);
          }
        }
      }
      return warehouse;
    } catch (IOException | RuntimeException e) {
      warehouse.close();
      throw e;
    }
  }

  Path folder() {
    return folder;
  }

  private void delete() throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
