package dev.frazil.parquet.write;

import dev.frazil.parquet.encoding.LittleEndian;
import java.io.OutputStream;
import java.util.Arrays;

/** A byte array that grows; an output stream without copies. Not thread-safe. */
final class GrowableBytes extends OutputStream {
  private byte[] data;
  private int length;

  GrowableBytes(int capacity) {
    data = new byte[capacity];
  }

  byte[] data() {
    return data;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** Makes room for {@code more} bytes. */
  void reserve(int more) {
    if (data.length - length < more) {
      data = Arrays.copyOf(data, Math.max(data.length * 2, length + more));
    }
  }

  @Override
  public void write(int value) {
    reserve(1);
    data[length++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, data, length, count);
    length += count;
  }

  void writeInt(int value) {
    reserve(Integer.BYTES);
    LittleEndian.putInt32(data, length, value);
    length += Integer.BYTES;
  }

  void writeLong(long value) {
    reserve(Long.BYTES);
    LittleEndian.putInt64(data, length, value);
    length += Long.BYTES;
  }

  byte[] toArray() {
    return Arrays.copyOf(data, length);
  }
}
