package dev.frazil.exec.file;

import dev.frazil.vector.RowBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one file. One thread. */
interface RowReader extends AutoCloseable {

  /** The next rows, in the columns that are wanted; null at the end. */
  @Nullable RowBatch next() throws IOException;

  @Override
  void close() throws IOException;
}
