package dev.frazil.parquet;

import dev.frazil.error.EngineException;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.mapping.NameMapping;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns of one file, skipping row groups and pages that cannot hold a row for which the
 * pruning expression is true. Pruning is not filtering: rows that do not match may still come.
 * Thread-safe: several threads may each read their own morsels.
 */
public final class ParquetScanner {

  /**
   * @param requests the wanted columns, in output order; may be empty (batches then have rows only)
   * @param schema the table's schema, against which {@code pruning} is (or will be) bound
   * @param pruning {@code Expressions.alwaysTrue()} to read all; bound or not
   * @param nameMapping ids for files that carry none; without it such columns are found by position
   */
  public ParquetScanner(
      ParquetFile file,
      List<ColumnRequest> requests,
      Schema schema,
      Expression pruning,
      @Nullable NameMapping nameMapping) {}

  /** The work that is left after pruning, in file order; the first call may read indexes. */
  public List<Morsel> morsels() {
    return List.of();
  }

  /** Reads one morsel; the reader belongs to one thread at a time. */
  public BatchReader read(Morsel morsel) {
    if (morsel.ranges().isEmpty()) {
      throw EngineException.internal("a morsel without rows");
    }
    throw EngineException.internal("the Parquet reader is not built yet");
  }

  /** What was pruned and read for the file so far. */
  public ScanStatistics statistics() {
    return new ScanStatistics();
  }
}
