package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type through every getter: the values that make sense, and typed errors elsewhere. */
class ColumnGettersTest {
  private static final UUID SOME_UUID = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");

  static final SqlType.RowType ROW =
      new SqlType.RowType(
          List.of(
              new SqlType.Field("x", Primitive.INTEGER),
              new SqlType.Field("y", Primitive.VARCHAR)));

  /** A look at the current row. */
  interface Check {
    void on(ResultSet rows) throws SQLException;
  }

  static void with(SqlType type, @Nullable Object value, Check check) throws SQLException {
    FakeEngine engine = FakeEngine.create().value("q", type, value);
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("q")) {
      assertThat(rows.next()).isTrue();
      check.on(rows);
    }
  }

  private static Object[] of(Object... values) {
    return values;
  }

  /** Type, value as the engine holds it, and the object for each class that it converts to. */
  static Stream<Arguments> matrix() {
    LocalDate date = LocalDate.of(2024, 2, 29);
    LocalTime time = LocalTime.of(13, 45, 1, 123_456_000);
    LocalDateTime timestamp = LocalDateTime.of(date, time);
    Instant instant = Instant.parse("2024-02-29T13:45:01.123456Z");
    byte[] bytes = {1, (byte) 0xab};
    return Stream.of(
        Arguments.of(
            Primitive.BOOLEAN,
            true,
            of(true, "true", 1, 1L, (short) 1, (byte) 1, 1.0, 1f, BigDecimal.ONE, BigInteger.ONE)),
        Arguments.of(
            Primitive.INTEGER,
            7,
            of(7, "7", 7L, (short) 7, (byte) 7, 7.0, 7f, new BigDecimal(7), true)),
        Arguments.of(
            Primitive.BIGINT,
            1L << 40,
            of(1L << 40, "1099511627776", 0x1p40, 0x1p40f, new BigDecimal(1L << 40))),
        Arguments.of(Primitive.REAL, 1.5f, of(1.5f, "1.5", 1.5, 1, 1L, new BigDecimal("1.5"))),
        Arguments.of(Primitive.DOUBLE, -0.5, of(-0.5, "-0.5", -0.5f, 0, new BigDecimal("-0.5"))),
        Arguments.of(
            new SqlType.DecimalType(10, 2),
            new BigDecimal("12.70"),
            of(new BigDecimal("12.70"), "12.70", 12, 12L, 12.7, 12.7f, BigInteger.valueOf(12))),
        Arguments.of(
            new SqlType.DecimalType(38, 3),
            new BigDecimal("-12345678901234567890123456789012345.678"),
            of(
                new BigDecimal("-12345678901234567890123456789012345.678"),
                "-12345678901234567890123456789012345.678",
                new BigInteger("-12345678901234567890123456789012345"))),
        Arguments.of(
            Primitive.DATE,
            (int) date.toEpochDay(),
            of(
                Date.valueOf(date),
                "2024-02-29",
                date,
                date.atStartOfDay(),
                Timestamp.valueOf(date.atStartOfDay()))),
        Arguments.of(Primitive.TIME, time.toNanoOfDay() / 1000, of("13:45:01.123456", time)),
        Arguments.of(
            Primitive.TIMESTAMP,
            1_709_214_301_123_456L,
            of(
                Timestamp.valueOf(timestamp),
                "2024-02-29 13:45:01.123456",
                timestamp,
                date,
                time,
                Date.valueOf(date))),
        Arguments.of(
            Primitive.TIMESTAMP_WITH_TIME_ZONE,
            1_709_214_301_123_456L,
            of(
                OffsetDateTime.parse("2024-02-29T13:45:01.123456Z"),
                "2024-02-29 13:45:01.123456+00:00",
                instant,
                ZonedDateTime.parse("2024-02-29T13:45:01.123456Z"),
                Timestamp.from(instant))),
        Arguments.of(Primitive.VARCHAR, "grün", of("grün")),
        Arguments.of(
            Primitive.VARCHAR,
            " 42 ",
            of(" 42 ", 42, 42L, (short) 42, 42.0, new BigDecimal(42), BigInteger.valueOf(42))),
        Arguments.of(Primitive.VARCHAR, "yes", of("yes", true)),
        Arguments.of(
            Primitive.VARCHAR,
            "2024-02-29 13:45:01.123456",
            of(date, time, timestamp, Timestamp.valueOf(timestamp))),
        Arguments.of(Primitive.VARCHAR, SOME_UUID.toString(), of(SOME_UUID)),
        Arguments.of(Primitive.VARBINARY, bytes, of(bytes, "01ab")),
        Arguments.of(new SqlType.FixedType(2), bytes, of(bytes, "01ab")),
        Arguments.of(
            Primitive.UUID,
            UuidAccessor.toBytes(SOME_UUID),
            of(SOME_UUID, SOME_UUID.toString(), UuidAccessor.toBytes(SOME_UUID))));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void objectsOfEveryClass(SqlType type, Object value, Object[] expected) throws SQLException {
    with(
        type,
        value,
        rows -> {
          for (Object wanted : expected) {
            assertThat((Object) rows.getObject(1, wanted.getClass())).isEqualTo(wanted);
            assertThat(rows.wasNull()).isFalse();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void defaultObjectIsOfTheClassThatTheMetadataNames(SqlType type, Object value, Object[] expected)
      throws SQLException {
    with(
        type,
        value,
        rows ->
            assertThat(rows.getObject(1).getClass().getName())
                .isEqualTo(rows.getMetaData().getColumnClassName(1)));
  }

  /** Whatever getter meets whatever type: a value or a SQLException with a SQLState. */
  @ParameterizedTest
  @MethodSource("matrix")
  void noGetterThrowsAnythingElse(SqlType type, Object value, Object[] expected)
      throws SQLException {
    List<Check> getters =
        List.of(
            r -> r.getString(1),
            r -> r.getBoolean("c"),
            r -> r.getByte(1),
            r -> r.getShort(1),
            r -> r.getInt(1),
            r -> r.getLong(1),
            r -> r.getFloat(1),
            r -> r.getDouble("C"),
            r -> r.getBigDecimal(1),
            r -> r.getBytes(1),
            r -> r.getDate(1),
            r -> r.getTime(1),
            r -> r.getTimestamp(1, Calendar.getInstance()),
            r -> r.getAsciiStream(1),
            r -> r.getBinaryStream(1),
            r -> r.getCharacterStream(1),
            r -> r.getBlob(1),
            r -> r.getClob(1),
            r -> r.getNClob(1),
            r -> r.getArray(1),
            r -> r.getURL(1),
            r -> r.getRef(1),
            r -> r.getRowId(1),
            r -> r.getSQLXML(1),
            r -> r.getNString(1),
            r -> r.getObject(1, Map.of()),
            r -> r.getObject(1, Thread.class));
    with(
        type,
        value,
        rows -> {
          for (Check getter : getters) {
            try {
              getter.on(rows);
            } catch (SQLException e) {
              assertThat(e.getSQLState()).isIn("22018", "22003", "22007", "0A000");
              assertThat(e.getMessage()).isNotBlank();
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void nulls(SqlType type, Object value, Object[] expected) throws SQLException {
    with(
        type,
        null,
        rows -> {
          assertThat(rows.getObject(1)).isNull();
          assertThat(rows.wasNull()).isTrue();
          assertThat(rows.getString(1)).isNull();
          assertThat(rows.getInt(1)).isZero();
          assertThat(rows.getDouble(1)).isZero();
          assertThat(rows.getBoolean(1)).isFalse();
          assertThat(rows.getBigDecimal(1)).isNull();
          assertThat(rows.getTimestamp(1)).isNull();
          assertThat(rows.getBytes(1)).isNull();
          assertThat(rows.getArray(1)).isNull();
          assertThat(rows.getObject(1, UUID.class)).isNull();
          assertThat(rows.wasNull()).isTrue();
        });
  }

  @Test
  void timesKeepTheirMilliseconds() throws SQLException {
    with(
        Primitive.TIME,
        49_501_123_456L,
        rows -> {
          Time time = rows.getTime(1);
          assertThat(time).hasToString("13:45:01");
          assertThat(time.getTime() % 1000).isEqualTo(123);
        });
  }

  @Test
  void numbersThatDoNotFitAreOutOfRange() throws SQLException {
    with(
        Primitive.BIGINT,
        1L << 40,
        rows -> {
          assertState(() -> rows.getInt(1), "22003");
          assertState(() -> rows.getByte(1), "22003");
          assertState(() -> rows.getObject(1, Short.class), "22003");
        });
    with(Primitive.DOUBLE, 1e300, rows -> assertState(() -> rows.getFloat(1), "22003"));
    with(Primitive.DOUBLE, Double.NaN, rows -> assertState(() -> rows.getLong(1), "22003"));
    with(
        Primitive.VARCHAR,
        "1e999999999",
        rows -> {
          assertState(() -> rows.getLong(1), "22003");
          assertState(() -> rows.getObject(1, BigInteger.class), "22018");
        });
  }

  @Test
  void textThatIsNoNumberOrDateSaysSo() throws SQLException {
    with(
        Primitive.VARCHAR,
        "apple",
        rows -> {
          assertState(() -> rows.getInt(1), "22018");
          assertState(() -> rows.getBoolean(1), "22018");
          assertState(() -> rows.getDate(1), "22007");
          assertState(() -> rows.getObject(1, UUID.class), "22018");
        });
  }

  @Test
  void wrongColumnsAndPositions() throws SQLException {
    FakeEngine engine = FakeEngine.create().value("q", Primitive.INTEGER, 1);
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery("q");
      assertState(() -> rows.getInt(1), "55000");
      rows.next();
      assertState(() -> rows.getInt(0), "22023");
      assertState(() -> rows.getInt(2), "22023");
      assertThatThrownBy(() -> rows.getInt("cc")).hasMessageContaining("did you mean 'c'");
      assertThat(rows.next()).isFalse();
      assertState(() -> rows.getInt(1), "55000");
      rows.close();
      assertState(() -> rows.getInt(1), "55000");
      assertState(rows::next, "55000");
    }
  }

  @Test
  void streamsAndLobs() throws Exception {
    with(
        Primitive.VARCHAR,
        "grün",
        rows -> {
          Clob clob = rows.getClob(1);
          assertThat(clob.length()).isEqualTo(4);
          assertThat(clob.getSubString(2, 2)).isEqualTo("rü");
          assertThat(clob.position("ü", 1)).isEqualTo(3);
          clob.free();
          assertState(clob::length, "55000");
        });
    with(
        Primitive.VARBINARY,
        new byte[] {1, 2, 3},
        rows -> {
          Blob blob = rows.getBlob(1);
          assertThat(blob.getBytes(2, 9)).containsExactly(2, 3);
          assertThat(blob.position(new byte[] {3}, 1)).isEqualTo(3);
          assertState(() -> blob.getBytes(0, 1), "22023");
          try (InputStream stream = rows.getBinaryStream(1)) {
            assertThat(stream).hasBinaryContent(new byte[] {1, 2, 3});
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    with(
        Primitive.VARCHAR,
        "abc",
        rows -> {
          try (Reader reader = rows.getCharacterStream(1)) {
            assertThat(reader.read()).isEqualTo('a');
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void arrays() throws SQLException {
    SqlType type = new SqlType.ArrayType(Primitive.INTEGER);
    with(
        type,
        Arrays.asList(1, null, 3),
        rows -> {
          assertThat(rows.getString(1)).isEqualTo("[1, null, 3]");
          assertThat(rows.getArray(1)).hasToString("[1, null, 3]");
          assertThat((Integer[]) rows.getArray(1).getArray()).containsExactly(1, null, 3);
          assertThat((Integer[]) rows.getArray(1).getArray(2, 2)).containsExactly(null, 3);
          assertThat((Object) rows.getObject(1, List.class)).isEqualTo(Arrays.asList(1, null, 3));
          try (ResultSet elements = rows.getArray(1).getResultSet()) {
            elements.next();
            elements.next();
            elements.next();
            assertThat(elements.getLong(1)).isEqualTo(3);
            assertThat(elements.getInt("VALUE")).isEqualTo(3);
            assertThat(elements.next()).isFalse();
          }
          assertState(() -> rows.getInt(1), "22018");
        });
  }

  @Test
  void mapsAndRows() throws SQLException {
    Map<Object, Object> entries = new LinkedHashMap<>();
    entries.put("a", 1);
    entries.put("b", null);
    with(
        new SqlType.MapType(Primitive.VARCHAR, Primitive.INTEGER),
        entries,
        rows -> {
          assertThat(rows.getString(1)).isEqualTo("{a=1, b=null}");
          assertThat(rows.getObject(1)).isEqualTo(entries);
        });
    with(
        ROW,
        List.of(1, "one"),
        rows -> {
          Struct struct = (Struct) rows.getObject(1);
          assertThat(struct.getAttributes()).containsExactly(1, "one");
          assertThat(struct.getSQLTypeName()).isEqualTo("row(x integer, y varchar)");
          assertThat(struct).hasToString("(x: 1, y: one)");
        });
  }

  static void assertState(ThrowingCall call, String state) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  /** A call that may fail. */
  interface ThrowingCall {
    void run() throws Exception;
  }
}
