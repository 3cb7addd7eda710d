package dev.frazil.exec.scan;

import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.Morsel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A morsel, the file that it is of, and its reader, whose bytes may be on their way. Thread-safe.
 */
final class MorselOfFile implements AutoCloseable {
  private final OpenDataFile file;
  private final Morsel morsel;
  private final long least;
  private @Nullable BatchReader reader;
  private long prefetchedBytes;
  private boolean closed;

  /**
   * @param least a prefix of a sort key that no row is below, see {@link FirstRowFiles}
   */
  MorselOfFile(OpenDataFile file, Morsel morsel, long least) {
    this.file = file;
    this.morsel = morsel;
    this.least = least;
  }

  long least() {
    return least;
  }

  OpenDataFile file() {
    return file;
  }

  /** Its row group, by which file and which of its row groups. */
  List<Object> rowGroup() {
    return List.of(file, morsel.rowGroup());
  }

  int rowGroupOrdinal() {
    return morsel.rowGroup();
  }

  /** Rows to be read, deleted ones included. */
  long rowCount() {
    return morsel.rowCount();
  }

  /** Bytes that were sent for ahead. */
  synchronized long prefetchedBytes() {
    return prefetchedBytes;
  }

  /** Sends for the bytes, unless somebody has; answers how many are newly on their way. */
  synchronized long prefetch() {
    if (reader != null || closed) {
      return 0;
    }
    prefetchedBytes = reader().prefetch();
    return prefetchedBytes;
  }

  /** The reader of the morsel, always the same one. */
  synchronized BatchReader reader() {
    BatchReader known = reader;
    if (known == null) {
      known = file.scanner().read(morsel);
      reader = known;
    }
    return known;
  }

  /** Gives back what was sent for and will not be read. */
  @Override
  public synchronized void close() {
    closed = true;
    if (reader != null) {
      reader.close();
    }
  }
}
