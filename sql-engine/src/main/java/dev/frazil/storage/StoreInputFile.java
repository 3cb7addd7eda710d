package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/** One object to read. A small one is read whole, once. Thread-safe. */
final class StoreInputFile implements InputFile {
  static final long UNKNOWN_LENGTH = -1;

  /** Up to here one request for everything beats several for parts. */
  private static final long WHOLE_BYTES = 8L << 20;

  /** Bound of an object that is read whole because its length is not known. */
  private static final long MAX_UNKNOWN_BYTES = 512L << 20;

  private final ObjectStore store;
  private final String location;
  private final long knownLength;
  private byte @Nullable [] whole;

  StoreInputFile(ObjectStore store, String location, long knownLength) {
    this.store = store;
    this.location = location;
    this.knownLength = knownLength;
  }

  @Override
  public long getLength() {
    return knownLength >= 0 ? knownLength : whole().length;
  }

  @Override
  public SeekableInputStream newStream() {
    return knownLength < 0 || knownLength <= WHOLE_BYTES
        ? new RangeInputStream(store, location, whole())
        : new RangeInputStream(store, location, knownLength);
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public boolean exists() {
    return cached() || store.head(location).isPresent();
  }

  private synchronized boolean cached() {
    return whole != null;
  }

  private synchronized byte[] whole() {
    byte[] body = whole;
    if (body == null) {
      FetchOutcome outcome =
          store.fetch(location, null, knownLength < 0 ? MAX_UNKNOWN_BYTES : WHOLE_BYTES);
      if (!(outcome instanceof FetchOutcome.Fetched fetched)) {
        throw new NotFoundException("File does not exist: %s", location);
      }
      body = fetched.body();
      if (knownLength >= 0 && body.length != knownLength) {
        throw new EngineException(
            SqlState.DATA_CORRUPTED,
            "the object '"
                + location
                + "' has "
                + body.length
                + " bytes, but the table's metadata"
                + " says "
                + knownLength);
      }
      whole = body;
    }
    return body;
  }

  @Override
  public String toString() {
    return location;
  }
}
