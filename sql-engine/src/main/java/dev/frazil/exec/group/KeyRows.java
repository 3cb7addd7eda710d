package dev.frazil.exec.group;

import dev.frazil.error.EngineException;
import dev.frazil.type.PhysicalKind;
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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of several columns written as one byte string a row: equal strings mean equal keys (null
 * equals null, -0.0 equals 0.0, NaN equals NaN). A column of fixed width is a null flag and its
 * value; byte strings are a length (-1 for null) and their bytes. One thread; the buffers are
 * reused by the next {@link #encode}.
 */
public final class KeyRows {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final List<SqlType> types;
  private final int fixedBytes;

  /** For keys of arrays and rows, which are written as byte strings; null without any. */
  private final @Nullable NestedKeys nested;

  private byte[] data = new byte[1024];
  private int[] offsets = new int[1];
  private int[] cursors = new int[0];

  /** Throws 0A000 for keys of maps. */
  public KeyRows(List<SqlType> types) {
    this.types = List.copyOf(types);
    int fixed = 0;
    boolean anyNested = false;
    for (SqlType type : types) {
      boolean isNested = NestedKeys.isNested(type);
      anyNested |= isNested;
      fixed += isNested || type.kind() == PhysicalKind.BYTES ? 4 : 1 + width(type);
    }
    this.nested = anyNested ? new NestedKeys() : null;
    this.fixedBytes = fixed;
  }

  private static int width(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> 1;
      case INT, FLOAT -> 4;
      case LONG, DOUBLE -> 8;
      case INT128 -> 16;
      case BYTES, LIST, MAP, STRUCT ->
          throw EngineException.internal("a width of " + type.sqlName());
    };
  }

  /** The rows of the last {@link #encode}, back to back. */
  public byte[] data() {
    return data;
  }

  /** Row {@code k} is {@code data[offsets[k]..offsets[k + 1])}. */
  public int[] offsets() {
    return offsets;
  }

  /**
   * Writes {@code count} rows.
   *
   * @param rows the row numbers; null for {@code 0..count}
   */
  public void encode(List<ColumnVector> keys, int @Nullable [] rows, int count) {
    List<ColumnVector> columns = flat(keys, rows, count);
    if (offsets.length <= count) {
      offsets = new int[count + 1];
      cursors = new int[count];
    }
    layOut(columns, rows, count);
    if (data.length < offsets[count] + 8) {
      data = new byte[Math.max(offsets[count] + 8, data.length * 2)];
    }
    System.arraycopy(offsets, 0, cursors, 0, count);
    for (int c = 0; c < columns.size(); c++) {
      write(columns.get(c), rows, count);
    }
  }

  private List<ColumnVector> flat(List<ColumnVector> keys, int @Nullable [] rows, int count) {
    NestedKeys encoder = nested;
    if (encoder == null) {
      return keys;
    }
    List<ColumnVector> columns = new ArrayList<>();
    for (ColumnVector key : keys) {
      columns.add(NestedKeys.isNested(key.type()) ? encoder.encode(key, rows, count) : key);
    }
    return columns;
  }

  private void layOut(List<ColumnVector> columns, int @Nullable [] rows, int count) {
    for (int k = 0; k <= count; k++) {
      offsets[k] = fixedBytes;
    }
    for (ColumnVector column : columns) {
      if (column instanceof BytesVector bytes) {
        for (int k = 0; k < count; k++) {
          offsets[k] += bytes.lengthBytes(rows == null ? k : rows[k]);
        }
      } else if (column instanceof DictionaryVector dictionary) {
        for (int k = 0; k < count; k++) {
          int row = rows == null ? k : rows[k];
          if (!dictionary.isNull(row)) {
            offsets[k] += dictionary.dictionary().lengthBytes(dictionary.ids()[row]);
          }
        }
      }
    }
    int position = 0;
    for (int k = 0; k < count; k++) {
      int length = offsets[k];
      offsets[k] = position;
      position = Math.addExact(position, length);
    }
    offsets[count] = position;
  }

  private void write(ColumnVector column, int @Nullable [] rows, int count) {
    boolean @Nullable [] nulls = column.nulls();
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      cursors[k] = writeValue(column, row, nulls != null && nulls[row], cursors[k]);
    }
  }

  private int writeValue(ColumnVector column, int row, boolean isNull, int at) {
    if (column instanceof BytesVector bytes) {
      return writeBytes(bytes, row, isNull, at);
    }
    if (column instanceof DictionaryVector dictionary) {
      return writeBytes(dictionary.dictionary(), dictionary.ids()[row], isNull, at);
    }
    data[at] = isNull ? (byte) 1 : 0;
    if (column instanceof LongVector vector) {
      LONGS.set(data, at + 1, isNull ? 0L : vector.values()[row]);
      return at + 9;
    }
    if (column instanceof IntVector vector) {
      INTS.set(data, at + 1, isNull ? 0 : vector.values()[row]);
      return at + 5;
    }
    if (column instanceof DoubleVector vector) {
      LONGS.set(data, at + 1, isNull ? 0L : Double.doubleToLongBits(vector.values()[row] + 0.0));
      return at + 9;
    }
    if (column instanceof FloatVector vector) {
      INTS.set(data, at + 1, isNull ? 0 : Float.floatToIntBits(vector.values()[row] + 0.0f));
      return at + 5;
    }
    if (column instanceof Int128Vector vector) {
      LONGS.set(data, at + 1, isNull ? 0L : vector.high()[row]);
      LONGS.set(data, at + 9, isNull ? 0L : vector.low()[row]);
      return at + 17;
    }
    BooleanVector vector = (BooleanVector) column;
    data[at + 1] = !isNull && vector.values()[row] ? (byte) 1 : 0;
    return at + 2;
  }

  private int writeBytes(BytesVector bytes, int row, boolean isNull, int at) {
    int length = isNull ? -1 : bytes.lengthBytes(row);
    INTS.set(data, at, length);
    if (length > 0) {
      System.arraycopy(bytes.data(), bytes.offsets()[row], data, at + 4, length);
    }
    return at + 4 + Math.max(length, 0);
  }

  /** A hash of {@code data[from..to)}. */
  public static int hash(byte[] data, int from, int to) {
    long hash = (long) to - from;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = (hash ^ (long) LONGS.get(data, at)) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = (rest << 8) | (data[at] & 0xff);
    }
    hash = (hash ^ rest) * MULTIPLIER;
    return (int) (hash ^ (hash >>> 32));
  }

  /** A hash of one key of up to 64 bits. */
  public static int hash(long key) {
    long hash = key * MULTIPLIER;
    hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
    return (int) (hash >>> 32);
  }

  /**
   * Reads keys back.
   *
   * @param stored rows as {@link #encode} wrote them
   * @param starts where row {@code from + k} starts, at {@code starts[from + k]}
   */
  public List<ColumnVector> decode(byte[] stored, int[] starts, int from, int count) {
    int[] at = Arrays.copyOfRange(starts, from, from + count);
    List<ColumnVector> columns = new ArrayList<>(types.size());
    for (SqlType type : types) {
      columns.add(decodeColumn(type, stored, at));
    }
    return columns;
  }

  private static ColumnVector decodeColumn(SqlType type, byte[] stored, int[] at) {
    int count = at.length;
    if (type.kind() == PhysicalKind.BYTES) {
      return decodeBytes(type, stored, at);
    }
    if (NestedKeys.isNested(type)) {
      return NestedKeys.decode(type, decodeBytes(SqlType.Primitive.VARBINARY, stored, at));
    }
    boolean[] flags = new boolean[count];
    boolean anyNull = false;
    for (int k = 0; k < count; k++) {
      flags[k] = stored[at[k]++] != 0;
      anyNull |= flags[k];
    }
    boolean @Nullable [] nulls = anyNull ? flags : null;
    return switch (type.kind()) {
      case BOOLEAN -> {
        boolean[] values = new boolean[count];
        for (int k = 0; k < count; k++) {
          values[k] = stored[at[k]++] != 0;
        }
        yield new BooleanVector(type, count, values, nulls);
      }
      case INT -> {
        int[] values = new int[count];
        for (int k = 0; k < count; k++) {
          values[k] = (int) INTS.get(stored, at[k]);
          at[k] += 4;
        }
        yield new IntVector(type, count, values, nulls);
      }
      case LONG -> new LongVector(type, count, decodeLongs(stored, at), nulls);
      case FLOAT -> {
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
          values[k] = Float.intBitsToFloat((int) INTS.get(stored, at[k]));
          at[k] += 4;
        }
        yield new FloatVector(type, count, values, nulls);
      }
      case DOUBLE -> {
        long[] bits = decodeLongs(stored, at);
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
          values[k] = Double.longBitsToDouble(bits[k]);
        }
        yield new DoubleVector(type, count, values, nulls);
      }
      case INT128 -> {
        long[] high = decodeLongs(stored, at);
        yield new Int128Vector(type, count, high, decodeLongs(stored, at), nulls);
      }
      case BYTES, LIST, MAP, STRUCT ->
          throw EngineException.internal("values of " + type.sqlName() + " of fixed width");
    };
  }

  private static long[] decodeLongs(byte[] stored, int[] at) {
    long[] values = new long[at.length];
    for (int k = 0; k < at.length; k++) {
      values[k] = (long) LONGS.get(stored, at[k]);
      at[k] += 8;
    }
    return values;
  }

  private static BytesVector decodeBytes(SqlType type, byte[] stored, int[] at) {
    int count = at.length;
    boolean[] flags = new boolean[count];
    boolean anyNull = false;
    int[] offsets = new int[count + 1];
    for (int k = 0; k < count; k++) {
      int length = (int) INTS.get(stored, at[k]);
      at[k] += 4;
      flags[k] = length < 0;
      anyNull |= flags[k];
      offsets[k + 1] = offsets[k] + Math.max(length, 0);
    }
    byte[] bytes = new byte[offsets[count] + 8];
    for (int k = 0; k < count; k++) {
      int length = offsets[k + 1] - offsets[k];
      System.arraycopy(stored, at[k], bytes, offsets[k], length);
      at[k] += length;
    }
    return new BytesVector(type, count, bytes, offsets, anyNull ? flags : null);
  }
}
