package dev.frazil.plan.rule;

import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.plan.stats.RowEstimate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inputs of a tree of inner joins and its conditions over all their columns. */
final class JoinFactors {
  final List<PhysicalNode> factors = new ArrayList<>();
  final List<Integer> offsets = new ArrayList<>();
  final List<ScalarExpression> conditions = new ArrayList<>();
  int width;
  final List<BitSet> read = new ArrayList<>();

  /** For each condition that is an equality, the factors of its two sides; else empty. */
  final List<List<BitSet>> sides = new ArrayList<>();

  final BitSet constants = new BitSet();
  double[] distinct = {};

  /** Finds out which factors each condition reads. */
  void findRead() {
    for (ScalarExpression condition : conditions) {
      read.add(factorsOf(condition));
      sides.add(
          condition instanceof Call call && call.function() == ScalarFunction.EQUAL
              ? call.operands().stream().map(this::factorsOf).toList()
              : List.of());
    }
  }

  private BitSet factorsOf(ScalarExpression expression) {
    BitSet columns = Expressions.references(expression);
    BitSet factorsRead = new BitSet();
    for (int i = 0; i < factors.size(); i++) {
      int next = columns.nextSetBit(offsets.get(i));
      if (next >= 0 && next < (i + 1 < factors.size() ? offsets.get(i + 1) : width)) {
        factorsRead.set(i);
      }
    }
    return factorsRead;
  }

  /** Whether the condition gives a hash join of the factor with others the keys. */
  boolean isKey(int condition, int factor) {
    List<BitSet> both = sides.get(condition);
    return !both.isEmpty()
        && (isSide(both.get(0), both.get(1), factor) || isSide(both.get(1), both.get(0), factor));
  }

  private static boolean isSide(BitSet own, BitSet others, int factor) {
    return own.cardinality() == 1 && own.get(factor) && !others.get(factor) && !others.isEmpty();
  }

  /**
   * Columns that are equal to each other have as many values as the smallest of their tables has
   * rows: joining two of them over that table's key must not look selective. Being equal to a
   * column of a single row is selective: it is left out.
   */
  void estimateDistinct() {
    distinct = new double[width];
    for (int i = 0; i < factors.size(); i++) {
      if (RowEstimate.isOneRow(factors.get(i))) {
        constants.set(offsets.get(i), offsets.get(i) + factors.get(i).columnCount());
      }
      for (int column = 0; column < factors.get(i).columnCount(); column++) {
        distinct[offsets.get(i) + column] = RowEstimate.distinctValues(factors.get(i), column);
      }
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (ScalarExpression condition : conditions) {
        int[] pair = equalColumns(condition);
        if (pair != null && distinct[pair[0]] != distinct[pair[1]]) {
          double smaller = Math.min(distinct[pair[0]], distinct[pair[1]]);
          distinct[pair[0]] = smaller;
          distinct[pair[1]] = smaller;
          changed = true;
        }
      }
    }
  }

  int @Nullable [] equalColumns(ScalarExpression condition) {
    return condition instanceof Call call
            && call.function() == ScalarFunction.EQUAL
            && call.operands().get(0) instanceof InputReference a
            && call.operands().get(1) instanceof InputReference b
            && !constants.get(a.index())
            && !constants.get(b.index())
        ? new int[] {a.index(), b.index()}
        : null;
  }
}
