package dev.frazil.exec.scan;

import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.VectorBuilder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a data file without deletes tells of one of its columns, exactly.
 *
 * @param valueCount how many rows have a value that is not null
 * @param least a vector of one row; any value where nobody asked for extremes
 * @param greatest a vector of one row
 */
record ColumnMetrics(long valueCount, ColumnVector least, ColumnVector greatest) {

  /** Of a column that has one value in the whole file. */
  static ColumnMetrics constant(ColumnVector value, long rowCount) {
    return new ColumnMetrics(value.isNull(0) ? 0 : rowCount, value, value);
  }

  /**
   * As the manifest tells; null where it does not tell all, or where bounds may be no values of the
   * file: those of text are cut off, NaN has no place in them, zeros lose their sign, and those
   * written before a promotion are of another type.
   */
  static @Nullable ColumnMetrics of(DataFile file, Types.NestedField field, boolean extremes) {
    Long values = find(file.valueCounts(), field);
    Long nulls = find(file.nullValueCounts(), field);
    if (values == null
        || nulls == null
        || values != file.recordCount()
        || nulls < 0
        || nulls > values) {
      return null;
    }
    long present = values - nulls;
    if (present == 0) {
      ColumnVector none = ConstantVectors.nulls(TypeMapping.toSql(field.type()), 1);
      return new ColumnMetrics(0, none, none);
    }
    if (!extremes) {
      ColumnVector any = anyValue(field);
      return new ColumnMetrics(present, any, any);
    }
    Object least = bound(find(file.lowerBounds(), field), field.type());
    Object greatest = bound(find(file.upperBounds(), field), field.type());
    if (least == null || greatest == null || (isFloating(field.type()) && hasNaN(file, field))) {
      return null;
    }
    int order = Comparators.forType(field.type().asPrimitiveType()).compare(least, greatest);
    if (order > 0 || (order < 0 && present == 1)) {
      return null; // bounds, but not those of the values
    }
    return new ColumnMetrics(present, vector(least, field), vector(greatest, field));
  }

  private static <T> @Nullable T find(@Nullable Map<Integer, T> metrics, Types.NestedField field) {
    return metrics == null ? null : metrics.get(field.fieldId());
  }

  private static boolean isFloating(Type type) {
    return type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE;
  }

  private static boolean hasNaN(DataFile file, Types.NestedField field) {
    Long count = find(file.nanValueCounts(), field);
    return count == null || count != 0;
  }

  private static @Nullable Object bound(@Nullable ByteBuffer bytes, Type type) {
    if (bytes == null) {
      return null;
    }
    int width =
        switch (type.typeId()) {
          case INTEGER, DATE, FLOAT -> Integer.BYTES;
          case LONG, TIME, TIMESTAMP, TIMESTAMP_NANO, DOUBLE -> Long.BYTES;
          case DECIMAL -> bytes.remaining();
          default -> -1;
        };
    if (width <= 0 || bytes.remaining() != width) {
      return null;
    }
    Object value = Conversions.fromByteBuffer(type, bytes);
    if (value instanceof BigDecimal decimal) {
      return decimal.precision() <= ((Types.DecimalType) type).precision() ? decimal : null;
    }
    if (isFloating(type)) {
      double number = ((Number) value).doubleValue();
      return number == 0 || !Double.isFinite(number) ? null : value;
    }
    return value;
  }

  private static ColumnVector vector(Object value, Types.NestedField field) {
    return ConstantVectors.of(
        IcebergValues.toEngine(value, field.type()), TypeMapping.toSql(field.type()), 1);
  }

  /** Stands for values that are only counted. */
  private static ColumnVector anyValue(Types.NestedField field) {
    VectorBuilder builder = VectorBuilder.of(TypeMapping.toSql(field.type()));
    switch (TypeMapping.toSql(field.type()).kind()) {
      case BOOLEAN -> builder.appendBoolean(false);
      case INT -> builder.appendInt(0);
      case LONG -> builder.appendLong(0);
      case FLOAT -> builder.appendFloat(0);
      case DOUBLE -> builder.appendDouble(0);
      case INT128 -> builder.appendInt128(0, 0);
      case BYTES -> builder.appendBytes(new byte[0]);
      case LIST, MAP, STRUCT ->
          throw new IllegalStateException("metrics of a nested column, " + field.name());
    }
    return builder.build();
  }
}
