package dev.frazil.conformance;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.List;
import java.util.Set;

/** What is set into a column of each type and read back by another statement. */
final class SetterChecks {
  private static final byte[] BYTES = {0, 1, (byte) 0xFE, (byte) 0xFF};
  private static final LocalDate DATE = LocalDate.of(2024, 2, 29);
  private static final LocalTime TIME = LocalTime.of(12, 34, 56);
  private static final LocalDateTime STAMP = LocalDateTime.parse("2024-02-29T12:34:56.123456");
  private static final OffsetDateTime MOMENT =
      OffsetDateTime.parse("2024-02-29T14:34:56.123456+02:00");
  private static final Set<Kind> PLAIN =
      Set.of(
          Kind.BOOLEAN,
          Kind.INTEGER,
          Kind.BIGINT,
          Kind.REAL,
          Kind.DOUBLE,
          Kind.DECIMAL,
          Kind.VARCHAR);

  private SetterChecks() {}

  private interface Setter {
    void set(PreparedStatement statement) throws Exception;
  }

  static List<Check> checks() {
    CheckList list = new CheckList("setters");
    addTyped(list);
    addNulls(list);
    addObjects(list);
    return list.checks();
  }

  private static void addTyped(CheckList list) {
    String basis = "JDBC 13.2.2.1 and table B-2, ";
    set(list, "setBoolean", Kind.BOOLEAN, basis, p -> p.setBoolean(1, true));
    set(list, "setByte", Kind.INTEGER, basis, p -> p.setByte(1, (byte) 42));
    set(list, "setShort", Kind.INTEGER, basis, p -> p.setShort(1, (short) 42));
    set(list, "setInt", Kind.INTEGER, basis, p -> p.setInt(1, 42));
    set(list, "setLong", Kind.BIGINT, basis, p -> p.setLong(1, 42));
    set(list, "setFloat", Kind.REAL, basis, p -> p.setFloat(1, 42));
    set(list, "setDouble", Kind.DOUBLE, basis, p -> p.setDouble(1, 42));
    set(list, "setBigDecimal", Kind.DECIMAL, basis, p -> p.setBigDecimal(1, new BigDecimal(42)));
    set(list, "setString", Kind.VARCHAR, basis, p -> p.setString(1, "42"));
    set(list, "setNString", Kind.VARCHAR, basis, p -> p.setNString(1, "42"));
    set(list, "setBytes", Kind.VARBINARY, basis, p -> p.setBytes(1, BYTES));
    set(list, "setDate", Kind.DATE, basis, p -> p.setDate(1, Date.valueOf(DATE)));
    set(list, "setTime", Kind.TIME, basis, p -> p.setTime(1, Time.valueOf(TIME)));
    set(
        list,
        "setTimestamp",
        Kind.TIMESTAMP,
        basis,
        p -> p.setTimestamp(1, Timestamp.valueOf(STAMP)));
    set(
        list,
        "setTimestamp",
        Kind.TIMESTAMP_TZ,
        basis,
        p -> p.setTimestamp(1, Timestamp.from(MOMENT.toInstant())));
    String calendar = "PreparedStatement, a Calendar names the zone, ";
    set(
        list,
        "setDate with Calendar",
        Kind.DATE,
        calendar,
        p -> p.setDate(1, Date.valueOf(DATE), Calendar.getInstance()));
    set(
        list,
        "setTime with Calendar",
        Kind.TIME,
        calendar,
        p -> p.setTime(1, Time.valueOf(TIME), Calendar.getInstance()));
    set(
        list,
        "setTimestamp with Calendar",
        Kind.TIMESTAMP,
        calendar,
        p -> p.setTimestamp(1, Timestamp.valueOf(STAMP), Calendar.getInstance()));
    String streams = "PreparedStatement, as many bytes or characters as the stream has, ";
    set(
        list,
        "setBinaryStream",
        Kind.VARBINARY,
        streams,
        p -> p.setBinaryStream(1, new ByteArrayInputStream(BYTES)));
    set(
        list,
        "setBinaryStream of int length",
        Kind.VARBINARY,
        streams,
        p -> p.setBinaryStream(1, new ByteArrayInputStream(BYTES), 4));
    set(
        list,
        "setBinaryStream of long length",
        Kind.VARBINARY,
        streams,
        p -> p.setBinaryStream(1, new ByteArrayInputStream(BYTES), 4L));
    set(
        list,
        "setCharacterStream",
        Kind.VARCHAR,
        streams,
        p -> p.setCharacterStream(1, new StringReader("42")));
    set(
        list,
        "setCharacterStream of int length",
        Kind.VARCHAR,
        streams,
        p -> p.setCharacterStream(1, new StringReader("42"), 2));
    set(
        list,
        "setCharacterStream of long length",
        Kind.VARCHAR,
        streams,
        p -> p.setCharacterStream(1, new StringReader("42"), 2L));
    set(
        list,
        "setNCharacterStream",
        Kind.VARCHAR,
        streams,
        p -> p.setNCharacterStream(1, new StringReader("42")));
    set(
        list,
        "setNCharacterStream of a length",
        Kind.VARCHAR,
        streams,
        p -> p.setNCharacterStream(1, new StringReader("42"), 2L));
    set(list, "setAsciiStream", Kind.VARCHAR, streams, p -> p.setAsciiStream(1, ascii()));
    set(
        list,
        "setAsciiStream of int length",
        Kind.VARCHAR,
        streams,
        p -> p.setAsciiStream(1, ascii(), 2));
    set(
        list,
        "setAsciiStream of long length",
        Kind.VARCHAR,
        streams,
        p -> p.setAsciiStream(1, ascii(), 2L));
    set(
        list,
        "setArray",
        Kind.ARRAY,
        "PreparedStatement.setArray, Connection.createArrayOf, ",
        p -> p.setArray(1, p.getConnection().createArrayOf("INTEGER", new Object[] {1, 2, 3})));
  }

  private static ByteArrayInputStream ascii() {
    return new ByteArrayInputStream("42".getBytes(StandardCharsets.US_ASCII));
  }

  private static void addNulls(CheckList list) {
    String basis = "PreparedStatement.setNull, setObject, ";
    for (Kind kind : Kind.values()) {
      setNull(list, "setNull", kind, basis, p -> p.setNull(1, kind.code()));
      setNull(list, "setObject of null", kind, basis, p -> p.setObject(1, null, kind.code()));
      setNull(list, "setNull of NULL", kind, basis, p -> p.setNull(1, Types.NULL));
    }
    setNull(list, "setString of null", Kind.VARCHAR, basis, p -> p.setString(1, null));
    setNull(list, "setBytes of null", Kind.VARBINARY, basis, p -> p.setBytes(1, null));
    setNull(list, "setBigDecimal of null", Kind.DECIMAL, basis, p -> p.setBigDecimal(1, null));
    setNull(list, "setDate of null", Kind.DATE, basis, p -> p.setDate(1, null));
    setNull(list, "setTime of null", Kind.TIME, basis, p -> p.setTime(1, null));
    setNull(list, "setTimestamp of null", Kind.TIMESTAMP, basis, p -> p.setTimestamp(1, null));
  }

  @SuppressWarnings("JavaUtilDate") // what older clients set
  private static void addObjects(CheckList list) {
    List<Object> numbers =
        List.of((byte) 42, (short) 42, 42, 42L, 42f, 42d, new BigDecimal(42), "42");
    for (Object value : numbers) {
      for (Kind kind : PLAIN.stream().sorted().toList()) {
        if (kind != Kind.BOOLEAN) {
          object(list, value, kind);
        }
      }
    }
    for (Object one : List.of((byte) 1, (short) 1, 1, 1L, 1f, 1d, BigDecimal.ONE, "1", "true")) {
      object(list, one, Kind.BOOLEAN);
    }
    for (Kind kind : PLAIN.stream().sorted().toList()) {
      object(list, true, kind);
    }
    object(list, BigInteger.valueOf(42), Kind.BIGINT);
    object(list, BigInteger.valueOf(42), Kind.VARCHAR);
    object(list, BYTES, Kind.VARBINARY);
    for (Object value : List.of(Date.valueOf(DATE), DATE, "2024-02-29")) {
      object(list, value, Kind.DATE);
    }
    for (Object value : List.of(Time.valueOf(TIME), TIME, "12:34:56")) {
      object(list, value, Kind.TIME);
    }
    for (Object value : List.of(Timestamp.valueOf(STAMP), STAMP, "2024-02-29 12:34:56.123456")) {
      object(list, value, Kind.TIMESTAMP);
    }
    for (Object value : List.of(Date.valueOf(DATE), DATE, Timestamp.valueOf(STAMP), STAMP)) {
      object(list, value, Kind.VARCHAR);
    }
    object(list, Timestamp.valueOf(STAMP), Kind.DATE);
    object(list, STAMP, Kind.DATE);
    object(list, Timestamp.valueOf(STAMP), Kind.TIME);
    object(list, STAMP, Kind.TIME);
    object(list, new java.util.Date(Date.valueOf(DATE).getTime()), Kind.DATE);
    object(list, new java.util.Date(Date.valueOf(DATE).getTime()), Kind.VARCHAR);
    Calendar calendar = Calendar.getInstance();
    calendar.setTimeInMillis(Date.valueOf(DATE).getTime());
    object(list, calendar, Kind.DATE);
    object(list, MOMENT, Kind.TIMESTAMP_TZ);
    for (Kind kind : PLAIN.stream().sorted().toList()) {
      set(
          list,
          "setObject with JDBCType",
          kind,
          "PreparedStatement.setObject(int, Object, SQLType), ",
          p ->
              p.setObject(
                  1,
                  kind == Kind.VARCHAR ? "42" : kind == Kind.BOOLEAN ? true : 42,
                  JDBCType.valueOf(kind.code())));
    }
    set(
        list,
        "setObject with scale 2",
        Kind.DECIMAL,
        "PreparedStatement.setObject(int, Object, int, int), ",
        p -> p.setObject(1, new BigDecimal("42.00"), Types.DECIMAL, 2));
    for (Object value : List.of(true, 42, 42L, "42", new BigDecimal(42), 42d)) {
      Kind kind =
          value instanceof Boolean
              ? Kind.BOOLEAN
              : value instanceof Integer
                  ? Kind.INTEGER
                  : value instanceof Long
                      ? Kind.BIGINT
                      : value instanceof String
                          ? Kind.VARCHAR
                          : value instanceof Double ? Kind.DOUBLE : Kind.DECIMAL;
      untyped(list, value, kind);
    }
    untyped(list, BYTES, Kind.VARBINARY);
    untyped(list, Date.valueOf(DATE), Kind.DATE);
    untyped(list, Time.valueOf(TIME), Kind.TIME);
    untyped(list, Timestamp.valueOf(STAMP), Kind.TIMESTAMP);
    untyped(list, DATE, Kind.DATE);
    untyped(list, TIME, Kind.TIME);
    untyped(list, STAMP, Kind.TIMESTAMP);
    untyped(list, MOMENT, Kind.TIMESTAMP_TZ);
  }

  private static void object(CheckList list, Object value, Kind kind) {
    set(
        list,
        "setObject of " + shown(value) + " as",
        kind,
        "JDBC table B-5, ",
        p -> p.setObject(1, value, kind.code()));
  }

  private static void untyped(CheckList list, Object value, Kind kind) {
    set(
        list,
        "setObject of " + shown(value) + " without a type,",
        kind,
        "JDBC table B-4, ",
        p -> p.setObject(1, value));
  }

  private static String shown(Object value) {
    return value instanceof Calendar
        ? "Calendar"
        : value instanceof String text
            ? "text '" + text + "'"
            : value.getClass() == java.util.Date.class
                ? "java.util.Date"
                : value.getClass().getSimpleName();
  }

  private static void set(CheckList list, String name, Kind kind, String basis, Setter setter) {
    list.add(
        name + " " + kind,
        basis + kind,
        scene -> {
          int id = insert(scene, kind, setter);
          StoredValue.expect(kind, written(scene, kind, id));
        });
  }

  private static void setNull(CheckList list, String name, Kind kind, String basis, Setter setter) {
    list.add(
        name + " " + kind,
        basis + kind,
        scene -> {
          int id = insert(scene, kind, setter);
          Expect.equal(null, written(scene, kind, id).getObject(1));
        });
  }

  private static int insert(Scene scene, Kind kind, Setter setter) throws Exception {
    scene.dialect().type(kind);
    int id = scene.fresh();
    scene.holdCommits();
    String sql = "INSERT INTO conf_sink (" + kind.column() + ", id) VALUES (?, " + id + ")";
    try (PreparedStatement insert = scene.prepare(sql)) {
      setter.set(insert);
      Expect.equal(1, insert.executeUpdate());
    }
    return id;
  }

  private static ResultSet written(Scene scene, Kind kind, int id) throws Exception {
    return scene.row("SELECT " + kind.column() + " FROM conf_sink WHERE id = " + id);
  }
}
