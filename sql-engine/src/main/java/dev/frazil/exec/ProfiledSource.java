package dev.frazil.exec;

import dev.frazil.storage.TimeSource;
import dev.frazil.vector.RowBatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A source that notes what it does in the profile of its node. */
final class ProfiledSource implements BatchSource {
  private final BatchSource source;
  private final Stopwatch stopwatch;
  private final NodeProfile profile;

  ProfiledSource(BatchSource source, NodeProfile profile) {
    this.source = source;
    this.profile = profile;
    this.stopwatch = new Stopwatch(profile);
  }

  @Override
  public void prepare() {
    stopwatch.run(source::prepare);
  }

  @Override
  public int parallelism() {
    return source.parallelism();
  }

  @Override
  public void reuseBatches() {
    source.reuseBatches();
  }

  @Override
  public Operator worker() {
    return new ProfiledOperator(source.worker());
  }

  @Override
  public void stop() {
    source.stop();
  }

  @Override
  public void close() {
    stopwatch.run(source::close);
  }

  private final class ProfiledOperator implements Operator {
    private final Operator operator;

    ProfiledOperator(Operator operator) {
      this.operator = operator;
    }

    @Override
    public @Nullable RowBatch next() {
      RowBatch batch = stopwatch.<@Nullable RowBatch>time(operator::next);
      if (batch != null) {
        profile.addBatch(batch.selectedCount());
      }
      return batch;
    }

    @Override
    public void close() {
      stopwatch.run(operator::close);
    }
  }

  /**
   * Charges each nanosecond of a thread to the innermost node that it works for: what a call below
   * took is taken off the call around it.
   */
  private record Stopwatch(NodeProfile profile) {
    /** Time that calls below took from the call around them, of this thread. */
    private static final ThreadLocal<long[]> BELOW = ThreadLocal.withInitial(() -> new long[1]);

    void run(Runnable work) {
      this.<@Nullable Void>time(
          () -> {
            work.run();
            return null;
          });
    }

    <T extends @Nullable Object> T time(Supplier<T> work) {
      long[] below = BELOW.get();
      long outer = below[0];
      below[0] = 0;
      long start = TimeSource.system().monotonicNanos();
      try {
        return work.get();
      } finally {
        long elapsed = TimeSource.system().monotonicNanos() - start;
        profile.addOwnTime(elapsed - below[0]);
        below[0] = outer + elapsed;
      }
    }
  }
}
