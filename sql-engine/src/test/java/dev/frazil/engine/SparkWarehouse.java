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
 * The warehouse that Spark wrote ({@code src/test/spark}), unpacked. Its metadata, manifests and
 * delete files name each other by absolute locations, so it lies where Spark wrote it; until it is
 * closed, a lock keeps other processes away from that folder.
 */
final class SparkWarehouse implements AutoCloseable {
  private static final Path FOLDER = Path.of("/tmp/frazil-spark-warehouse");

  private final FileChannel lock;

  private SparkWarehouse(FileChannel lock) {
    this.lock = lock;
  }

  static SparkWarehouse unpack() throws IOException {
    FileChannel lock =
        FileChannel.open(
            Path.of(FOLDER + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    SparkWarehouse warehouse = new SparkWarehouse(lock);
    try {
      lock.lock();
      delete();
      try (InputStream archive =
              SparkWarehouse.class.getResourceAsStream("spark/warehouse.zip.gz");
          ZipInputStream in = new ZipInputStream(new GZIPInputStream(archive, 1 << 16))) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          Path file = FOLDER.resolve(entry.getName());
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
    return FOLDER;
  }

  private static void delete() throws IOException {
    if (Files.exists(FOLDER)) {
      try (Stream<Path> files = Files.walk(FOLDER)) {
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
