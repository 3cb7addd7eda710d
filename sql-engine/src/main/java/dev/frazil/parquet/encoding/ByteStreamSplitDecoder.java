package dev.frazil.parquet.encoding;

/** BYTE_STREAM_SPLIT: all first bytes, then all second bytes, and so on. */
public final class ByteStreamSplitDecoder extends ValueDecoder {
  private final byte[] data;
  private final int start;
  private final int widthBytes;
  private final int valueCount;
  private int index;

  /**
   * @param widthBytes bytes of a value
   */
  public ByteStreamSplitDecoder(byte[] data, int start, int end, int widthBytes) {
    if (widthBytes <= 0 || (end - start) % widthBytes != 0) {
      throw new MalformedDataException(
          (end - start) + " bytes are no streams of values of " + widthBytes + " bytes");
    }
    this.data = data;
    this.start = start;
    this.widthBytes = widthBytes;
    this.valueCount = (end - start) / widthBytes;
  }

  @Override
  public void readInts(int[] target, int offset, int count) {
    int from = take(count, Integer.BYTES);
    for (int i = 0; i < count; i++) {
      target[offset + i] = int32(from + i);
    }
  }

  @Override
  public void readFloats(float[] target, int offset, int count) {
    int from = take(count, Float.BYTES);
    for (int i = 0; i < count; i++) {
      target[offset + i] = Float.intBitsToFloat(int32(from + i));
    }
  }

  @Override
  public void readLongs(long[] target, int offset, int count) {
    int from = take(count, Long.BYTES);
    for (int i = 0; i < count; i++) {
      target[offset + i] = int64(from + i);
    }
  }

  @Override
  public void readDoubles(double[] target, int offset, int count) {
    int from = take(count, Double.BYTES);
    for (int i = 0; i < count; i++) {
      target[offset + i] = Double.longBitsToDouble(int64(from + i));
    }
  }

  @Override
  public void readBytes(BytesTarget target, int count) {
    int from = take(count, widthBytes);
    byte[] value = new byte[widthBytes + LittleEndian.PADDING_BYTES];
    target.reserve(count, (long) count * widthBytes);
    for (int i = 0; i < count; i++) {
      for (int b = 0; b < widthBytes; b++) {
        value[b] = data[start + b * valueCount + from + i];
      }
      target.appendReserved(value, 0, widthBytes);
    }
  }

  @Override
  public void skip(int count) {
    take(count, widthBytes);
  }

  private int int32(int at) {
    int position = start + at;
    return (data[position] & 0xFF)
        | (data[position + valueCount] & 0xFF) << 8
        | (data[position + 2 * valueCount] & 0xFF) << 16
        | (data[position + 3 * valueCount] & 0xFF) << 24;
  }

  private long int64(int at) {
    int upper = at + 4 * valueCount;
    return (int32(at) & 0xFFFFFFFFL) | (long) int32(upper) << 32;
  }

  private int take(int count, int width) {
    if (width != widthBytes || count > valueCount - index) {
      throw new MalformedDataException(
          count + " values of " + width + " bytes are not left in the streams");
    }
    int from = index;
    index += count;
    return from;
  }
}
