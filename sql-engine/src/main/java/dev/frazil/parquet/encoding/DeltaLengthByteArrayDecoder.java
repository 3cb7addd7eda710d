package dev.frazil.parquet.encoding;

/** DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes. */
public final class DeltaLengthByteArrayDecoder extends ValueDecoder {
  private final byte[] data;
  private final int end;
  private final int[] lengths;
  private int position;
  private int index;

  public DeltaLengthByteArrayDecoder(byte[] data, int start, int end, int maximumCount) {
    this.data = data;
    this.end = end;
    DeltaBinaryPackedDecoder decoder = new DeltaBinaryPackedDecoder(data, start, end);
    lengths = readAll(decoder, maximumCount);
    position = decoder.endPosition();
  }

  /** All values of a decoder, which may be at most {@code maximumCount}. */
  static int[] readAll(DeltaBinaryPackedDecoder decoder, int maximumCount) {
    if (decoder.totalValues() > maximumCount) {
      throw new MalformedDataException(
          decoder.totalValues() + " lengths for at most " + maximumCount + " values");
    }
    int[] values = new int[decoder.totalValues()];
    decoder.readInts(values, 0, values.length);
    return values;
  }

  @Override
  public void readBytes(BytesTarget target, int count) {
    check(count);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      int length = lengths[index + i];
      if (length < 0) {
        throw new MalformedDataException("a value of " + length + " bytes");
      }
      bytes += length;
    }
    checkBytes(bytes);
    target.reserve(count, bytes);
    for (int i = 0; i < count; i++) {
      int length = lengths[index++];
      target.appendReserved(data, position, length);
      position += length;
    }
  }

  @Override
  public void skip(int count) {
    check(count);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      int length = lengths[index++];
      if (length < 0) {
        throw new MalformedDataException("a value of " + length + " bytes");
      }
      bytes += length;
    }
    checkBytes(bytes);
    position += (int) bytes;
  }

  private void check(int count) {
    if (count > lengths.length - index) {
      throw new MalformedDataException("only " + lengths.length + " lengths for the values");
    }
  }

  private void checkBytes(long bytes) {
    if (bytes > end - position) {
      throw new MalformedDataException(bytes + " bytes of values do not fit the page");
    }
  }
}
