package dev.frazil.conformance;

import static dev.frazil.conformance.Kind.ARRAY;
import static dev.frazil.conformance.Kind.BIGINT;
import static dev.frazil.conformance.Kind.BOOLEAN;
import static dev.frazil.conformance.Kind.DATE;
import static dev.frazil.conformance.Kind.DECIMAL;
import static dev.frazil.conformance.Kind.DOUBLE;
import static dev.frazil.conformance.Kind.INTEGER;
import static dev.frazil.conformance.Kind.REAL;
import static dev.frazil.conformance.Kind.TIME;
import static dev.frazil.conformance.Kind.TIMESTAMP;
import static dev.frazil.conformance.Kind.TIMESTAMP_TZ;
import static dev.frazil.conformance.Kind.VARBINARY;
import static dev.frazil.conformance.Kind.VARCHAR;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;

/** {@code getObject(column, Class)}: what must convert, what may, and how the rest is refused. */
final class ObjectClassChecks {
  private static final String MUST = "ResultSet.getObject(int, Class) and JDBC table B-3: minimum";
  private static final String TIME_CLASSES =
      "ResultSet.getObject(int, Class) and JDBC table B-4: java.time";
  private static final String MAY =
      "ResultSet.getObject(int, Class): a conversion that is not supported is a SQLException, "
          + "another value than that of the column is none";

  private ObjectClassChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("getObject(Class)");
    LocalDate date = LocalDate.of(2024, 2, 29);
    LocalTime time = LocalTime.of(12, 34, 56);
    LocalDateTime stamp = LocalDateTime.parse("2024-02-29T12:34:56.123456");
    OffsetDateTime moment = OffsetDateTime.parse("2024-02-29T12:34:56.123456Z");
    byte[] bytes = {0, 1, (byte) 0xFE, (byte) 0xFF};
    must(list, BOOLEAN, Boolean.class, true, MUST);
    must(list, INTEGER, Integer.class, 42, MUST);
    must(list, BIGINT, Long.class, 42L, MUST);
    must(list, REAL, Float.class, 42f, MUST);
    must(list, DOUBLE, Double.class, 42d, MUST);
    must(list, DECIMAL, BigDecimal.class, new BigDecimal(42), MUST);
    must(list, VARCHAR, String.class, "42", MUST);
    must(list, DATE, Date.class, Date.valueOf(date), MUST);
    must(list, TIME, Time.class, Time.valueOf(time), MUST);
    must(list, TIMESTAMP, Timestamp.class, Timestamp.valueOf(stamp), MUST);
    must(list, VARBINARY, byte[].class, bytes, MUST);
    must(list, DATE, LocalDate.class, date, TIME_CLASSES);
    must(list, TIME, LocalTime.class, time, TIME_CLASSES);
    must(list, TIMESTAMP, LocalDateTime.class, stamp, TIME_CLASSES);
    must(list, TIMESTAMP_TZ, OffsetDateTime.class, moment, TIME_CLASSES);
    list.add(
        "ARRAY as Array",
        MUST,
        scene -> {
          java.sql.Array array = scene.value(ARRAY, 1).getObject(1, java.sql.Array.class);
          Expect.equal("[1, 2, 3]", java.util.Arrays.toString((Object[]) array.getArray()));
        });
    for (Kind kind : List.of(INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, VARCHAR)) {
      may(list, kind, Byte.class, (byte) 42);
      may(list, kind, Short.class, (short) 42);
      may(list, kind, Integer.class, 42);
      may(list, kind, Long.class, 42L);
      may(list, kind, Float.class, 42f);
      may(list, kind, Double.class, 42d);
      may(list, kind, BigDecimal.class, new BigDecimal(42));
      may(list, kind, BigInteger.class, BigInteger.valueOf(42));
    }
    for (Kind kind :
        List.of(BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, DATE, TIME, TIMESTAMP)) {
      mayAnyText(list, kind);
    }
    may(list, BOOLEAN, Integer.class, 1);
    may(list, DATE, LocalDateTime.class, date.atStartOfDay());
    may(list, DATE, Timestamp.class, Timestamp.valueOf(date.atStartOfDay()));
    may(list, TIMESTAMP, LocalDate.class, date);
    may(list, TIMESTAMP, LocalTime.class, stamp.toLocalTime());
    may(list, TIMESTAMP, Date.class, Date.valueOf(date));
    may(list, TIMESTAMP_TZ, Instant.class, moment.toInstant());
    may(list, TIMESTAMP_TZ, java.time.ZonedDateTime.class, null);
    may(list, TIMESTAMP_TZ, Timestamp.class, Timestamp.from(moment.toInstant()));
    may(list, TIMESTAMP, java.util.Date.class, null);
    may(list, VARBINARY, java.io.InputStream.class, null);
    may(list, VARBINARY, java.sql.Blob.class, null);
    may(list, VARCHAR, java.sql.Clob.class, null);
    may(list, VARCHAR, java.io.Reader.class, null);
    for (Kind kind : Kind.values()) {
      list.add(
          kind + " as a class of no SQL type",
          "ResultSet.getObject(int, Class): if the conversion is not supported, a SQLException",
          scene -> {
            ResultSet rows = scene.value(kind, 1);
            Expect.fails(() -> rows.getObject(1, Thread.class));
          });
      list.add(
          kind + " as null",
          "ResultSet.getObject(int, Class): if null is specified for the type, a SQLException",
          scene -> {
            ResultSet rows = scene.value(kind, 1);
            Class<?> none = nothing();
            Expect.fails(() -> rows.getObject(1, none));
          });
    }
    return list.checks();
  }

  @SuppressWarnings("NullAway") // a client's mistake, made on purpose
  private static Class<?> nothing() {
    return null;
  }

  private static void must(CheckList list, Kind kind, Class<?> type, Object value, String basis) {
    String name = kind + " as " + type.getSimpleName();
    list.add(name, basis, scene -> Expect.equal(value, scene.value(kind, 1).getObject(1, type)));
    list.add(
        name + " by label",
        basis,
        scene -> Expect.equal(value, scene.value(kind, 1).getObject(kind.column(), type)));
    list.add(
        name + " of NULL",
        basis + ", ResultSet.wasNull",
        scene -> {
          ResultSet rows = scene.value(kind, 2);
          Expect.equal(null, rows.getObject(1, type));
          Expect.that(rows.wasNull(), "wasNull is false");
        });
  }

  private static void may(
      CheckList list, Kind kind, Class<?> type, @org.jspecify.annotations.Nullable Object value) {
    if (kind.javaClass() == type) {
      return;
    }
    list.add(
        kind + " as " + (type == java.util.Date.class ? type.getName() : type.getSimpleName()),
        MAY,
        scene -> {
          Object got = converted(scene.value(kind, 1), type);
          Expect.that(type.isInstance(got), "not of the class: " + Expect.shown(got));
          if (value != null) {
            Expect.equal(value, got);
          }
        });
  }

  private static void mayAnyText(CheckList list, Kind kind) {
    list.add(
        kind + " as String",
        MAY,
        scene -> {
          ResultSet rows = scene.value(kind, 1);
          Object got = converted(rows, String.class);
          Expect.equal(rows.getString(1), got);
        });
  }

  private static Object converted(ResultSet rows, Class<?> type) {
    try {
      return rows.getObject(1, type);
    } catch (SQLException e) {
      throw new LackingFeature(String.valueOf(e.getMessage()));
    }
  }
}
