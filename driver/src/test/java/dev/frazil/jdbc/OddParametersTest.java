package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;
import org.junit.jupiter.api.Test;

/** Values at the edge of what their classes hold, and those of other drivers. */
class OddParametersTest {
  private static final LocalDate IDES = LocalDate.of(-43, 3, 15);

  @Test
  void momentsOfNoYearAreOutOfRange() {
    for (Object moment :
        List.of(Instant.MAX, Instant.MIN, OffsetDateTime.MAX, OffsetDateTime.MIN)) {
      for (Primitive type :
          List.of(
              Primitive.DATE,
              Primitive.TIME,
              Primitive.TIMESTAMP,
              Primitive.TIMESTAMP_WITH_TIME_ZONE,
              Primitive.VARCHAR)) {
        assertState(() -> bound(type, (s, i) -> s.setObject(i, moment)), "22008");
      }
    }
  }

  @Test
  void datesBeforeChristStayThere() throws SQLException {
    Date date = Date.valueOf(IDES);
    Timestamp timestamp = Timestamp.valueOf(IDES.atTime(12, 0));
    // Of java.sql's classes the calendar is the Julian one, so the days are those of both ways.
    for (Setter setter :
        List.<Setter>of((s, i) -> s.setDate(i, date), (s, i) -> s.setObject(i, date))) {
      assertThat(year(bound(Primitive.DATE, setter), 1)).isEqualTo(-43);
      assertThat(year(bound(Primitive.TIMESTAMP, setter), 86_400_000_000L)).isEqualTo(-43);
    }
    for (Setter setter :
        List.<Setter>of(
            (s, i) -> s.setTimestamp(i, timestamp), (s, i) -> s.setObject(i, timestamp))) {
      assertThat(year(bound(Primitive.DATE, setter), 1)).isEqualTo(-43);
      assertThat(year(bound(Primitive.TIMESTAMP, setter), 86_400_000_000L)).isEqualTo(-43);
    }
    Date first = Date.valueOf("0001-01-01");
    assertThat(bound(Primitive.DATE, (s, i) -> s.setDate(i, first)))
        .isEqualTo((int) LocalDate.of(1, 1, 1).toEpochDay());
  }

  @Test
  void daysOfACalendarBeginInItsZone() throws SQLException {
    Calendar kathmandu = Calendar.getInstance(TimeZone.getTimeZone("Asia/Kathmandu"));
    Instant midnight = Instant.parse("2019-12-31T18:15:00Z");
    for (long later : new long[] {0, 3_600_000}) {
      Date day = new Date(midnight.toEpochMilli() + later);
      assertThat(bound(Primitive.TIMESTAMP_WITH_TIME_ZONE, (s, i) -> s.setDate(i, day, kathmandu)))
          .isEqualTo(midnight.toEpochMilli() * 1000);
      assertThat(bound(Primitive.DATE, (s, i) -> s.setDate(i, day, kathmandu)))
          .isEqualTo((int) LocalDate.of(2020, 1, 1).toEpochDay());
    }
  }

  @Test
  void aCalendarThatIsNotLenientIsChecked() {
    Calendar calendar = Calendar.getInstance();
    calendar.setLenient(false);
    calendar.set(2020, Calendar.FEBRUARY, 31);
    assertState(() -> bound(Primitive.TIMESTAMP, (s, i) -> s.setObject(i, calendar)), "22007");
  }

  private static int year(Object value, long perDay) {
    return LocalDate.ofEpochDay(Math.floorDiv(((Number) value).longValue(), perDay)).getYear();
  }

  @Test
  void emptyLargeObjectsOfOthers() throws Exception {
    SerialClob clob = new SerialClob(new char[0]);
    assertThat(bound(Primitive.VARCHAR, (s, i) -> s.setClob(i, clob))).isEqualTo("");
    SerialBlob blob = new SerialBlob(new byte[0]);
    assertThat(bound(Primitive.VARBINARY, (s, i) -> s.setBlob(i, blob))).isEqualTo(new byte[0]);
    SerialClob text = new SerialClob("abc".toCharArray());
    assertThat(bound(Primitive.VARCHAR, (s, i) -> s.setObject(i, text))).isEqualTo("abc");
    SerialBlob bytes = new SerialBlob(new byte[] {1, 2});
    assertThat(bound(Primitive.VARBINARY, (s, i) -> s.setObject(i, bytes)))
        .isEqualTo(new byte[] {1, 2});
  }

  @Test
  void lengthsOfStreamsAreNotNegative() throws SQLException {
    for (Setter setter :
        List.<Setter>of(
            (s, i) -> s.setClob(i, new StringReader("a"), -1L),
            (s, i) -> s.setNClob(i, new StringReader("a"), -1L),
            (s, i) -> s.setCharacterStream(i, new StringReader("a"), -1),
            (s, i) -> s.setAsciiStream(i, new ByteArrayInputStream(new byte[1]), -1),
            (s, i) -> s.setBlob(i, new ByteArrayInputStream(new byte[1]), -1L),
            (s, i) -> s.setBinaryStream(i, new ByteArrayInputStream(new byte[1]), -1))) {
      assertState(() -> bound(Primitive.VARCHAR, setter), "22023");
    }
    assertThat(bound(Primitive.VARBINARY, (s, i) -> s.setBinaryStream(i, null, -1))).isNull();
  }

  @Test
  void halvesOfCharactersAreRefused() throws SQLException {
    for (String text : List.of("a\ud83d", "\ude00b", "a\ud83db", "\ud83d\ud83d\ude00")) {
      assertState(() -> bound(Primitive.VARCHAR, (s, i) -> s.setString(i, text)), "22018");
    }
    String whole = "a\ud83d\ude00\u0000b";
    assertThat(bound(Primitive.VARCHAR, (s, i) -> s.setString(i, whole))).isEqualTo(whole);
  }

  @Test
  void decimalsOfManyZeros() throws SQLException {
    BigDecimal zero = new BigDecimal("0e1000000000");
    assertThat(bound(Primitive.INTEGER, (s, i) -> s.setBigDecimal(i, zero))).isEqualTo(0);
    assertThat(bound(Primitive.BOOLEAN, (s, i) -> s.setObject(i, zero))).isEqualTo(false);
    BigDecimal vast = new BigDecimal("1e1000000000");
    assertState(() -> bound(Primitive.VARCHAR, (s, i) -> s.setBigDecimal(i, vast)), "22003");
    assertState(() -> bound(Primitive.BIGINT, (s, i) -> s.setBigDecimal(i, vast)), "22003");
  }

  @Test
  void arraysOfPrimitivesAreADimension() throws SQLException {
    try (Connection connection = FakeEngine.create().connect()) {
      assertThat(connection.createArrayOf("integer", new int[][] {{1, 2}, {}, null}))
          .hasToString("[[1, 2], [], null]");
      assertThat(connection.createArrayOf("varbinary", new byte[][] {{1}, {}}).getBaseTypeName())
          .isEqualTo("varbinary");
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
