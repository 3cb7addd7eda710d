package dev.frazil.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times contestants in turn, A B A B ..., so that a drift of the machine's speed hits all alike,
 * and prints the medians of wall time and of the process's CPU time, which other processes on the
 * machine disturb far less, with their ratios to the last contestant.
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

  /**
   * What one contestant took.
   *
   * @param wallMillis median of the rounds
   * @param cpuMillis median CPU time of all threads of this process, the JVM's own among them
   */
  record Times(double wallMillis, double cpuMillis) {}

  /** The times of each contestant, in their order. */
  List<Times> run(String title, List<Contestant> contestants) throws Exception {
    long[][] wall = new long[contestants.size()][rounds];
    long[][] cpu = new long[contestants.size()][rounds];
    for (int round = -warmUpRounds; round < rounds; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        long cpuStart = cpuNanos();
        long start = System.nanoTime();
        contestants.get(i).work().run();
        long nanos = System.nanoTime() - start;
        if (round >= 0) {
          wall[i][round] = nanos;
          cpu[i][round] = cpuNanos() - cpuStart;
        }
      }
    }
    List<Times> times = new ArrayList<>();
    for (int i = 0; i < contestants.size(); i++) {
      Arrays.sort(wall[i]);
      Arrays.sort(cpu[i]);
      times.add(new Times(wall[i][rounds / 2] / 1e6, cpu[i][rounds / 2] / 1e6));
    }
    print(title, contestants, times, wall);
    return times;
  }

  private void print(
      String title, List<Contestant> contestants, List<Times> times, long[][] sorted) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-16s", title));
    for (int i = 0; i < times.size(); i++) {
      line.append(
          String.format(
              Locale.ROOT,
              "  %s %.1f ms (%.1f to %.1f), CPU %.0f ms",
              contestants.get(i).name(),
              times.get(i).wallMillis(),
              sorted[i][0] / 1e6,
              sorted[i][rounds - 1] / 1e6,
              times.get(i).cpuMillis()));
    }
    if (times.size() > 1) {
      Times last = times.get(times.size() - 1);
      line.append(
          String.format(
              Locale.ROOT,
              "  ratio %.2f, CPU %.2f",
              times.get(0).wallMillis() / last.wallMillis(),
              times.get(0).cpuMillis() / last.cpuMillis()));
    }
    System.out.println(line);
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
