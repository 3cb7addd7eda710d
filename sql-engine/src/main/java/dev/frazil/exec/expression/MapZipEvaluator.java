package dev.frazil.exec.expression;

import dev.frazil.function.ElementSet;
import dev.frazil.kernel.NullMasks;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.List;

/**
 * MAP_ZIP_WITH: the keys of two maps, first those of the left one, with what a lambda gives for the
 * values on both sides; a side that lacks a key has null. Null if one map is null.
 */
record MapZipEvaluator(Evaluator left, Evaluator right, LambdaBody body, MapType type)
    implements VectorEvaluator {

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    MapVector leftMap = (MapVector) left.evaluate(batch);
    MapVector rightMap = (MapVector) right.evaluate(batch);
    int rows = batch.rowCount();
    boolean[] nulls = NullMasks.union(leftMap.nulls(), rightMap.nulls(), rows);
    Entries entries = new Entries(leftMap, rightMap);
    int[] offsets = new int[rows + 1];
    AliveRows alive = new AliveRows(batch, nulls);
    int next = alive.next();
    for (int row = 0; row < rows; row++) {
      if (row == next) {
        entries.add(row);
        next = alive.next();
      }
      offsets[row + 1] = entries.count;
    }
    ColumnVector keys = entries.keys.build();
    Elements elements =
        new Elements(
            offsets,
            nulls,
            List.of(
                keys,
                VectorGather.gatherOrNull(
                    leftMap.mapValues(), entries.leftPositions, entries.count),
                VectorGather.gatherOrNull(
                    rightMap.mapValues(), entries.rightPositions, entries.count)));
    return new MapVector(type, rows, offsets, keys, body.evaluate(batch, elements), nulls);
  }

  /** Where the values of each key stand on both sides, -1 where there is none. */
  private final class Entries {
    private final MapVector leftMap;
    private final MapVector rightMap;
    private final VectorBuilder keys = VectorBuilder.of(type.key());
    private int[] leftPositions = new int[64];
    private int[] rightPositions = new int[64];
    private int count;

    Entries(MapVector leftMap, MapVector rightMap) {
      this.leftMap = leftMap;
      this.rightMap = rightMap;
    }

    void add(int row) {
      int from = rightMap.offsets()[row];
      int to = rightMap.offsets()[row + 1];
      int first = leftMap.offsets()[row];
      int base = count - first;
      ElementSet leftKeys = new ElementSet();
      for (int i = first; i < leftMap.offsets()[row + 1]; i++) {
        leftKeys.add(leftMap.keys(), i);
        add(leftMap.keys(), i, i, -1);
      }
      for (int j = from; j < to; j++) {
        int i = leftKeys.rowOf(rightMap.keys(), j);
        if (i < 0) {
          add(rightMap.keys(), j, -1, j);
        } else {
          rightPositions[base + i] = j;
        }
      }
    }

    private void add(ColumnVector source, int key, int leftPosition, int rightPosition) {
      if (count == leftPositions.length) {
        leftPositions = Arrays.copyOf(leftPositions, count * 2);
        rightPositions = Arrays.copyOf(rightPositions, count * 2);
      }
      keys.appendFrom(source, key);
      leftPositions[count] = leftPosition;
      rightPositions[count++] = rightPosition;
    }
  }
}
