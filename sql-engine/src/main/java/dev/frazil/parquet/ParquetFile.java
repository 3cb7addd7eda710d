package dev.frazil.parquet;

import dev.frazil.parquet.format.FileBytes;
import dev.frazil.parquet.format.FileFooter;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.storage.ObjectStore;
import dev.frazil.type.SqlType;
import java.util.List;

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

  /** The same file as if it had no field ids: its columns are found by their names. */
  public ParquetFile withoutIds() {
    FileFooter nameless =
        new FileFooter(
            footer.location(),
            footer.lengthBytes(),
            footer.root().withoutIds(),
            footer.leaves(),
            footer.rowGroups(),
            footer.firstRows());
    return new ParquetFile(bytes, nameless, statistics);
  }

  /** The names of the columns, in the order of the file. */
  public List<String> columnNames() {
    return footer.root().children().stream().map(SchemaNode::name).toList();
  }

  /**
   * The type of a column that is no array, map or row; 0A000 for those and for types that SQL has
   * no equal of.
   */
  public SqlType scalarType(int column) {
    return ScalarTypes.of(footer.root().children().get(column), footer.location());
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
