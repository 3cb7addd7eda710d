package dev.frazil.storage;

import java.io.Closeable;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Objects under locations: {@code s3://bucket/key}, or the absolute path of a file ({@code
 * /folder/file}). Thread-safe. Every failure is an {@link dev.frazil.error.EngineException}: 08001
 * unreachable, 28000 not permitted, 53100 disk full, 58030 other I/O, 58P02 outside of the {@link
 * LocationGuard}.
 */
public interface ObjectStore extends Closeable {

  /**
   * Reads a whole object of at most {@code maxBytes} (54000 above).
   *
   * @param knownEntityTag when given and still current, answers {@link FetchOutcome.NotModified}
   */
  FetchOutcome fetch(String location, @Nullable String knownEntityTag, long maxBytes);

  /**
   * Reads {@code length} bytes from {@code position} into {@code target[offset..)}; 58030 with "not
   * found" when the object is missing, XX001 when it is shorter.
   */
  void readFully(String location, long position, byte[] target, int offset, int length);

  /** Size and time of an object, empty if there is none. */
  Optional<ObjectInfo> head(String location);

  /**
   * Stores a small object under a condition, in one request, without blind retries.
   *
   * <p>An {@link dev.frazil.error.EngineException} is a definite no: this call has stored nothing,
   * and nothing of it is still on its way. What may have left comes back as {@link
   * PutOutcome.Unknown}.
   */
  PutOutcome putIf(String location, byte[] body, PutCondition condition);

  /**
   * Stores an object whole, durable on return, or in the store of a warehouse before the next
   * {@link #putIf} stores anything; retried, so only for names used once or bodies that may be
   * overwritten.
   */
  void put(String location, byte[] body);

  /**
   * Streams a new object (multipart where large). It appears, whole and as durable as by {@link
   * #put}, when the stream is closed; {@code abort} or a failure leaves nothing behind.
   */
  UploadStream create(String location);

  /** Objects whose location starts with {@code prefix}, in ascending order, page by page. */
  Iterator<ObjectInfo> list(String prefix);

  /** Deletes objects; missing ones are no error. For package {@code maintenance} only. */
  void delete(Collection<String> locations);

  /**
   * Where requests wait whose answers will be wanted soon: for stores that answer slowly enough for
   * that to pay. Null for the others, which are best asked in the moment of need.
   */
  default @Nullable Executor transfers() {
    return null;
  }

  /**
   * Waits for the caller's turn among all who ask for one in {@code folder}, in other processes,
   * too, where the store knows an order. A courtesy between writers, which keeps one from being
   * overtaken for ever, and no lock: a turn that does not come in time is given up, and a store
   * without an order answers at once.
   */
  default Turn takeTurn(String folder) {
    return Turn.NONE;
  }

  /** Whether {@link #takeTurn} knows an order between processes. */
  default boolean keepsTurns() {
    return false;
  }

  /** A turn, given back by {@link #close} on the thread that took it. */
  interface Turn extends AutoCloseable {
    /** No turn: nobody was asked. */
    Turn NONE = () -> {};

    /** True if others came first, so that what the caller knows may be out of date. */
    default boolean waited() {
      return false;
    }

    @Override
    void close();
  }

  /**
   * The requests that this store has sent. A store that counts nothing answers a counter at zero.
   */
  default RequestCounter requests() {
    return new RequestCounter();
  }

  @Override
  void close();

  /** A stream that becomes an object on close. */
  abstract class UploadStream extends OutputStream {
    /** Bytes written so far. */
    public abstract long position();

    /** Drops what was written; close does nothing afterwards. */
    public abstract void abort();
  }
}
