package dev.frazil.parquet.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** PLAIN values of every physical type. */
public final class PlainDecoder extends ValueDecoder {
  /** Value width of {@link PlainDecoder} for values that carry their own length. */
  public static final int VARIABLE_LENGTH = -1;

  /** Value width for booleans, eight of which share a byte. */
  public static final int ONE_BIT = 0;

  private final byte[] data;
  private final int end;
  private final int widthBytes;
  private int position;
  private int bit;

  /**
   * @param widthBytes bytes of a value, {@link #VARIABLE_LENGTH} or {@link #ONE_BIT}
   */
  public PlainDecoder(byte[] data, int start, int end, int widthBytes) {
    this.data = data;
    this.position = start;
    this.end = end;
    this.widthBytes = widthBytes;
  }

  @Override
  public void readBooleans(boolean[] target, int offset, int count) {
    takeBits(count);
    for (int i = 0; i < count; i++) {
      int at = bit + i;
      target[offset + i] = ((data[position + (at >>> 3)] >>> (at & 7)) & 1) != 0;
    }
    bit += count;
  }

  @Override
  public void readInts(int[] target, int offset, int count) {
    int start = take(count, Integer.BYTES);
    buffer(start, count * Integer.BYTES).asIntBuffer().get(target, offset, count);
  }

  @Override
  public void readLongs(long[] target, int offset, int count) {
    int start = take(count, Long.BYTES);
    buffer(start, count * Long.BYTES).asLongBuffer().get(target, offset, count);
  }

  @Override
  public void readFloats(float[] target, int offset, int count) {
    int start = take(count, Float.BYTES);
    buffer(start, count * Float.BYTES).asFloatBuffer().get(target, offset, count);
  }

  @Override
  public void readDoubles(double[] target, int offset, int count) {
    int start = take(count, Double.BYTES);
    buffer(start, count * Double.BYTES).asDoubleBuffer().get(target, offset, count);
  }

  @Override
  public void readBytes(BytesTarget target, int count) {
    if (widthBytes != VARIABLE_LENGTH) {
      int start = take(count, widthBytes);
      target.reserve(count, (long) count * widthBytes);
      for (int i = 0; i < count; i++) {
        target.appendReserved(data, start + i * widthBytes, widthBytes);
      }
      return;
    }
    // The rest of the page bounds what the values can take: reserve once, not a value at a time.
    long estimate = Math.min((long) end - position, 64L * count);
    target.reserve(count, estimate);
    int at = position;
    for (int i = 0; i < count; i++) {
      int length = lengthAt(at);
      target.append(data, at + Integer.BYTES, length);
      at += Integer.BYTES + length;
    }
    position = at;
  }

  @Override
  public void skip(int count) {
    if (widthBytes == VARIABLE_LENGTH) {
      for (int i = 0; i < count; i++) {
        position += Integer.BYTES + lengthAt(position);
      }
    } else if (widthBytes == ONE_BIT) {
      takeBits(count);
      bit += count;
    } else {
      take(count, widthBytes);
    }
  }

  private int lengthAt(int at) {
    if (at > end - Integer.BYTES) {
      throw new MalformedDataException("values end before the page says");
    }
    int length = LittleEndian.int32(data, at);
    if (length < 0 || length > end - at - Integer.BYTES) {
      throw new MalformedDataException("a value of " + length + " bytes does not fit its page");
    }
    return length;
  }

  private int take(int count, int width) {
    if (width != widthBytes || (long) count * width > end - position) {
      throw new MalformedDataException(
          count + " values of " + width + " bytes do not fit " + (end - position) + " bytes");
    }
    int start = position;
    position += count * width;
    return start;
  }

  private void takeBits(int count) {
    if (widthBytes != ONE_BIT || (long) bit + count > (long) (end - position) * 8) {
      throw new MalformedDataException(
          count + " booleans do not fit " + (end - position) + " bytes");
    }
  }

  private ByteBuffer buffer(int start, int length) {
    return ByteBuffer.wrap(data, start, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
