package dev.frazil.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times contestants in turn, A B A B ..., so that a drift of the machine's speed hits all alike,
 * and prints the medians and their ratio to the last one.
 */
final class Contest {
  private final int warmUpRounds;
  private final int rounds;

  Contest(int warmUpRounds, int rounds) {
    this.warmUpRounds = warmUpRounds;
    this.rounds = rounds;
  }

  /** Work to be timed. */
  interface Work {
    void run() throws Exception;
  }

  record Contestant(String name, Work work) {}

  /** Median milliseconds of each contestant, in their order. */
  List<Double> run(String title, List<Contestant> contestants) throws Exception {
    long[][] nanos = new long[contestants.size()][rounds];
    for (int round = -warmUpRounds; round < rounds; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        long start = System.nanoTime();
        contestants.get(i).work().run();
        if (round >= 0) {
          nanos[i][round] = System.nanoTime() - start;
        }
      }
    }
    List<Double> medians = new ArrayList<>();
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-28s", title));
    for (int i = 0; i < contestants.size(); i++) {
      Arrays.sort(nanos[i]);
      double median = nanos[i][rounds / 2] / 1e6;
      medians.add(median);
      line.append(
          String.format(
              Locale.ROOT,
              "  %s %.1f ms (%.1f to %.1f)",
              contestants.get(i).name(),
              median,
              nanos[i][0] / 1e6,
              nanos[i][rounds - 1] / 1e6));
    }
    if (contestants.size() > 1) {
      line.append(
          String.format(
              Locale.ROOT, "  ratio %.2f", medians.get(0) / medians.get(medians.size() - 1)));
    }
    System.out.println(line);
    return medians;
  }
}
