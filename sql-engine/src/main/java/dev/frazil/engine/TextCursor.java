package dev.frazil.engine;

import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.type.SqlType;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of text as rows of one column, such as a plan's, or a few rows that are there already. One
 * thread.
 */
final class TextCursor implements ResultCursor {
  private final List<ResultColumn> columns;
  private @Nullable RowBatch rows;

  TextCursor(List<ResultColumn> columns, List<String> lines) {
    this(columns, lines.isEmpty() ? null : rows(lines));
  }

  TextCursor(List<ResultColumn> columns, @Nullable RowBatch rows) {
    this.columns = columns;
    this.rows = rows;
  }

  private static RowBatch rows(List<String> lines) {
    VectorBuilder builder = VectorBuilder.of(SqlType.Primitive.VARCHAR);
    lines.forEach(builder::appendText);
    return new RowBatch(List.of(builder.build()), lines.size());
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public @Nullable RowBatch next() {
    RowBatch batch = rows;
    rows = null;
    return batch;
  }

  @Override
  public void close() {
    rows = null;
  }
}
