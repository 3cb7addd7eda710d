package dev.frazil.parquet;

import dev.frazil.parquet.format.FileBytes;
import dev.frazil.parquet.format.FileFooter;
import dev.frazil.storage.ObjectStore;

/**
 * An open Parquet file: its footer is read and checked. A file of at most 1 MB is read whole in one
 * request. Immutable and thread-safe. Errors: XX001 not a Parquet file or a damaged one, 0A000
 * encrypted, and what {@link ObjectStore} throws.
 */
public final class ParquetFile implements AutoCloseable {
  private final FileBytes bytes;
  private final FileFooter footer;
  private final ScanStatistics statistics;

  private ParquetFile(FileBytes bytes, FileFooter footer, ScanStatistics statistics) {
    this.bytes = bytes;
    this.footer = footer;
    this.statistics = statistics;
  }

  /**
   * Reads the footer of a file.
   *
   * @param lengthBytes the file's length, as its manifest entry states it
   */
  public static ParquetFile open(ObjectStore store, String location, long lengthBytes) {
    ScanStatistics statistics = new ScanStatistics();
    FileBytes bytes = new FileBytes(store, location, lengthBytes, statistics::addRead);
    return new ParquetFile(bytes, FileFooter.read(bytes), statistics);
  }

  public String location() {
    return footer.location();
  }

  public long lengthBytes() {
    return footer.lengthBytes();
  }

  /** Rows in the file. */
  public long rowCount() {
    return footer.rowCount();
  }

  /** Row groups in the file. */
  public int rowGroupCount() {
    return footer.rowGroups().size();
  }

  /** What reading this file has cost so far, over all its scanners. */
  public ScanStatistics statistics() {
    return statistics;
  }

  FileBytes bytes() {
    return bytes;
  }

  FileFooter footer() {
    return footer;
  }

  /** Ends the use of the file; it holds memory only, which goes with it. */
  @Override
  public void close() {}
}
