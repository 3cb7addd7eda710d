package dev.frazil.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes through every order in which the steps of a few processes can follow each other, depth
 * first: each order is a run of its own from the beginning, in which exactly one process at a time
 * makes its next step.
 *
 * <p>Orders that differ only in neighbouring steps that do not depend on each other ({@link
 * Step#dependsOn}) lead every process to the same answers and the store to the same state, so one
 * of them is enough. Sleep sets (Godefroid, <em>Partial-Order Methods for the Verification of
 * Concurrent Systems</em>, 1996, chapter 5) find these: having tried process {@code p} at a point,
 * the search need not try it again behind the other choices there until a step comes that depends
 * on {@code p}'s. They leave out no state in which all processes have ended. One thread.
 */
public final class OrderEnumeration {

  /** One of the processes of a run. */
  public interface Process {
    /** The step that it is about to make, null if it makes none for now. */
    @Nullable Step next();

    /** Makes it, and goes on until the next. */
    void step();

    /**
     * Whether its next step looks once more at what it has just found unchanged: such a process
     * moves on only when all do, as if it slept until somebody changes something.
     */
    default boolean idle() {
      return false;
    }
  }

  /** The processes of one order, from their beginning. */
  public interface Run extends AutoCloseable {
    List<? extends Process> processes();

    /** Everybody has ended. */
    void end(List<String> order);

    /** Ends what has not ended. */
    @Override
    void close();
  }

  /**
   * @param orders complete ones
   * @param cut runs that were given up because another one stands for them
   * @param longest steps of an order at most
   */
  public record Count(long orders, long cut, int longest) {
    public static final Count NONE = new Count(0, 0, 0);

    /** Both. */
    public Count plus(Count other) {
      return new Count(orders + other.orders, cut + other.cut, Math.max(longest, other.longest));
    }
  }

  /** A point at which there was a choice. */
  private static final class Node {
    final Map<Integer, Step> enabled;
    final Map<Integer, Step> sleeping;
    int chosen;

    Node(Map<Integer, Step> enabled, Map<Integer, Step> sleeping, int chosen) {
      this.enabled = enabled;
      this.sleeping = sleeping;
      this.chosen = chosen;
    }
  }

  /** More steps than any order has, unless somebody goes round for ever. */
  private static final int MAX_STEPS = 2_000;

  private final List<Node> path = new ArrayList<>();
  private final boolean reduced;
  private long orders;
  private long cut;
  private int longest;

  private OrderEnumeration(boolean reduced) {
    this.reduced = reduced;
  }

  /** Every order up to independent steps. */
  public static Count enumerate(Supplier<? extends Run> runs) {
    return new OrderEnumeration(true).all(runs);
  }

  /** Every order, however many there are. */
  public static Count enumerateAll(Supplier<? extends Run> runs) {
    return new OrderEnumeration(false).all(runs);
  }

  private Count all(Supplier<? extends Run> runs) {
    do {
      try (Run run = runs.get()) {
        follow(run);
      }
    } while (backtrack());
    return new Count(orders, cut, longest);
  }

  private void follow(Run run) {
    List<String> order = new ArrayList<>();
    Map<Integer, Step> sleeping = new HashMap<>();
    for (int depth = 0; ; depth++) {
      Map<Integer, Step> enabled = enabled(run.processes());
      if (enabled.isEmpty()) {
        orders++;
        longest = Math.max(longest, order.size());
        run.end(order);
        return;
      }
      if (order.size() > MAX_STEPS) {
        throw new AssertionError("somebody goes round for ever: " + order.subList(0, 100));
      }
      if (depth == path.size()) {
        int first = firstAwake(enabled, sleeping);
        if (first < 0) {
          cut++;
          return;
        }
        path.add(new Node(enabled, new HashMap<>(sleeping), first));
      }
      Node node = path.get(depth);
      if (!kinds(node.enabled).equals(kinds(enabled))) {
        throw new AssertionError(
            "not repeatable after " + order + ": " + node.enabled + ", then " + enabled);
      }
      Step step = enabled.get(node.chosen);
      order.add((char) ('A' + node.chosen) + " " + step);
      sleeping = new HashMap<>(node.sleeping);
      sleeping.values().removeIf(asleep -> asleep.dependsOn(step));
      run.processes().get(node.chosen).step();
    }
  }

  private static Map<Integer, Step> enabled(List<? extends Process> processes) {
    Map<Integer, Step> enabled = new HashMap<>();
    Map<Integer, Step> idle = new HashMap<>();
    for (int i = 0; i < processes.size(); i++) {
      Step next = processes.get(i).next();
      if (next != null) {
        (processes.get(i).idle() ? idle : enabled).put(i, next);
      }
    }
    return enabled.isEmpty() ? idle : enabled;
  }

  /** Names of objects may be others from run to run. */
  private static Map<Integer, Step.Kind> kinds(Map<Integer, Step> steps) {
    Map<Integer, Step.Kind> kinds = new HashMap<>();
    steps.forEach((process, step) -> kinds.put(process, step.kind()));
    return kinds;
  }

  private static int firstAwake(Map<Integer, Step> enabled, Map<Integer, Step> sleeping) {
    return enabled.keySet().stream()
        .filter(process -> !sleeping.containsKey(process))
        .mapToInt(process -> process)
        .min()
        .orElse(-1);
  }

  /** Takes the next choice at the last point that has one left. */
  private boolean backtrack() {
    while (!path.isEmpty()) {
      Node node = path.get(path.size() - 1);
      int before = node.chosen;
      if (reduced) {
        node.sleeping.put(before, node.enabled.get(before));
      }
      int next =
          node.enabled.keySet().stream()
              .filter(process -> reduced ? !node.sleeping.containsKey(process) : process > before)
              .mapToInt(process -> process)
              .min()
              .orElse(-1);
      if (next >= 0) {
        node.chosen = next;
        return true;
      }
      path.remove(path.size() - 1);
    }
    return false;
  }
}
