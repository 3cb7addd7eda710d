package dev.frazil.exec.aggregate;

import dev.frazil.error.EngineException;
import dev.frazil.kernel.ExtremeKernels;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MIN and MAX, and BOOL_AND and BOOL_OR as those of booleans. State and result are the value. */
final class ExtremeAccumulator implements Accumulator {
  private final SqlType type;
  private final boolean greatest;
  private boolean[] seen = new boolean[0];
  private boolean[] booleans = new boolean[0];
  private int[] ints = new int[0];
  private long[] longs = new long[0];
  private long[] lows = new long[0];
  private float[] floats = new float[0];
  private double[] doubles = new double[0];
  private byte[] @Nullable [] bytes = new byte[0][];
  private int longestBytes;
  private int[] zeros = new int[0];

  /** Throws 0A000 for nested types. */
  ExtremeAccumulator(SqlType type, boolean greatest) {
    this.type = type;
    this.greatest = greatest;
    grow(16);
  }

  @Override
  public void grow(int groupCount) {
    if (seen.length >= groupCount) {
      return;
    }
    int capacity = SeenGroups.capacity(seen.length, groupCount);
    seen = Arrays.copyOf(seen, capacity);
    switch (type.kind()) {
      case BOOLEAN -> booleans = Arrays.copyOf(booleans, capacity);
      case INT -> ints = Arrays.copyOf(ints, capacity);
      case LONG -> longs = Arrays.copyOf(longs, capacity);
      case FLOAT -> floats = Arrays.copyOf(floats, capacity);
      case DOUBLE -> doubles = Arrays.copyOf(doubles, capacity);
      case INT128 -> {
        longs = Arrays.copyOf(longs, capacity);
        lows = Arrays.copyOf(lows, capacity);
      }
      case BYTES -> bytes = Arrays.copyOf(bytes, capacity);
      case LIST, MAP, STRUCT ->
          throw EngineException.unsupported("MIN or MAX of type " + type.sqlName());
    }
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    if (groups == null && zeros.length < count) {
      zeros = new int[count];
    }
    add(arguments.get(0), rows, count, groups == null ? zeros : groups);
  }

  private void add(ColumnVector values, int @Nullable [] rows, int count, int[] groups) {
    boolean[] nulls = values.nulls();
    if (values instanceof LongVector v && greatest) {
      ExtremeKernels.maxLongs(groups, rows, count, v.values(), nulls, longs, seen);
    } else if (values instanceof LongVector v) {
      ExtremeKernels.minLongs(groups, rows, count, v.values(), nulls, longs, seen);
    } else if (values instanceof IntVector v && greatest) {
      ExtremeKernels.maxInts(groups, rows, count, v.values(), nulls, ints, seen);
    } else if (values instanceof IntVector v) {
      ExtremeKernels.minInts(groups, rows, count, v.values(), nulls, ints, seen);
    } else if (values instanceof DoubleVector v && greatest) {
      ExtremeKernels.maxDoubles(groups, rows, count, v.values(), nulls, doubles, seen);
    } else if (values instanceof DoubleVector v) {
      ExtremeKernels.minDoubles(groups, rows, count, v.values(), nulls, doubles, seen);
    } else if (values instanceof FloatVector v && greatest) {
      ExtremeKernels.maxFloats(groups, rows, count, v.values(), nulls, floats, seen);
    } else if (values instanceof FloatVector v) {
      ExtremeKernels.minFloats(groups, rows, count, v.values(), nulls, floats, seen);
    } else if (values instanceof Int128Vector v) {
      ExtremeKernels.extremeInt128s(
          greatest, groups, rows, count, v.high(), v.low(), nulls, longs, lows, seen);
    } else if (values instanceof BooleanVector v) {
      addBooleans(v, rows, count, groups);
    } else {
      ExtremeKernels.extremeBytes(greatest, groups, rows, count, values, bytes);
      longestBytes = Math.max(longestBytes, longest(values));
    }
  }

  private void addBooleans(BooleanVector values, int @Nullable [] rows, int count, int[] groups) {
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (!values.isNull(row)) {
        int group = groups[k];
        boolean value = values.values()[row];
        if (!seen[group]) {
          booleans[group] = value;
        } else {
          booleans[group] = greatest ? booleans[group] || value : booleans[group] && value;
        }
        seen[group] = true;
      }
    }
  }

  private static int longest(ColumnVector values) {
    BytesVector entries =
        values instanceof DictionaryVector vector ? vector.dictionary() : (BytesVector) values;
    int longest = 0;
    for (int entry = 0; entry < entries.rowCount(); entry++) {
      longest = Math.max(longest, entries.lengthBytes(entry));
    }
    return longest;
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
    add(states.get(0), null, count, groups);
  }

  @Override
  public ColumnVector results(int from, int count) {
    VectorBuilder builder = VectorBuilder.of(type);
    for (int group = from; group < from + count; group++) {
      byte[] text = bytes.length > group ? bytes[group] : null;
      if (text != null) {
        builder.appendBytes(text);
      } else if (!seen[group]) {
        builder.appendNull();
      } else {
        append(builder, group);
      }
    }
    return builder.build();
  }

  private void append(VectorBuilder builder, int group) {
    switch (type.kind()) {
      case BOOLEAN -> builder.appendBoolean(booleans[group]);
      case INT -> builder.appendInt(ints[group]);
      case LONG -> builder.appendLong(longs[group]);
      case FLOAT -> builder.appendFloat(floats[group]);
      case DOUBLE -> builder.appendDouble(doubles[group]);
      case INT128 -> builder.appendInt128(longs[group], lows[group]);
      case BYTES, LIST, MAP, STRUCT ->
          throw EngineException.internal("an extreme of type " + type.sqlName());
    }
  }

  @Override
  public long sizeBytes() {
    long perGroup =
        switch (type.kind()) {
          case BOOLEAN -> 2;
          case INT, FLOAT -> 5;
          case LONG, DOUBLE -> 9;
          case INT128 -> 17;
          case BYTES, LIST, MAP, STRUCT -> 64;
        };
    return seen.length * (perGroup + longestBytes);
  }
}
