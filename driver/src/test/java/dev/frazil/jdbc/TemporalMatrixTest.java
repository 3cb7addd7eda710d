package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dates and times at the edges of calendars and zones, written in every way and read in every way,
 * with calendars of several zones, in JVMs of several zones, over the real engine. What is expected
 * comes from java.time alone, and of years before 1900 from the day number of the Julian calendar,
 * in which {@code java.sql.Date} counts what lies before 1582-10-15.
 */
class TemporalMatrixTest {
  private static final TimeZone BEFORE = TimeZone.getDefault();

  private static final List<LocalDateTime> VALUES =
      List.of(
          LocalDateTime.of(1, 1, 1, 0, 0),
          LocalDateTime.of(1582, 10, 4, 23, 59, 59, 999_999_000),
          LocalDateTime.of(1582, 10, 5, 12, 34, 56, 123_456_000),
          LocalDateTime.of(1582, 10, 10, 12, 0),
          LocalDateTime.of(1582, 10, 14, 23, 59, 59),
          LocalDateTime.of(1582, 10, 15, 0, 0),
          LocalDateTime.of(1582, 10, 20, 1, 2, 3, 4_000),
          LocalDateTime.of(1883, 11, 18, 11, 58), // twice in New York, as local mean time ends
          LocalDateTime.of(1883, 11, 18, 12, 30),
          LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
          LocalDateTime.of(1970, 1, 1, 0, 0),
          LocalDateTime.of(1986, 1, 1, 0, 5), // skipped in Kathmandu
          LocalDateTime.of(1986, 1, 1, 0, 15),
          LocalDateTime.of(2011, 12, 29, 23, 59, 59),
          LocalDateTime.of(2011, 12, 30, 10, 0), // skipped in Apia
          LocalDateTime.of(2011, 12, 31, 0, 0),
          LocalDateTime.of(2024, 3, 10, 2, 30), // skipped in New York
          LocalDateTime.of(2024, 11, 3, 1, 30), // twice in New York
          LocalDateTime.of(2024, 2, 29, 13, 45, 1, 500_000_000),
          LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));

  @TempDir private Path folder;
  private Connection connection;
  private final SoftAssertions softly = new SoftAssertions();

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE v (k integer, d date, t time, ts timestamp, tz timestamp with time zone)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    TimeZone.setDefault(BEFORE);
    connection.close();
  }

  /** The default, zones of their own, and a calendar that is not Gregorian. */
  private static List<Calendar> calendars() {
    List<Calendar> calendars = new ArrayList<>();
    calendars.add(null);
    for (String zone : List.of("UTC", "Pacific/Apia", "America/New_York", "Asia/Kathmandu")) {
      calendars.add(Calendar.getInstance(TimeZone.getTimeZone(zone), Locale.ROOT));
    }
    calendars.add(
        Calendar.getInstance(
            TimeZone.getTimeZone("America/New_York"),
            Locale.forLanguageTag("th-TH-u-ca-buddhist")));
    Calendar strict = new GregorianCalendar(TimeZone.getTimeZone("Pacific/Apia"), Locale.ROOT);
    strict.setLenient(false);
    calendars.add(strict);
    return calendars;
  }

  private static TimeZone zone(Calendar calendar) {
    return calendar == null ? TimeZone.getDefault() : calendar.getTimeZone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Pacific/Apia", "America/New_York", "Asia/Kathmandu"})
  void everyValueInEveryWay(String zone) throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO v VALUES (?, ?, ?, ?, ?)")) {
      write(insert, 0, TemporalMatrixTest::setObjects);
      write(insert, 1, TemporalMatrixTest::setTexts);
      write(insert, 2, TemporalMatrixTest::setOthers);
      for (int i = 0; i < calendars().size(); i++) {
        Calendar calendar = calendars().get(i);
        write(insert, 3 + i, (statement, value) -> setLegacy(statement, value, calendar));
      }
      insert.executeBatch();
    }
    for (int way = 0; way < 3; way++) {
      readLocal(way);
    }
    for (int i = 0; i < calendars().size(); i++) {
      readLegacy(calendars().get(i));
      readWritten(3 + i, zone(calendars().get(i)));
    }
    softly.assertAll();
  }

  /** DuckDB's driver is right about these, but for the days of 1582 and that of 2011 in Apia. */
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Pacific/Apia", "America/New_York", "Asia/Kathmandu"})
  void asDuckDbSays(String zone) throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement theirs = duckDb.createStatement();
        Statement ours = connection.createStatement()) {
      for (LocalDateTime value : VALUES) {
        if (!canSay(value.toLocalDate().atStartOfDay(), TimeZone.getDefault())) {
          continue;
        }
        String sql = "SELECT DATE '%s', TIMESTAMP '%s', TIME '%s', TIMESTAMPTZ '%s+00:00'";
        String text = value.toString().replace('T', ' ') + (value.getSecond() == 0 ? ":00" : "");
        String query = sql.formatted(value.toLocalDate(), text, text.substring(11), text);
        try (ResultSet expected = theirs.executeQuery(query);
            ResultSet found = ours.executeQuery(query)) {
          assertThat(expected.next() && found.next()).isTrue();
          same(found.getObject(1, LocalDate.class), expected.getObject(1, LocalDate.class));
          same(found.getObject(2, LocalDateTime.class), expected.getObject(2, LocalDateTime.class));
          same(found.getObject(3, LocalTime.class), expected.getObject(3, LocalTime.class));
          same(
              found.getObject(4, OffsetDateTime.class).toInstant(),
              expected.getObject(4, OffsetDateTime.class).toInstant());
          same(found.getTimestamp(2), expected.getTimestamp(2));
        }
      }
    }
    softly.assertAll();
  }

  private interface Setter {
    void set(PreparedStatement insert, LocalDateTime value) throws SQLException;
  }

  /** Adds all values, numbered by the way in which they are written and their place. */
  private static void write(PreparedStatement insert, int way, Setter setter) throws SQLException {
    for (int i = 0; i < VALUES.size(); i++) {
      insert.setInt(1, way * 100 + i);
      setter.set(insert, VALUES.get(i));
      insert.addBatch();
    }
  }

  private static void setObjects(PreparedStatement insert, LocalDateTime value)
      throws SQLException {
    insert.setObject(2, value.toLocalDate());
    insert.setObject(3, value.toLocalTime());
    insert.setObject(4, value);
    insert.setObject(
        5, value.atOffset(ZoneOffset.UTC).withOffsetSameInstant(ZoneOffset.ofHours(-7)));
  }

  private static void setTexts(PreparedStatement insert, LocalDateTime value) throws SQLException {
    insert.setString(2, value.toLocalDate().toString());
    insert.setString(3, value.toLocalTime().toString());
    insert.setString(4, value.toString());
    insert.setString(5, value + "+00:00");
  }

  private static void setOthers(PreparedStatement insert, LocalDateTime value) throws SQLException {
    insert.setObject(2, value);
    insert.setObject(3, value);
    insert.setObject(4, value.toString().replace('T', ' '));
    insert.setObject(5, value.toInstant(ZoneOffset.UTC));
  }

  private static void setLegacy(PreparedStatement insert, LocalDateTime value, Calendar calendar)
      throws SQLException {
    TimeZone zone = zone(calendar);
    Date date = new Date(millis(value.toLocalDate().atStartOfDay(), zone));
    Time time = new Time(millis(value.toLocalTime().atDate(LocalDate.EPOCH), zone));
    Timestamp timestamp = new Timestamp(millis(value, zone));
    timestamp.setNanos(value.getNano());
    Timestamp moment = Timestamp.from(value.toInstant(ZoneOffset.UTC));
    if (calendar == null) {
      insert.setDate(2, date);
      insert.setTime(3, time);
      insert.setTimestamp(4, timestamp);
      insert.setTimestamp(5, moment);
    } else {
      insert.setDate(2, date, calendar);
      insert.setTime(3, time, calendar);
      insert.setTimestamp(4, timestamp, calendar);
      insert.setTimestamp(5, moment, calendar);
    }
  }

  private interface Row {
    void check(ResultSet rows, LocalDateTime value) throws SQLException;
  }

  private void read(int way, Row row) throws SQLException {
    String ofWay = " FROM v WHERE k BETWEEN " + way * 100 + " AND " + (way * 100 + 99);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT d, t, ts, tz, k" + ofWay)) {
      int count = 0;
      while (rows.next()) {
        row.check(rows, VALUES.get(rows.getInt(5) % 100));
        count++;
      }
      assertThat(count).isEqualTo(VALUES.size());
    }
  }

  /** What java.time gives: the same in every zone, but where only one side has one. */
  private void readLocal(int way) throws SQLException {
    ZoneId zone = ZoneId.systemDefault();
    read(
        way,
        (rows, value) -> {
          Instant instant = value.toInstant(ZoneOffset.UTC);
          same(rows.getObject(1, LocalDate.class), value.toLocalDate());
          same(rows.getObject(1, LocalDateTime.class), value.toLocalDate().atStartOfDay());
          same(rows.getString(1), value.toLocalDate().toString());
          same(rows.getObject(2, LocalTime.class), value.toLocalTime());
          same(LocalTime.parse(rows.getString(2)), value.toLocalTime());
          same(rows.getObject(3, LocalDateTime.class), value);
          same(rows.getObject(3, LocalDate.class), value.toLocalDate());
          same(rows.getObject(3, LocalTime.class), value.toLocalTime());
          same(LocalDateTime.parse(rows.getString(3).replace(' ', 'T')), value);
          same(rows.getObject(3, Instant.class), value.atZone(zone).toInstant());
          same(rows.getObject(4, Instant.class), instant);
          same(rows.getObject(4), instant.atOffset(ZoneOffset.UTC));
          same(rows.getObject(4, OffsetDateTime.class), instant.atOffset(ZoneOffset.UTC));
          same(rows.getObject(4, ZonedDateTime.class).toInstant(), instant);
          same(rows.getObject(4, LocalDateTime.class), LocalDateTime.ofInstant(instant, zone));
          same(rows.getObject(4, LocalDate.class), LocalDate.ofInstant(instant, zone));
          same(OffsetDateTime.parse(rows.getString(4).replace(' ', 'T')).toInstant(), instant);
        });
  }

  /** Moments at which a clock in the zone of the calendar shows the value. */
  private void readLegacy(Calendar calendar) throws SQLException {
    TimeZone zone = zone(calendar);
    read(
        0,
        (rows, value) -> {
          Timestamp timestamp =
              calendar == null ? rows.getTimestamp(3) : rows.getTimestamp(3, calendar);
          same(timestamp.getTime(), millis(value, zone));
          same(timestamp.getNanos(), value.getNano());
          Timestamp dateOnly =
              calendar == null ? rows.getTimestamp(1) : rows.getTimestamp(1, calendar);
          same(dateOnly.getTime(), millis(value.toLocalDate().atStartOfDay(), zone));
          Date date = calendar == null ? rows.getDate(1) : rows.getDate(1, calendar);
          same(date.getTime(), millis(value.toLocalDate().atStartOfDay(), zone));
          Date ofTimestamp = calendar == null ? rows.getDate(3) : rows.getDate(3, calendar);
          same(ofTimestamp, date);
          LocalDateTime onFirstDay = value.toLocalTime().atDate(LocalDate.EPOCH);
          Time time = calendar == null ? rows.getTime(2) : rows.getTime(2, calendar);
          same(time.getTime(), millis(onFirstDay, zone));
          Time ofDay = calendar == null ? rows.getTime(3) : rows.getTime(3, calendar);
          same(ofDay, time);
          // An instant needs no zone, its day and time of day do.
          Instant instant = value.toInstant(ZoneOffset.UTC);
          Timestamp moment =
              calendar == null ? rows.getTimestamp(4) : rows.getTimestamp(4, calendar);
          same(moment.toInstant(), instant);
          LocalDate day = instant.atZone(zone.toZoneId()).toLocalDate();
          Date dayOfMoment = calendar == null ? rows.getDate(4) : rows.getDate(4, calendar);
          same(dayOfMoment.getTime(), millis(day.atStartOfDay(), zone));
        });
  }

  /** What setLegacy wrote, but for what the classes of java.sql cannot say in that zone. */
  private void readWritten(int way, TimeZone zone) throws SQLException {
    read(
        way,
        (rows, value) -> {
          if (canSay(value.toLocalDate().atStartOfDay(), zone)) {
            same(rows.getObject(1, LocalDate.class), value.toLocalDate());
          }
          // java.sql.Time has milliseconds.
          int millisOnly = value.getNano() / 1_000_000 * 1_000_000;
          same(rows.getObject(2, LocalTime.class), value.toLocalTime().withNano(millisOnly));
          if (canSay(value, zone)) {
            same(rows.getObject(3, LocalDateTime.class), value);
          }
          same(rows.getObject(4, Instant.class), value.toInstant(ZoneOffset.UTC));
        });
  }

  private void same(Object found, Object expected) {
    softly.assertThat(found).isEqualTo(expected);
  }

  /** Whether the calendar and the zone have that day and time; none skipped one before 1900. */
  private static boolean canSay(LocalDateTime value, TimeZone zone) {
    LocalDate day = value.toLocalDate();
    boolean inReform =
        day.isAfter(LocalDate.of(1582, 10, 4)) && day.isBefore(LocalDate.of(1582, 10, 15));
    return !inReform
        && (value.getYear() < 1900 || !zone.toZoneId().getRules().getValidOffsets(value).isEmpty());
  }

  /**
   * The moment that {@code java.util} means by a local time: the later one of two, and as much
   * later as the zone skips; before 1582-10-15 of the Julian calendar; before 1900 at the offset of
   * today's standard time.
   */
  private static long millis(LocalDateTime value, TimeZone zone) {
    if (value.getYear() >= 1900) {
      return value.atZone(zone.toZoneId()).withLaterOffsetAtOverlap().toInstant().toEpochMilli();
    }
    LocalDate day = value.toLocalDate();
    long epochDay =
        day.isBefore(LocalDate.of(1582, 10, 15)) ? julianEpochDay(day) : day.toEpochDay();
    return epochDay * 86_400_000
        + value.toLocalTime().toNanoOfDay() / 1_000_000
        - zone.getRawOffset();
  }

  /** The day that the Julian calendar calls so. */
  private static long julianEpochDay(LocalDate named) {
    int fromMarch = (named.getMonthValue() + 9) % 12;
    long year = named.getMonthValue() < 3 ? named.getYear() - 1 : named.getYear();
    long daysFromMarchOfYearZero =
        365 * year + Math.floorDiv(year, 4) + (153 * fromMarch + 2) / 5 + named.getDayOfMonth() - 1;
    // 1582-10-05 of the Julian calendar is 1582-10-15 of the Gregorian, day -141427 from 1970 on.
    return daysFromMarchOfYearZero - 719_470;
  }
}
