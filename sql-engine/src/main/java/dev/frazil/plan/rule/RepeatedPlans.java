package dev.frazil.plan.rule;

import dev.frazil.plan.JoinNode;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.RareNode;
import dev.frazil.plan.SetOperator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts that a plan holds more than once, as a WITH that is read twice leaves them, and
 * that are worth running once and keeping for every reader: aggregations, set operations that count
 * their rows, and windows, sorts and joins of few rows.
 *
 * <p>A join is worth it where a reader needs all its rows anyway. One that stops early, or whose
 * keys narrow the scans below, may be done sooner by itself; if all readers are of that kind, each
 * is left alone.
 */
public final class RepeatedPlans {
  /** Keeping so many values is cheaper than to join again, and they fit most budgets. */
  private static final double MOST_VALUES = 8_000_000;

  private final Set<PhysicalNode> refused = Collections.newSetFromMap(new IdentityHashMap<>());
  private List<Group> groups = List.of();

  /** Nodes that give the same rows. */
  private static final class Group {
    final List<PhysicalNode> nodes = new ArrayList<>();
    boolean readInFull;

    void add(PhysicalNode node, boolean inFull) {
      nodes.add(node);
      readInFull |= inFull;
    }
  }

  private RepeatedPlans() {}

  /** For each node that is to be run once for several, the first of its kind; by identity. */
  public static IdentityHashMap<PhysicalNode, PhysicalNode> of(PhysicalNode root) {
    return new RepeatedPlans().find(root);
  }

  private IdentityHashMap<PhysicalNode, PhysicalNode> find(PhysicalNode root) {
    boolean changed = true;
    while (changed) {
      groups = new ArrayList<>();
      walk(root, true, new BitSet());
      changed = false;
      for (Group group : groups) {
        // what is below the later ones of a refused group was not looked at
        changed |= group.nodes.size() > 1 && !group.readInFull && refused.addAll(group.nodes);
      }
    }
    IdentityHashMap<PhysicalNode, PhysicalNode> firsts = new IdentityHashMap<>();
    for (Group group : groups) {
      if (group.nodes.size() > 1) {
        group.nodes.forEach(node -> firsts.put(node, group.nodes.get(0)));
      }
    }
    return firsts;
  }

  /**
   * @param endsEarly whether nothing above needs all rows before it gives the first
   * @param keys the columns for whose values a join above does not want some rows
   */
  private void walk(PhysicalNode node, boolean endsEarly, BitSet keys) {
    if (isCandidate(node)) {
      boolean inFull = isBlocking(node) || !(endsEarly || KeyPaths.reachScan(node, keys));
      Group known = group(node);
      if (known != null) {
        known.add(node, inFull);
        return;
      }
      Group added = new Group();
      added.add(node, inFull);
      groups.add(added);
    }
    // an Apply or a recursion runs its inputs again and again, over other rows each time
    if (node instanceof RareNode) {
      return;
    }
    for (int i = 0; i < node.inputs().size(); i++) {
      BitSet below = KeyPaths.narrowing(node, keys, i);
      walk(node.inputs().get(i), passesEarlyEnd(node, i, endsEarly), below);
    }
  }

  private @Nullable Group group(PhysicalNode node) {
    for (Group group : groups) {
      if (SamePlans.areSame(group.nodes.get(0), node)) {
        return SamePlans.isStable(node) ? group : null;
      }
    }
    return null;
  }

  private boolean isCandidate(PhysicalNode node) {
    if (refused.contains(node)) {
      return false;
    }
    return isGrouping(node)
        || (isCostly(node) && node.estimatedRows() * (1 + node.columnCount()) <= MOST_VALUES);
  }

  private static boolean isGrouping(PhysicalNode node) {
    return node instanceof Aggregate
        || (node instanceof SetOperation operation
            && !(operation.operator() == SetOperator.UNION && operation.all()));
  }

  private static boolean isCostly(PhysicalNode node) {
    return node instanceof JoinNode
        || isBlocking(node)
        || node.inputs().stream().anyMatch(RepeatedPlans::isCostly);
  }

  /** Whether it gives no row before it has read all. */
  private static boolean isBlocking(PhysicalNode node) {
    if (node instanceof Project || node instanceof Filter) {
      return isBlocking(node.inputs().get(0));
    }
    return isGrouping(node)
        || node instanceof Window
        || (node instanceof Sort sort && !sort.keys().isEmpty());
  }

  private static boolean passesEarlyEnd(PhysicalNode node, int input, boolean endsEarly) {
    if (node instanceof JoinNode) {
      return input == 0 && endsEarly;
    }
    if (node instanceof Sort sort && sort.keys().isEmpty()) {
      return endsEarly || sort.limit() != null;
    }
    return endsEarly && !isGrouping(node) && !(node instanceof Window || node instanceof Sort);
  }
}
