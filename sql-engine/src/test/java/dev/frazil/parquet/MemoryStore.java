package dev.frazil.parquet;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.PutCondition;
import dev.frazil.storage.PutOutcome;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Objects in memory that count range reads; only what Parquet files need. */
final class MemoryStore implements ObjectStore {
  final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  final AtomicLong requests = new AtomicLong();
  final AtomicLong bytesRead = new AtomicLong();

  void resetCounters() {
    requests.set(0);
    bytesRead.set(0);
  }

  @Override
  public void readFully(String location, long position, byte[] target, int offset, int length) {
    byte[] body = objects.get(location);
    if (body == null) {
      throw new EngineException(SqlState.IO_ERROR, location + " not found");
    }
    if (position < 0 || position + length > body.length) {
      throw new EngineException(SqlState.DATA_CORRUPTED, location + " is shorter");
    }
    requests.incrementAndGet();
    bytesRead.addAndGet(length);
    System.arraycopy(body, (int) position, target, offset, length);
  }

  @Override
  public UploadStream create(String location) {
    return new UploadStream() {
      private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      private boolean aborted;

      @Override
      public void write(int b) {
        bytes.write(b);
      }

      @Override
      public void write(byte[] source, int offset, int length) {
        bytes.write(source, offset, length);
      }

      @Override
      public long position() {
        return bytes.size();
      }

      @Override
      public void abort() {
        aborted = true;
      }

      @Override
      public void close() {
        if (!aborted) {
          objects.put(location, bytes.toByteArray());
        }
      }
    };
  }

  @Override
  public FetchOutcome fetch(String location, @Nullable String knownEntityTag, long maxBytes) {
    throw new UnsupportedOperationException("fetch");
  }

  @Override
  public Optional<ObjectInfo> head(String location) {
    return Optional.ofNullable(objects.get(location))
        .map(body -> new ObjectInfo(location, body.length, 0));
  }

  @Override
  public PutOutcome putIf(String location, byte[] body, PutCondition condition) {
    throw new UnsupportedOperationException("putIf");
  }

  @Override
  public void put(String location, byte[] body) {
    objects.put(location, body);
  }

  @Override
  public Iterator<ObjectInfo> list(String prefix) {
    throw new UnsupportedOperationException("list");
  }

  @Override
  public void delete(Collection<String> locations) {
    throw new UnsupportedOperationException("delete");
  }

  @Override
  public void close() {}
}
