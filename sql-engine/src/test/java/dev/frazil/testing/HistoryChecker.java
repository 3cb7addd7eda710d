package dev.frazil.testing;

import dev.frazil.testing.History.Outcome;
import dev.frazil.testing.History.Run;
import dev.frazil.testing.History.Step;
import dev.frazil.testing.History.Step.Append;
import dev.frazil.testing.History.Step.Read;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what no serial order, or no snapshot, explains in a {@link History}. Names are those of
 * Adya ("Weak Consistency", 1999) and of Cerone and Gotsman ("Analysing Snapshot Isolation", 2016):
 * snapshot isolation has no cycle of dependencies without two anti-dependencies in a row,
 * serializability has none at all. One thread, used once.
 */
public final class HistoryChecker {
  /** What may be wrong. */
  public enum Anomaly {
    /** A value that nobody appended was read. */
    GARBAGE,
    /** A value stands in a list twice. */
    DUPLICATE,
    /** A value of an acknowledged transaction is gone in the end. */
    LOST_APPEND,
    /** Two reads of a list, neither the beginning of the other. */
    INCOMPATIBLE_ORDER,
    /** A transaction does not see its own appends, or sees a list change under it. */
    INTERNAL,
    /** G1a: a value of a failed transaction was read. */
    ABORTED_READ,
    /** G1b: a state in the middle of another transaction was read. */
    INTERMEDIATE_READ,
    /** G0: writers overwrite each other in a circle. */
    DIRTY_WRITE,
    /** G1c: a circle of writes and reads of them. */
    CIRCULAR_FLOW,
    /** G-single: read skew, lost update: a circle with one read of what was overwritten. */
    READ_SKEW,
    /** Two readers see two writers in different orders. */
    LONG_FORK,
    /** A process does not see what it saw or wrote before. */
    STALE_READ,
    /** G2-item: any other circle, such as write skew. All that snapshot isolation lets happen. */
    WRITE_SKEW
  }

  private final List<Run> runs;
  private final Map<Anomaly, String> found = new EnumMap<>(Anomaly.class);
  private final Map<Long, Integer> writers = new HashMap<>();
  private final Map<String, List<Long>> orders = new LinkedHashMap<>();
  private final Set<Long> observed = new HashSet<>();

  private HistoryChecker(List<Run> runs) {
    this.runs = runs;
  }

  /** Each kind of anomaly with an example; empty for a serializable history. */
  public static Map<Anomaly, String> check(List<Run> runs) {
    HistoryChecker checker = new HistoryChecker(runs);
    checker.collect();
    checker.checkValues();
    for (int run = 0; run < runs.size(); run++) {
      checker.checkInside(run);
    }
    if (checker.found.isEmpty()) {
      checker.checkCircles();
    }
    return checker.found;
  }

  private void report(Anomaly anomaly, String example) {
    found.putIfAbsent(anomaly, example);
  }

  /** Whether what it read and wrote counts: an unknown one does if anybody saw it. */
  private boolean counts(int run) {
    Run that = runs.get(run);
    return that.outcome() == Outcome.OK
        || that.outcome() == Outcome.FINAL
        || (that.outcome() == Outcome.UNKNOWN
            && that.steps().stream()
                .anyMatch(step -> step instanceof Append a && observed.contains(a.value())));
  }

  private void collect() {
    for (int run = 0; run < runs.size(); run++) {
      for (Step step : runs.get(run).steps()) {
        if (step instanceof Append append) {
          writers.put(append.value(), run);
        } else if (step instanceof Read read && runs.get(run).outcome() != Outcome.FAIL) {
          Set<Long> own = ownAppends(runs.get(run));
          read.values().stream().filter(value -> !own.contains(value)).forEach(observed::add);
        }
      }
    }
  }

  private static Set<Long> ownAppends(Run run) {
    Set<Long> own = new HashSet<>();
    for (Step step : run.steps()) {
      if (step instanceof Append append) {
        own.add(append.value());
      }
    }
    return own;
  }

  /** Finds the order of each list, and what does not fit into any. */
  private void checkValues() {
    for (int run = 0; run < runs.size(); run++) {
      if (!counts(run)) {
        continue;
      }
      for (Step step : runs.get(run).steps()) {
        if (step instanceof Read read) {
          checkRead(read, run);
        }
      }
    }
    for (Run run : runs) {
      if (run.outcome() == Outcome.FINAL) {
        checkFinal(run);
      }
    }
  }

  private void checkRead(Read read, int run) {
    if (new HashSet<>(read.values()).size() < read.values().size()) {
      report(Anomaly.DUPLICATE, read.toString());
    }
    for (long value : read.values()) {
      Integer writer = writers.get(value);
      if (writer == null) {
        report(Anomaly.GARBAGE, read.toString());
      } else if (runs.get(writer).outcome() == Outcome.FAIL) {
        report(Anomaly.ABORTED_READ, read + " of " + runs.get(writer));
      }
    }
    List<Long> known = orders.getOrDefault(read.key(), List.of());
    List<Long> longer = known.size() >= read.values().size() ? known : read.values();
    List<Long> shorter = longer.equals(known) ? read.values() : known;
    if (!longer.subList(0, shorter.size()).equals(shorter)) {
      report(Anomaly.INCOMPATIBLE_ORDER, read + " beside " + known);
    }
    orders.put(read.key(), longer);
    if (!read.values().isEmpty()) {
      long last = read.values().get(read.values().size() - 1);
      Integer writer = writers.get(last);
      if (writer != null && writer != run && last != lastAppend(writer, read.key())) {
        report(Anomaly.INTERMEDIATE_READ, read + " of " + runs.get(writer));
      }
    }
  }

  private long lastAppend(int run, String key) {
    long last = Long.MIN_VALUE;
    for (Step step : runs.get(run).steps()) {
      if (step instanceof Append append && append.key().equals(key)) {
        last = append.value();
      }
    }
    return last;
  }

  private void checkFinal(Run last) {
    Map<String, List<Long>> lists = new HashMap<>();
    for (Step step : last.steps()) {
      if (step instanceof Read read) {
        lists.put(read.key(), read.values());
      }
    }
    for (int run = 0; run < runs.size(); run++) {
      for (Step step : counts(run) ? runs.get(run).steps() : List.<Step>of()) {
        List<Long> list = lists.get(step.key());
        if (step instanceof Append append && list != null && !list.contains(append.value())) {
          report(Anomaly.LOST_APPEND, runs.get(run) + " but finally " + list);
        }
      }
    }
  }

  /** Within itself, a transaction sees one state and its own appends. */
  private void checkInside(int run) {
    if (!counts(run)) {
      return;
    }
    Map<String, List<Long>> expected = new HashMap<>();
    Map<String, List<Long>> appended = new HashMap<>();
    for (Step step : runs.get(run).steps()) {
      if (step instanceof Append append) {
        appended.computeIfAbsent(append.key(), key -> new ArrayList<>()).add(append.value());
        List<Long> list = expected.get(append.key());
        if (list != null) {
          list.add(append.value());
        }
      } else if (step instanceof Read read) {
        List<Long> list = expected.get(read.key());
        List<Long> own = appended.getOrDefault(read.key(), List.of());
        int before = read.values().size() - own.size();
        boolean endsWithOwn =
            before >= 0 && read.values().subList(before, read.values().size()).equals(own);
        if ((list != null && !list.equals(read.values())) || !endsWithOwn) {
          report(Anomaly.INTERNAL, runs.get(run).toString());
        }
        expected.put(read.key(), new ArrayList<>(read.values()));
      }
    }
  }

  private void checkCircles() {
    DependencyGraph graph = new DependencyGraph(runs.size());
    for (List<Long> order : orders.values()) {
      for (int i = 1; i < order.size(); i++) {
        graph.add(writers.get(order.get(i - 1)), writers.get(order.get(i)), Edge.WRITE_WRITE);
      }
    }
    Map<Integer, Integer> previous = new HashMap<>();
    for (int run = 0; run < runs.size(); run++) {
      if (!counts(run)) {
        continue;
      }
      addReads(graph, run);
      Integer before = previous.put(runs.get(run).process(), run);
      if (before != null) {
        graph.add(before, run, Edge.SESSION);
      }
    }
    graph.circles().forEach((anomaly, circle) -> report(anomaly, describe(circle)));
  }

  private void addReads(DependencyGraph graph, int run) {
    Set<Long> own = ownAppends(runs.get(run));
    for (Step step : runs.get(run).steps()) {
      if (step instanceof Read read) {
        long others = read.values().stream().filter(value -> !own.contains(value)).count();
        List<Long> order = orders.get(read.key());
        if (others > 0) {
          graph.add(writers.get(order.get((int) others - 1)), run, Edge.WRITE_READ);
        }
        // What came right after what was seen; own appends come after it anyway.
        if (others < order.size()) {
          graph.add(run, writers.get(order.get((int) others)), Edge.READ_WRITE);
        }
      }
    }
  }

  private String describe(List<Integer> circle) {
    StringBuilder text = new StringBuilder();
    circle.stream().limit(8).forEach(run -> text.append(runs.get(run)).append(" -> "));
    return text.append("...").toString();
  }

  /** Why one transaction comes before another. */
  enum Edge {
    WRITE_WRITE,
    WRITE_READ,
    SESSION,
    /** It read what the other one overwrote. */
    READ_WRITE
  }
}
