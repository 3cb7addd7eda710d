package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.exec.aggregate.Accumulators;
import dev.frazil.plan.AggregateCall;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any aggregate whose states merge in any order, over any frame, in O(log n): a segment tree (Leis
 * et al., VLDB 2015). A node of level k is the state of {@code 16^k} rows; a frame is taken
 * together from the few nodes that make it up, for many frames at once.
 */
final class FrameTree implements FrameStates {
  private static final int FAN_OUT = 16;

  private final AggregateCall call;
  private final List<SqlType> inputTypes;
  private final int[] ranges = new int[2 * FrameRows.MAX_RANGES];

  /** The states of level k + 1, one row a node. */
  private final List<List<ColumnVector>> levels = new ArrayList<>();

  private final List<NodeList> taken = new ArrayList<>();
  private List<ColumnVector> arguments = List.of();

  /** The leaves where they are states and not rows. */
  private @Nullable List<ColumnVector> leaves;

  private boolean @Nullable [] counted;

  FrameTree(AggregateCall call, List<SqlType> inputTypes) {
    this.call = call;
    this.inputTypes = inputTypes;
  }

  /** Nodes of one level and the frames that they belong to. */
  private static final class NodeList {
    private int[] nodes = new int[1024];
    private int[] targets = new int[1024];
    private int count;

    void add(int from, int to, int target) {
      int more = to - from;
      if (count + more > nodes.length) {
        int capacity = Math.max(count + more, nodes.length * 2);
        nodes = Arrays.copyOf(nodes, capacity);
        targets = Arrays.copyOf(targets, capacity);
      }
      for (int node = from; node < to; node++) {
        nodes[count] = node;
        targets[count++] = target;
      }
    }
  }

  @Override
  public void open(WindowRows rows, List<ColumnVector> columns, boolean @Nullable [] mask) {
    arguments = columns;
    counted = mask;
    leaves = null;
    build(rows.rowCount());
  }

  /** Takes states instead of rows: {@code count} of them. */
  void openStates(List<ColumnVector> states, int count) {
    leaves = states;
    build(count);
  }

  private void build(int count) {
    levels.clear();
    taken.clear();
    taken.add(new NodeList());
    int nodes = count;
    while (nodes >= 2 * FAN_OUT) {
      int parents = (nodes + FAN_OUT - 1) / FAN_OUT;
      Accumulator level = Accumulators.of(call, inputTypes, true);
      level.grow(parents);
      int[] groups = new int[nodes];
      for (int node = 0; node < nodes; node++) {
        groups[node] = node / FAN_OUT;
      }
      List<ColumnVector> children = levels.isEmpty() ? leaves : levels.get(levels.size() - 1);
      if (children == null) {
        addRows(level, VectorGather.range(0, nodes), groups, nodes);
      } else {
        level.merge(children, nodes, groups);
      }
      levels.add(level.states(0, parents));
      taken.add(new NodeList());
      nodes = parents;
    }
  }

  private void addRows(Accumulator target, int[] rows, int[] groups, int count) {
    boolean[] mask = counted;
    int kept = count;
    if (mask != null) {
      kept = 0;
      for (int i = 0; i < count; i++) {
        if (mask[rows[i]]) {
          rows[kept] = rows[i];
          groups[kept++] = groups[i];
        }
      }
    }
    target.add(arguments, rows, kept, groups);
  }

  @Override
  public void addTo(Accumulator target, RowRanges frames, int from, int count) {
    for (int i = 0; i < count; i++) {
      int rangeCount = frames.ranges(from + i, ranges);
      for (int range = 0; range < rangeCount; range++) {
        take(ranges[2 * range], ranges[2 * range + 1], i);
      }
    }
    NodeList rows = taken.get(0);
    List<ColumnVector> lowest = leaves;
    if (lowest != null) {
      merge(target, lowest, rows);
    } else {
      addRows(target, rows.nodes, rows.targets, rows.count);
      rows.count = 0;
    }
    for (int level = 0; level < levels.size(); level++) {
      merge(target, levels.get(level), taken.get(level + 1));
    }
  }

  private static void merge(Accumulator target, List<ColumnVector> level, NodeList nodes) {
    List<ColumnVector> states = new ArrayList<>();
    for (ColumnVector column : level) {
      states.add(VectorGather.gather(column, nodes.nodes, nodes.count));
    }
    target.merge(states, nodes.count, nodes.targets);
    nodes.count = 0;
  }

  private void take(int start, int end, int target) {
    int from = start;
    int to = end;
    for (int level = 0; from < to; level++) {
      int firstParent = (from + FAN_OUT - 1) / FAN_OUT;
      int endParent = to / FAN_OUT;
      if (level == levels.size() || firstParent >= endParent) {
        taken.get(level).add(from, to, target);
        return;
      }
      taken.get(level).add(from, firstParent * FAN_OUT, target);
      taken.get(level).add(endParent * FAN_OUT, to, target);
      from = firstParent;
      to = endParent;
    }
  }

  @Override
  public long bytesPerRow() {
    return 16;
  }
}
