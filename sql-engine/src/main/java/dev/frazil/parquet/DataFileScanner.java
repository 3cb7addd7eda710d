package dev.frazil.parquet;

import java.util.List;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wanted columns of one data file or delete file, of whatever format. Thread-safe:
 * several threads may each read their own morsels.
 */
public interface DataFileScanner extends AutoCloseable {
  /** The work that is left after pruning, in file order; the first call may read indexes. */
  List<Morsel> morsels();

  /** Reads one morsel; the reader belongs to one thread at a time. */
  BatchReader read(Morsel morsel);

  /** The bounds of a column in a row group; null where it is no integer or they are unknown. */
  @Nullable LongBounds bounds(int rowGroup, Types.NestedField field);

  /** What was pruned and read for the file so far. */
  ScanStatistics statistics();

  /** Ends the use of the file. */
  @Override
  void close();
}
