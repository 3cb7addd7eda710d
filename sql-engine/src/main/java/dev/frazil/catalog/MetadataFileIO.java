package dev.frazil.catalog;

import dev.frazil.avro.AvroContainer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Metadata, manifest lists and manifests of a database as Iceberg reads and writes them. Each
 * object has a name used once, so what was read or written is answered from memory while it is
 * kept; an object is read whole in one GET, without a HEAD. Thread-safe.
 *
 * <p>{@link #deleteFile} deletes nothing: Iceberg deletes what it <em>believes</em> to be left over
 * from a failed commit, and believed wrongly (iceberg #2317, #12792 and others). Whatever nobody
 * points to is collected by package {@code maintenance}.
 */
public final class MetadataFileIO implements FileIO {
  private static final long serialVersionUID = 1L;

  /** What a thread writes side by side, for the database that it belongs to. */
  private static final ThreadLocal<@Nullable MetadataWrites> WRITES = new ThreadLocal<>();

  /** Bound of one object; Iceberg splits manifests at 8 MB. */
  private static final long MAX_BYTES = 256L << 20;

  /**
   * An object in memory.
   *
   * @param lengthBytes of the object; its content may have been decompressed
   */
  private record Stored(byte[] content, long lengthBytes) {}

  private final transient ObjectStore store;
  private final transient ObjectCache<Stored> cache;
  private final transient Consumer<String> deleteRequests;

  /** Requests to delete are dropped. */
  public MetadataFileIO(ObjectStore store, long cacheBytes) {
    this(store, cacheBytes, location -> {});
  }

  /**
   * @param deleteRequests takes every location that Iceberg asks to delete; deletes only ever in a
   *     test that shows why it must not
   */
  MetadataFileIO(ObjectStore store, long cacheBytes, Consumer<String> deleteRequests) {
    this.store = store;
    this.cache = new ObjectCache<>(cacheBytes);
    this.deleteRequests = deleteRequests;
  }

  /**
   * @param path null where Iceberg asks for the metadata file of a table that this transaction
   *     changed: it has none yet, and nothing is read of it
   */
  @Override
  public InputFile newInputFile(@Nullable String path) {
    return path == null ? new InMemoryInputFile(new byte[0]) : new CachedInputFile(path, -1);
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return new CachedInputFile(path, length);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new BufferedOutputFile(path);
  }

  @Override
  public void deleteFile(String path) {
    deleteRequests.accept(path);
  }

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }

  /** The whole object, from memory if it is there; of manifests, what is in it. */
  public byte[] read(String location) {
    return read(location, -1);
  }

  /**
   * @param knownLength what the metadata of the table says of the object; negative: nothing
   */
  private byte[] read(String location, long knownLength) {
    Stored stored = cache.find(location);
    if (stored == null) {
      if (!(store.fetch(location, null, MAX_BYTES) instanceof FetchOutcome.Fetched fetched)) {
        throw new NotFoundException("File does not exist: %s", location);
      }
      byte[] body = fetched.body();
      stored =
          new Stored(
              AvroContainer.isOne(body) ? AvroContainer.checked(location, body) : body,
              body.length);
      keep(location, stored);
    }
    if (knownLength >= 0 && stored.lengthBytes() != knownLength) {
      throw new EngineException(
          SqlState.DATA_CORRUPTED,
          "the object "
              + location
              + " has "
              + stored.lengthBytes()
              + " bytes, but the metadata of its table says "
              + knownLength);
    }
    return stored.content();
  }

  /** Reads objects that are not in memory, side by side; nothing where that does not pay. */
  public void readAhead(Collection<String> locations) {
    Executor transfers = store.transfers();
    if (transfers == null) {
      return;
    }
    List<CompletableFuture<byte[]>> underWay = new ArrayList<>();
    for (String location : locations) {
      if (cache.find(location) == null) {
        underWay.add(CompletableFuture.supplyAsync(() -> read(location), transfers));
      }
    }
    for (CompletableFuture<byte[]> read : underWay) {
      try {
        read.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException inner ? inner : e;
      }
    }
  }

  /** What this thread writes from now on, until it is closed. */
  public MetadataWrites sideBySide() {
    MetadataWrites outer = WRITES.get();
    MetadataWrites begun = new MetadataWrites(store, () -> WRITES.set(outer));
    WRITES.set(begun);
    return begun;
  }

  /** Stores an object under a new name. */
  void write(String location, byte[] body) {
    MetadataWrites together = WRITES.get();
    if (together != null && together.isTo(store) && isKept(body)) {
      // From memory, whoever reads it finds it at once.
      keep(location, new Stored(body, body.length));
      together.send(() -> store.put(location, body));
    } else {
      store.put(location, body);
      keep(location, new Stored(body, body.length));
    }
  }

  /** One that would push out a good part of the others is not worth it. */
  private boolean isKept(byte[] body) {
    return body.length <= cache.maxBytes() / 4;
  }

  private void keep(String location, Stored stored) {
    if (isKept(stored.content())) {
      cache.keep(location, stored, stored.content().length);
    }
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(MetadataFileIO.class.getName());
  }

  private final class CachedInputFile implements InputFile {
    private final String location;
    private final long knownLength;

    CachedInputFile(String location, long knownLength) {
      this.location = location;
      this.knownLength = knownLength;
    }

    @Override
    public long getLength() {
      return read(location, knownLength).length;
    }

    @Override
    public SeekableInputStream newStream() {
      return new InMemoryInputFile(location, read(location, knownLength)).newStream();
    }

    @Override
    public String location() {
      return location;
    }

    @Override
    public boolean exists() {
      return cache.find(location) != null || store.head(location).isPresent();
    }
  }

  private final class BufferedOutputFile implements OutputFile {
    private final String location;

    BufferedOutputFile(String location) {
      this.location = location;
    }

    @Override
    public PositionOutputStream create() {
      return createOrOverwrite();
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      return new BufferedStream(location);
    }

    @Override
    public String location() {
      return location;
    }

    @Override
    public InputFile toInputFile() {
      return newInputFile(location);
    }
  }

  /** Becomes an object, in one PUT, when it is closed. */
  private final class BufferedStream extends PositionOutputStream {
    private final String location;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private boolean closed;

    BufferedStream(String location) {
      this.location = location;
    }

    @Override
    public long getPos() {
      return buffer.size();
    }

    @Override
    public void write(int b) {
      buffer.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      buffer.write(bytes, offset, length);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        MetadataFileIO.this.write(location, buffer.toByteArray());
      }
    }
  }
}
