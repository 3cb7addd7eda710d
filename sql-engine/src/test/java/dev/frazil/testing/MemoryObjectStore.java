package dev.frazil.testing;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.PutCondition;
import dev.frazil.storage.PutOutcome;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Objects on the heap, with exact conditions and a count of requests by kind. Thread-safe. Closing
 * keeps the objects, so that several catalogs can share one.
 */
public final class MemoryObjectStore implements ObjectStore {
  /** What a request was. */
  public enum Request {
    GET,
    NOT_MODIFIED,
    RANGE_GET,
    HEAD,
    PUT,
    CONDITIONAL_PUT,
    LIST
  }

  private final TreeMap<String, byte[]> objects = new TreeMap<>();
  private final Map<String, String> tags = new TreeMap<>();
  private final Map<Request, Integer> requests = new EnumMap<>(Request.class);
  private final List<String> log = new ArrayList<>();
  private long nextTag = 1;

  /** Another store that holds the same objects under the same tags. */
  public synchronized MemoryObjectStore copy() {
    MemoryObjectStore copy = new MemoryObjectStore();
    copy.objects.putAll(objects);
    copy.tags.putAll(tags);
    copy.nextTag = nextTag;
    return copy;
  }

  private void count(Request request, String location) {
    requests.merge(request, 1, Integer::sum);
    log.add(request + " " + location);
  }

  /** Requests since the last call, by kind. */
  public synchronized Map<Request, Integer> takeRequests() {
    Map<Request, Integer> taken = new EnumMap<>(requests);
    requests.clear();
    log.clear();
    return taken;
  }

  /** Requests since the last {@link #takeRequests}, in order. */
  public synchronized List<String> log() {
    return List.copyOf(log);
  }

  @Override
  public synchronized FetchOutcome fetch(
      String location, @Nullable String knownEntityTag, long maxBytes) {
    byte[] body = objects.get(location);
    if (body == null) {
      count(Request.GET, location);
      return new FetchOutcome.Missing();
    }
    String tag = tags.get(location);
    if (tag.equals(knownEntityTag)) {
      count(Request.NOT_MODIFIED, location);
      return new FetchOutcome.NotModified();
    }
    count(Request.GET, location);
    if (body.length > maxBytes) {
      throw new EngineException(SqlState.LIMIT_EXCEEDED, location + " is too large");
    }
    return new FetchOutcome.Fetched(body.clone(), tag);
  }

  @Override
  public synchronized void readFully(
      String location, long position, byte[] target, int offset, int length) {
    count(Request.RANGE_GET, location);
    byte[] body = objects.get(location);
    if (body == null) {
      throw new EngineException(SqlState.IO_ERROR, location + " not found");
    }
    if (position + length > body.length) {
      throw new EngineException(SqlState.DATA_CORRUPTED, location + " is too short");
    }
    System.arraycopy(body, (int) position, target, offset, length);
  }

  @Override
  public synchronized Optional<ObjectInfo> head(String location) {
    count(Request.HEAD, location);
    byte[] body = objects.get(location);
    return body == null ? Optional.empty() : Optional.of(new ObjectInfo(location, body.length, 0));
  }

  @Override
  public synchronized PutOutcome putIf(String location, byte[] body, PutCondition condition) {
    count(Request.CONDITIONAL_PUT, location);
    String tag = tags.get(location);
    boolean holds =
        condition instanceof PutCondition.IfMatch match
            ? match.entityTag().equals(tag)
            : tag == null;
    return holds
        ? new PutOutcome.Stored(store(location, body))
        : new PutOutcome.Refused("412 on " + location);
  }

  private String store(String location, byte[] body) {
    objects.put(location, body.clone());
    String tag = "tag-" + nextTag++;
    tags.put(location, tag);
    return tag;
  }

  @Override
  public synchronized void put(String location, byte[] body) {
    count(Request.PUT, location);
    store(location, body);
  }

  @Override
  public UploadStream create(String location) {
    return new Upload(location);
  }

  @Override
  public synchronized Iterator<ObjectInfo> list(String prefix) {
    count(Request.LIST, prefix);
    List<ObjectInfo> found = new ArrayList<>();
    for (Map.Entry<String, byte[]> object : objects.tailMap(prefix, true).entrySet()) {
      if (!object.getKey().startsWith(prefix)) {
        break;
      }
      found.add(new ObjectInfo(object.getKey(), object.getValue().length, 0));
    }
    return found.iterator();
  }

  @Override
  public synchronized void delete(Collection<String> locations) {
    for (String location : locations) {
      objects.remove(location);
      tags.remove(location);
    }
  }

  @Override
  public void close() {}

  private final class Upload extends UploadStream {
    private final String location;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private boolean ended;

    Upload(String location) {
      this.location = location;
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
    public long position() {
      return buffer.size();
    }

    @Override
    public void abort() {
      ended = true;
    }

    @Override
    public void close() {
      if (!ended) {
        ended = true;
        put(location, buffer.toByteArray());
      }
    }
  }
}
