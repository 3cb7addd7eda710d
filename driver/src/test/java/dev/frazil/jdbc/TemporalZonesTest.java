package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dates and times in zones that trip drivers: a skipped day (Apia 2011-12-30), a skipped midnight
 * (Sao Paulo), local mean time, and days before 1582.
 */
class TemporalZonesTest {
  private static final TimeZone BEFORE = TimeZone.getDefault();

  private static final List<LocalDate> DATES =
      List.of(
          LocalDate.of(2011, 12, 30),
          LocalDate.of(2018, 11, 4),
          LocalDate.of(1582, 10, 10),
          LocalDate.of(1500, 2, 28),
          LocalDate.of(4, 2, 29),
          LocalDate.of(-44, 3, 15),
          LocalDate.of(1900, 1, 1),
          LocalDate.of(9999, 12, 31),
          LocalDate.EPOCH);

  private static final List<LocalTime> TIMES =
      List.of(
          LocalTime.MIDNIGHT,
          LocalTime.of(2, 30),
          LocalTime.of(23, 59, 59, 999_999_000),
          LocalTime.of(12, 0, 0, 1_000));

  @AfterEach
  void restoreZone() {
    TimeZone.setDefault(BEFORE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Pacific/Apia",
        "America/Sao_Paulo",
        "America/New_York",
        "Europe/Amsterdam",
        "Asia/Kathmandu",
        "Pacific/Kiritimati"
      })
  void localValuesAreTheSameInEveryZone(String zone) throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    for (LocalDate date : DATES) {
      assertThat(read(Primitive.DATE, (int) date.toEpochDay(), LocalDate.class)).isEqualTo(date);
      assertThat(written(Primitive.DATE, date)).isEqualTo((int) date.toEpochDay());
      assertThat(read(Primitive.DATE, (int) date.toEpochDay(), String.class))
          .isEqualTo(date.toString());
      for (LocalTime time : TIMES) {
        LocalDateTime local = LocalDateTime.of(date, time);
        long micros = local.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
        assertThat(read(Primitive.TIMESTAMP, micros, LocalDateTime.class)).isEqualTo(local);
        assertThat(written(Primitive.TIMESTAMP, local)).isEqualTo(micros);

        Instant instant = local.toInstant(ZoneOffset.UTC);
        assertThat(read(Primitive.TIMESTAMP_WITH_TIME_ZONE, micros, Instant.class))
            .isEqualTo(instant);
        assertThat(read(Primitive.TIMESTAMP_WITH_TIME_ZONE, micros, Timestamp.class).toInstant())
            .isEqualTo(instant);
        assertThat(written(Primitive.TIMESTAMP_WITH_TIME_ZONE, instant)).isEqualTo(micros);
        assertThat(written(Primitive.TIMESTAMP_WITH_TIME_ZONE, Timestamp.from(instant)))
            .isEqualTo(micros);
        assertThat(
                written(
                    Primitive.TIMESTAMP_WITH_TIME_ZONE,
                    OffsetDateTime.ofInstant(instant, ZoneOffset.ofHours(5))))
            .isEqualTo(micros);
      }
    }
    for (LocalTime time : TIMES) {
      long micros = time.toNanoOfDay() / 1000;
      assertThat(read(Primitive.TIME, micros, LocalTime.class)).isEqualTo(time);
      assertThat(written(Primitive.TIME, time)).isEqualTo(micros);
    }
  }

  /** java.sql classes cannot express a local time that the zone skips; others must round-trip. */
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Amsterdam", "America/New_York", "Asia/Kathmandu"})
  void legacyClassesRoundTrip(String zone) throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    for (LocalDateTime local :
        List.of(
            LocalDateTime.of(2024, 7, 1, 13, 45, 1, 123_456_000),
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
            LocalDateTime.of(1700, 1, 1, 0, 0))) {
      long micros = local.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + local.getNano() / 1000;
      Timestamp timestamp = read(Primitive.TIMESTAMP, micros, Timestamp.class);
      assertThat(timestamp).isEqualTo(Timestamp.valueOf(local));
      assertThat(written(Primitive.TIMESTAMP, timestamp)).isEqualTo(micros);
      int day = (int) local.toLocalDate().toEpochDay();
      Date date = read(Primitive.DATE, day, Date.class);
      assertThat(date).hasToString(local.toLocalDate().toString());
      assertThat(written(Primitive.DATE, date)).isEqualTo(day);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pacific/Apia", "UTC", "America/New_York"})
  void calendarsNameTheZone(String zone) throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Amsterdam"));
    Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone(zone));
    LocalDateTime local = LocalDateTime.of(2024, 7, 1, 13, 45, 1, 123_456_000);
    Instant instant = local.atZone(calendar.getTimeZone().toZoneId()).toInstant();
    long micros = local.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + local.getNano() / 1000;
    FakeEngine engine =
        FakeEngine.create()
            .value("q", Primitive.TIMESTAMP, micros)
            .update("u", 1, Primitive.TIMESTAMP);
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("q");
        PreparedStatement update = connection.prepareStatement("u")) {
      rows.next();
      assertThat(rows.getTimestamp(1, calendar).toInstant()).isEqualTo(instant);
      assertThat(rows.getDate(1, calendar).getTime())
          .isEqualTo(
              local
                  .toLocalDate()
                  .atStartOfDay(calendar.getTimeZone().toZoneId())
                  .toInstant()
                  .toEpochMilli());
      update.setTimestamp(1, Timestamp.from(instant), calendar);
      update.executeUpdate();
      assertThat(engine.executedBatches.get(0).get(0).values()).containsExactly(micros);
    }
  }

  private static <T> T read(SqlType type, Object value, Class<T> wanted) throws SQLException {
    FakeEngine engine = FakeEngine.create().value("q", type, value);
    try (Connection connection = engine.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("q")) {
      rows.next();
      return rows.getObject(1, wanted);
    }
  }

  private static Object written(SqlType type, Object value) throws SQLException {
    FakeEngine engine = FakeEngine.create().update("u", 1, type);
    try (Connection connection = engine.connect();
        PreparedStatement statement = connection.prepareStatement("u")) {
      statement.setObject(1, value);
      statement.executeUpdate();
      return engine.executedBatches.get(0).get(0).values().get(0);
    }
  }
}
