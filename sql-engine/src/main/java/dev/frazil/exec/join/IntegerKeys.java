package dev.frazil.exec.join;

import dev.frazil.exec.QueryContext;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one or more integers as one number each: the place of the key in the box that the least
 * and the greatest value of each column span. A key outside of the box, or with a null, is {@link
 * #ABSENT}. Immutable.
 */
final class IntegerKeys {
  /** The code of a key that no build row has. */
  static final long ABSENT = -1;

  private static final int PIECE_ROWS = 1 << 16;

  private final long[] least;
  private final long[] greatest;
  private final long[] strides;
  private final long size;

  private IntegerKeys(long[] least, long[] greatest, long[] strides, long size) {
    this.least = least;
    this.greatest = greatest;
    this.strides = strides;
    this.size = size;
  }

  /** The codes for the keys of some columns; null where their box has too many places. */
  static @Nullable IntegerKeys of(
      List<ColumnVector> columns, int count, int threads, QueryContext context) {
    int width = columns.size();
    int pieces = Math.max(1, (count + PIECE_ROWS - 1) / PIECE_ROWS);
    List<long[]> bounds = new ArrayList<>();
    for (int i = 0; i < width * pieces; i++) {
      bounds.add(new long[] {Long.MAX_VALUE, Long.MIN_VALUE});
    }
    Pieces.run(
        width * pieces,
        threads,
        context,
        i -> {
          int from = i % pieces * PIECE_ROWS;
          bounds(columns.get(i / pieces), from, Math.min(count, from + PIECE_ROWS), bounds.get(i));
        });
    long[] least = new long[width];
    long[] greatest = new long[width];
    long[] strides = new long[width];
    long size = 1;
    for (int c = 0; c < width; c++) {
      least[c] = Long.MAX_VALUE;
      greatest[c] = Long.MIN_VALUE;
      for (int piece = 0; piece < pieces; piece++) {
        least[c] = Math.min(least[c], bounds.get(c * pieces + piece)[0]);
        greatest[c] = Math.max(greatest[c], bounds.get(c * pieces + piece)[1]);
      }
      strides[c] = size;
      long span = greatest[c] < least[c] ? 1 : greatest[c] - least[c] + 1;
      if (span <= 0 || span > Long.MAX_VALUE / size) {
        return null;
      }
      size *= span;
    }
    return new IntegerKeys(least, greatest, strides, size);
  }

  private static void bounds(ColumnVector column, int from, int to, long[] bounds) {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    boolean[] nulls = column.nulls();
    if (column instanceof LongVector vector) {
      long[] values = vector.values();
      for (int row = from; row < to; row++) {
        if (nulls == null || !nulls[row]) {
          least = Math.min(least, values[row]);
          greatest = Math.max(greatest, values[row]);
        }
      }
    } else {
      int[] values = ((IntVector) column).values();
      for (int row = from; row < to; row++) {
        if (nulls == null || !nulls[row]) {
          least = Math.min(least, values[row]);
          greatest = Math.max(greatest, values[row]);
        }
      }
    }
    bounds[0] = least;
    bounds[1] = greatest;
  }

  /** Codes are below it. */
  long size() {
    return size;
  }

  /**
   * Writes the code of each row to {@code codes[at..at + count)}.
   *
   * @param rows the row numbers; null for {@code from..from + count}
   */
  void encode(
      List<ColumnVector> columns,
      int @Nullable [] rows,
      int from,
      int count,
      long[] codes,
      int at) {
    for (int c = 0; c < strides.length; c++) {
      ColumnVector column = columns.get(c);
      boolean[] nulls = column.nulls();
      long base = least[c];
      long top = greatest[c];
      long stride = strides[c];
      boolean first = c == 0;
      if (column instanceof LongVector vector) {
        long[] values = vector.values();
        for (int k = 0; k < count; k++) {
          int row = rows == null ? from + k : rows[k];
          long value = values[row];
          long before = first ? 0 : codes[at + k];
          boolean inside =
              value >= base && value <= top && before >= 0 && (nulls == null || !nulls[row]);
          codes[at + k] = inside ? before + (value - base) * stride : ABSENT;
        }
      } else {
        int[] values = ((IntVector) column).values();
        for (int k = 0; k < count; k++) {
          int row = rows == null ? from + k : rows[k];
          long value = values[row];
          long before = first ? 0 : codes[at + k];
          boolean inside =
              value >= base && value <= top && before >= 0 && (nulls == null || !nulls[row]);
          codes[at + k] = inside ? before + (value - base) * stride : ABSENT;
        }
      }
    }
  }

  /** The codes of all rows. */
  long[] encodeAll(List<ColumnVector> columns, int count, int threads, QueryContext context) {
    long[] codes = new long[count];
    int pieces = (count + PIECE_ROWS - 1) / PIECE_ROWS;
    Pieces.run(
        pieces,
        threads,
        context,
        i -> {
          int from = i * PIECE_ROWS;
          encode(columns, null, from, Math.min(PIECE_ROWS, count - from), codes, from);
        });
    return codes;
  }
}
