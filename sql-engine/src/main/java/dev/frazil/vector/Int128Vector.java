package dev.frazil.vector;

import dev.frazil.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * Unscaled decimals of precision 19 to 38 as two's complement 128-bit integers. Where all of them
 * are known to be longs the upper halves are made only if somebody asks for them. Safe for use by
 * several threads once it is made.
 */
public final class Int128Vector implements ColumnVector {
  private final SqlType type;
  private final int rowCount;
  private final long[] low;
  private final boolean @Nullable [] nulls;
  private final boolean fitsLongs;
  private @Nullable Upper upper;

  /** Published by a race, if by one; its final field makes the values visible then. */
  private record Upper(long[] values) {}

  /**
   * @param high the upper 64 bits, signed
   * @param low the lower 64 bits, unsigned
   * @param nulls see {@link ColumnVector#nulls()}
   */
  public Int128Vector(
      SqlType type, int rowCount, long[] high, long[] low, boolean @Nullable [] nulls) {
    this(type, rowCount, new Upper(high), low, nulls);
  }

  private Int128Vector(
      SqlType type, int rowCount, @Nullable Upper upper, long[] low, boolean @Nullable [] nulls) {
    this.type = type;
    this.rowCount = rowCount;
    this.low = low;
    this.nulls = nulls;
    this.fitsLongs = upper == null;
    this.upper = upper;
  }

  /** Values that are all longs, those of null and dead rows included. */
  public static Int128Vector ofLongs(
      SqlType type, int rowCount, long[] values, boolean @Nullable [] nulls) {
    return new Int128Vector(type, rowCount, (Upper) null, values, nulls);
  }

  @Override
  public SqlType type() {
    return type;
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public boolean @Nullable [] nulls() {
    return nulls;
  }

  /** Whether {@link #low} alone is known to be the values; if not they may be longs even so. */
  public boolean fitsLongs() {
    return fitsLongs;
  }

  /** The upper 64 bits, signed. */
  public long[] high() {
    Upper known = upper;
    if (known == null) {
      long[] signs = new long[low.length];
      for (int i = 0; i < rowCount; i++) {
        signs[i] = low[i] >> 63;
      }
      known = new Upper(signs);
      upper = known;
    }
    return known.values();
  }

  /** The lower 64 bits, unsigned. */
  public long[] low() {
    return low;
  }
}
