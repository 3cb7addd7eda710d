package dev.frazil.parquet.format;

import dev.frazil.parquet.encoding.LittleEndian;
import dev.frazil.storage.ObjectStore;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file: its tail in memory (all of a small file), the rest by range requests.
 * Thread-safe.
 */
public final class FileBytes {
  /** A file up to this size is read whole, in one request. */
  public static final int WHOLE_FILE_BYTES = 1 << 20;

  /** What the first request of a larger file asks for, hoping that the footer fits. */
  public static final int TAIL_BYTES = 64 << 10;

  private final ObjectStore store;
  private final String location;
  private final long lengthBytes;
  private final LongConsumer onRead;
  private volatile long tailPosition;
  private volatile byte[] tail;

  /**
   * Reads the tail.
   *
   * @param onRead told the bytes of every request
   */
  public FileBytes(ObjectStore store, String location, long lengthBytes, LongConsumer onRead) {
    this.store = store;
    this.location = location;
    this.lengthBytes = lengthBytes;
    this.onRead = onRead;
    int length =
        (int) (lengthBytes <= WHOLE_FILE_BYTES ? lengthBytes : Math.min(lengthBytes, TAIL_BYTES));
    this.tailPosition = lengthBytes - length;
    this.tail = request(tailPosition, length);
  }

  public String location() {
    return location;
  }

  public long lengthBytes() {
    return lengthBytes;
  }

  /** Where requests may wait ahead of need; null where that does not pay. */
  @Nullable Executor transfers() {
    return store.transfers();
  }

  /** Whether a range is in memory. */
  public boolean isCached(long position, long length) {
    return position >= tailPosition && position + length <= lengthBytes;
  }

  /** Makes the cached tail begin at {@code position} or before. */
  public void growTail(long position) {
    if (position < tailPosition) {
      byte[] grown = request(position, (int) (lengthBytes - position));
      tail = grown;
      tailPosition = position;
    }
  }

  /** A range of the file; the caller has checked that it is of sane size. */
  public Slice read(long position, int length) {
    if (position < 0 || length < 0 || position > lengthBytes - length) {
      throw CorruptFile.error(
          location,
          "bytes "
              + position
              + " to "
              + (position + length)
              + " of "
              + lengthBytes
              + " are wanted");
    }
    if (isCached(position, length)) {
      return new Slice(tail, (int) (position - tailPosition), length);
    }
    return new Slice(request(position, length), 0, length);
  }

  private byte[] request(long position, int length) {
    byte[] bytes = new byte[length + LittleEndian.PADDING_BYTES];
    store.readFully(location, position, bytes, 0, length);
    onRead.accept(length);
    return bytes;
  }
}
