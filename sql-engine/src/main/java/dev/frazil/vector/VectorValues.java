package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Single values of a vector as Java objects, for cold paths: Boolean; Integer (integer, date); Long
 * (bigint, time, timestamps); BigDecimal (decimal); Float; Double; String (varchar); byte[]
 * (varbinary, fixed, uuid); List (array, row: fields in order); Map in order of the entries.
 */
public final class VectorValues {
  private VectorValues() {}

  /** Row {@code row} of {@code vector}, null where it is null. */
  public static @Nullable Object read(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof BooleanVector booleans) {
      return booleans.values()[row];
    } else if (vector instanceof IntVector ints) {
      return ints.values()[row];
    } else if (vector instanceof LongVector longs) {
      long value = longs.values()[row];
      if (longs.type() instanceof SqlType.DecimalType decimal) {
        return BigDecimal.valueOf(value, decimal.scale());
      }
      return value;
    } else if (vector instanceof FloatVector floats) {
      return floats.values()[row];
    } else if (vector instanceof DoubleVector doubles) {
      return doubles.values()[row];
    } else if (vector instanceof Int128Vector wide) {
      int scale = ((SqlType.DecimalType) wide.type()).scale();
      return new BigDecimal(Int128Values.toBigInteger(wide.high()[row], wide.low()[row]), scale);
    } else if (vector instanceof BytesVector bytes) {
      return bytes(bytes, row);
    } else if (vector instanceof DictionaryVector dictionary) {
      return bytes(dictionary.dictionary(), dictionary.ids()[row]);
    } else if (vector instanceof ListVector list) {
      return range(list.elements(), list.offsets()[row], list.offsets()[row + 1]);
    } else if (vector instanceof MapVector map) {
      Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
      for (int i = map.offsets()[row]; i < map.offsets()[row + 1]; i++) {
        entries.put(read(map.keys(), i), read(map.mapValues(), i));
      }
      return entries;
    }
    List<@Nullable Object> fields = new ArrayList<>();
    for (ColumnVector field : ((StructVector) vector).fields()) {
      fields.add(read(field, row));
    }
    return fields;
  }

  /** All rows of a vector. */
  public static List<@Nullable Object> readAll(ColumnVector vector) {
    return range(vector, 0, vector.rowCount());
  }

  private static List<@Nullable Object> range(ColumnVector vector, int from, int to) {
    List<@Nullable Object> values = new ArrayList<>(to - from);
    for (int row = from; row < to; row++) {
      values.add(read(vector, row));
    }
    return values;
  }

  private static Object bytes(BytesVector vector, int row) {
    if (vector.type() == SqlType.Primitive.VARCHAR) {
      return vector.text(row);
    }
    return Arrays.copyOfRange(vector.data(), vector.offsets()[row], vector.offsets()[row + 1]);
  }
}
