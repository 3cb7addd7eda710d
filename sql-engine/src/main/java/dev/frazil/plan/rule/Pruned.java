package dev.frazil.plan.rule;

import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.ScalarExpression;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A node that may have fewer columns.
 *
 * @param newIndex where each old column is now, or -1
 */
record Pruned(PhysicalNode node, int[] newIndex) {
  ScalarExpression map(ScalarExpression expression) {
    return Expressions.renumber(expression, index -> newIndex[index]);
  }

  List<Integer> map(List<Integer> columns) {
    return columns.stream().map(column -> newIndex[column]).toList();
  }

  /** The join of two inputs that may have fewer columns, or others behind them. */
  static Pruned join(NestedLoopJoin join, Pruned left, Pruned right, double estimatedRows) {
    int leftCount = join.left().columnCount();
    int[] newIndex = sideBySide(left, leftCount, right, join.right().columnCount());
    ScalarExpression condition = join.condition();
    return new Pruned(
        new NestedLoopJoin(
            left.node(),
            right.node(),
            join.kind(),
            condition == null ? null : Expressions.renumber(condition, index -> newIndex[index]),
            estimatedRows),
        join.kind().givesLeftOnly() ? Arrays.copyOf(newIndex, leftCount) : newIndex);
  }

  /** Where the columns of two inputs are when they stand side by side. */
  static int[] sideBySide(Pruned left, int leftCount, Pruned right, int rightCount) {
    int newLeftCount = left.node().columnCount();
    int[] newIndex = Arrays.copyOf(left.newIndex(), leftCount + rightCount);
    for (int i = 0; i < rightCount; i++) {
      int index = right.newIndex()[i];
      newIndex[leftCount + i] = index < 0 ? -1 : newLeftCount + index;
    }
    return newIndex;
  }

  /** Where each of {@code count} columns is when only some are kept. */
  static int[] positions(BitSet kept, int count) {
    int[] newIndex = new int[count];
    int next = 0;
    for (int i = 0; i < count; i++) {
      newIndex[i] = kept.get(i) ? next++ : -1;
    }
    return newIndex;
  }
}
