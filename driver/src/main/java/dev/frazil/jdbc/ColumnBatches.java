package dev.frazil.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result set as columns of primitive arrays, batch by batch, for jobs that look at
 * millions of values; {@code resultSet.unwrap(ColumnBatches.class)} gives them, before the first
 * {@code next()} of a result set of TYPE_FORWARD_ONLY. From then on the rows are read here only.
 *
 * <p>Life time: a batch and its arrays stay as they are for as long as somebody holds on to them,
 * also when the next batch was read and when the result set is closed. They may be shared with the
 * engine: read them, never write to them. Arrays may be longer than the rows.
 *
 * <p>One thread at a time, as the result set; the arrays may be read by any. Errors: those of
 * {@code ResultSet.next()}; 55000 where rows were read by {@code next()} already.
 */
public interface ColumnBatches {

  /** The next batch; null at the end. {@code setMaxRows} is obeyed. */
  @Nullable Batch next() throws SQLException;

  /**
   * Rows that follow each other.
   *
   * @param rowCount how many, at least 1
   * @param columns in the order of the result
   */
  record Batch(int rowCount, List<Column> columns) {
    public Batch {
      columns = List.copyOf(columns);
    }

    /** A column, counted from 1 as in {@code ResultSet}. */
    public Column column(int index) {
      return columns.get(index - 1);
    }
  }

  /** How the values of a column lie in memory. */
  enum Kind {
    /** {@link Column#booleans}: boolean. */
    BOOLEAN,
    /** {@link Column#ints}: integer, and date as days since 1970-01-01. */
    INT,
    /**
     * {@link Column#longs}: bigint; time as microseconds of the day; timestamp as microseconds
     * since 1970-01-01T00:00, timestamp with time zone as such in UTC; decimal of up to 18 digits
     * as its unscaled value.
     */
    LONG,
    /** {@link Column#floats}: real. */
    FLOAT,
    /** {@link Column#doubles}: double. */
    DOUBLE,
    /**
     * {@link Column#highs} and {@link Column#longs}: decimal of more than 18 digits, as an unscaled
     * value of 128 bits in two's complement.
     */
    INT128,
    /**
     * {@link Column#bytes} and {@link Column#offsets}: varchar in UTF-8, varbinary, fixed, and uuid
     * as 16 bytes, the highest first. Row {@code i} is {@code bytes[offsets[i]..offsets[i + 1])}.
     */
    BYTES,
    /**
     * {@link Column#offsets} into one child, the elements: row {@code i} has the elements {@code
     * offsets[i]} to {@code offsets[i + 1] - 1}.
     */
    LIST,
    /** {@link Column#offsets} into two children, the keys and the values. */
    MAP,
    /** One child a field, each as long as this. */
    STRUCT
  }

  /** The values of one column in one batch. A method that is not of its kind is 22018. */
  interface Column {
    Kind kind();

    /** The name of the type, as {@code ResultSetMetaData.getColumnTypeName} has it. */
    String typeName();

    /** {@code true} where a row is null; null itself where no row is. What stands there is any. */
    boolean @Nullable [] nulls();

    boolean[] booleans() throws SQLException;

    int[] ints() throws SQLException;

    /** Of INT128 the lower 64 bits, without a sign. */
    long[] longs() throws SQLException;

    /** The upper 64 bits, with the sign. */
    long[] highs() throws SQLException;

    float[] floats() throws SQLException;

    double[] doubles() throws SQLException;

    byte[] bytes() throws SQLException;

    /** One more than there are rows. */
    int[] offsets() throws SQLException;

    /** Elements of a list, keys and values of a map, fields of a row; else empty. */
    List<Column> children();
  }
}
