package dev.frazil.parquet.encoding;

import java.util.Arrays;

/**
 * Writes the RLE / bit-packing hybrid: runs of eight and more as RLE, the rest bit-packed in groups
 * of eight. Not thread-safe.
 */
public final class RunLengthEncoder {
  private static final int MAX_PACKED_GROUPS = 63;

  private final int width;
  private byte[] data = new byte[256];
  private int position;

  /**
   * @param width bits of a value, 0 to 32
   */
  public RunLengthEncoder(int width) {
    this.width = width;
  }

  /** Bits that {@code maximum} and everything below it needs. */
  public static int widthOf(int maximum) {
    return 32 - Integer.numberOfLeadingZeros(maximum);
  }

  /**
   * Appends values. Only the last call before {@link #finish} may pass a {@code count} that is not
   * a multiple of eight.
   */
  public void write(int[] values, int offset, int count) {
    int index = offset;
    int end = offset + count;
    int packedStart = index;
    while (index < end) {
      int value = values[index];
      int runEnd = index + 1;
      while (runEnd < end && values[runEnd] == value) {
        runEnd++;
      }
      int run = runEnd - index;
      // Values that fill up the open group of eight belong to the packed run before.
      int fill = (8 - ((index - packedStart) & 7)) & 7;
      if (run - fill >= 8) {
        int packedEnd = index + fill;
        writePacked(values, packedStart, packedEnd);
        writeRun(value, runEnd - packedEnd);
        packedStart = runEnd;
      }
      index = runEnd;
    }
    writePacked(values, packedStart, end);
  }

  /** Appends one run. */
  public void writeRun(int value, int count) {
    if (count == 0) {
      return;
    }
    reserve(10);
    writeHeader(count << 1);
    for (int i = 0; i < (width + 7) >>> 3; i++) {
      data[position++] = (byte) (value >>> (8 * i));
    }
  }

  private void writePacked(int[] values, int start, int end) {
    int from = start;
    while (from < end) {
      int groups = Math.min(MAX_PACKED_GROUPS, (end - from + 7) >>> 3);
      int to = Math.min(end, from + groups * 8);
      reserve(6 + groups * width + LittleEndian.PADDING_BYTES);
      writeHeader(groups << 1 | 1);
      long bits = 0;
      int filled = 0;
      int out = position;
      for (int i = from; i < to; i++) {
        bits |= (values[i] & 0xFFFFFFFFL) << filled;
        filled += width;
        while (filled >= 8) {
          data[out++] = (byte) bits;
          bits >>>= 8;
          filled -= 8;
        }
      }
      if (filled > 0) {
        data[out++] = (byte) bits;
      }
      Arrays.fill(data, out, position + groups * width, (byte) 0);
      position += groups * width;
      from = to;
    }
  }

  private void writeHeader(int header) {
    int value = header;
    while ((value & ~0x7F) != 0) {
      data[position++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    data[position++] = (byte) value;
  }

  private void reserve(int more) {
    if (data.length - position < more) {
      data = Arrays.copyOf(data, Math.max(data.length * 2, position + more));
    }
  }

  /** What was written. */
  public byte[] finish() {
    return Arrays.copyOf(data, position);
  }
}
