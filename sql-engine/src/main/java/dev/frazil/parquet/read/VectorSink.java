package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.ValueDecoder;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one leaf into the vector of one batch, converting from the file's type.
 * Not thread-safe.
 */
abstract class VectorSink {
  /** Counted for a row of any type, beside the bytes of strings. */
  private static final long ROW_BYTES = 16;

  final SqlType type;

  /** Rows collected. */
  int size;

  private @Nullable ReadMemory memory;
  private long takenBytes;

  /** Rows for which {@link #ROW_BYTES} are counted. */
  private int countedRows;

  private boolean reuses;

  VectorSink(SqlType type) {
    this.type = type;
  }

  /** An empty sink of the same kind. */
  abstract VectorSink fresh();

  /** Counts in {@code memory} what vectors take; without it nothing is counted. */
  final void within(ReadMemory counted) {
    memory = counted;
  }

  /** Lets a vector take the arrays of the one before, see {@code BatchReader#reuseBatches}. */
  final void reuse() {
    reuses = true;
  }

  /** Whether {@link #begin} may keep an array of that length. */
  final boolean reusesArray(int length, int capacity) {
    return reuses && length >= capacity;
  }

  /** Starts the next vector, the one before being its reader's. */
  final void start(int capacity) {
    if (memory != null) {
      memory.give(takenBytes);
    }
    takenBytes = 0;
    countedRows = 0;
    count(capacity);
    begin(capacity);
  }

  /** Counts bytes of the current vector, before they are allocated. */
  final void take(long bytes) {
    if (memory != null) {
      memory.take(bytes);
      takenBytes += bytes;
    }
  }

  private void count(int rows) {
    if (rows > countedRows) {
      int counted = Math.max(rows, (int) Math.min(Integer.MAX_VALUE, countedRows * 2L));
      take(ROW_BYTES * (counted - countedRows));
      countedRows = counted;
    }
  }

  private void grow(int rows) {
    count(size + rows);
    reserve(rows);
  }

  /** Starts a vector; at most {@code capacity} rows need no growing. */
  abstract void begin(int capacity);

  /** Makes room for {@code rows} more rows. */
  abstract void reserve(int rows);

  /** Appends the next {@code count} values of a decoder. */
  abstract void decode(ValueDecoder decoder, int count);

  /** Appends values of a dictionary that {@link #finish} of a sink like this one made. */
  abstract void gather(int[] ids, int count, ColumnVector dictionary);

  /** Moves the last {@code present} values apart to fill {@code rows} rows. */
  abstract void spread(int present, int rows, boolean[] nulls, int nullsFrom);

  /** The vector of all rows collected. */
  abstract ColumnVector finish(boolean @Nullable [] nulls);

  /**
   * Appends {@code rows} rows, {@code present} of which have a value.
   *
   * @param nulls flags from {@code nullsFrom} on; may be null when every row has a value
   */
  final void append(
      ValueDecoder decoder, int present, int rows, boolean @Nullable [] nulls, int nullsFrom) {
    grow(rows);
    decode(decoder, present);
    finishAppend(present, rows, nulls, nullsFrom);
  }

  /**
   * Appends {@code rows} rows of which {@code picked} have a value: those at {@code ordinals},
   * ascending, among the next {@code present} values of the decoder.
   */
  final void appendSome(
      ValueDecoder decoder,
      int present,
      int[] ordinals,
      int picked,
      int rows,
      boolean @Nullable [] nulls,
      int nullsFrom) {
    grow(rows);
    decodeSome(decoder, present, ordinals, picked);
    finishAppend(picked, rows, nulls, nullsFrom);
  }

  /** As {@link #decode} of the values at {@code ordinals} among the next {@code present}. */
  void decodeSome(ValueDecoder decoder, int present, int[] ordinals, int picked) {
    int start = size;
    int passed = 0;
    for (int i = 0; i < picked; ) {
      int end = i + 1;
      while (end < picked && ordinals[end] == ordinals[end - 1] + 1) {
        end++;
      }
      if (ordinals[i] > passed) {
        decoder.skip(ordinals[i] - passed);
      }
      decode(decoder, end - i);
      size += end - i;
      passed = ordinals[end - 1] + 1;
      i = end;
    }
    size = start;
    if (present > passed) {
      decoder.skip(present - passed);
    }
  }

  /** As {@link #append}, with dictionary ids in {@code ids[0..present)}. */
  final void appendIds(
      int[] ids,
      ColumnVector dictionary,
      int present,
      int rows,
      boolean @Nullable [] nulls,
      int nullsFrom) {
    grow(rows);
    gather(ids, present, dictionary);
    finishAppend(present, rows, nulls, nullsFrom);
  }

  private void finishAppend(int present, int rows, boolean @Nullable [] nulls, int nullsFrom) {
    if (present < rows && nulls != null) {
      spread(present, rows, nulls, nullsFrom);
    }
    size += rows;
  }
}
