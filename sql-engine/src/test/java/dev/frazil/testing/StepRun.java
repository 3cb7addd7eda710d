package dev.frazil.testing;

import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.PutCondition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A few processes over one store, to be moved step by step by {@link OrderEnumeration}. A put that
 * arrives late is made by a process of its own.
 *
 * <p>Only steps on <em>shared</em> objects are choices: the root, the version hints, listings. All
 * other objects have names that are drawn at random, are written once, and are found by others only
 * through a root that was stored afterwards. So a step on one of them commutes with every step that
 * another process can make before it, and may as well be made at once. That this is how the objects
 * are used is checked in each run: a second put, or a read that finds nothing, is an error.
 */
public abstract class StepRun implements OrderEnumeration.Run {
  private final MemoryObjectStore store;
  private final boolean everyStep;
  private final ExecutorService threads;
  private final List<OrderEnumeration.Process> processes = new ArrayList<>();
  private final List<SteppedProcess> stepped = new ArrayList<>();
  private final Deque<Runnable> late = new ArrayDeque<>();
  private final Deque<Step> lateSteps = new ArrayDeque<>();
  private final Set<String> writtenOnce = new HashSet<>();
  private final List<String> deleted = new ArrayList<>();
  private long writes;

  /**
   * @param store with what is there before; of this run alone
   * @param everyStep whether every step is a choice, although it commutes
   */
  protected StepRun(MemoryObjectStore store, boolean everyStep, ExecutorService threads) {
    this.store = store;
    this.everyStep = everyStep;
    this.threads = threads;
  }

  /** Starts a process, which runs up to its first step on a shared object. */
  protected final SteppedObjectStore start(
      SteppedObjectStore.@Nullable Mishap mishap, Consumer<SteppedObjectStore> body) {
    SteppedProcess process = new SteppedProcess(step -> everyStep || shared(step));
    SteppedObjectStore view = new SteppedObjectStore(this, process, mishap);
    processes.add(process);
    stepped.add(process);
    process.start(threads, () -> body.accept(view));
    return view;
  }

  /** Lets late puts arrive at every moment after they were sent. */
  protected final void startLateArrivals() {
    processes.add(
        new OrderEnumeration.Process() {
          @Override
          public @Nullable Step next() {
            return lateSteps.peek();
          }

          @Override
          public void step() {
            lateSteps.remove();
            late.remove().run();
            writes++;
          }
        });
  }

  /** Whether other processes may come to the same object at the same time. */
  protected boolean shared(Step step) {
    return step.kind() == Step.Kind.LIST
        || step.location().endsWith("/root.json")
        || step.location().endsWith("/version-hint.text");
  }

  MemoryObjectStore store() {
    return store;
  }

  void late(String location, byte[] body, PutCondition condition) {
    lateSteps.add(new Step(Step.Kind.PUT_IF, location));
    late.add(() -> store.putIf(location, body, condition));
  }

  void deleted(Collection<String> locations) {
    deleted.addAll(locations);
    store.delete(locations);
  }

  /** Objects that somebody deleted. */
  protected final List<String> deleted() {
    return deleted;
  }

  /** Steps so far that may have changed something. */
  long writes() {
    return writes;
  }

  void made(Step step, @Nullable Object answer) {
    if (shared(step)) {
      writes += step.kind().writes() ? 1 : 0;
      return;
    }
    boolean missing =
        answer instanceof FetchOutcome.Missing
            || (answer instanceof Optional<?> found && found.isEmpty());
    if (missing) {
      throw new AssertionError("looked for before it was there: " + step);
    }
    if (step.kind().writes() && !writtenOnce.add(step.location())) {
      throw new AssertionError("a name that is used twice: " + step);
    }
  }

  @Override
  public final List<OrderEnumeration.Process> processes() {
    return processes;
  }

  @Override
  public final void close() {
    stepped.forEach(SteppedProcess::kill);
  }
}
