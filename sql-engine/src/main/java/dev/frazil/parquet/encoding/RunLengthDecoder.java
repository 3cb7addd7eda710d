package dev.frazil.parquet.encoding;

import java.util.Arrays;

/**
 * The RLE / bit-packing hybrid: dictionary ids, levels, booleans. Values are non-negative and have
 * at most 32 bits. Not thread-safe.
 */
public final class RunLengthDecoder {
  private static final int SCRATCH_VALUES = 1024;

  private final byte[] data;
  private final int end;
  private final int width;
  private int position;

  /** Values left in the current run. */
  private int remaining;

  private boolean packed;
  private int runValue;
  private int packedBase;
  private int packedIndex;

  /**
   * Decodes {@code data[start..end)}.
   *
   * @param width bits of a value, 0 to 32
   */
  public RunLengthDecoder(byte[] data, int start, int end, int width) {
    if (width < 0 || width > 32) {
      throw new MalformedDataException("a bit width of " + width);
    }
    this.data = data;
    this.position = start;
    this.end = end;
    this.width = width;
  }

  /** Levels in the deprecated BIT_PACKED encoding: most significant bit first, rounded up. */
  public static RunLengthDecoder ofBitPackedLevels(
      byte[] data, int start, int end, int width, int count) {
    long bits = (long) width * count;
    int lengthBytes = (int) ((bits + 7) >>> 3);
    if (lengthBytes > end - start) {
      throw new MalformedDataException("levels end after " + (end - start) + " bytes");
    }
    int[] values = new int[(count + 7) & ~7];
    long bit = 0;
    for (int i = 0; i < count; i++) {
      int value = 0;
      for (int b = 0; b < width; b++, bit++) {
        value = (value << 1) | ((data[start + (int) (bit >>> 3)] >>> (7 - (bit & 7))) & 1);
      }
      values[i] = value;
    }
    RunLengthEncoder encoder = new RunLengthEncoder(width);
    encoder.write(values, 0, count);
    byte[] encoded = encoder.finish();
    int length = encoded.length;
    return new RunLengthDecoder(
        Arrays.copyOf(encoded, length + LittleEndian.PADDING_BYTES), 0, length, width);
  }

  /** The next {@code count} values. */
  public void read(int[] target, int offset, int count) {
    int done = 0;
    while (done < count) {
      if (remaining == 0) {
        nextRun();
      }
      int n = Math.min(remaining, count - done);
      if (packed) {
        BitUnpacker.unpackInts(data, packedBase, packedIndex, width, target, offset + done, n);
        packedIndex += n;
      } else {
        Arrays.fill(target, offset + done, offset + done + n, runValue);
      }
      remaining -= n;
      done += n;
    }
  }

  public void skip(int count) {
    int left = count;
    while (left > 0) {
      if (remaining == 0) {
        nextRun();
      }
      int n = Math.min(remaining, left);
      packedIndex += n;
      remaining -= n;
      left -= n;
    }
  }

  /** If the next {@code count} values are one run of {@code value}: takes them. */
  public boolean skipRunOf(int value, int count) {
    if (count > 0 && remaining == 0) {
      nextRun();
    }
    if (packed || runValue != value || remaining < count) {
      return false;
    }
    remaining -= count;
    return true;
  }

  /**
   * Reads {@code count} definition levels as null flags: null where a level is below {@code
   * maximum}.
   *
   * @return how many are not null
   */
  public int readNulls(boolean[] nulls, int offset, int count, int maximum) {
    int done = 0;
    int present = 0;
    int[] scratch = null;
    while (done < count) {
      if (remaining == 0) {
        nextRun();
      }
      int n = Math.min(remaining, count - done);
      int at = offset + done;
      if (!packed) {
        boolean isNull = runValue < maximum;
        Arrays.fill(nulls, at, at + n, isNull);
        present += isNull ? 0 : n;
      } else if (width == 1) {
        for (int i = 0; i < n; i++) {
          int index = packedIndex + i;
          int bit = (data[packedBase + (index >>> 3)] >>> (index & 7)) & 1;
          nulls[at + i] = bit == 0;
          present += bit;
        }
        packedIndex += n;
      } else {
        if (scratch == null) {
          scratch = new int[SCRATCH_VALUES];
        }
        n = Math.min(n, SCRATCH_VALUES);
        BitUnpacker.unpackInts(data, packedBase, packedIndex, width, scratch, 0, n);
        for (int i = 0; i < n; i++) {
          boolean isNull = scratch[i] < maximum;
          nulls[at + i] = isNull;
          present += isNull ? 0 : 1;
        }
        packedIndex += n;
      }
      remaining -= n;
      done += n;
    }
    return present;
  }

  private void nextRun() {
    if (width == 0) {
      // Writers may leave out runs of zero-bit values altogether.
      packed = false;
      runValue = 0;
      remaining = Integer.MAX_VALUE;
      return;
    }
    int header = readHeader();
    packed = (header & 1) != 0;
    if (packed) {
      long values = (long) (header >>> 1) << 3;
      long available = ((long) (end - position) << 3) / width;
      // Some writers cut the padding of the last group off.
      long usable = Math.min(values, available);
      packedBase = position;
      packedIndex = 0;
      remaining = (int) Math.min(usable, Integer.MAX_VALUE);
      position = (int) Math.min(end, position + (values >>> 3) * width);
    } else {
      remaining = header >>> 1;
      int bytes = (width + 7) >>> 3;
      if (bytes > end - position) {
        throw new MalformedDataException("a run ends after its data");
      }
      int value = 0;
      for (int i = 0; i < bytes; i++) {
        value |= (data[position++] & 0xFF) << (8 * i);
      }
      runValue = value;
    }
    if (remaining == 0) {
      throw new MalformedDataException("an empty run");
    }
  }

  private int readHeader() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (position >= end) {
        throw new MalformedDataException("runs end before the values do");
      }
      int next = data[position++];
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedDataException("a run header longer than five bytes");
  }
}
