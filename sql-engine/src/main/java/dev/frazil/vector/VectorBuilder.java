package dev.frazil.vector;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows of one column. Which {@code append} methods apply follows from the {@link
 * dev.frazil.type.PhysicalKind} of the type; another one is an internal error (XX000). Grows as
 * needed; memory is accounted by the caller. Not thread-safe.
 */
public abstract sealed class VectorBuilder
    permits BooleanVectorBuilder,
        IntVectorBuilder,
        LongVectorBuilder,
        FloatVectorBuilder,
        DoubleVectorBuilder,
        Int128VectorBuilder,
        BytesVectorBuilder,
        ListVectorBuilder,
        MapVectorBuilder,
        StructVectorBuilder {
  static final int FIRST_CAPACITY = 64;

  private final SqlType type;
  private int rowCount;
  private boolean @Nullable [] nulls;

  VectorBuilder(SqlType type) {
    this.type = type;
  }

  /** An empty builder for columns of {@code type}. */
  public static VectorBuilder of(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> new BooleanVectorBuilder(type);
      case INT -> new IntVectorBuilder(type);
      case LONG -> new LongVectorBuilder(type);
      case FLOAT -> new FloatVectorBuilder(type);
      case DOUBLE -> new DoubleVectorBuilder(type);
      case INT128 -> new Int128VectorBuilder(type);
      case BYTES -> new BytesVectorBuilder(type);
      case LIST -> new ListVectorBuilder((SqlType.ArrayType) type);
      case MAP -> new MapVectorBuilder((SqlType.MapType) type);
      case STRUCT -> new StructVectorBuilder((SqlType.RowType) type);
    };
  }

  public final SqlType type() {
    return type;
  }

  /** Rows appended since the last {@link #build()}. */
  public final int rowCount() {
    return rowCount;
  }

  /** Appends a null. */
  public final void appendNull() {
    appendNullRow();
    boolean[] mask = nulls;
    if (mask == null) {
      mask = new boolean[Math.max(FIRST_CAPACITY, rowCount + 1)];
    } else if (mask.length <= rowCount) {
      mask = Arrays.copyOf(mask, grown(mask.length, rowCount + 1));
    }
    mask[rowCount] = true;
    nulls = mask;
    rowCount++;
  }

  public void appendBoolean(boolean value) {
    throw mismatch("a boolean");
  }

  /** An integer, or a date in days since 1970-01-01. */
  public void appendInt(int value) {
    throw mismatch("an int");
  }

  /** A bigint, a time or timestamp in microseconds, or an unscaled decimal of a narrow type. */
  public void appendLong(long value) {
    throw mismatch("a long");
  }

  public void appendFloat(float value) {
    throw mismatch("a float");
  }

  public void appendDouble(double value) {
    throw mismatch("a double");
  }

  /** An unscaled decimal of a wide type. */
  public void appendInt128(long high, long low) {
    throw mismatch("a 128-bit integer");
  }

  /** A decimal of at most the scale and precision of the type; more is an internal error. */
  public void appendDecimal(BigDecimal value) {
    throw mismatch("a decimal");
  }

  /** {@code source[offset..offset + length)}. */
  public void appendBytes(byte[] source, int offset, int length) {
    throw mismatch("bytes");
  }

  public final void appendBytes(byte[] value) {
    appendBytes(value, 0, value.length);
  }

  /** Text, kept as UTF-8; a lone surrogate becomes {@code ?}. */
  public final void appendText(String value) {
    appendBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A value in the form of {@link VectorValues}, or null. */
  public final void appendValue(@Nullable Object value) {
    if (value == null) {
      appendNull();
    } else {
      appendObject(value);
    }
  }

  /** Copies one row of a vector of the same kind; a null row of a vector of any kind. */
  public final void appendFrom(ColumnVector source, int row) {
    if (source.isNull(row)) {
      appendNull();
    } else {
      copyRow(source, row);
    }
  }

  /** Copies rows {@code positions[0..count)}. */
  public void appendFrom(ColumnVector source, int[] positions, int count) {
    for (int i = 0; i < count; i++) {
      appendFrom(source, positions[i]);
    }
  }

  /** Copies rows {@code [from, from + count)}. */
  public void appendRange(ColumnVector source, int from, int count) {
    for (int row = from; row < from + count; row++) {
      appendFrom(source, row);
    }
  }

  /** Hands over what was appended; the builder is empty afterwards and may be used again. */
  public final ColumnVector build() {
    boolean[] mask = nulls;
    if (mask != null && mask.length < rowCount) {
      mask = Arrays.copyOf(mask, rowCount);
    }
    ColumnVector built = finish(rowCount, mask);
    rowCount = 0;
    nulls = null;
    return built;
  }

  /** Puts a placeholder at row {@link #rowCount()}. */
  abstract void appendNullRow();

  abstract void appendObject(Object value);

  abstract void copyRow(ColumnVector source, int row);

  /** Makes the vector and forgets its arrays. */
  abstract ColumnVector finish(int rows, boolean @Nullable [] mask);

  /** Counts a row that holds a value. */
  final void rowAppended() {
    rowCount++;
  }

  /** A capacity of at least {@code needed} that makes appending linear overall. */
  static int grown(int capacity, int needed) {
    return Math.max(needed, Math.max(FIRST_CAPACITY, capacity + (capacity >> 1)));
  }

  final EngineException mismatch(String what) {
    return EngineException.internal("cannot append " + what + " to a column of " + type.sqlName());
  }
}
