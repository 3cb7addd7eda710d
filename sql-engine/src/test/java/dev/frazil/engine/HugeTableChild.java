package dev.frazil.engine;

import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryCounters;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.testing.EngineRunner;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads {@code SELECT * FROM huge} in the database in the folder that is the first argument, as far
 * as the second argument's number of files, and then goes away. Says {@code first} with the files,
 * rows and bytes read when the first row is there, {@code at} with the bytes of heap in use and of
 * rows given at some of the files, and {@code closed} with the files read.
 */
public final class HugeTableChild {
  private static final int STEPS = 4;
  private static final int TRIES = 5;

  private HugeTableChild() {}

  public static void main(String[] arguments) {
    long most = Long.parseLong(arguments[1]);
    try (EngineRunner frazil = EngineRunner.local(Path.of(arguments[0]))) {
      StatementResult.Rows rows =
          (StatementResult.Rows)
              frazil
                  .session()
                  .prepare("SELECT * FROM huge")
                  .execute(new ParameterValues(List.of()), new CancellationToken());
      OperatorCursor cursor = (OperatorCursor) rows.cursor();
      QueryCounters counters = cursor.counters();
      try (cursor) {
        read(cursor, counters, most);
      }
      say("closed", counters.value(Counter.FILES_READ));
    }
  }

  private static void read(OperatorCursor cursor, QueryCounters counters, long most) {
    RowBatch batch = cursor.next();
    say(
        "first",
        counters.value(Counter.FILES_READ),
        counters.value(Counter.ROWS_SCANNED),
        counters.value(Counter.BYTES_READ));
    long given = 0;
    long next = most / STEPS;
    while (batch != null && next <= most) {
      given += RowBatches.memoryBytes(batch);
      batch = null;
      if (counters.value(Counter.FILES_READ) >= next) {
        say("at", heldBytes(), given);
        next += most / STEPS;
      }
      batch = cursor.next();
    }
  }

  /** Heap in use, without the garbage that the scan's threads leave: the least of some tries. */
  private static long heldBytes() {
    Runtime heap = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      System.gc();
      least = Math.min(least, heap.totalMemory() - heap.freeMemory());
    }
    return least;
  }

  private static void say(String what, long... numbers) {
    StringBuilder line = new StringBuilder(what);
    for (long number : numbers) {
      line.append(' ').append(number);
    }
    System.out.println(line);
  }
}
