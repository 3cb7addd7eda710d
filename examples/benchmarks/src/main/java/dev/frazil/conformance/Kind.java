package dev.frazil.conformance;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Set;

/** The SQL types that are tried, with one value of each: 42, or midday of a leap day. */
enum Kind {
  BOOLEAN(Boolean.class, "TRUE", Types.BOOLEAN, Types.BIT),
  INTEGER(Integer.class, "42", Types.INTEGER),
  BIGINT(Long.class, "42", Types.BIGINT),
  REAL(Float.class, "42", Types.REAL, Types.FLOAT),
  DOUBLE(Double.class, "42", Types.DOUBLE, Types.FLOAT),
  DECIMAL(BigDecimal.class, "42", Types.DECIMAL, Types.NUMERIC),
  VARCHAR(String.class, "'42'", Types.VARCHAR, Types.LONGVARCHAR),
  DATE(Date.class, "DATE '2024-02-29'", Types.DATE),
  TIME(Time.class, "TIME '12:34:56'", Types.TIME),
  TIMESTAMP(Timestamp.class, "TIMESTAMP '2024-02-29 12:34:56.123456'", Types.TIMESTAMP),
  TIMESTAMP_TZ(
      Object.class,
      "TIMESTAMP WITH TIME ZONE '2024-02-29 12:34:56.123456+00:00'",
      Types.TIMESTAMP_WITH_TIMEZONE),
  VARBINARY(
      byte[].class, "X'0001FEFF'", Types.VARBINARY, Types.BINARY, Types.LONGVARBINARY, Types.BLOB),
  ARRAY(Array.class, "ARRAY[1, 2, 3]", Types.ARRAY);

  static final Set<Kind> NUMBERS = Set.of(INTEGER, BIGINT, REAL, DOUBLE, DECIMAL);

  private final Class<?> javaClass;
  private final String literal;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
  private final Set<Integer> codes;

  private final int code;

  Kind(Class<?> javaClass, String literal, int code, Integer... others) {
    this.javaClass = javaClass;
    this.literal = literal;
    this.code = code;
    Set<Integer> all = new java.util.HashSet<>(Set.of(others));
    all.add(code);
    this.codes = Set.copyOf(all);
  }

  /** JDBC table B-3: the class of getObject; Object where it is the driver's choice. */
  Class<?> javaClass() {
    return javaClass;
  }

  /** The value in standard SQL. */
  String literal() {
    return literal;
  }

  /** Code of {@link Types} that metadata may give. */
  boolean hasCode(int given) {
    return codes.contains(given);
  }

  int code() {
    return code;
  }

  /** Name of the column of this type. */
  String column() {
    return "c_" + name().toLowerCase(java.util.Locale.ROOT);
  }
}
