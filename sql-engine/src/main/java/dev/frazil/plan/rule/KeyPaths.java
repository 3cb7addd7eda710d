package dev.frazil.plan.rule;

import dev.frazil.plan.JoinKind;
import dev.frazil.plan.JoinNode;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.SetOperator;
import dev.frazil.type.PhysicalKind;
import java.util.BitSet;
import java.util.List;

/**
 * The way of a key from a node to the scans below: where a row that is unwanted for the value of a
 * column may be dropped at an input as well. Through projections, grouping by the key, and joins,
 * where equal columns of the other side carry the key as well.
 */
public final class KeyPaths {
  private KeyPaths() {}

  /** The columns of an input that carry one of these columns of the node. */
  public static BitSet below(PhysicalNode node, BitSet keys, int input) {
    BitSet below = new BitSet();
    if (node instanceof Filter) {
      return keys;
    } else if (node instanceof Project project) {
      keys.stream()
          .filter(key -> project.expressions().get(key) instanceof InputReference)
          .forEach(key -> below.set(((InputReference) project.expressions().get(key)).index()));
    } else if (node instanceof Aggregate aggregate) {
      keys.stream()
          .filter(key -> key < aggregate.groupKeys().size())
          .map(key -> aggregate.groupKeys().get(key))
          .filter(key -> aggregate.groupingSets().stream().allMatch(set -> set.contains(key)))
          .forEach(below::set);
    } else if (node instanceof JoinNode join) {
      keys.stream().forEach(key -> throughJoin(join, key, input == 0, below));
    } else if (node instanceof Sort sort) {
      return sort.offset() == null && sort.limit() == null ? keys : below;
    } else if (node instanceof SetOperation operation) {
      return operation.operator() == SetOperator.UNION ? keys : below;
    }
    return below;
  }

  private static void throughJoin(JoinNode join, int output, boolean toLeft, BitSet below) {
    int leftCount = join.left().columnCount();
    int column = join.kind().givesRightOnly() ? leftCount + output : output;
    boolean isLeft = column < leftCount;
    int own = isLeft ? column : column - leftCount;
    // NOT IN looks at all keys of its right side
    if (!toLeft && join.kind() == JoinKind.NULL_AWARE_ANTI) {
      return;
    }
    if (isLeft == toLeft) {
      below.set(own);
    } else if (join instanceof HashJoin hashed) {
      int key = (isLeft ? hashed.leftKeys() : hashed.rightKeys()).indexOf(own);
      if (key >= 0) {
        below.set((toLeft ? hashed.leftKeys() : hashed.rightKeys()).get(key));
      }
    }
  }

  /** Whether one of the columns comes from a scan. */
  static boolean reachScan(PhysicalNode node, BitSet keys) {
    if (keys.isEmpty()) {
      return false;
    }
    if (node instanceof TableScan) {
      return true;
    }
    for (int i = 0; i < node.inputs().size(); i++) {
      if (reachScan(node.inputs().get(i), below(node, keys, i))) {
        return true;
      }
    }
    return false;
  }

  /** The columns of an input for whose values a join, this or one above, wants only some rows. */
  static BitSet narrowing(PhysicalNode node, BitSet keys, int input) {
    BitSet narrowed = (BitSet) below(node, keys, input).clone();
    if (input == 0 && node instanceof HashJoin join) {
      addKeys(join, narrowed);
    }
    return narrowed;
  }

  /** The keys whose values on the right side the join tells the scans on its left. */
  private static void addKeys(HashJoin join, BitSet keys) {
    boolean needsMatch =
        switch (join.kind()) {
          case INNER, RIGHT, SEMI, RIGHT_SEMI, RIGHT_ANTI -> true;
          case LEFT, FULL, ANTI, NULL_AWARE_ANTI -> false;
        };
    for (int key : needsMatch ? join.leftKeys() : List.<Integer>of()) {
      PhysicalKind kind = join.left().columns().get(key).type().kind();
      if (kind == PhysicalKind.INT || kind == PhysicalKind.LONG) {
        keys.set(key);
      }
    }
  }
}
