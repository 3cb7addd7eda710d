package dev.frazil.type;

/** How values of a type lie in memory; one kind of {@code ColumnVector} each. */
public enum PhysicalKind {
  /** {@code boolean[]}. */
  BOOLEAN,
  /** {@code int[]}: integer, date (days since 1970-01-01). */
  INT,
  /**
   * {@code long[]}: bigint, time (microseconds of the day), timestamps (microseconds or nanoseconds
   * since 1970-01-01T00:00), decimals up to precision 18 (unscaled).
   */
  LONG,
  /** {@code float[]}. */
  FLOAT,
  /** {@code double[]}. */
  DOUBLE,
  /**
   * {@code long[]} high and {@code long[]} low: decimals of precision 19 to 38 (unscaled, two's
   * complement).
   */
  INT128,
  /**
   * {@code byte[]} and offsets, or ids into a dictionary of such: varchar (UTF-8), varbinary, uuid
   * (16 bytes, big-endian).
   */
  BYTES,
  /** Offsets into an element vector. */
  LIST,
  /** Offsets into a key and a value vector. */
  MAP,
  /** One vector a field. */
  STRUCT
}
