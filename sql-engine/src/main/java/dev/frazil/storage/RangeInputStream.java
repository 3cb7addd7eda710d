package dev.frazil.storage;

import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * Reads an object of known length through a window of at most {@value #WINDOW_BYTES} bytes a
 * request, or out of memory where the window is the whole object. Not thread-safe.
 */
final class RangeInputStream extends SeekableInputStream implements RangeReadable {
  private static final int WINDOW_BYTES = 1 << 20;
  private static final byte[] EMPTY = {};

  private final ObjectStore store;
  private final String location;
  private final long lengthBytes;
  private byte[] window;
  private long windowStart;
  private long position;

  RangeInputStream(ObjectStore store, String location, long lengthBytes) {
    this.store = store;
    this.location = location;
    this.lengthBytes = lengthBytes;
    this.window = EMPTY;
  }

  /** Over the whole object, already in memory. */
  RangeInputStream(ObjectStore store, String location, byte[] whole) {
    this(store, location, whole.length);
    this.window = whole;
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void seek(long newPosition) throws IOException {
    if (newPosition < 0 || newPosition > lengthBytes) {
      throw new EOFException(
          "cannot seek to " + newPosition + " of " + lengthBytes + " bytes in " + location);
    }
    position = newPosition;
  }

  @Override
  public int available() {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, windowStart + window.length - position));
  }

  @Override
  public int read() {
    if (position >= lengthBytes) {
      return -1;
    }
    fill();
    return window[(int) (position++ - windowStart)] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (position >= lengthBytes) {
      return -1;
    }
    fill();
    int from = (int) (position - windowStart);
    int count = Math.min(length, window.length - from);
    System.arraycopy(window, from, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, lengthBytes - position));
    position += skipped;
    return skipped;
  }

  @Override
  public void readFully(long start, byte[] target, int offset, int length) {
    if (start >= windowStart && start + length <= windowStart + window.length) {
      System.arraycopy(window, (int) (start - windowStart), target, offset, length);
    } else {
      store.readFully(location, start, target, offset, length);
    }
  }

  @Override
  public int readTail(byte[] target, int offset, int length) {
    int count = (int) Math.min(length, lengthBytes);
    readFully(lengthBytes - count, target, offset, count);
    return count;
  }

  private void fill() {
    if (position >= windowStart && position < windowStart + window.length) {
      return;
    }
    byte[] next = new byte[(int) Math.min(WINDOW_BYTES, lengthBytes - position)];
    store.readFully(location, position, next, 0, next.length);
    window = next;
    windowStart = position;
  }
}
