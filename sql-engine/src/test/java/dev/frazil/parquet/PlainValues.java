package dev.frazil.parquet;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.StructVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Values of vectors as plain objects that can be compared with those of another reader: whole
 * numbers as Long (dates as days, times and timestamps as microseconds), decimals as BigDecimal,
 * text as String, bytes as "0x...", lists and structs as List, maps as List of [key, value].
 */
final class PlainValues {
  private PlainValues() {}

  static Object value(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof BooleanVector v) {
      return v.values()[row];
    } else if (vector instanceof IntVector v) {
      return (long) v.values()[row];
    } else if (vector instanceof LongVector v) {
      return v.type() instanceof DecimalType decimal
          ? BigDecimal.valueOf(v.values()[row], decimal.scale())
          : (Object) v.values()[row];
    } else if (vector instanceof FloatVector v) {
      return v.values()[row];
    } else if (vector instanceof DoubleVector v) {
      return v.values()[row];
    } else if (vector instanceof Int128Vector v) {
      BigInteger unscaled =
          BigInteger.valueOf(v.high()[row])
              .shiftLeft(64)
              .or(new BigInteger(Long.toUnsignedString(v.low()[row])));
      return new BigDecimal(unscaled, ((DecimalType) v.type()).scale());
    } else if (vector instanceof BytesVector v) {
      return bytes(v.type(), v.data(), v.offsets()[row], v.offsets()[row + 1]);
    } else if (vector instanceof DictionaryVector v) {
      return value(v.dictionary(), v.ids()[row]);
    } else if (vector instanceof ListVector v) {
      List<Object> list = new ArrayList<>();
      for (int i = v.offsets()[row]; i < v.offsets()[row + 1]; i++) {
        list.add(value(v.elements(), i));
      }
      return list;
    } else if (vector instanceof MapVector v) {
      List<Object> entries = new ArrayList<>();
      for (int i = v.offsets()[row]; i < v.offsets()[row + 1]; i++) {
        entries.add(Arrays.asList(value(v.keys(), i), value(v.mapValues(), i)));
      }
      return entries;
    }
    List<Object> fields = new ArrayList<>();
    for (ColumnVector field : ((StructVector) vector).fields()) {
      fields.add(value(field, row));
    }
    return fields;
  }

  private static Object bytes(SqlType type, byte[] data, int start, int end) {
    return type == Primitive.VARCHAR
        ? new String(data, start, end - start, StandardCharsets.UTF_8)
        : "0x" + HexFormat.of().formatHex(data, start, end);
  }
}
