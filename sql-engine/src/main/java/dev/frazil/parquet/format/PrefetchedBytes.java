package dev.frazil.parquet.format;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Byte ranges that are needed together, fetched in few requests, which run side by side where the
 * store is slow to answer. What is too much to hold at once is read window by window instead.
 * Belongs to one thread at a time.
 */
public final class PrefetchedBytes {
  /** Bytes nobody asked for that are read rather than paying for one more request. */
  static final int MAX_GAP_BYTES = 128 << 10;

  private static final int MAX_REQUEST_BYTES = 16 << 20;

  private final FileBytes file;
  private final ReadMemory memory;
  private final List<Range> wanted = new ArrayList<>();
  private boolean fetched;
  private final TreeMap<Long, Region> regions = new TreeMap<>();

  /** The newest window of each wanted range, by the range's start. */
  private final TreeMap<Long, Map.Entry<Long, Slice>> windows = new TreeMap<>();

  /** Bytes {@code [start, end)} of the file. */
  private record Range(long start, long end) {}

  public PrefetchedBytes(FileBytes file, ReadMemory memory) {
    this.file = file;
    this.memory = memory;
  }

  /** Announces bytes {@code [start, end)}, before the first call of {@link #from}. */
  public void want(long start, long end) {
    if (end > start) {
      wanted.add(new Range(start, end));
    }
  }

  /** Bytes on their way, or here. */
  private record Region(int length, CompletableFuture<Slice> bytes) {
    Slice await() {
      try {
        return bytes.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof EngineException failure) {
          throw new EngineException(failure.state(), String.valueOf(failure.getMessage()), failure);
        }
        throw e;
      }
    }
  }

  /**
   * Sends the requests for what was announced, as far as the memory goes, where the store is slow
   * enough for that to pay.
   *
   * @return bytes that are on their way
   */
  public long start() {
    if (fetched || file.transfers() == null) {
      return 0;
    }
    fetchOnce();
    return regions.values().stream().mapToLong(Region::length).sum();
  }

  private void fetchOnce() {
    if (fetched) {
      return;
    }
    fetched = true;
    wanted.sort(Comparator.comparingLong(Range::start));
    long total = 0;
    for (Range range : wanted) {
      total += range.end() - range.start();
    }
    if (total <= memory.prefetchBytes()) {
      fetch();
    }
  }

  private void fetch() {
    int index = 0;
    while (index < wanted.size()) {
      long start = wanted.get(index).start();
      long end = wanted.get(index).end();
      index++;
      while (index < wanted.size()
          && wanted.get(index).start() - end <= MAX_GAP_BYTES
          && Math.max(end, wanted.get(index).end()) - start <= MAX_REQUEST_BYTES) {
        end = Math.max(end, wanted.get(index).end());
        index++;
      }
      if (end > start && !file.isCached(start, end - start)) {
        if (!memory.tryTake(end - start)) {
          return; // the rest is read window by window
        }
        regions.put(start, request(start, (int) (end - start)));
      }
    }
  }

  private Region request(long start, int length) {
    Executor transfers = file.transfers();
    return new Region(
        length,
        transfers == null
            ? CompletableFuture.completedFuture(file.read(start, length))
            : CompletableFuture.supplyAsync(() -> file.read(start, length), transfers));
  }

  /**
   * Bytes from {@code position} on: at least {@code minimum}, and whatever else is at hand up to
   * {@code limit}, the end of the column chunk.
   */
  public Slice from(long position, int minimum, long limit) {
    fetchOnce();
    Map.Entry<Long, Region> region = regions.floorEntry(position);
    if (region != null && position + minimum <= region.getKey() + region.getValue().length()) {
      return cut(region.getKey(), region.getValue().await(), position, limit);
    }
    if (file.isCached(position, minimum)) {
      return file.read(position, (int) (Math.min(limit, file.lengthBytes()) - position));
    }
    long rangeStart = position;
    long rangeEnd = position + minimum;
    for (Range range : wanted) {
      if (range.start() <= position && position < range.end()) {
        rangeStart = range.start();
        rangeEnd = Math.max(rangeEnd, range.end());
      }
    }
    Map.Entry<Long, Slice> window = windows.get(rangeStart);
    if (window == null || !holds(window, position, minimum)) {
      int length = (int) Math.min(rangeEnd - position, Math.max(minimum, memory.windowBytes()));
      if (window != null) {
        memory.give(window.getValue().length());
      }
      memory.take(length);
      window = Map.entry(position, file.read(position, length));
      windows.put(rangeStart, window);
    }
    return cut(window.getKey(), window.getValue(), position, limit);
  }

  private static boolean holds(Map.Entry<Long, Slice> held, long position, int minimum) {
    return position >= held.getKey()
        && position + minimum <= held.getKey() + held.getValue().length();
  }

  private static Slice cut(long start, Slice held, long position, long limit) {
    long end = Math.min(limit, start + held.length());
    return held.part((int) (position - start), (int) (end - position));
  }
}
