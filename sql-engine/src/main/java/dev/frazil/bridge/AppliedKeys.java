package dev.frazil.bridge;

import dev.frazil.storage.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The requests with a key that this process carried out lately. The root tells it of the last few
 * hundred commits, also after a restart; this is for busier databases. Thread-safe.
 */
final class AppliedKeys {
  /** How long a client may send a request again. */
  static final Duration LIFETIME = Duration.ofMinutes(30);

  private static final int MAX_KEYS = 200_000;

  private record Applied(String commitId, long atNanos) {}

  private final TimeSource time;
  private final Deque<Applied> oldestFirst = new ArrayDeque<>();
  private final Set<String> commitIds = new HashSet<>();

  AppliedKeys(TimeSource time) {
    this.time = time;
  }

  synchronized void add(RequestKey key) {
    long now = time.monotonicNanos();
    if (commitIds.add(key.commitId())) {
      oldestFirst.addLast(new Applied(key.commitId(), now));
    }
    Applied oldest = oldestFirst.peekFirst();
    while (oldest != null
        && (commitIds.size() > MAX_KEYS || now - oldest.atNanos() > LIFETIME.toNanos())) {
      oldestFirst.removeFirst();
      commitIds.remove(oldest.commitId());
      oldest = oldestFirst.peekFirst();
    }
  }

  synchronized boolean contains(RequestKey key) {
    return commitIds.contains(key.commitId());
  }
}
