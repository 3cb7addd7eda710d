package dev.frazil.testing;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.PutCondition;
import dev.frazil.storage.PutOutcome;
import java.net.SocketException;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store as one {@link SteppedProcess} sees it: every request is a step of that process, and one
 * of them may go wrong. Used by the process's thread only.
 */
public final class SteppedObjectStore implements ObjectStore {

  /**
   * What happens at one request of a process, counted from 1. An object that nobody else can know
   * of yet makes no difference to anybody, so a process dies at requests to shared objects only.
   */
  public sealed interface Mishap {
    int request();

    /**
     * The process dies after so many requests to shared objects, before its next request: what it
     * asked for is done; at 0 it has only begun.
     */
    record Crash(int request) implements Mishap {}

    /** The answer to a request that is no conditional put is an error. */
    record Failure(int request, boolean applied) implements Mishap {}

    /** A conditional put goes wrong: the one of that number among the conditional puts. */
    record Put(int request, PutFault fault) implements Mishap {}
  }

  private final StepRun run;
  private final SteppedProcess process;
  private final @Nullable Mishap mishap;
  private int requests;
  private int puts;
  private int shared;
  private @Nullable String unchanged;
  private long unchangedAt;

  SteppedObjectStore(StepRun run, SteppedProcess process, @Nullable Mishap mishap) {
    this.run = run;
    this.process = process;
    this.mishap = mishap;
  }

  /** Whether the process made as many requests as the mishap waits for. */
  public boolean reached() {
    if (mishap instanceof Mishap.Put put) {
      return puts >= put.request();
    }
    return mishap instanceof Mishap.Crash crash
        ? shared >= crash.request()
        : mishap == null || requests >= mishap.request();
  }

  private <T> T step(Step.Kind kind, String location, Supplier<T> request) {
    Step step = new Step(kind, location);
    if (mishap instanceof Mishap.Crash crash && crash.request() == shared) {
      throw process.die();
    }
    boolean again = location.equals(unchanged) && unchangedAt == run.writes();
    process.pass(step, again && kind == Step.Kind.FETCH);
    requests++;
    shared += run.shared(step) ? 1 : 0;
    Mishap.Failure failure =
        mishap instanceof Mishap.Failure now
                && now.request() == requests
                && kind != Step.Kind.PUT_IF
            ? now
            : null;
    if (failure != null && !failure.applied()) {
      throw broken(step);
    }
    T answer = request.get();
    run.made(step, answer);
    unchanged = answer instanceof FetchOutcome.NotModified ? location : null;
    unchangedAt = run.writes();
    if (failure != null) {
      throw broken(step);
    }
    return answer;
  }

  private static EngineException broken(Step step) {
    return new EngineException(
        SqlState.CONNECTION_FAILURE,
        "no answer to " + step,
        new SocketException("Connection reset (injected)"));
  }

  private static PutOutcome unknown() {
    return new PutOutcome.Unknown(new SocketException("Connection reset (injected)"));
  }

  @Override
  public PutOutcome putIf(String location, byte[] body, PutCondition condition) {
    puts++;
    if (!(mishap instanceof Mishap.Put put) || put.request() != puts) {
      return send(location, body, condition);
    }
    return switch (put.fault()) {
      case LOST_BEFORE_SEND -> unknown();
      case FAILED_BEFORE_SEND -> throw broken(new Step(Step.Kind.PUT_IF, location));
      case CONFLICT -> new PutOutcome.Conflict("409 (injected)");
      case APPLIED_THEN_UNKNOWN -> {
        send(location, body, condition);
        yield unknown();
      }
      case APPLIED_THEN_REFUSED -> {
        send(location, body, condition);
        yield new PutOutcome.Refused("412 (injected)");
      }
      case APPLIED_THEN_CONFLICT -> {
        send(location, body, condition);
        yield new PutOutcome.Conflict("409 (injected)");
      }
      case SENT_TWICE -> {
        send(location, body, condition);
        yield send(location, body, condition);
      }
      case ARRIVES_LATE -> {
        run.late(location, body, condition);
        yield unknown();
      }
      case REPEATED_LATE -> {
        PutOutcome outcome = send(location, body, condition);
        run.late(location, body, condition);
        yield outcome;
      }
    };
  }

  private PutOutcome send(String location, byte[] body, PutCondition condition) {
    return step(Step.Kind.PUT_IF, location, () -> run.store().putIf(location, body, condition));
  }

  @Override
  public FetchOutcome fetch(String location, @Nullable String knownEntityTag, long maxBytes) {
    return step(
        Step.Kind.FETCH, location, () -> run.store().fetch(location, knownEntityTag, maxBytes));
  }

  @Override
  public void readFully(String location, long position, byte[] target, int offset, int length) {
    step(
        Step.Kind.READ,
        location,
        () -> {
          run.store().readFully(location, position, target, offset, length);
          return true;
        });
  }

  @Override
  public Optional<ObjectInfo> head(String location) {
    return step(Step.Kind.HEAD, location, () -> run.store().head(location));
  }

  @Override
  public void put(String location, byte[] body) {
    step(
        Step.Kind.PUT,
        location,
        () -> {
          run.store().put(location, body);
          return true;
        });
  }

  @Override
  public UploadStream create(String location) {
    throw new UnsupportedOperationException("commits write small objects, whole");
  }

  @Override
  public Iterator<ObjectInfo> list(String prefix) {
    return step(Step.Kind.LIST, prefix, () -> run.store().list(prefix));
  }

  @Override
  public void delete(Collection<String> locations) {
    run.deleted(locations);
  }

  @Override
  public void close() {}
}
