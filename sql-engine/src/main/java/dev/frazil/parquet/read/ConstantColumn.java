package dev.frazil.parquet.read;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.encoding.BytesTarget;
import dev.frazil.parquet.encoding.LittleEndian;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** A column that the file lacks: the field's initial default in every row, or null. */
public final class ConstantColumn implements ColumnSource {
  private final SqlType type;
  private final @Nullable Object value;

  public ConstantColumn(Types.NestedField field) {
    this(TypeMapping.toSql(field.type()), field.initialDefault());
  }

  private ConstantColumn(SqlType type, @Nullable Object value) {
    this.type = type;
    this.value = value;
  }

  @Override
  public void seek(long row) {}

  @Override
  public ColumnVector read(int rows) {
    if (value == null) {
      boolean[] nulls = new boolean[rows];
      Arrays.fill(nulls, true);
      return withNulls(rows, nulls);
    }
    return withNulls(rows, null);
  }

  /** As {@link #read}, null where the flags say so. */
  public ColumnVector withNulls(int rows, boolean @Nullable [] flags) {
    boolean[] nulls = flags;
    if (value == null) {
      nulls = new boolean[rows];
      Arrays.fill(nulls, true);
    }
    return switch (type.kind()) {
      case BOOLEAN -> {
        boolean[] values = new boolean[rows];
        Arrays.fill(values, value != null && (Boolean) value);
        yield new BooleanVector(type, rows, values, nulls);
      }
      case INT -> {
        int[] values = new int[rows];
        Arrays.fill(values, value == null ? 0 : (Integer) value);
        yield new IntVector(type, rows, values, nulls);
      }
      case LONG -> {
        long[] values = new long[rows];
        Arrays.fill(values, value == null ? 0 : longValue(value));
        yield new LongVector(type, rows, values, nulls);
      }
      case FLOAT -> {
        float[] values = new float[rows];
        Arrays.fill(values, value == null ? 0 : (Float) value);
        yield new FloatVector(type, rows, values, nulls);
      }
      case DOUBLE -> {
        double[] values = new double[rows];
        Arrays.fill(values, value == null ? 0 : (Double) value);
        yield new DoubleVector(type, rows, values, nulls);
      }
      case INT128 -> {
        BigInteger unscaled =
            value == null ? BigInteger.ZERO : ((BigDecimal) value).unscaledValue();
        long[] high = new long[rows];
        long[] low = new long[rows];
        Arrays.fill(high, unscaled.shiftRight(64).longValue());
        Arrays.fill(low, unscaled.longValue());
        yield new Int128Vector(type, rows, high, low, nulls);
      }
      case BYTES -> bytes(rows, nulls);
      case LIST -> {
        SqlType element = ((SqlType.ArrayType) type).element();
        yield new ListVector(type, rows, new int[rows + 1], empty(element), nulls);
      }
      case MAP -> {
        SqlType.MapType map = (SqlType.MapType) type;
        yield new MapVector(
            type, rows, new int[rows + 1], empty(map.key()), empty(map.value()), nulls);
      }
      case STRUCT -> {
        List<ColumnVector> fields = new ArrayList<>();
        for (SqlType.Field field : ((SqlType.RowType) type).fields()) {
          fields.add(new ConstantColumn(field.type(), null).read(rows));
        }
        yield new StructVector(type, rows, fields, nulls);
      }
    };
  }

  private static ColumnVector empty(SqlType type) {
    return new ConstantColumn(type, null).read(0);
  }

  private ColumnVector bytes(int rows, boolean @Nullable [] nulls) {
    byte[] constant = value == null ? new byte[0] : bytesValue(value);
    byte[] padded = Arrays.copyOf(constant, constant.length + LittleEndian.PADDING_BYTES);
    BytesTarget target = new BytesTarget(rows, 0);
    for (int i = 0; i < rows; i++) {
      boolean isNull = nulls != null && nulls[i];
      target.append(padded, 0, isNull ? 0 : constant.length);
    }
    return new BytesVector(type, rows, target.data(), target.offsets(), nulls);
  }

  private static long longValue(Object value) {
    return value instanceof BigDecimal decimal
        ? decimal.unscaledValue().longValueExact()
        : ((Number) value).longValue();
  }

  private static byte[] bytesValue(Object value) {
    if (value instanceof CharSequence text) {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    } else if (value instanceof UUID uuid) {
      return ByteBuffer.allocate(16)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    } else if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    throw EngineException.internal("a default value of " + value.getClass());
  }
}
