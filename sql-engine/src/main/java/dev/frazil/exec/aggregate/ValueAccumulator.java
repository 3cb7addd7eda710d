package dev.frazil.exec.aggregate;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ANY_VALUE: the first value that is not null; SINGLE_VALUE: the one value, null included, 21000 on
 * a second row. Values of any type are copied into a column, one a group.
 */
final class ValueAccumulator implements Accumulator {
  private static final int NONE = -1;
  private static final int NULL = -2;

  private final SqlType type;
  private final boolean single;
  private final VectorBuilder values;
  private @Nullable ColumnVector built;
  private int[] places = new int[0];

  ValueAccumulator(SqlType type, boolean single) {
    this.type = type;
    this.single = single;
    this.values = VectorBuilder.of(type);
  }

  @Override
  public void grow(int groupCount) {
    int held = places.length;
    if (held < groupCount) {
      places = Arrays.copyOf(places, SeenGroups.capacity(held, groupCount));
      Arrays.fill(places, held, places.length, NONE);
    }
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    ColumnVector column = arguments.get(0);
    for (int k = 0; k < count; k++) {
      add(column, rows == null ? k : rows[k], groups == null ? 0 : groups[k]);
    }
  }

  private void add(ColumnVector column, int row, int group) {
    if (places[group] != NONE) {
      if (single) {
        throw new EngineException(
            SqlState.CARDINALITY_VIOLATION,
            "a subquery that must give one row gave more; add a condition, an aggregate or LIMIT"
                + " 1");
      }
    } else if (!column.isNull(row)) {
      places[group] = values.rowCount();
      values.appendFrom(column, row);
    } else if (single) {
      places[group] = NULL;
    }
  }

  @Override
  public List<SqlType> stateTypes() {
    return List.of(type, Primitive.BOOLEAN);
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    boolean[] present = new boolean[count];
    for (int k = 0; k < count; k++) {
      present[k] = places[from + k] != NONE;
    }
    return List.of(
        results(from, count), new BooleanVector(Primitive.BOOLEAN, count, present, null));
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    boolean[] present = ((BooleanVector) states.get(1)).values();
    for (int k = 0; k < count; k++) {
      if (present[k]) {
        add(states.get(0), k, groups[k]);
      }
    }
  }

  @Override
  public ColumnVector results(int from, int count) {
    ColumnVector held = built;
    if (held == null) {
      held = values.build();
      built = held;
    }
    return VectorGather.gatherOrNull(held, Arrays.copyOfRange(places, from, from + count), count);
  }

  @Override
  public long sizeBytes() {
    ColumnVector held = built;
    long perValue = type.kind() == dev.frazil.type.PhysicalKind.BYTES ? 32 : 16;
    return places.length * 4L
        + (held == null
            ? values.rowCount() * perValue
            : RowBatches.memoryBytes(new RowBatch(List.of(held), held.rowCount())));
  }
}
