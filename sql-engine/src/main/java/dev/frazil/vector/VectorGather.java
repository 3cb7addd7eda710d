package dev.frazil.vector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vectors made of chosen rows of another: a {@link DictionaryVector} stays one, on the same
 * dictionary. Thread-safe: no state.
 */
public final class VectorGather {
  /** Bytes that the strings of one vector may take. */
  public static final int MAX_BYTES = Integer.MAX_VALUE - 64;

  private VectorGather() {}

  /** Rows {@code positions[0..count)}, each in {@code [0, rowCount)}. */
  public static ColumnVector gather(ColumnVector vector, int[] positions, int count) {
    return gather(vector, positions, count, gatherNulls(vector.nulls(), positions, count));
  }

  /** As {@link #gather}, and a negative position gives null. */
  public static ColumnVector gatherOrNull(ColumnVector vector, int[] positions, int count) {
    boolean missing = false;
    for (int i = 0; i < count; i++) {
      missing |= positions[i] < 0;
    }
    if (!missing) {
      return gather(vector, positions, count);
    }
    if (vector.rowCount() == 0) {
      return ConstantVectors.nulls(vector.type(), count);
    }
    int[] clamped = new int[count];
    boolean[] nulls = new boolean[count];
    boolean[] source = vector.nulls();
    for (int i = 0; i < count; i++) {
      int position = positions[i];
      clamped[i] = Math.max(position, 0);
      nulls[i] = position < 0 || (source != null && source[position]);
    }
    return gather(vector, clamped, count, nulls);
  }

  /** Rows {@code [from, from + count)}. */
  public static ColumnVector slice(ColumnVector vector, int from, int count) {
    if (from == 0 && count == vector.rowCount()) {
      return vector;
    }
    return gather(vector, range(from, count), count);
  }

  /** The same rows without a dictionary. */
  public static BytesVector flatten(DictionaryVector vector) {
    return gatherBytes(vector.dictionary(), vector.ids(), vector.rowCount(), vector.nulls());
  }

  /** The byte strings of a vector of kind BYTES, without a dictionary. */
  public static BytesVector bytes(ColumnVector vector) {
    return vector instanceof DictionaryVector dictionary
        ? flatten(dictionary)
        : (BytesVector) vector;
  }

  /** {@code from, from + 1, ...}. */
  public static int[] range(int from, int count) {
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = from + i;
    }
    return positions;
  }

  private static boolean @Nullable [] gatherNulls(
      boolean @Nullable [] nulls, int[] positions, int count) {
    if (nulls == null) {
      return null;
    }
    boolean[] gathered = new boolean[count];
    boolean any = false;
    for (int i = 0; i < count; i++) {
      boolean isNull = nulls[positions[i]];
      gathered[i] = isNull;
      any |= isNull;
    }
    return any ? gathered : null;
  }

  private static ColumnVector gather(
      ColumnVector vector, int[] positions, int count, boolean @Nullable [] nulls) {
    if (vector instanceof LongVector source) {
      return new LongVector(
          source.type(), count, gatherLongs(source.values(), positions, count), nulls);
    } else if (vector instanceof IntVector source) {
      return new IntVector(
          source.type(), count, gatherInts(source.values(), positions, count), nulls);
    } else if (vector instanceof DictionaryVector source) {
      int[] ids = gatherInts(source.ids(), positions, count);
      return new DictionaryVector(count, ids, source.dictionary(), nulls);
    } else if (vector instanceof BytesVector source) {
      return gatherBytes(source, positions, count, nulls);
    } else if (vector instanceof DoubleVector source) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = source.values()[positions[i]];
      }
      return new DoubleVector(source.type(), count, values, nulls);
    } else if (vector instanceof Int128Vector source && source.fitsLongs()) {
      return Int128Vector.ofLongs(
          source.type(), count, gatherLongs(source.low(), positions, count), nulls);
    } else if (vector instanceof Int128Vector source) {
      return new Int128Vector(
          source.type(),
          count,
          gatherLongs(source.high(), positions, count),
          gatherLongs(source.low(), positions, count),
          nulls);
    } else if (vector instanceof BooleanVector source) {
      boolean[] values = new boolean[count];
      for (int i = 0; i < count; i++) {
        values[i] = source.values()[positions[i]];
      }
      return new BooleanVector(source.type(), count, values, nulls);
    } else if (vector instanceof FloatVector source) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = source.values()[positions[i]];
      }
      return new FloatVector(source.type(), count, values, nulls);
    } else if (vector instanceof StructVector source) {
      List<ColumnVector> fields = new ArrayList<>();
      for (ColumnVector field : source.fields()) {
        boolean[] fieldNulls = union(gatherNulls(field.nulls(), positions, count), nulls);
        fields.add(gather(field, positions, count, fieldNulls));
      }
      return new StructVector(source.type(), count, fields, nulls);
    } else if (vector instanceof ListVector source) {
      int[] offsets = gatherOffsets(source.offsets(), positions, count, nulls);
      int[] children = childPositions(source.offsets(), positions, count, nulls, offsets[count]);
      ColumnVector elements = gather(source.elements(), children, children.length);
      return new ListVector(source.type(), count, offsets, elements, nulls);
    }
    MapVector source = (MapVector) vector;
    int[] offsets = gatherOffsets(source.offsets(), positions, count, nulls);
    int[] children = childPositions(source.offsets(), positions, count, nulls, offsets[count]);
    return new MapVector(
        source.type(),
        count,
        offsets,
        gather(source.keys(), children, children.length),
        gather(source.mapValues(), children, children.length),
        nulls);
  }

  private static long[] gatherLongs(long[] source, int[] positions, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = source[positions[i]];
    }
    return values;
  }

  private static int[] gatherInts(int[] source, int[] positions, int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = source[positions[i]];
    }
    return values;
  }

  private static BytesVector gatherBytes(
      BytesVector source, int[] positions, int count, boolean @Nullable [] nulls) {
    int[] offsets = gatherOffsets(source.offsets(), positions, count, nulls);
    byte[] data = new byte[offsets[count]];
    int[] from = source.offsets();
    for (int i = 0; i < count; i++) {
      int length = offsets[i + 1] - offsets[i];
      if (length > 0) {
        System.arraycopy(source.data(), from[positions[i]], data, offsets[i], length);
      }
    }
    return new BytesVector(source.type(), count, data, offsets, nulls);
  }

  private static int[] gatherOffsets(
      int[] source, int[] positions, int count, boolean @Nullable [] nulls) {
    int[] offsets = new int[count + 1];
    long end = 0;
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        end += source[positions[i] + 1] - source[positions[i]];
        if (end > MAX_BYTES) {
          throw BytesVectorBuilder.tooLong(end);
        }
      }
      offsets[i + 1] = (int) end;
    }
    return offsets;
  }

  private static int[] childPositions(
      int[] source, int[] positions, int count, boolean @Nullable [] nulls, int total) {
    int[] children = new int[total];
    int next = 0;
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        for (int child = source[positions[i]]; child < source[positions[i] + 1]; child++) {
          children[next++] = child;
        }
      }
    }
    return children;
  }

  private static boolean @Nullable [] union(
      boolean @Nullable [] first, boolean @Nullable [] second) {
    if (first == null) {
      return second;
    }
    if (second == null) {
      return first;
    }
    boolean[] both = new boolean[first.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = first[i] || second[i];
    }
    return both;
  }
}
