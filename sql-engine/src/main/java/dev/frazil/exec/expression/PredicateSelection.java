package dev.frazil.exec.expression;

import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import org.jspecify.annotations.Nullable;

/** Selections made from truth values, and set operations on them. */
@SuppressWarnings("ShortCircuitBoolean") // loops without branches can be vectorised
final class PredicateSelection {
  private PredicateSelection() {}

  /** The rows alive at which a predicate's value is true. */
  static SelectionVector trueRows(RowBatch batch, BooleanVector truth) {
    boolean[] values = truth.values();
    boolean[] nulls = truth.nulls();
    int count = batch.selectedCount();
    int[] chosen = new int[count];
    int next = 0;
    SelectionVector alive = batch.selection();
    if (alive == null) {
      if (nulls == null) {
        for (int row = 0; row < count; row++) {
          chosen[next] = row;
          next += values[row] ? 1 : 0;
        }
      } else {
        for (int row = 0; row < count; row++) {
          chosen[next] = row;
          next += values[row] & !nulls[row] ? 1 : 0;
        }
      }
    } else {
      int[] positions = alive.positions();
      for (int i = 0; i < count; i++) {
        int row = positions[i];
        chosen[next] = row;
        next += values[row] && (nulls == null || !nulls[row]) ? 1 : 0;
      }
    }
    return new SelectionVector(chosen, next);
  }

  /** The same batch with other rows alive. */
  static RowBatch narrow(RowBatch batch, SelectionVector alive) {
    return new RowBatch(batch.columns(), batch.rowCount(), alive);
  }

  /** All rows alive in {@code batch}, as a selection. */
  static SelectionVector alive(RowBatch batch) {
    SelectionVector selection = batch.selection();
    if (selection != null) {
      return selection;
    }
    int[] positions = new int[batch.rowCount()];
    for (int row = 0; row < positions.length; row++) {
      positions[row] = row;
    }
    return new SelectionVector(positions, positions.length);
  }

  /** The positions of the rows alive, null when all are. */
  static int @Nullable [] positions(RowBatch batch) {
    SelectionVector selection = batch.selection();
    return selection == null ? null : selection.positions();
  }

  /** Rows of {@code from} that are not in {@code removed}, a subset of it. */
  static SelectionVector minus(SelectionVector from, SelectionVector removed) {
    int[] rest = new int[from.count() - removed.count()];
    int next = 0;
    int skip = 0;
    for (int i = 0; i < from.count(); i++) {
      int row = from.positions()[i];
      if (skip < removed.count() && removed.positions()[skip] == row) {
        skip++;
      } else {
        rest[next++] = row;
      }
    }
    return new SelectionVector(rest, next);
  }

  /** Rows of either of two disjoint selections. */
  static SelectionVector union(SelectionVector first, SelectionVector second) {
    if (first.count() == 0) {
      return second;
    }
    if (second.count() == 0) {
      return first;
    }
    int[] both = new int[first.count() + second.count()];
    int left = 0;
    int right = 0;
    for (int i = 0; i < both.length; i++) {
      if (right == second.count()
          || (left < first.count() && first.positions()[left] < second.positions()[right])) {
        both[i] = first.positions()[left++];
      } else {
        both[i] = second.positions()[right++];
      }
    }
    return new SelectionVector(both, both.length);
  }
}
