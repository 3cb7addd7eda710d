package dev.frazil.exec.group;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.Int128Values;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays and rows as byte strings: equal strings mean that no element or field is distinct from the
 * other's (null equals null, -0.0 equals 0.0, NaN equals NaN). One thread.
 */
final class NestedKeys {
  private ByteBuffer out = ByteBuffer.allocate(256);

  /** Whether keys of a type are written so; 0A000 for one with maps in it. */
  static boolean isNested(SqlType type) {
    return switch (type.kind()) {
      case LIST -> {
        isNested(((SqlType.ArrayType) type).element());
        yield true;
      }
      case STRUCT -> {
        ((SqlType.RowType) type).fields().forEach(field -> isNested(field.type()));
        yield true;
      }
      case MAP -> throw EngineException.unsupported("a key of type " + type.sqlName());
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, INT128, BYTES -> false;
    };
  }

  /** A column of the same rows; those that are not asked for are empty strings. */
  BytesVector encode(ColumnVector column, int @Nullable [] rows, int count) {
    int rowCount = column.rowCount();
    byte[][] values = new byte[rowCount][];
    int total = 0;
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (values[row] == null && !column.isNull(row)) {
        out.clear();
        write(VectorValues.read(column, row), column.type());
        values[row] = Arrays.copyOf(out.array(), out.position());
        total = Math.addExact(total, out.position());
      }
    }
    byte[] data = new byte[total + 8];
    int[] offsets = new int[rowCount + 1];
    for (int row = 0; row < rowCount; row++) {
      byte[] value = values[row];
      int length = value == null ? 0 : value.length;
      if (value != null) {
        System.arraycopy(value, 0, data, offsets[row], length);
      }
      offsets[row + 1] = offsets[row] + length;
    }
    return new BytesVector(SqlType.Primitive.VARBINARY, rowCount, data, offsets, column.nulls());
  }

  /** The values that strings stand for. */
  static ColumnVector decode(SqlType type, BytesVector encoded) {
    VectorBuilder builder = VectorBuilder.of(type);
    for (int row = 0; row < encoded.rowCount(); row++) {
      if (encoded.isNull(row)) {
        builder.appendNull();
      } else {
        int from = encoded.offsets()[row];
        builder.appendValue(
            read(ByteBuffer.wrap(encoded.data(), from, encoded.lengthBytes(row)), type));
      }
    }
    return builder.build();
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(Math.addExact(out.position(), bytes), 2 * out.capacity()));
      out = larger.put(out.flip());
    }
    return out;
  }

  private void write(@Nullable Object value, SqlType type) {
    room(1).put(value == null ? (byte) 0 : (byte) 1);
    if (value == null) {
      return;
    }
    switch (type.kind()) {
      case BOOLEAN -> room(1).put((Boolean) value ? (byte) 1 : 0);
      case INT -> room(4).putInt((Integer) value);
      case LONG ->
          room(8)
              .putLong(
                  value instanceof BigDecimal decimal
                      ? decimal.unscaledValue().longValue()
                      : (Long) value);
      case FLOAT -> room(4).putInt(Float.floatToIntBits((Float) value + 0.0f));
      case DOUBLE -> room(8).putLong(Double.doubleToLongBits((Double) value + 0.0));
      case INT128 -> {
        BigInteger unscaled = ((BigDecimal) value).unscaledValue();
        room(16).putLong(Int128Values.high(unscaled)).putLong(Int128Values.low(unscaled));
      }
      case BYTES -> {
        byte[] bytes =
            value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
        room(Math.addExact(4, bytes.length)).putInt(bytes.length).put(bytes);
      }
      case LIST -> {
        List<?> elements = (List<?>) value;
        room(4).putInt(elements.size());
        elements.forEach(element -> write(element, ((SqlType.ArrayType) type).element()));
      }
      case STRUCT -> {
        List<SqlType.Field> fields = ((SqlType.RowType) type).fields();
        for (int i = 0; i < fields.size(); i++) {
          write(((List<?>) value).get(i), fields.get(i).type());
        }
      }
      case MAP -> throw EngineException.internal("a map in a key");
    }
  }

  private static @Nullable Object read(ByteBuffer in, SqlType type) {
    if (in.get() == 0) {
      return null;
    }
    return switch (type.kind()) {
      case BOOLEAN -> in.get() != 0;
      case INT -> in.getInt();
      case LONG -> {
        long value = in.getLong();
        yield type instanceof SqlType.DecimalType decimal
            ? (Object) BigDecimal.valueOf(value, decimal.scale())
            : (Object) value;
      }
      case FLOAT -> Float.intBitsToFloat(in.getInt());
      case DOUBLE -> Double.longBitsToDouble(in.getLong());
      case INT128 -> {
        BigInteger unscaled = Int128Values.toBigInteger(in.getLong(), in.getLong());
        yield new BigDecimal(unscaled, ((SqlType.DecimalType) type).scale());
      }
      case BYTES -> {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        yield bytes;
      }
      case LIST -> {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
          elements.add(read(in, ((SqlType.ArrayType) type).element()));
        }
        yield elements;
      }
      case STRUCT -> {
        List<@Nullable Object> fields = new ArrayList<>();
        for (SqlType.Field field : ((SqlType.RowType) type).fields()) {
          fields.add(read(in, field.type()));
        }
        yield fields;
      }
      case MAP -> throw EngineException.internal("a map in a key");
    };
  }
}
