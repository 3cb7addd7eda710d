package dev.frazil.exec.expression;

import dev.frazil.kernel.NullMasks;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements of the arrays, or the entries of the maps, of the rows alive, one behind the other:
 * row {@code i} has {@code [offsets[i], offsets[i + 1])}; rows not alive and null ones have none.
 *
 * @param nulls where the array or map is null
 * @param columns the elements of an array; the keys and values of a map; those of two arrays
 */
record Elements(int[] offsets, boolean @Nullable [] nulls, List<ColumnVector> columns) {

  static Elements of(RowBatch batch, ListVector list) {
    return of(batch, list.offsets(), list.nulls(), List.of(list.elements()));
  }

  static Elements of(RowBatch batch, MapVector map) {
    return of(batch, map.offsets(), map.nulls(), List.of(map.keys(), map.mapValues()));
  }

  private static Elements of(
      RowBatch batch, int[] offsets, boolean @Nullable [] nulls, List<ColumnVector> children) {
    int rows = batch.rowCount();
    if (batch.selection() == null
        && offsets[0] == 0
        && offsets[rows] == children.get(0).rowCount()) {
      return new Elements(offsets, nulls, children);
    }
    int[] lengths = new int[rows];
    AliveRows alive = new AliveRows(batch, nulls);
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      lengths[row] = offsets[row + 1] - offsets[row];
    }
    int[] dense = offsets(lengths);
    int[] positions = positions(dense, offsets, lengths);
    List<ColumnVector> columns = new ArrayList<>();
    for (ColumnVector child : children) {
      columns.add(VectorGather.gather(child, positions, positions.length));
    }
    return new Elements(dense, nulls, columns);
  }

  /** Two arrays side by side, the shorter one filled up with nulls. */
  static Elements zipped(RowBatch batch, ListVector left, ListVector right) {
    int rows = batch.rowCount();
    boolean[] nulls = NullMasks.union(left.nulls(), right.nulls(), rows);
    int[] lengths = new int[rows];
    int[] leftLengths = new int[rows];
    int[] rightLengths = new int[rows];
    AliveRows alive = new AliveRows(batch, nulls);
    for (int row = alive.next(); row >= 0; row = alive.next()) {
      leftLengths[row] = left.offsets()[row + 1] - left.offsets()[row];
      rightLengths[row] = right.offsets()[row + 1] - right.offsets()[row];
      lengths[row] = Math.max(leftLengths[row], rightLengths[row]);
    }
    int[] dense = offsets(lengths);
    int count = dense[rows];
    return new Elements(
        dense,
        nulls,
        List.of(
            VectorGather.gatherOrNull(
                left.elements(), positions(dense, left.offsets(), leftLengths), count),
            VectorGather.gatherOrNull(
                right.elements(), positions(dense, right.offsets(), rightLengths), count)));
  }

  private static int[] offsets(int[] lengths) {
    int[] offsets = new int[lengths.length + 1];
    for (int row = 0; row < lengths.length; row++) {
      offsets[row + 1] = Math.addExact(offsets[row], lengths[row]);
    }
    return offsets;
  }

  /** Where each element stands in the source, -1 behind the {@code lengths[row]}th of a row. */
  private static int[] positions(int[] dense, int[] source, int[] lengths) {
    int[] positions = new int[dense[lengths.length]];
    for (int row = 0; row < lengths.length; row++) {
      for (int i = dense[row]; i < dense[row + 1]; i++) {
        int index = i - dense[row];
        positions[i] = index < lengths[row] ? source[row] + index : -1;
      }
    }
    return positions;
  }

  /** How many there are. */
  int count() {
    return columns.get(0).rowCount();
  }

  /** The row of each. */
  int[] rowOfEach() {
    int[] rows = new int[count()];
    // offsets may be longer than the rows they hold
    for (int row = 0; offsets[row] < rows.length; row++) {
      Arrays.fill(rows, offsets[row], offsets[row + 1], row);
    }
    return rows;
  }

  /** Those for which {@code kept} is true, in {@code rows} rows. */
  Elements keep(ColumnVector kept, int rows) {
    boolean[] truth = VectorEvaluator.truth(kept).values();
    int[] positions = new int[count()];
    int[] keptOffsets = new int[rows + 1];
    int next = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        if (truth[i] && !kept.isNull(i)) {
          positions[next++] = i;
        }
      }
      keptOffsets[row + 1] = next;
    }
    List<ColumnVector> gathered = new ArrayList<>();
    for (ColumnVector column : columns) {
      gathered.add(VectorGather.gather(column, positions, next));
    }
    return new Elements(keptOffsets, nulls, gathered);
  }
}
