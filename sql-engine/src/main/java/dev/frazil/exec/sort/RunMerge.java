package dev.frazil.exec.sort;

import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.SpillFile;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted runs. More runs than can be open at once are first merged to fewer, longer ones.
 * Owns the files.
 */
final class RunMerge implements Operator {
  private static final int FAN_IN = 16;
  private static final int OUTPUT_ROWS = 1024;

  private final QueryContext context;
  private final List<SqlType> types;
  private final RowOrder order;
  private final List<SpillFile> runs;
  private final PriorityQueue<Cursor> cursors;
  private final List<VectorBuilder> builders = new ArrayList<>();
  private boolean opened;

  RunMerge(QueryContext context, List<SqlType> types, RowOrder order, List<SpillFile> runs) {
    this.context = context;
    this.types = types;
    this.order = order;
    this.runs = new ArrayList<>(runs);
    this.cursors = new PriorityQueue<>(this::compare);
    for (SqlType type : types) {
      builders.add(VectorBuilder.of(type));
    }
  }

  /** Where the merge stands in one run. */
  private static final class Cursor {
    private final Operator reader;
    private final RowOrder order;
    private RowBatch batch = new RowBatch(List.of(), 0);
    private long[] prefixes = new long[0];
    private int row = -1;

    /** Rows of a result that are as long as those of the batch. */
    private int rowsAtATime = OUTPUT_ROWS;

    Cursor(Operator reader, RowOrder order) {
      this.reader = reader;
      this.order = order;
    }

    boolean advance() {
      if (++row < batch.rowCount()) {
        return true;
      }
      RowBatch next = reader.next();
      if (next == null) {
        return false;
      }
      batch = next;
      row = 0;
      rowsAtATime = Math.min(OUTPUT_ROWS, SpillFile.rowsAtATime(next));
      if (prefixes.length < next.rowCount()) {
        prefixes = new long[next.rowCount()];
      }
      order.prefixes(next, prefixes);
      return true;
    }
  }

  private int compare(Cursor left, Cursor right) {
    int byPrefix = Long.compare(left.prefixes[left.row], right.prefixes[right.row]);
    return byPrefix != 0 ? byPrefix : order.compare(left.batch, left.row, right.batch, right.row);
  }

  @Override
  public @Nullable RowBatch next() {
    context.cancellation().check();
    if (!opened) {
      opened = true;
      while (runs.size() > FAN_IN) {
        shorten();
      }
      open(runs);
    }
    return mergeBatch();
  }

  private void open(List<SpillFile> files) {
    for (SpillFile file : files) {
      Cursor cursor = new Cursor(file.reader(), order);
      if (cursor.advance()) {
        cursors.add(cursor);
      }
    }
  }

  private @Nullable RowBatch mergeBatch() {
    int count = 0;
    int limit = OUTPUT_ROWS;
    while (count < limit) {
      Cursor least = cursors.poll();
      if (least == null) {
        break;
      }
      for (int column = 0; column < builders.size(); column++) {
        builders.get(column).appendFrom(least.batch.column(column), least.row);
      }
      count++;
      limit = Math.min(limit, least.rowsAtATime);
      if (least.advance()) {
        cursors.add(least);
      }
    }
    if (count == 0) {
      return null;
    }
    List<ColumnVector> columns = new ArrayList<>(builders.size());
    for (VectorBuilder builder : builders) {
      columns.add(builder.build());
    }
    return new RowBatch(columns, count);
  }

  private void shorten() {
    List<SpillFile> merged = new ArrayList<>(runs.subList(0, FAN_IN));
    SpillFile longer = new SpillFile(context, types);
    runs.add(longer);
    open(merged);
    RowBatch batch = mergeBatch();
    while (batch != null) {
      context.cancellation().check();
      longer.append(batch);
      batch = mergeBatch();
    }
    longer.finish();
    merged.forEach(SpillFile::close);
    runs.subList(0, FAN_IN).clear();
  }

  @Override
  public void close() {
    cursors.clear();
    runs.forEach(SpillFile::close);
    runs.clear();
  }
}
