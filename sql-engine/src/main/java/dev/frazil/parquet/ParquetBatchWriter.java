package dev.frazil.parquet;

import dev.frazil.error.EngineException;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.RowBatch;
import org.apache.iceberg.Schema;

/**
 * Writes batches as one Parquet file. Columns of a batch stand in the order of the schema's fields
 * and have their types. The object appears when {@link #close} returns; {@link #abort} drops it.
 * Belongs to one thread.
 */
public final class ParquetBatchWriter {

  public ParquetBatchWriter(
      ObjectStore.UploadStream out, Schema schema, ParquetWriterOptions options) {}

  /** Adds the selected rows of a batch; 23502 when a required field is null. */
  public void write(RowBatch batch) {
    if (batch.rowCount() > 0) {
      throw EngineException.internal("the Parquet writer is not built yet");
    }
  }

  /** Length that the file would have if it were closed now, within some per cent. */
  public long lengthEstimateBytes() {
    return 0;
  }

  /** Finishes the file and the upload. */
  public WrittenFile close() {
    return new WrittenFile(0, new org.apache.iceberg.Metrics(0L), java.util.List.of());
  }

  /** Drops the file; harmless after {@link #close}. */
  public void abort() {}
}
