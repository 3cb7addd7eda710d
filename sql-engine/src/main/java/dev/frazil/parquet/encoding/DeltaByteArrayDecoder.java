package dev.frazil.parquet.encoding;

import java.util.Arrays;

/** DELTA_BYTE_ARRAY: each value is a prefix of the one before and a suffix of its own. */
public final class DeltaByteArrayDecoder extends ValueDecoder {
  /** Longest value that is put together: prefixes cost no bytes in a file. */
  private static final int MAX_VALUE_BYTES = 1 << 28;

  private final byte[] data;
  private final int end;
  private final int[] prefixes;
  private final int[] suffixes;
  private byte[] previous = new byte[64 + LittleEndian.PADDING_BYTES];
  private int previousLength;
  private int position;
  private int index;

  public DeltaByteArrayDecoder(byte[] data, int start, int end, int maximumCount) {
    this.data = data;
    this.end = end;
    DeltaBinaryPackedDecoder prefixDecoder = new DeltaBinaryPackedDecoder(data, start, end);
    prefixes = DeltaLengthByteArrayDecoder.readAll(prefixDecoder, maximumCount);
    DeltaBinaryPackedDecoder suffixDecoder =
        new DeltaBinaryPackedDecoder(data, prefixDecoder.endPosition(), end);
    suffixes = DeltaLengthByteArrayDecoder.readAll(suffixDecoder, maximumCount);
    if (prefixes.length != suffixes.length) {
      throw new MalformedDataException(
          prefixes.length + " prefixes for " + suffixes.length + " suffixes");
    }
    position = suffixDecoder.endPosition();
  }

  @Override
  public void readBytes(BytesTarget target, int count) {
    for (int i = 0; i < count; i++) {
      next();
      target.append(previous, 0, previousLength);
    }
  }

  @Override
  public void skip(int count) {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void next() {
    if (index == prefixes.length) {
      throw new MalformedDataException("only " + prefixes.length + " values in the page");
    }
    int prefix = prefixes[index];
    int suffix = suffixes[index];
    if (prefix < 0 || prefix > previousLength || suffix < 0 || suffix > end - position) {
      throw new MalformedDataException(
          "a prefix of " + prefix + " and a suffix of " + suffix + " bytes");
    }
    long length = (long) prefix + suffix;
    if (length > MAX_VALUE_BYTES) {
      throw new MalformedDataException("a value of " + length + " bytes");
    }
    if (length + LittleEndian.PADDING_BYTES > previous.length) {
      previous = Arrays.copyOf(previous, (int) (length * 2 + LittleEndian.PADDING_BYTES));
    }
    System.arraycopy(data, position, previous, prefix, suffix);
    previousLength = (int) length;
    position += suffix;
    index++;
  }
}
