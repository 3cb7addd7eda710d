package dev.frazil.exec.aggregate;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MIN_BY and MAX_BY: a value, null or not, where the key is extreme; the first of equal keys. */
final class ChoiceAccumulator implements Accumulator {
  private final boolean greatest;
  private final SqlType valueType;
  private final SqlType keyType;

  /** By group: a column of one row; null before the first key. */
  private @Nullable ColumnVector[] keys = new ColumnVector[0];

  private @Nullable ColumnVector[] values = new ColumnVector[0];
  private long heldBytes;

  ChoiceAccumulator(boolean greatest, SqlType valueType, SqlType keyType) {
    this.greatest = greatest;
    this.valueType = valueType;
    this.keyType = keyType;
  }

  @Override
  public void grow(int groupCount) {
    if (keys.length < groupCount) {
      int capacity = SeenGroups.capacity(keys.length, groupCount);
      keys = Arrays.copyOf(keys, capacity);
      values = Arrays.copyOf(values, capacity);
    }
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    ColumnVector candidates = arguments.get(0);
    ColumnVector candidateKeys = arguments.get(1);
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (!candidateKeys.isNull(row)) {
        add(groups == null ? 0 : groups[k], candidates, candidateKeys, row);
      }
    }
  }

  private void add(int group, ColumnVector candidates, ColumnVector candidateKeys, int row) {
    ColumnVector key = keys[group];
    if (key != null) {
      int order = CompareKernels.compare(candidateKeys, row, key, 0);
      if (greatest ? order <= 0 : order >= 0) {
        return;
      }
    }
    heldBytes -= bytes(key) + bytes(values[group]);
    keys[group] = single(candidateKeys, row, keyType);
    values[group] = single(candidates, row, valueType);
    heldBytes += bytes(keys[group]) + bytes(values[group]);
  }

  private static ColumnVector single(ColumnVector column, int row, SqlType type) {
    // Not a gather: a dictionary must not stay alive for one of its entries.
    VectorBuilder builder = VectorBuilder.of(type);
    builder.appendFrom(column, row);
    return VectorGather.gather(builder.build(), new int[1], 1);
  }

  private static long bytes(@Nullable ColumnVector single) {
    return single == null ? 0 : RowBatches.memoryBytes(single);
  }

  @Override
  public List<SqlType> stateTypes() {
    return List.of(valueType, keyType);
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    return List.of(column(values, valueType, from, count), column(keys, keyType, from, count));
  }

  private static ColumnVector column(
      @Nullable ColumnVector[] singles, SqlType type, int from, int count) {
    VectorBuilder builder = VectorBuilder.of(type);
    for (int group = from; group < from + count; group++) {
      ColumnVector single = singles[group];
      if (single == null) {
        builder.appendNull();
      } else {
        builder.appendFrom(single, 0);
      }
    }
    return builder.build();
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    add(states, null, count, groups);
  }

  @Override
  public ColumnVector results(int from, int count) {
    return column(values, valueType, from, count);
  }

  @Override
  public long sizeBytes() {
    return heldBytes + keys.length * 8L;
  }
}
