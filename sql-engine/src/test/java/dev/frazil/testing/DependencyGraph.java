package dev.frazil.testing;

import dev.frazil.testing.HistoryChecker.Anomaly;
import dev.frazil.testing.HistoryChecker.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Transactions with the reasons for their order, and the circles among these. One thread. */
final class DependencyGraph {
  private record Arc(int to, Edge edge) {}

  private final List<List<Arc>> arcs = new ArrayList<>();

  DependencyGraph(int nodes) {
    for (int i = 0; i < nodes; i++) {
      arcs.add(new ArrayList<>());
    }
  }

  void add(int from, int to, Edge edge) {
    if (from != to) {
      arcs.get(from).add(new Arc(to, edge));
    }
  }

  /** The least anomaly of each sort of circle, with the transactions that are entangled in it. */
  Map<Anomaly, List<Integer>> circles() {
    Map<Anomaly, List<Integer>> found = new EnumMap<>(Anomaly.class);
    Set<Edge> writes = EnumSet.of(Edge.WRITE_WRITE);
    Set<Edge> flow = EnumSet.of(Edge.WRITE_WRITE, Edge.WRITE_READ);
    Set<Edge> stored = EnumSet.of(Edge.WRITE_WRITE, Edge.WRITE_READ, Edge.READ_WRITE);
    if (note(found, Anomaly.DIRTY_WRITE, entangled(writes, true))
        || note(found, Anomaly.CIRCULAR_FLOW, entangled(flow, true))
        || note(found, Anomaly.READ_SKEW, oneAntiDependency(flow, stored))
        || note(found, Anomaly.LONG_FORK, entangled(stored, false))
        || note(found, Anomaly.STALE_READ, entangled(EnumSet.allOf(Edge.class), false))) {
      return found;
    }
    note(found, Anomaly.WRITE_SKEW, entangled(EnumSet.allOf(Edge.class), true));
    return found;
  }

  private static boolean note(
      Map<Anomaly, List<Integer>> found, Anomaly anomaly, List<Integer> circle) {
    if (!circle.isEmpty()) {
      found.put(anomaly, circle);
    }
    return !circle.isEmpty();
  }

  /** A circle of some edges with exactly one anti-dependency. */
  private List<Integer> oneAntiDependency(Set<Edge> dependencies, Set<Edge> all) {
    List<Integer> candidates = entangled(all, true);
    for (int from : candidates) {
      for (Arc arc : arcs.get(from)) {
        if (arc.edge() == Edge.READ_WRITE && reaches(arc.to(), from, dependencies)) {
          return List.of(from, arc.to());
        }
      }
    }
    return List.of();
  }

  private boolean reaches(int from, int to, Set<Edge> edges) {
    boolean[] seen = new boolean[arcs.size()];
    Deque<Integer> open = new ArrayDeque<>(List.of(from));
    seen[from] = true;
    while (!open.isEmpty()) {
      for (Arc arc : arcs.get(open.pop())) {
        if (edges.contains(arc.edge()) && !seen[arc.to()]) {
          if (arc.to() == to) {
            return true;
          }
          seen[arc.to()] = true;
          open.push(arc.to());
        }
      }
    }
    return false;
  }

  /**
   * The transactions on circles of the given edges.
   *
   * @param anyAntiDependencies false to count only circles without two anti-dependencies in a row
   */
  private List<Integer> entangled(Set<Edge> edges, boolean anyAntiDependencies) {
    return new Components(edges, anyAntiDependencies).entangled();
  }

  /**
   * Strongly connected components (Tarjan), without recursion. A node is a transaction and whether
   * an anti-dependency may follow: 2 * transaction + (1 if it may).
   */
  private final class Components {
    private final Set<Edge> edges;
    private final boolean any;
    private final int[] index = new int[2 * arcs.size()];
    private final int[] low = new int[2 * arcs.size()];
    private final int[] position = new int[2 * arcs.size()];
    private final boolean[] onStack = new boolean[2 * arcs.size()];
    private final Deque<Integer> stack = new ArrayDeque<>();
    private final List<Integer> entangled = new ArrayList<>();
    private int counter;

    Components(Set<Edge> edges, boolean any) {
      this.edges = edges;
      this.any = any;
    }

    List<Integer> entangled() {
      Arrays.fill(index, -1);
      for (int node = 0; node < index.length; node++) {
        if (index[node] < 0) {
          visit(node);
        }
      }
      return entangled.stream().map(node -> node / 2).distinct().sorted().toList();
    }

    /** The successor over an arc, or -1. */
    private int next(int node, Arc arc) {
      if (!edges.contains(arc.edge())) {
        return -1;
      }
      if (any) {
        return 2 * arc.to();
      }
      if (arc.edge() != Edge.READ_WRITE) {
        return 2 * arc.to() + 1;
      }
      return node % 2 == 1 ? 2 * arc.to() : -1;
    }

    private void visit(int start) {
      Deque<Integer> path = new ArrayDeque<>();
      enter(start, path);
      while (!path.isEmpty()) {
        int node = path.peek();
        List<Arc> out = arcs.get(node / 2);
        if (position[node] < out.size()) {
          int to = next(node, out.get(position[node]++));
          if (to >= 0 && index[to] < 0) {
            enter(to, path);
          } else if (to >= 0 && onStack[to]) {
            low[node] = Math.min(low[node], index[to]);
          }
        } else {
          path.pop();
          if (!path.isEmpty()) {
            low[path.peek()] = Math.min(low[path.peek()], low[node]);
          }
          if (low[node] == index[node]) {
            leave(node);
          }
        }
      }
    }

    private void enter(int node, Deque<Integer> path) {
      index[node] = counter;
      low[node] = counter++;
      stack.push(node);
      onStack[node] = true;
      path.push(node);
    }

    private void leave(int root) {
      List<Integer> component = new ArrayList<>();
      int node;
      do {
        node = stack.pop();
        onStack[node] = false;
        component.add(node);
      } while (node != root);
      if (component.size() > 1) {
        entangled.addAll(component);
      }
    }
  }
}
