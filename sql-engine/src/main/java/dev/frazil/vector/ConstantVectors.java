package dev.frazil.vector;

import dev.frazil.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Vectors that hold one value in every row. */
public final class ConstantVectors {
  private ConstantVectors() {}

  /**
   * {@code rowCount} times {@code value}, in the form of {@link VectorValues}. Byte strings become
   * a dictionary of one entry.
   */
  public static ColumnVector of(@Nullable Object value, SqlType type, int rowCount) {
    if (value == null) {
      return nulls(type, rowCount);
    }
    VectorBuilder builder = VectorBuilder.of(type);
    builder.appendValue(value);
    return repeat(builder.build(), rowCount);
  }

  /** {@code rowCount} times the first row of {@code single}. */
  public static ColumnVector repeat(ColumnVector single, int rowCount) {
    if (single.isNull(0)) {
      return nulls(single.type(), rowCount);
    }
    if (single instanceof LongVector one) {
      long[] values = new long[rowCount];
      Arrays.fill(values, one.values()[0]);
      return new LongVector(one.type(), rowCount, values, null);
    } else if (single instanceof BytesVector one) {
      BytesVector dictionary =
          new BytesVector(one.type(), 1, one.data(), Arrays.copyOf(one.offsets(), 2), null);
      return new DictionaryVector(rowCount, new int[rowCount], dictionary, null);
    }
    return VectorGather.gather(single, new int[rowCount], rowCount);
  }

  /** {@code rowCount} nulls. */
  public static ColumnVector nulls(SqlType type, int rowCount) {
    boolean[] mask = new boolean[rowCount];
    Arrays.fill(mask, true);
    return switch (type.kind()) {
      case BOOLEAN -> new BooleanVector(type, rowCount, new boolean[rowCount], mask);
      case INT -> new IntVector(type, rowCount, new int[rowCount], mask);
      case LONG -> new LongVector(type, rowCount, new long[rowCount], mask);
      case FLOAT -> new FloatVector(type, rowCount, new float[rowCount], mask);
      case DOUBLE -> new DoubleVector(type, rowCount, new double[rowCount], mask);
      case INT128 -> new Int128Vector(type, rowCount, new long[rowCount], new long[rowCount], mask);
      case BYTES -> new BytesVector(type, rowCount, new byte[0], new int[rowCount + 1], mask);
      case LIST ->
          new ListVector(
              type,
              rowCount,
              new int[rowCount + 1],
              empty(((SqlType.ArrayType) type).element()),
              mask);
      case MAP ->
          new MapVector(
              type,
              rowCount,
              new int[rowCount + 1],
              empty(((SqlType.MapType) type).key()),
              empty(((SqlType.MapType) type).value()),
              mask);
      case STRUCT ->
          new StructVector(
              type,
              rowCount,
              ((SqlType.RowType) type)
                  .fields().stream().map(field -> nulls(field.type(), rowCount)).toList(),
              mask);
    };
  }

  /** A vector without rows. */
  public static ColumnVector empty(SqlType type) {
    return VectorBuilder.of(type).build();
  }
}
