package dev.frazil.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which requests to the S3 test server go wrong, and how: queued for the next matching requests, or
 * at random. Thread-safe.
 */
public final class ServerFaults {
  private record Queued(ServerFault fault, Predicate<S3Request> matching) {}

  private final Deque<Queued> queue = new ArrayDeque<>();
  private final Map<ServerFault, Long> injected = new EnumMap<>(ServerFault.class);
  private volatile Duration clockAhead = Duration.ZERO;
  private boolean holdsLate;
  private int lateOnes;
  private SplittableRandom random = new SplittableRandom(1);
  private double rate;
  private List<ServerFault> randomFaults = List.of();
  private Predicate<S3Request> randomMatching = request -> false;
  private Predicate<S3Request> denied = request -> false;

  /** The next conditional puts go wrong in this way, in this order. */
  public synchronized ServerFaults nextConditionalPut(ServerFault... faults) {
    return next(S3Request::isConditionalPut, faults);
  }

  /** The next requests that match go wrong in this way, in this order. */
  public synchronized ServerFaults next(Predicate<S3Request> matching, ServerFault... faults) {
    for (ServerFault fault : faults) {
      queue.add(new Queued(fault, matching));
    }
    return this;
  }

  /** From now on a share of the matching requests goes wrong, in one of these ways. */
  public synchronized ServerFaults random(
      long seed, double share, Predicate<S3Request> matching, List<ServerFault> faults) {
    random = new SplittableRandom(seed);
    rate = share;
    randomMatching = matching;
    randomFaults = List.copyOf(faults);
    return this;
  }

  /** Requests that are answered with AccessDenied from now on. */
  public synchronized ServerFaults deny(Predicate<S3Request> matching) {
    denied = matching;
    return this;
  }

  /** No further faults. */
  public synchronized ServerFaults calm() {
    queue.clear();
    rate = 0;
    denied = request -> false;
    return this;
  }

  /** How often each fault was injected. */
  public synchronized Map<ServerFault, Long> injected() {
    return new EnumMap<>(injected);
  }

  synchronized @Nullable ServerFault choose(S3Request request) {
    ServerFault fault = null;
    if (denied.test(request)) {
      return ServerFault.ACCESS_DENIED;
    }
    Queued first = queue.peek();
    if (first != null && first.matching().test(request)) {
      fault = queue.remove().fault();
    } else if (rate > 0 && randomMatching.test(request) && random.nextDouble() < rate) {
      fault = randomFaults.get(random.nextInt(randomFaults.size()));
    }
    if (fault != null) {
      injected.merge(fault, 1L, Long::sum);
    }
    return fault;
  }

  /** What arrives late does so not before {@link #letArrive}, however long a busy machine takes. */
  public synchronized ServerFaults holdLate() {
    holdsLate = true;
    return this;
  }

  /** Lets everything arrive that is held, and waits until it has. */
  public synchronized void letArrive() throws InterruptedException {
    holdsLate = false;
    notifyAll();
    while (lateOnes > 0) {
      wait();
    }
  }

  /** Does {@code arrival} a little later than {@code hangUp}, or when it is let. */
  void arriveLate(long millis, Runnable hangUp, Runnable arrival) {
    synchronized (this) {
      lateOnes++;
    }
    try {
      hangUp.run();
      Thread.sleep(millis);
      synchronized (this) {
        while (holdsLate) {
          wait();
        }
      }
      arrival.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        lateOnes--;
        notifyAll();
      }
    }
  }

  /** From now on the clock that dates the objects is so far ahead of this machine's, or behind. */
  public void clockAhead(Duration difference) {
    clockAhead = difference;
  }

  Duration clockAhead() {
    return clockAhead;
  }
}
