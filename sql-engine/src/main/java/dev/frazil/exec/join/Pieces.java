package dev.frazil.exec.join;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.WorkerThreads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Work in numbered pieces that several threads take one after the other. */
final class Pieces {
  private Pieces() {}

  /** Does all pieces, in no order; a failure or a cancel leaves the rest undone. */
  static void run(int count, int threads, QueryContext context, IntConsumer piece) {
    AtomicInteger next = new AtomicInteger();
    WorkerThreads.run(
        Math.max(1, Math.min(threads, count)),
        () -> next.set(count),
        worker -> {
          int number = next.getAndIncrement();
          while (number < count) {
            context.cancellation().check();
            piece.accept(number);
            number = next.getAndIncrement();
          }
        });
  }
}
