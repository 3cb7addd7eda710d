package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.SpillFile;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.type.SqlType;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a cursor, to be read in any order and again: pulled as far as somebody asked, kept in
 * memory up to a quarter of the session's budget, and in a temporary file beyond it. What was read
 * once stays as it was. Used by one thread at a time. Failures are those of the cursor, 53100 (disk
 * full) and 58030; what failed once fails again.
 */
public final class ScrollableCursor implements AutoCloseable {
  /** One part in so many: the rest is for the operators of this statement and of others. */
  private static final int MEMORY_SHARE = 4;

  private final ResultCursor rows;
  private final QueryContext context;
  private final long limit;
  private final MemoryReservation reservation;
  private final long memoryBytes;

  /** The chunks that are in memory, from the first one on; the others lie in the file. */
  private final List<RowBatch> held = new ArrayList<>();

  private long[] firstRows = new long[16];
  private long[] positions = new long[16];
  private int chunks;
  private long known;
  private boolean ended;
  private @Nullable SpillFile file;
  private @Nullable Chunk last;
  private @Nullable EngineException failure;

  /**
   * @param limit the most rows that there are; what comes after them is not read
   * @param context whose memory and folder are used
   */
  public ScrollableCursor(ResultCursor rows, long limit, QueryContext context) {
    this.rows = rows;
    this.limit = limit;
    this.context = context;
    this.reservation = context.memory().open("a scrollable result");
    this.memoryBytes = context.memory().limitBytes() / MEMORY_SHARE;
  }

  /**
   * Rows that follow each other.
   *
   * @param batch every row alive, at least one
   * @param firstRow the number of its first row, from 0
   */
  public record Chunk(RowBatch batch, long firstRow) {
    /** Whether it has the row of a number. */
    public boolean holds(long row) {
      return row >= firstRow && row - firstRow < batch.rowCount();
    }
  }

  /** The columns of the rows. */
  public List<ResultColumn> columns() {
    return rows.columns();
  }

  /** The rows around one, read if need be; null past the last row. */
  public @Nullable Chunk at(long row) {
    Chunk current = last;
    return current != null && current.holds(row) ? current : kept(() -> find(row));
  }

  /** How many rows there are; reads them all. */
  public long count() {
    return kept(
        () -> {
          while (pull()) {
            context.cancellation().check();
          }
          return known;
        });
  }

  /** What failed once fails again: the rows after it must not seem to be the end. */
  private <T extends @Nullable Object> T kept(Supplier<T> work) {
    EngineException before = failure;
    if (before != null) {
      throw before;
    }
    try {
      return work.get();
    } catch (RuntimeException | OutOfMemoryError e) {
      EngineException translated = EngineFailures.translate(e);
      failure = translated;
      throw translated;
    }
  }

  private @Nullable Chunk find(long row) {
    while (row >= known) {
      if (!pull()) {
        return null;
      }
    }
    int found = Arrays.binarySearch(firstRows, 0, chunks, row);
    int index = found >= 0 ? found : -found - 2;
    Chunk chunk = new Chunk(batch(index), firstRows[index]);
    last = chunk;
    return chunk;
  }

  private RowBatch batch(int index) {
    if (index < held.size()) {
      return held.get(index);
    }
    long end = index + 1 < chunks ? firstRows[index + 1] : known;
    SpillFile spilled = Objects.requireNonNull(file);
    List<RowBatch> parts = new ArrayList<>();
    try (Operator reader = spilled.readerBeforeEnd(positions[index], end - firstRows[index])) {
      for (RowBatch part = reader.next(); part != null; part = reader.next()) {
        parts.add(part);
      }
    }
    return RowBatches.concat(parts);
  }

  /** Takes in the next rows; false at the end. */
  private boolean pull() {
    if (ended) {
      return false;
    }
    RowBatch batch = known < limit ? rows.next() : null;
    if (batch == null) {
      ended = true;
      rows.close();
      return false;
    }
    if (known + batch.rowCount() > limit) {
      batch = RowBatches.compact(RowBatches.slice(batch, 0, (int) (limit - known)));
    }
    if (file == null && reserve(RowBatches.memoryBytes(batch))) {
      held.add(batch);
      note(batch.rowCount(), -1);
    } else {
      spill(batch);
    }
    return true;
  }

  private boolean reserve(long bytes) {
    return reservation.bytes() + bytes <= memoryBytes && reservation.tryGrow(bytes);
  }

  /** Writes rows in pieces, each of which is read back as one. */
  private void spill(RowBatch batch) {
    SpillFile target = file;
    if (target == null) {
      List<SqlType> types = columns().stream().map(ResultColumn::type).toList();
      target = new SpillFile(context, types);
      file = target;
    }
    int most = SpillFile.rowsAtATime(batch);
    for (int from = 0; from < batch.rowCount(); from += most) {
      int count = Math.min(most, batch.rowCount() - from);
      long position = target.position();
      target.append(RowBatches.slice(batch, from, count));
      note(count, position);
    }
  }

  private void note(int rowCount, long position) {
    if (chunks == firstRows.length) {
      firstRows = Arrays.copyOf(firstRows, chunks * 2);
      positions = Arrays.copyOf(positions, chunks * 2);
    }
    firstRows[chunks] = known;
    positions[chunks] = position;
    chunks++;
    known += rowCount;
  }

  @Override
  public void close() {
    ended = true;
    known = 0;
    chunks = 0;
    last = null;
    held.clear();
    reservation.close();
    SpillFile spilled = file;
    file = null;
    try {
      rows.close();
    } finally {
      if (spilled != null) {
        spilled.close();
      }
    }
  }
}
