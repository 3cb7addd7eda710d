package dev.frazil.exec.aggregate;

import dev.frazil.exec.group.GroupTable;
import dev.frazil.kernel.CompareKernels;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.MapVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.List;

/** The folds of {@link RowsAccumulator} that make maps. */
final class MapFolds {
  private MapFolds() {}

  static void map(
      VectorBuilder results, List<ColumnVector> columns, int[] rows, int start, int end) {
    MapVectorBuilder maps = (MapVectorBuilder) results;
    ColumnVector keys = columns.get(0);
    GroupTable table = GroupTable.create(List.of(keys.type()), GroupTable.Nulls.GROUP);
    int count = end - start;
    int[] chosen = Arrays.copyOfRange(rows, start, end);
    int[] numbers = new int[count];
    table.assign(List.of(VectorGather.gather(keys, chosen, count)), null, count, numbers);
    int known = 0;
    for (int i = 0; i < count; i++) {
      if (numbers[i] == known) {
        known++;
        maps.keys().appendFrom(keys, chosen[i]);
        maps.mapValues().appendFrom(columns.get(1), chosen[i]);
      }
    }
    maps.endRow();
  }

  static void histogram(
      VectorBuilder results, List<ColumnVector> columns, int[] rows, int start, int end) {
    MapVectorBuilder maps = (MapVectorBuilder) results;
    ColumnVector values = columns.get(0);
    int first = start;
    for (int i = start + 1; i <= end; i++) {
      if (i == end || CompareKernels.compare(values, rows[i], values, rows[first]) != 0) {
        maps.keys().appendFrom(values, rows[first]);
        maps.mapValues().appendLong(i - first);
        first = i;
      }
    }
    maps.endRow();
  }
}
