package dev.frazil.dml.export;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.CopyFormat;
import dev.frazil.plan.PlannedStatement.CopyTo;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.ObjectStore.UploadStream;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that rows are written to. It appears, whole, with {@link #finish}; {@link #close} before
 * that leaves nothing. One thread. Errors: 58030 for a file that is there already.
 */
public final class RowFile implements AutoCloseable {
  private final UploadStream stream;
  private final RowFormat format;
  private final String location;

  /** Where no file may be in the end either; null where one is replaced. */
  private final @Nullable ObjectStore emptyStore;

  private long rowCount;
  private boolean finished;

  private RowFile(
      UploadStream stream, RowFormat format, String location, @Nullable ObjectStore emptyStore) {
    this.emptyStore = emptyStore;
    this.stream = stream;
    this.format = format;
    this.location = location;
  }

  /** Begins the file of a COPY ... TO. */
  public static RowFile create(CopyTo copy, QueryContext context) {
    List<ResultColumn> columns = copy.results();
    CopyFormat format = copy.format();
    requireNames(columns, format);
    ObjectStore store = context.files().outside(copy.location());
    if (!copy.overwrite()) {
      requireNone(store, copy.location());
    }
    UploadStream stream = store.create(copy.location());
    boolean begun = false;
    try {
      RowFormat rows;
      if (format instanceof CopyFormat.Csv csv) {
        rows = new CsvFormat(csv, columns, stream, context);
      } else if (format instanceof CopyFormat.Json json) {
        rows = new JsonFormat(json, columns, stream, context);
      } else {
        rows = new ParquetFormat((CopyFormat.Parquet) format, columns, stream);
      }
      begun = true;
      return new RowFile(stream, rows, copy.location(), copy.overwrite() ? null : store);
    } catch (IOException e) {
      throw failed(copy.location(), e);
    } finally {
      if (!begun) {
        stream.abort();
      }
    }
  }

  private static void requireNone(ObjectStore store, String location) {
    if (store.head(location).isPresent()) {
      throw new EngineException(
          SqlState.IO_ERROR,
          "the file '" + location + "' is there already; (OVERWRITE TRUE) replaces it");
    }
  }

  /** JSON and Parquet find columns by name, and so does a CSV file with a header. */
  private static void requireNames(List<ResultColumn> columns, CopyFormat format) {
    if (format instanceof CopyFormat.Csv csv && !csv.header()) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (ResultColumn column : columns) {
      if (!names.add(column.label())) {
        throw new EngineException(
            SqlState.DUPLICATE_COLUMN,
            "two columns of the file would be named \""
                + column.label()
                + "\"; rename one of them, SELECT ... AS");
      }
    }
  }

  /** Adds the rows alive of a batch. */
  public void write(RowBatch batch) {
    try {
      format.write(RowBatches.compact(batch));
    } catch (IOException e) {
      throw failed(location, e);
    }
    rowCount += batch.selectedCount();
  }

  /**
   * Completes the file; it is durable on return.
   *
   * @return its rows
   */
  public long finish() {
    ObjectStore empty = emptyStore;
    if (empty != null) {
      requireNone(empty, location);
    }
    try {
      format.finish();
    } catch (IOException e) {
      throw failed(location, e);
    }
    finished = true;
    return rowCount;
  }

  private static EngineException failed(String location, IOException e) {
    return new EngineException(
        SqlState.IO_ERROR, "writing '" + location + "' failed: " + e.getMessage(), e);
  }

  /** Drops the file unless it is finished. */
  @Override
  public void close() {
    if (!finished) {
      stream.abort();
    }
  }

  /** How rows are written down. */
  interface RowFormat {
    /** Rows of which all are alive. */
    void write(RowBatch batch) throws IOException;

    /** Writes what is left and closes the stream. */
    void finish() throws IOException;
  }
}
