package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
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
