package dev.frazil.engine;

import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.vector.RowBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one execution, streamed: reading stops when nobody pulls. Used by one thread at a time.
 */
public interface ResultCursor extends AutoCloseable {

  List<ResultColumn> columns();

  /** The next batch, with every row alive (no selection) and at least one; null at the end. */
  @Nullable RowBatch next();

  @Override
  void close();
}
