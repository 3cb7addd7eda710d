package dev.frazil.storage;

import dev.frazil.event.Events;
import dev.frazil.event.RequestEvent;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests of one store by kind, retries included, and those of each statement in its
 * {@link RequestFigures}. Thread-safe.
 */
public final class RequestCounter {
  /** What a request does; each is one round trip, and one line of the store's bill. */
  public enum Kind {
    /** A whole object, or 304. */
    GET,
    /** A part of an object. */
    RANGE_GET,
    HEAD,
    PUT,
    /** A put under If-Match or If-None-Match. */
    CONDITIONAL_PUT,
    /** One page of a listing. */
    LIST,
    DELETE,
    /** A request to the server of a catalog. */
    CATALOG,
    /** Start, part, completion or abort of a multipart upload. */
    MULTIPART
  }

  private final Map<Kind, LongAdder> counts;
  private final LongAdder readBytes = new LongAdder();
  private final LongAdder writtenBytes = new LongAdder();

  public RequestCounter() {
    Map<Kind, LongAdder> adders = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      adders.put(kind, new LongAdder());
    }
    counts = Collections.unmodifiableMap(adders);
  }

  public void countRequest(Kind kind) {
    adder(kind).increment();
    RequestFigures figures = RequestScope.figuresOfThread();
    if (figures != null) {
      figures.countRequest();
    }
  }

  void countRead(long lengthBytes) {
    readBytes.add(lengthBytes);
    RequestFigures figures = RequestScope.figuresOfThread();
    if (figures != null) {
      figures.countRead(lengthBytes);
    }
    if (Events.recording()) {
      RequestEvent.count(lengthBytes, 0);
    }
  }

  void countWritten(long lengthBytes) {
    writtenBytes.add(lengthBytes);
    RequestFigures figures = RequestScope.figuresOfThread();
    if (figures != null) {
      figures.countWritten(lengthBytes);
    }
    if (Events.recording()) {
      RequestEvent.count(0, lengthBytes);
    }
  }

  /** Requests of the given kinds so far. */
  public long count(Kind first, Kind... more) {
    long sum = adder(first).sum();
    for (Kind kind : more) {
      sum += adder(kind).sum();
    }
    return sum;
  }

  /** All requests so far. */
  public long total() {
    long sum = 0;
    for (LongAdder adder : counts.values()) {
      sum += adder.sum();
    }
    return sum;
  }

  /** Bytes of bodies received so far. */
  public long readBytes() {
    return readBytes.sum();
  }

  /** Bytes of bodies sent so far. */
  public long writtenBytes() {
    return writtenBytes.sum();
  }

  /** The counts so far, every kind present. */
  public Map<Kind, Long> counts() {
    Map<Kind, Long> result = new EnumMap<>(Kind.class);
    counts.forEach((kind, adder) -> result.put(kind, adder.sum()));
    return result;
  }

  /** Starts again from zero. */
  public void reset() {
    counts.values().forEach(LongAdder::reset);
    readBytes.reset();
    writtenBytes.reset();
  }

  private LongAdder adder(Kind kind) {
    return Objects.requireNonNull(counts.get(kind));
  }

  @Override
  public String toString() {
    return counts() + ", read " + readBytes() + " bytes, written " + writtenBytes() + " bytes";
  }
}
