package dev.frazil.parquet;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.parquet.write.FileWriter;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.RowBatch;
import java.io.IOException;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;

/**
 * Writes batches as one Parquet file. Columns of a batch stand in the order of the schema's fields
 * and have their types; batches must not change after they are given. The object appears when
 * {@link #close} returns; {@link #abort} drops it, and must be called after a failure. Belongs to
 * one thread.
 */
public final class ParquetBatchWriter {
  private final ObjectStore.UploadStream out;
  private final FileWriter file;
  private final ParquetWriterOptions options;
  private boolean ended;

  /** Begins a file; 22023 and 0A000 for table properties that cannot be followed. */
  public ParquetBatchWriter(
      ObjectStore.UploadStream out, Schema schema, ParquetWriterOptions options) {
    this.out = out;
    this.options = options;
    try {
      this.file = new FileWriter(out, schema, options.properties());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Adds the selected rows of a batch; 23502 when a required field is null. */
  public void write(RowBatch batch) {
    try {
      file.write(batch);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Length that the file would have if it were closed now, within some tens of per cent. */
  public long lengthEstimateBytes() {
    return file.lengthEstimateBytes();
  }

  /** Finishes the file and the upload. */
  public WrittenFile close() {
    if (ended) {
      throw EngineException.internal("a Parquet file is closed twice");
    }
    try {
      Metrics metrics = file.finish(options.metrics());
      long length = out.position();
      out.close();
      ended = true;
      return new WrittenFile(length, metrics, file.splitOffsets());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Drops the file; harmless after {@link #close}. */
  public void abort() {
    if (!ended) {
      ended = true;
      out.abort();
    }
  }

  private static EngineException failed(IOException e) {
    return new EngineException(
        SqlState.IO_ERROR, "writing a Parquet file failed: " + e.getMessage(), e);
  }
}
