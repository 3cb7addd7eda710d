package dev.frazil.testing;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.PutCondition;
import dev.frazil.storage.PutOutcome;
import dev.frazil.storage.RequestCounter;
import dev.frazil.storage.TimeSource;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Wraps any object store and lets things go wrong: at random, by a seed and a rate; or directed, by
 * a queue of faults for the next conditional puts; or by hooks at named points, which may throw,
 * park, kill the process, or let another writer commit in between. Thread-safe.
 *
 * <p>Late requests are sent by whoever makes the call at which they are due, under their original
 * condition, and their outcome is told to nobody. {@link #drain} sends those that are still out.
 */
public final class FaultyObjectStore implements ObjectStore {

  /** Where a hook may stand. */
  public enum Point {
    BEFORE_PUT_IF,
    /** The conditional put has been answered by the store, its caller knows nothing yet. */
    AFTER_PUT_IF,
    BEFORE_PUT,
    AFTER_PUT,
    BEFORE_CREATE,
    BEFORE_CREATE_CLOSE,
    AFTER_CREATE_CLOSE,
    BEFORE_FETCH,
    BEFORE_READ,
    BEFORE_HEAD,
    BEFORE_LIST
  }

  private record Late(long dueCall, String location, byte[] body, PutCondition condition) {}

  private final ObjectStore store;
  private final TimeSource time;
  private final SplittableRandom random;
  private final Map<Point, Consumer<String>> hooks = new ConcurrentHashMap<>();
  private final Deque<PutFault> directed = new ArrayDeque<>();
  private final List<Late> late = new ArrayList<>();
  private final Map<PutFault, Long> injected = new EnumMap<>(PutFault.class);
  private List<PutFault> randomFaults = List.of(PutFault.values());
  private double putFaultRate;
  private double readFaultRate;
  private double writeFaultRate;
  private int latencyMillis;
  private volatile boolean turns;
  private long calls;
  private long otherFaults;

  /** Without faults until some are asked for. */
  public FaultyObjectStore(ObjectStore store, long seed) {
    this(store, seed, TimeSource.system());
  }

  public FaultyObjectStore(ObjectStore store, long seed, TimeSource time) {
    this.store = store;
    this.time = time;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Random faults from now on.
   *
   * @param putIf share of conditional puts that go wrong
   * @param reads share of fetches, reads, heads and listings that fail with 08001
   * @param writes share of unconditional writes that fail with 08001, half of them after they were
   *     applied
   */
  public synchronized FaultyObjectStore rates(double putIf, double reads, double writes) {
    putFaultRate = putIf;
    readFaultRate = reads;
    writeFaultRate = writes;
    return this;
  }

  /**
   * Lets writers take turns where the store below knows any; otherwise they overtake each other.
   */
  public FaultyObjectStore withTurns() {
    turns = true;
    return this;
  }

  /** Restricts the random faults of conditional puts. */
  public synchronized FaultyObjectStore randomFaults(Collection<PutFault> faults) {
    randomFaults = List.copyOf(faults);
    return this;
  }

  /** Every call first waits a random time up to this. */
  public synchronized FaultyObjectStore latencyMillis(int max) {
    latencyMillis = max;
    return this;
  }

  /** The next conditional puts go wrong in exactly this way, in this order. */
  public synchronized FaultyObjectStore nextPutIf(PutFault... faults) {
    directed.addAll(List.of(faults));
    return this;
  }

  /** Runs {@code action} with the location at every pass of a point, in the calling thread. */
  public FaultyObjectStore hook(Point point, Consumer<String> action) {
    hooks.put(point, action);
    return this;
  }

  /** Runs {@code action} at the next pass of a point whose location contains {@code part}. */
  public FaultyObjectStore hookOnce(Point point, String part, Consumer<String> action) {
    hooks.put(
        point,
        location -> {
          if (location.contains(part) && hooks.remove(point) != null) {
            action.accept(location);
          }
        });
    return this;
  }

  /** No further faults, hooks or waits; late requests stay out. */
  public synchronized FaultyObjectStore calm() {
    rates(0, 0, 0);
    latencyMillis = 0;
    directed.clear();
    hooks.clear();
    return this;
  }

  /** Sends the late requests that are still out. */
  public void drain() {
    for (Late request : takeLate(Long.MAX_VALUE)) {
      store.putIf(request.location(), request.body(), request.condition());
    }
  }

  /** How often each fault of a conditional put was injected. */
  public synchronized Map<PutFault, Long> injected() {
    return new EnumMap<>(injected);
  }

  /** All calls so far. */
  public synchronized long calls() {
    return calls;
  }

  /** All faults so far, of any kind of call. */
  public synchronized long faults() {
    return otherFaults + injected.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public PutOutcome putIf(String location, byte[] body, PutCondition condition) {
    enter(Point.BEFORE_PUT_IF, location);
    PutFault fault = choosePutFault();
    PutOutcome outcome = fault == null || fault.sent() ? send(location, body, condition) : null;
    if (fault == null) {
      return outcome;
    }
    return switch (fault) {
      case LOST_BEFORE_SEND -> unknown();
      case FAILED_BEFORE_SEND -> throw unreachable("write", location);
      case APPLIED_THEN_UNKNOWN -> unknown();
      case APPLIED_THEN_REFUSED -> new PutOutcome.Refused("412 (injected)");
      case APPLIED_THEN_CONFLICT, CONFLICT -> new PutOutcome.Conflict("409 (injected)");
      case SENT_TWICE -> send(location, body, condition);
      case ARRIVES_LATE -> {
        sendLater(location, body, condition);
        yield unknown();
      }
      case REPEATED_LATE -> {
        sendLater(location, body, condition);
        yield outcome;
      }
    };
  }

  private PutOutcome send(String location, byte[] body, PutCondition condition) {
    PutOutcome outcome = store.putIf(location, body, condition);
    at(Point.AFTER_PUT_IF, location);
    return outcome;
  }

  @Override
  public FetchOutcome fetch(String location, @Nullable String knownEntityTag, long maxBytes) {
    enterRead(Point.BEFORE_FETCH, location);
    return store.fetch(location, knownEntityTag, maxBytes);
  }

  @Override
  public void readFully(String location, long position, byte[] target, int offset, int length) {
    enterRead(Point.BEFORE_READ, location);
    store.readFully(location, position, target, offset, length);
  }

  @Override
  public Optional<ObjectInfo> head(String location) {
    enterRead(Point.BEFORE_HEAD, location);
    return store.head(location);
  }

  @Override
  public Iterator<ObjectInfo> list(String prefix) {
    enterRead(Point.BEFORE_LIST, prefix);
    return store.list(prefix);
  }

  @Override
  public void put(String location, byte[] body) {
    enter(Point.BEFORE_PUT, location);
    boolean fails = chance(true);
    if (fails && flip()) {
      throw unreachable("write", location);
    }
    store.put(location, body);
    at(Point.AFTER_PUT, location);
    if (fails) {
      throw unreachable("write", location);
    }
  }

  @Override
  public UploadStream create(String location) {
    enter(Point.BEFORE_CREATE, location);
    return new FaultyUpload(this, location, store.create(location));
  }

  @Override
  public void delete(Collection<String> locations) {
    store.delete(locations);
  }

  @Override
  public boolean keepsTurns() {
    return turns && store.keepsTurns();
  }

  @Override
  public Turn takeTurn(String folder) {
    return turns ? store.takeTurn(folder) : Turn.NONE;
  }

  @Override
  public RequestCounter requests() {
    return store.requests();
  }

  @Override
  public void close() {
    store.close();
  }

  private void enterRead(Point point, String location) {
    enter(point, location);
    if (chance(false)) {
      throw unreachable("read", location);
    }
  }

  void enter(Point point, String location) {
    int wait;
    List<Late> due;
    synchronized (this) {
      calls++;
      due = takeLate(calls);
      wait = latencyMillis > 0 ? random.nextInt(latencyMillis + 1) : 0;
    }
    for (Late request : due) {
      store.putIf(request.location(), request.body(), request.condition());
    }
    time.sleepMillis(wait);
    at(point, location);
  }

  void at(Point point, String location) {
    Consumer<String> hook = hooks.get(point);
    if (hook != null) {
      hook.accept(location);
    }
  }

  private synchronized @Nullable PutFault choosePutFault() {
    PutFault fault = directed.poll();
    if (fault == null && putFaultRate > 0 && random.nextDouble() < putFaultRate) {
      fault = randomFaults.get(random.nextInt(randomFaults.size()));
    }
    if (fault != null) {
      injected.merge(fault, 1L, Long::sum);
    }
    return fault;
  }

  synchronized boolean chance(boolean write) {
    double rate = write ? writeFaultRate : readFaultRate;
    boolean fails = rate > 0 && random.nextDouble() < rate;
    otherFaults += fails ? 1 : 0;
    return fails;
  }

  synchronized boolean flip() {
    return random.nextBoolean();
  }

  private synchronized void sendLater(String location, byte[] body, PutCondition condition) {
    late.add(new Late(calls + 1 + random.nextInt(40), location, body.clone(), condition));
  }

  private synchronized List<Late> takeLate(long call) {
    List<Late> due = late.stream().filter(request -> request.dueCall() <= call).toList();
    late.removeAll(due);
    return due;
  }

  private static PutOutcome unknown() {
    return new PutOutcome.Unknown(new SocketException("connection reset (injected)"));
  }

  static EngineException unreachable(String attempted, String location) {
    return new EngineException(
        SqlState.CONNECTION_FAILURE,
        "cannot " + attempted + " '" + location + "': connection reset (injected)",
        new SocketException("connection reset (injected)"));
  }
}
