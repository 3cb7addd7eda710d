package dev.frazil.dml;

import dev.frazil.exec.QueryContext;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The new rows of a change, kept until it is known which files are written anew: there an updated
 * row goes where the old one stood, so that the bounds of row groups stay as narrow as they were,
 * and inserted rows come last. More than fit are written in the order in which they come. One
 * thread.
 */
final class ChangedRows implements AutoCloseable {
  private static final long MAX_BYTES = 32L << 20;

  private final InsertWriter writer;
  private final MemoryReservation reservation;
  private final long maxBytes;
  private final List<RowBatch> batches = new ArrayList<>();
  private final Map<String, Places> byFile = new HashMap<>();
  private final BitSet written = new BitSet();
  private int count;
  private boolean waiting;
  private @Nullable RowBatch all;

  /**
   * @param inPlace whether rows wait at all
   */
  ChangedRows(InsertWriter writer, QueryContext context, boolean inPlace) {
    this.writer = writer;
    this.waiting = inPlace;
    this.reservation = context.memory().open("the new rows of a change");
    this.maxBytes = Math.min(MAX_BYTES, context.memory().limitBytes() / 16);
  }

  /** Takes the rows alive of a batch; {@link #replaces} says which rows they replace. */
  void add(RowBatch rows) {
    if (waiting) {
      RowBatch copy = RowBatches.compact(rows);
      // Once more when all are put together.
      if (reservation.tryGrow(2 * RowBatches.memoryBytes(copy))
          && reservation.bytes() <= 2 * maxBytes) {
        batches.add(copy);
        count += copy.rowCount();
        return;
      }
      waiting = false;
      writeRest();
      byFile.clear();
    }
    writer.write(rows);
  }

  /**
   * Says, before {@link #add}, that its {@code offset}th row alive is what becomes of another one.
   */
  void replaces(int offset, String file, long position) {
    if (waiting) {
      byFile.computeIfAbsent(file, name -> new Places()).add(position, count + offset);
    }
  }

  /** Of the rows taken the number of the one for another row; negative for none. */
  int replacement(String file, long position) {
    Places places = byFile.get(file);
    return places == null ? -1 : places.find(position);
  }

  /** Writes rows by their numbers. */
  void write(int[] numbers, int length) {
    RowBatch rows = all();
    if (rows == null || length == 0) {
      return;
    }
    for (int i = 0; i < length; i++) {
      written.set(numbers[i]);
    }
    writer.write(RowBatches.gather(rows, numbers, length));
  }

  /** Writes the rows that have not been written yet. */
  void writeRest() {
    int[] numbers = new int[Math.min(count, RowBatch.TARGET_ROWS)];
    int length = 0;
    for (int row = written.nextClearBit(0); row < count; row = written.nextClearBit(row + 1)) {
      numbers[length++] = row;
      if (length == numbers.length) {
        write(numbers, length);
        length = 0;
      }
    }
    write(numbers, length);
    close();
  }

  private @Nullable RowBatch all() {
    if (all == null && !batches.isEmpty()) {
      all = RowBatches.concat(batches);
      batches.clear();
    }
    return all;
  }

  @Override
  public void close() {
    batches.clear();
    all = null;
    reservation.close();
  }

  /** The rows that replace rows of one file: positions there, and their numbers here. */
  private static final class Places {
    private long[] positions = new long[4];
    private int[] numbers = new int[4];
    private int size;
    private boolean sorted = true;

    void add(long position, int number) {
      if (size == positions.length) {
        positions = Arrays.copyOf(positions, 2 * size);
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      sorted &= size == 0 || positions[size - 1] < position;
      positions[size] = position;
      numbers[size++] = number;
    }

    int find(long position) {
      sort();
      int at = Arrays.binarySearch(positions, 0, size, position);
      return at < 0 ? -1 : numbers[at];
    }

    private void sort() {
      if (sorted) {
        return;
      }
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      long[] unsorted = positions.clone();
      int[] unordered = numbers.clone();
      Arrays.sort(order, (a, b) -> Long.compare(unsorted[a], unsorted[b]));
      for (int i = 0; i < size; i++) {
        positions[i] = unsorted[order[i]];
        numbers[i] = unordered[order[i]];
      }
      sorted = true;
    }
  }
}
