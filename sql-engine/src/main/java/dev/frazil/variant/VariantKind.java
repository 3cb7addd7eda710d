package dev.frazil.variant;

/** What a variant holds: first the primitives in the order of their ids, then the containers. */
public enum VariantKind {
  NULL(0),
  TRUE(1),
  FALSE(2),
  INT8(3),
  INT16(4),
  INT32(5),
  INT64(6),
  DOUBLE(7),
  DECIMAL4(8),
  DECIMAL8(9),
  DECIMAL16(10),
  /** Days since 1970-01-01. */
  DATE(11),
  /** Microseconds since the epoch in UTC. */
  TIMESTAMP_WITH_TIME_ZONE(12),
  /** Microseconds since 1970-01-01T00:00. */
  TIMESTAMP(13),
  FLOAT(14),
  BINARY(15),
  STRING(16),
  /** Microseconds of the day. */
  TIME(17),
  /** Nanoseconds since the epoch in UTC. */
  TIMESTAMP_NANOS_WITH_TIME_ZONE(18),
  /** Nanoseconds since 1970-01-01T00:00. */
  TIMESTAMP_NANOS(19),
  UUID(20),
  OBJECT(-1),
  ARRAY(-1);

  /** How many ids of primitives the format has. */
  static final int PRIMITIVES = 21;

  private static final VariantKind[] BY_ID = values();

  private final int id;

  /**
   * @param id of the primitive in the format, which is its place here; -1 of containers
   */
  VariantKind(int id) {
    this.id = id;
  }

  static VariantKind primitive(int id) {
    return BY_ID[id];
  }

  /** The id of a primitive in the format. */
  int id() {
    return id;
  }

  /** Bytes behind the first one; -1 where a length stands there or it is no primitive. */
  int widthBytes() {
    return switch (this) {
      case NULL, TRUE, FALSE -> 0;
      case INT8 -> 1;
      case INT16 -> 2;
      case INT32, DATE, FLOAT -> 4;
      case INT64,
          DOUBLE,
          TIMESTAMP_WITH_TIME_ZONE,
          TIMESTAMP,
          TIME,
          TIMESTAMP_NANOS_WITH_TIME_ZONE,
          TIMESTAMP_NANOS ->
          8;
      case DECIMAL4 -> 5;
      case DECIMAL8 -> 9;
      case DECIMAL16 -> 17;
      case UUID -> 16;
      case BINARY, STRING, OBJECT, ARRAY -> -1;
    };
  }

  /** Whether it is a whole number. */
  public boolean isInteger() {
    return this == INT8 || this == INT16 || this == INT32 || this == INT64;
  }

  public boolean isDecimal() {
    return this == DECIMAL4 || this == DECIMAL8 || this == DECIMAL16;
  }

  public boolean isBoolean() {
    return this == TRUE || this == FALSE;
  }
}
