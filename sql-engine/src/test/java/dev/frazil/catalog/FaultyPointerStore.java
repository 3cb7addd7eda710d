package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A server behind a bad line: swaps are lost, land without an answer, are sent twice so that the
 * second one is refused, or arrive late; looks fail. One thread; the server behind it is shared.
 */
public final class FaultyPointerStore implements PointerStore {
  private final PointerStore server;
  private final SplittableRandom random;
  private final double rate;
  private final boolean quiet;
  private final List<List<PointerChange>> late = new ArrayList<>();

  /**
   * @param rate of calls that go wrong
   * @param quiet whether looks never fail, so that what is lost is lost by the writer's own fault
   */
  public FaultyPointerStore(PointerStore server, long seed, double rate, boolean quiet) {
    this.server = server;
    this.random = new SplittableRandom(seed);
    this.rate = rate;
    this.quiet = quiet;
  }

  private static EngineException failure(String what) {
    return new EngineException(SqlState.CONNECTION_FAILURE, "fault: " + what);
  }

  @Override
  public String description() {
    return server.description();
  }

  @Override
  public PointerView view() {
    if (!quiet && random.nextDouble() < rate / 2) {
      throw failure("a look");
    }
    return server.view();
  }

  @Override
  public SwapOutcome swap(List<PointerChange> changes) {
    if (!late.isEmpty() && random.nextBoolean()) {
      drain();
    }
    if (random.nextDouble() >= rate) {
      return server.swap(changes);
    }
    switch (random.nextInt(5)) {
      case 0 -> {
        return new SwapOutcome.Busy(failure("never sent"));
      }
      case 1 -> {
        return new SwapOutcome.Unsettled(failure("lost on the way there"));
      }
      case 2 -> {
        server.swap(changes);
        return new SwapOutcome.Unsettled(failure("lost on the way back"));
      }
      case 3 -> {
        server.swap(changes);
        return server.swap(changes); // resent by a library: collides with its own first attempt
      }
      default -> {
        late.add(changes);
        return new SwapOutcome.Unsettled(failure("late"));
      }
    }
  }

  /** What was late arrives. */
  public void drain() {
    late.forEach(server::swap);
    late.clear();
  }

  @Override
  public int changesTogether() {
    return server.changesTogether();
  }

  @Override
  public boolean renames() {
    return server.renames();
  }

  @Override
  public boolean holdsViews() {
    return server.holdsViews();
  }

  @Override
  public void prepareWrite() {
    server.prepareWrite();
  }

  @Override
  public void close() {}
}
