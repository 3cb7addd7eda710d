package dev.frazil.exec.aggregate;

import dev.frazil.plan.AggregateFunction;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** BIT_AND, BIT_OR and BIT_XOR of integers; null over no value. */
final class BitAccumulator implements Accumulator {
  private final AggregateFunction function;
  private final SqlType type;
  private long[] bits = new long[16];
  private boolean[] seen = new boolean[16];

  BitAccumulator(AggregateFunction function, SqlType type) {
    this.function = function;
    this.type = type;
  }

  @Override
  public void grow(int groupCount) {
    if (bits.length < groupCount) {
      int capacity = SeenGroups.capacity(bits.length, groupCount);
      bits = Arrays.copyOf(bits, capacity);
      seen = Arrays.copyOf(seen, capacity);
    }
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    ColumnVector values = arguments.get(0);
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (!values.isNull(row)) {
        long value =
            values instanceof LongVector longs
                ? longs.values()[row]
                : ((IntVector) values).values()[row];
        add(groups == null ? 0 : groups[k], value);
      }
    }
  }

  private void add(int group, long value) {
    if (!seen[group]) {
      seen[group] = true;
      bits[group] = value;
    } else if (function == AggregateFunction.BIT_AND) {
      bits[group] &= value;
    } else if (function == AggregateFunction.BIT_OR) {
      bits[group] |= value;
    } else {
      bits[group] ^= value;
    }
  }

  @Override
  public List<SqlType> stateTypes() {
    return List.of(type);
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    return List.of(results(from, count));
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    add(states, null, count, groups);
  }

  @Override
  public ColumnVector results(int from, int count) {
    VectorBuilder builder = VectorBuilder.of(type);
    for (int group = from; group < from + count; group++) {
      if (!seen[group]) {
        builder.appendNull();
      } else if (type.kind() == PhysicalKind.INT) {
        builder.appendInt((int) bits[group]);
      } else {
        builder.appendLong(bits[group]);
      }
    }
    return builder.build();
  }

  @Override
  public long sizeBytes() {
    return bits.length * 9L;
  }
}
