package dev.frazil.orc;

import dev.frazil.parquet.encoding.MalformedDataException;
import java.util.Arrays;

/**
 * Runs of up to 512 integers in four forms. Source: ORC specification, "Integer Run Length
 * Encoding, version 2".
 */
final class RunLengthV2 implements IntegerReader {
  private static final int MAX_RUN = 512;
  private static final int MIN_REPEAT = 3;
  private static final int MAX_PATCHES = 31;

  private final StreamInput in;
  private final boolean isSigned;
  private final long[] run = new long[MAX_RUN];
  private final long[] patches = new long[MAX_PATCHES];
  private int next;
  private int end;

  RunLengthV2(StreamInput in, boolean isSigned) {
    this.in = in;
    this.isSigned = isSigned;
  }

  @Override
  public void read(long[] target, int count) {
    int done = 0;
    while (done < count) {
      if (next == end) {
        decode();
      }
      int part = Math.min(end - next, count - done);
      System.arraycopy(run, next, target, done, part);
      next += part;
      done += part;
    }
  }

  @Override
  public void skip(long count) {
    long left = count;
    while (left > 0) {
      if (next == end) {
        decode();
      }
      int part = (int) Math.min(end - next, left);
      next += part;
      left -= part;
    }
  }

  private void decode() {
    int first = in.readByte() & 0xff;
    next = 0;
    switch (first >>> 6) {
      case 0 -> shortRepeat(first);
      case 1 -> direct(first);
      case 2 -> patchedBase(first);
      default -> delta(first);
    }
  }

  private void shortRepeat(int first) {
    long value = BitPacking.bigEndian(in, (first >>> 3 & 7) + 1);
    end = (first & 7) + MIN_REPEAT;
    Arrays.fill(run, 0, end, isSigned ? signed(value) : value);
  }

  private void direct(int first) {
    int width = BitPacking.width(first >>> 1 & 31);
    int length = length(first);
    BitPacking.read(in, width, run, 0, length);
    if (isSigned) {
      for (int i = 0; i < length; i++) {
        run[i] = signed(run[i]);
      }
    }
    end = length;
  }

  private void patchedBase(int first) {
    int width = BitPacking.width(first >>> 1 & 31);
    int length = length(first);
    int third = in.readByte() & 0xff;
    int fourth = in.readByte() & 0xff;
    int baseBytes = (third >>> 5) + 1;
    int patchWidth = BitPacking.width(third & 31);
    int gapWidth = (fourth >>> 5) + 1;
    int patchCount = fourth & 31;
    if (patchWidth + gapWidth > Long.SIZE) {
      throw new MalformedDataException("patches of " + (patchWidth + gapWidth) + " bits");
    }
    long base = BitPacking.bigEndian(in, baseBytes);
    // The highest bit is the sign of the rest.
    long sign = 1L << (baseBytes * Byte.SIZE - 1);
    if ((base & sign) != 0) {
      base = -(base & ~sign);
    }
    BitPacking.read(in, width, run, 0, length);
    BitPacking.read(in, BitPacking.widthOf(patchWidth + gapWidth), patches, 0, patchCount);
    int at = 0;
    for (int i = 0; i < patchCount; i++) {
      long patch = patches[i] & (-1L >>> (Long.SIZE - patchWidth));
      at += (int) (patches[i] >>> patchWidth);
      if (at >= length) {
        throw new MalformedDataException("a patch of value " + at + " of " + length);
      }
      // A gap of more than 255 is several, all but the last of which patch nothing.
      run[at] |= patch << width;
    }
    for (int i = 0; i < length; i++) {
      run[i] += base;
    }
    end = length;
  }

  private void delta(int first) {
    int code = first >>> 1 & 31;
    int length = length(first);
    long value = isSigned ? in.readSignedVarint() : in.readVarint();
    long step = in.readSignedVarint();
    run[0] = value;
    if (code == 0) {
      for (int i = 1; i < length; i++) {
        value += step;
        run[i] = value;
      }
    } else {
      if (length > 2) {
        BitPacking.read(in, BitPacking.width(code), run, 2, length - 2);
      }
      value += step;
      if (length > 1) {
        run[1] = value;
      }
      for (int i = 2; i < length; i++) {
        value += step < 0 ? -run[i] : run[i];
        run[i] = value;
      }
    }
    end = length;
  }

  /** The length in the last bit of the first byte and in the second one. */
  private int length(int first) {
    return ((first & 1) << Byte.SIZE | (in.readByte() & 0xff)) + 1;
  }

  private static long signed(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
