package dev.frazil.parquet.encoding;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Byte strings back to back: string {@code i} is {@code data[offsets[i]..offsets[i + 1])}. Grows;
 * {@code data} is padded. Not thread-safe.
 */
public final class BytesTarget {
  private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 64;

  private byte[] data;
  private int[] offsets;
  private int count;
  private final LongConsumer onGrow;

  public BytesTarget(int capacity, int capacityBytes) {
    this(capacity, capacityBytes, bytes -> {});
  }

  /**
   * @param onGrow told the bytes that the strings grow by, before they do; may refuse by throwing
   */
  public BytesTarget(int capacity, int capacityBytes, LongConsumer onGrow) {
    this.onGrow = onGrow;
    data = new byte[capacityBytes + LittleEndian.PADDING_BYTES];
    offsets = new int[capacity + 1];
  }

  public byte[] data() {
    return data;
  }

  /** {@code offsets[0..count]}. */
  public int[] offsets() {
    return offsets;
  }

  public int count() {
    return count;
  }

  public int lengthBytes() {
    return offsets[count];
  }

  /** Makes room for {@code strings} more strings of {@code bytes} in all. */
  public void reserve(int strings, long bytes) {
    if (offsets.length - 1 - count < strings) {
      offsets = Arrays.copyOf(offsets, Math.max(offsets.length * 2, count + strings + 1));
    }
    long needed = lengthBytes() + bytes + LittleEndian.PADDING_BYTES;
    if (needed > data.length) {
      if (needed > MAX_ARRAY_BYTES) {
        throw new MalformedDataException("a batch of strings longer than 2 GB");
      }
      int length = (int) Math.min(MAX_ARRAY_BYTES, Math.max(data.length * 2L, needed));
      onGrow.accept(length - data.length);
      data = Arrays.copyOf(data, length);
    }
  }

  /** Appends one string; {@code source} is padded. */
  public void append(byte[] source, int from, int length) {
    reserve(1, length);
    appendReserved(source, from, length);
  }

  /** As {@link #append}, of a {@code source} that need not be padded. */
  public void appendUnpadded(byte[] source, int from, int length) {
    reserve(1, length);
    int start = offsets[count];
    System.arraycopy(source, from, data, start, length);
    offsets[++count] = start + length;
  }

  /** Forgets all strings, keeping the arrays. */
  public void clear() {
    count = 0;
  }

  /** As {@link #append} when {@link #reserve} made room. */
  void appendReserved(byte[] source, int from, int length) {
    int start = offsets[count];
    LittleEndian.copyPadded(source, from, data, start, length);
    offsets[++count] = start + length;
  }

  /** Appends {@code ids} of strings that stand in {@code dictionary}. */
  public void appendAll(byte[] dictionary, int[] dictionaryOffsets, int[] ids, int from, int many) {
    long bytes = 0;
    for (int i = from; i < from + many; i++) {
      bytes += dictionaryOffsets[ids[i] + 1] - dictionaryOffsets[ids[i]];
    }
    reserve(many, bytes);
    for (int i = from; i < from + many; i++) {
      int start = dictionaryOffsets[ids[i]];
      appendReserved(dictionary, start, dictionaryOffsets[ids[i] + 1] - start);
    }
  }

  /**
   * Moves the last {@code present} strings apart so that they fill {@code rows} rows, those that
   * are null being empty.
   *
   * @param nulls flags from {@code nullsFrom} on, one a row
   */
  public void spread(int present, int rows, boolean[] nulls, int nullsFrom) {
    reserve(rows - present, 0);
    int base = count - present;
    int source = present;
    for (int i = rows; i > 0; i--) {
      offsets[base + i] = offsets[base + source];
      if (!nulls[nullsFrom + i - 1]) {
        source--;
      }
    }
    count = base + rows;
  }
}
