package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Java values as parameters: what the engine gets, and what is refused rather than bent. */
class ParameterConversionTest {
  private static final SqlType MONEY = new SqlType.DecimalType(10, 2);
  private static final UUID SOME_UUID = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of(Primitive.BOOLEAN, true, true),
        Arguments.of(Primitive.BOOLEAN, 1, true),
        Arguments.of(Primitive.BOOLEAN, "off", false),
        Arguments.of(Primitive.INTEGER, (byte) 7, 7),
        Arguments.of(Primitive.INTEGER, 7L, 7),
        Arguments.of(Primitive.INTEGER, 7.0, 7),
        Arguments.of(Primitive.INTEGER, "7", 7),
        Arguments.of(Primitive.INTEGER, BigInteger.valueOf(7), 7),
        Arguments.of(Primitive.INTEGER, true, 1),
        Arguments.of(Primitive.BIGINT, 7, 7L),
        Arguments.of(Primitive.BIGINT, new BigDecimal("7.00"), 7L),
        Arguments.of(Primitive.REAL, 1.5, 1.5f),
        Arguments.of(Primitive.DOUBLE, 1.5f, 1.5),
        Arguments.of(Primitive.DOUBLE, new BigDecimal("0.1"), 0.1),
        Arguments.of(Primitive.DOUBLE, Double.NaN, Double.NaN),
        Arguments.of(MONEY, new BigDecimal("1.5"), new BigDecimal("1.50")),
        Arguments.of(MONEY, new BigDecimal("1.5000"), new BigDecimal("1.50")),
        Arguments.of(MONEY, 7, new BigDecimal("7.00")),
        Arguments.of(MONEY, 0.1 + 0.2, new BigDecimal("0.30")),
        Arguments.of(MONEY, " 1.25 ", new BigDecimal("1.25")),
        Arguments.of(Primitive.DATE, LocalDate.EPOCH.plusDays(3), 3),
        Arguments.of(Primitive.DATE, Date.valueOf("1970-01-04"), 3),
        Arguments.of(Primitive.DATE, "1970-01-04", 3),
        Arguments.of(Primitive.DATE, LocalDateTime.of(1970, 1, 4, 23, 59), 3),
        Arguments.of(Primitive.TIME, LocalTime.of(0, 0, 1), 1_000_000L),
        Arguments.of(Primitive.TIME, Time.valueOf("00:00:01"), 1_000_000L),
        Arguments.of(Primitive.TIME, "00:00:01.5", 1_500_000L),
        Arguments.of(Primitive.TIMESTAMP, "1970-01-01T00:00:01", 1_000_000L),
        Arguments.of(Primitive.TIMESTAMP, LocalDate.EPOCH, 0L),
        Arguments.of(Primitive.TIMESTAMP_WITH_TIME_ZONE, "1970-01-01 01:00:00+01:00", 0L),
        Arguments.of(Primitive.VARCHAR, "a'b\u0000", "a'b\u0000"),
        Arguments.of(Primitive.VARCHAR, 7, "7"),
        Arguments.of(Primitive.VARCHAR, new BigDecimal("1e3"), "1000"),
        Arguments.of(Primitive.VARCHAR, LocalDate.EPOCH, "1970-01-01"),
        Arguments.of(Primitive.VARCHAR, 'x', "x"),
        Arguments.of(Primitive.VARBINARY, new byte[] {1, 2}, new byte[] {1, 2}),
        Arguments.of(new SqlType.FixedType(2), new byte[] {1, 2}, new byte[] {1, 2}),
        Arguments.of(Primitive.UUID, SOME_UUID, UuidAccessor.toBytes(SOME_UUID)),
        Arguments.of(Primitive.UUID, SOME_UUID.toString(), UuidAccessor.toBytes(SOME_UUID)));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void becomesTheEnginesForm(SqlType type, Object given, Object expected) throws SQLException {
    assertThat(bound(type, (statement, index) -> statement.setObject(index, given)))
        .isEqualTo(expected);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(Primitive.INTEGER, 1L << 40, "22003"),
        Arguments.of(Primitive.INTEGER, 1.5, "22003"),
        Arguments.of(Primitive.INTEGER, "1e999999999", "22003"),
        Arguments.of(Primitive.INTEGER, LocalDate.EPOCH, "22018"),
        Arguments.of(Primitive.BIGINT, Double.NaN, "22003"),
        Arguments.of(Primitive.REAL, 1e300, "22003"),
        Arguments.of(Primitive.BOOLEAN, 2, "22003"),
        Arguments.of(Primitive.BOOLEAN, "perhaps", "22018"),
        Arguments.of(MONEY, new BigDecimal("1.005"), "22003"),
        Arguments.of(MONEY, new BigDecimal("123456789"), "22003"),
        Arguments.of(MONEY, new BigDecimal("1e999999999"), "22003"),
        Arguments.of(Primitive.DATE, "1970-13-01", "22007"),
        Arguments.of(Primitive.DATE, LocalTime.NOON, "22018"),
        Arguments.of(Primitive.DATE, 7, "22018"),
        Arguments.of(Primitive.TIME, LocalDate.EPOCH, "22018"),
        Arguments.of(Primitive.TIMESTAMP, LocalDateTime.MAX, "22008"),
        Arguments.of(Primitive.VARBINARY, "text", "22018"),
        Arguments.of(new SqlType.FixedType(2), new byte[3], "22001"),
        Arguments.of(Primitive.UUID, "1-1-1-1-1", "22018"),
        Arguments.of(Primitive.VARCHAR, new Object(), "22018"),
        Arguments.of(new SqlType.ArrayType(Primitive.INTEGER), "[1]", "22018"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefused(SqlType type, Object given, String state) {
    assertState(() -> bound(type, (statement, index) -> statement.setObject(index, given)), state);
  }

  @Test
  void streamsAndTargets() throws SQLException {
    byte[] bytes = {1, 2, 3};
    assertThat(
            bound(
                Primitive.VARBINARY,
                (s, i) -> s.setBinaryStream(i, new ByteArrayInputStream(bytes), 2)))
        .isEqualTo(new byte[] {1, 2});
    assertState(
        () ->
            bound(
                Primitive.VARBINARY,
                (s, i) -> s.setBinaryStream(i, new ByteArrayInputStream(bytes), 4)),
        "22023");
    assertThat(bound(Primitive.VARCHAR, (s, i) -> s.setCharacterStream(i, new StringReader("abc"))))
        .isEqualTo("abc");
    assertThat(
            bound(
                Primitive.VARCHAR,
                (s, i) ->
                    s.setAsciiStream(
                        i, new ByteArrayInputStream("abc".getBytes(StandardCharsets.US_ASCII)))))
        .isEqualTo("abc");
    assertThat(bound(MONEY, (s, i) -> s.setObject(i, new BigDecimal("1.005"), Types.DECIMAL, 2)))
        .isEqualTo(new BigDecimal("1.01"));
    assertThat(bound(MONEY, (s, i) -> s.setObject(i, "1.5", Types.NUMERIC)))
        .isEqualTo(new BigDecimal("1.50"));
    assertThat(bound(Primitive.BIGINT, (s, i) -> s.setObject(i, 5, java.sql.JDBCType.BIGINT)))
        .isEqualTo(5L);
    assertState(() -> bound(Primitive.BIGINT, (s, i) -> s.setObject(i, 5, Types.REF)), "0A000");
    JdbcBlob blob = new JdbcBlob(bytes);
    assertThat(bound(Primitive.VARBINARY, (s, i) -> s.setBlob(i, blob))).isEqualTo(bytes);
    JdbcClob clob = new JdbcClob("");
    clob.setString(1, "hello");
    assertThat(bound(Primitive.VARCHAR, (s, i) -> s.setClob(i, clob))).isEqualTo("hello");
  }

  /** Type of the marker, value, target type, and what the engine gets or the SQLState. */
  static Stream<Arguments> targets() {
    LocalDateTime evening = LocalDateTime.of(1970, 1, 4, 20, 0);
    return Stream.of(
        Arguments.of(Primitive.VARCHAR, "7 ", Types.INTEGER, "7"),
        Arguments.of(Primitive.VARCHAR, true, Types.BIGINT, "1"),
        Arguments.of(Primitive.BIGINT, "300", Types.SMALLINT, 300L),
        Arguments.of(Primitive.BIGINT, 128, Types.TINYINT, "22003"),
        Arguments.of(Primitive.BIGINT, 40_000, Types.SMALLINT, "22003"),
        Arguments.of(Primitive.BIGINT, 1L << 40, Types.INTEGER, "22003"),
        Arguments.of(Primitive.DOUBLE, 1.5, Types.INTEGER, "22003"),
        Arguments.of(Primitive.VARCHAR, "seven", Types.INTEGER, "22018"),
        Arguments.of(Primitive.DOUBLE, 0.1f, Types.REAL, (double) 0.1f),
        Arguments.of(Primitive.DOUBLE, 1e300, Types.REAL, "22003"),
        Arguments.of(Primitive.VARCHAR, new BigDecimal("1e2"), Types.DOUBLE, "100.0"),
        Arguments.of(Primitive.INTEGER, "yes", Types.BIT, 1),
        Arguments.of(Primitive.VARCHAR, 1, Types.BOOLEAN, "true"),
        Arguments.of(Primitive.TIMESTAMP, evening, Types.DATE, 3 * 86_400_000_000L),
        Arguments.of(Primitive.VARCHAR, evening, Types.TIME, "20:00:00"),
        Arguments.of(Primitive.DATE, evening, Types.TIMESTAMP, 3),
        Arguments.of(Primitive.DATE, null, Types.DATE, null),
        Arguments.of(Primitive.DATE, "now", Types.DATE, "22007"),
        Arguments.of(MONEY, "12.5", Types.DECIMAL, new BigDecimal("12.50")),
        Arguments.of(Primitive.VARCHAR, 12.5, Types.NUMERIC, "12.5"),
        Arguments.of(Primitive.VARCHAR, SOME_UUID, Types.OTHER, SOME_UUID.toString()),
        Arguments.of(Primitive.INTEGER, 5, Types.VARCHAR, 5),
        Arguments.of(Primitive.VARCHAR, "<x/>", Types.SQLXML, "0A000"),
        Arguments.of(Primitive.VARCHAR, "x", Types.ROWID, "0A000"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void targetTypes(SqlType type, Object given, int target, Object expected) throws SQLException {
    Setter setter = (statement, index) -> statement.setObject(index, given, target);
    if (expected instanceof String state && state.matches("22...|0A000")) {
      assertState(() -> bound(type, setter), state);
    } else {
      assertThat(bound(type, setter)).isEqualTo(expected);
    }
  }

  @Test
  void scalesRound() throws SQLException {
    for (Object given : new Object[] {new BigDecimal("1.005"), "1.005", 1.005}) {
      assertThat(bound(MONEY, (s, i) -> s.setObject(i, given, Types.DECIMAL, 2)))
          .isEqualTo(new BigDecimal("1.01"));
    }
    assertThat(bound(MONEY, (s, i) -> s.setObject(i, 7, java.sql.JDBCType.NUMERIC, 1)))
        .isEqualTo(new BigDecimal("7.00"));
    assertState(
        () -> bound(MONEY, (s, i) -> s.setObject(i, "1e999999999", Types.DECIMAL, 2)), "22003");
  }

  @Test
  @SuppressWarnings("deprecation")
  void everyOtherSetter() throws Exception {
    byte[] ascii = "abc".getBytes(StandardCharsets.US_ASCII);
    byte[] wide = "gr\u00fcn".getBytes(StandardCharsets.UTF_8);
    List<Setter> texts =
        List.of(
            (s, i) -> s.setAsciiStream(i, new ByteArrayInputStream(ascii), 3),
            (s, i) -> s.setAsciiStream(i, new ByteArrayInputStream(ascii), 3L),
            (s, i) -> s.setCharacterStream(i, new StringReader("abc"), 3),
            (s, i) -> s.setCharacterStream(i, new StringReader("abcd"), 3L),
            (s, i) -> s.setNCharacterStream(i, new StringReader("abc"), 3),
            (s, i) -> s.setNCharacterStream(i, new StringReader("abc")),
            (s, i) -> s.setClob(i, new StringReader("abc"), 3),
            (s, i) -> s.setClob(i, new StringReader("abc")),
            (s, i) -> s.setNClob(i, new StringReader("abc"), 3),
            (s, i) -> s.setNClob(i, new StringReader("abc")),
            (s, i) -> s.setNClob(i, new JdbcClob("abc")),
            (s, i) -> s.setNString(i, "abc"),
            (s, i) -> s.setObject(i, new StringReader("abc")),
            (s, i) -> s.setObject(i, new JdbcClob("abc"), Types.CLOB));
    for (Setter setter : texts) {
      assertThat(bound(Primitive.VARCHAR, setter)).isEqualTo("abc");
    }
    assertThat(
            bound(
                Primitive.VARCHAR,
                (s, i) -> s.setUnicodeStream(i, new ByteArrayInputStream(wide), wide.length)))
        .isEqualTo("gr\u00fcn");
    for (Setter setter :
        List.<Setter>of(
            (s, i) -> s.setBlob(i, new ByteArrayInputStream(ascii), 3),
            (s, i) -> s.setBlob(i, new ByteArrayInputStream(ascii)),
            (s, i) -> s.setBinaryStream(i, new ByteArrayInputStream(ascii), 3L),
            (s, i) -> s.setBinaryStream(i, new ByteArrayInputStream(ascii)),
            (s, i) -> s.setObject(i, new JdbcBlob(ascii), Types.BLOB),
            (s, i) -> s.setObject(i, new ByteArrayInputStream(ascii)))) {
      assertThat(bound(Primitive.VARBINARY, setter)).isEqualTo(ascii);
    }
    assertState(
        () -> bound(Primitive.VARCHAR, (s, i) -> s.setClob(i, new StringReader("abc"), 4)),
        "22023");
    assertState(
        () ->
            bound(
                Primitive.VARBINARY,
                (s, i) -> s.setBlob(i, new ByteArrayInputStream(ascii), 1L << 40)),
        "54000");
    URL url = new URL("http://a/b");
    assertThat(bound(Primitive.VARCHAR, (s, i) -> s.setURL(i, url))).isEqualTo("http://a/b");
    for (Setter setter :
        List.<Setter>of(
            (s, i) -> s.setNull(i, Types.ARRAY),
            (s, i) -> s.setNull(i, Types.STRUCT, "row(x integer)"),
            (s, i) -> s.setObject(i, null),
            (s, i) -> s.setClob(i, (java.io.Reader) null),
            (s, i) -> s.setBinaryStream(i, null, 3),
            (s, i) -> s.setURL(i, null))) {
      assertThat(bound(Primitive.VARCHAR, setter)).isNull();
    }
    assertThat(bound(Primitive.INTEGER, (s, i) -> s.setObject(i, java.time.Year.of(2024))))
        .isEqualTo(2024);
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu")); // +05:30 on 1970-01-01
      OffsetTime noon = OffsetTime.of(12, 0, 0, 0, ZoneOffset.UTC);
      assertThat(bound(Primitive.TIME, (s, i) -> s.setObject(i, noon)))
          .isEqualTo(LocalTime.of(17, 30).toNanoOfDay() / 1000);
      assertThat(bound(Primitive.VARCHAR, (s, i) -> s.setObject(i, noon))).isEqualTo("12:00:00Z");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void laterChangesOfAnArrayDoNotCount() throws SQLException {
    byte[] bytes = {1};
    FakeEngine engine = FakeEngine.create().update("u", 1, Primitive.VARBINARY);
    try (Connection connection = engine.connect();
        PreparedStatement statement = connection.prepareStatement("u")) {
      statement.setBytes(1, bytes);
      bytes[0] = 2;
      statement.executeUpdate();
      assertThat((byte[]) engine.executedBatches.get(0).get(0).values().get(0)).containsExactly(1);
    }
  }

  private interface Setter {
    void set(PreparedStatement statement, int index) throws SQLException;
  }

  private static Object bound(SqlType type, Setter setter) throws SQLException {
    FakeEngine engine = FakeEngine.create().update("u", 1, type);
    try (Connection connection = engine.connect();
        PreparedStatement statement = connection.prepareStatement("u")) {
      setter.set(statement, 1);
      statement.executeUpdate();
      return engine.executedBatches.get(0).get(0).values().get(0);
    }
  }
}
