package dev.frazil.avro;

import dev.frazil.memory.MemoryReservation;
import dev.frazil.storage.ObjectStore;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** The bytes of one file from its start to its end, a window of them in memory. One thread. */
final class AvroBytes {
  private static final int WINDOW_BYTES = 1 << 20;

  private final ObjectStore store;
  private final String location;
  private final long lengthBytes;
  private final LongConsumer onRead;
  private final MemoryReservation memory;
  private byte[] window = new byte[0];
  private int position;
  private int end;

  /** Bytes of the file up to the end of the window. */
  private long read;

  /**
   * @param onRead told the bytes of every request
   */
  AvroBytes(
      ObjectStore store,
      String location,
      long lengthBytes,
      LongConsumer onRead,
      MemoryReservation memory) {
    this.store = store;
    this.location = location;
    this.lengthBytes = lengthBytes;
    this.onRead = onRead;
    this.memory = memory;
  }

  /** Whether all is read. */
  boolean atEnd() {
    return position == end && read == lengthBytes;
  }

  byte[] window() {
    return window;
  }

  /** Where the window is read next. */
  int position() {
    return position;
  }

  void skip(int length) {
    position += length;
  }

  /** Has {@code wanted} bytes ready at {@link #position}, or those that the file has left. */
  int fill(int wanted) {
    int ready = end - position;
    if (ready < wanted && read < lengthBytes) {
      int length = (int) Math.min(lengthBytes - read, Math.max(WINDOW_BYTES, wanted - ready));
      if (window.length < ready + length) {
        memory.grow((long) ready + length - window.length);
        window = Arrays.copyOf(Arrays.copyOfRange(window, position, end), ready + length);
      } else {
        System.arraycopy(window, position, window, 0, ready);
      }
      position = 0;
      store.readFully(location, read, window, ready, length);
      onRead.accept(length);
      read += length;
      end = ready + length;
      ready = end;
    }
    return Math.min(ready, wanted);
  }

  /** Has {@code wanted} bytes ready. */
  void require(long wanted) {
    if (wanted < 0 || wanted > Integer.MAX_VALUE - WINDOW_BYTES || fill((int) wanted) < wanted) {
      throw new MalformedAvroException("the file ends within a block of " + wanted + " bytes");
    }
  }
}
