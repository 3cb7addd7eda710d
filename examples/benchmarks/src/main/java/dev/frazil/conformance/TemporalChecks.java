package dev.frazil.conformance;

import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Time;
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

/** Dates and times on hard days, in several zones of the JVM: what is written comes back. */
final class TemporalChecks {
  private static final String LOCAL =
      "JDBC table B-4: the class has no zone, so the zone of the JVM does not matter; ";
  private static final String LEGACY =
      "java.sql.Date and Timestamp: the time zone of the virtual machine; ";
  private static final String MOMENT = "JDBC table B-4, TIMESTAMP_WITH_TIMEZONE; ";
  private static final List<String> ZONES =
      List.of("UTC", "Pacific/Apia", "America/New_York", "Asia/Kathmandu");

  /** The calendar reform, the railway's time, a skipped day of Samoa, the last day. */
  private static final List<String> DAYS =
      List.of(
          "1582-10-04",
          "1582-10-10",
          "1582-10-15",
          "1883-11-18",
          "1969-12-31",
          "1970-01-01",
          "2000-02-29",
          "2011-12-30",
          "2038-01-19",
          "9999-12-31");

  /** The days again, and New York's hours that the clock skips and shows twice. */
  private static final List<String> STAMPS =
      List.of(
          "1582-10-10T12:00:00",
          "1883-11-18T12:01:00",
          "1969-12-31T23:59:59.999999",
          "1970-01-01T00:00:00",
          "2011-12-30T12:00:00",
          "2024-03-10T02:30:00",
          "2024-11-03T01:30:00",
          "2024-02-29T23:59:59.999999",
          "2038-01-19T03:14:08",
          "9999-12-31T23:59:59.999999");

  private TemporalChecks() {}

  private interface Setter {
    void set(PreparedStatement statement) throws Exception;
  }

  private interface Reader {
    Object get(ResultSet rows) throws Exception;
  }

  static List<Check> checks() {
    CheckList list = new CheckList("dates and times");
    for (String zone : ZONES) {
      for (String text : DAYS) {
        LocalDate day = LocalDate.parse(text);
        trip(
            list,
            "LocalDate " + text,
            zone,
            Kind.DATE,
            LOCAL,
            p -> p.setObject(1, day),
            rows -> rows.getObject(1, LocalDate.class),
            day);
        if (expressible(day, zone)) {
          trip(
              list,
              "Date " + text,
              zone,
              Kind.DATE,
              LEGACY,
              p -> p.setDate(1, Date.valueOf(day)),
              rows -> rows.getDate(1).toString(),
              text);
        }
      }
      for (String text : STAMPS) {
        LocalDateTime stamp = LocalDateTime.parse(text);
        trip(
            list,
            "LocalDateTime " + text,
            zone,
            Kind.TIMESTAMP,
            LOCAL,
            p -> p.setObject(1, stamp),
            rows -> rows.getObject(1, LocalDateTime.class),
            stamp);
        if (expressible(stamp.toLocalDate(), zone) && !text.equals("2024-03-10T02:30:00")) {
          String shown = Timestamp.valueOf(stamp).toString();
          trip(
              list,
              "Timestamp " + text,
              zone,
              Kind.TIMESTAMP,
              LEGACY,
              p -> p.setTimestamp(1, Timestamp.valueOf(stamp)),
              rows -> rows.getTimestamp(1).toString(),
              shown);
        }
        Instant instant = stamp.toInstant(ZoneOffset.UTC);
        trip(
            list,
            "OffsetDateTime " + text,
            zone,
            Kind.TIMESTAMP_TZ,
            MOMENT,
            p -> p.setObject(1, stamp.atOffset(ZoneOffset.ofHours(3))),
            rows -> rows.getObject(1, OffsetDateTime.class).toInstant(),
            stamp.toInstant(ZoneOffset.ofHours(3)));
        trip(
            list,
            "Timestamp with time zone " + text,
            zone,
            Kind.TIMESTAMP_TZ,
            MOMENT,
            p -> p.setObject(1, instant.atOffset(ZoneOffset.UTC)),
            rows -> rows.getTimestamp(1).toInstant(),
            instant);
      }
      for (String text : List.of("00:00", "12:34:56", "23:59:59")) {
        LocalTime time = LocalTime.parse(text);
        trip(
            list,
            "LocalTime " + text,
            zone,
            Kind.TIME,
            LOCAL,
            p -> p.setObject(1, time),
            rows -> rows.getObject(1, LocalTime.class),
            time);
        trip(
            list,
            "Time " + text,
            zone,
            Kind.TIME,
            LEGACY,
            p -> p.setTime(1, Time.valueOf(time)),
            rows -> rows.getTime(1).toString(),
            Time.valueOf(time).toString());
      }
      calendars(list, zone);
    }
    return list.checks();
  }

  /** The Calendar's zone is meant, whatever that of the JVM is. */
  private static void calendars(CheckList list, String zone) {
    String basis = "ResultSet.getTimestamp(int, Calendar), PreparedStatement.setTimestamp; ";
    Instant noon = Instant.parse("2024-02-29T12:00:00Z");
    for (String other : List.of("UTC", "Asia/Kathmandu")) {
      trip(
          list,
          "Timestamp by a Calendar of " + other,
          zone,
          Kind.TIMESTAMP,
          basis,
          p -> p.setTimestamp(1, Timestamp.from(noon), calendar(other)),
          rows -> rows.getObject(1, LocalDateTime.class),
          LocalDateTime.ofInstant(noon, TimeZone.getTimeZone(other).toZoneId()));
      trip(
          list,
          "getTimestamp by a Calendar of " + other,
          zone,
          Kind.TIMESTAMP,
          basis,
          p ->
              p.setObject(1, LocalDateTime.ofInstant(noon, TimeZone.getTimeZone(other).toZoneId())),
          rows -> rows.getTimestamp(1, calendar(other)).toInstant(),
          noon);
      trip(
          list,
          "Date by a Calendar of " + other,
          zone,
          Kind.DATE,
          basis,
          p -> p.setDate(1, new Date(noon.toEpochMilli()), calendar(other)),
          rows -> rows.getObject(1, LocalDate.class),
          LocalDate.of(2024, 2, 29));
    }
  }

  private static Calendar calendar(String zone) {
    return Calendar.getInstance(TimeZone.getTimeZone(zone));
  }

  /** java.sql.Date cannot say days that the reform or a zone skipped. */
  private static boolean expressible(LocalDate day, String zone) {
    boolean reform =
        day.isAfter(LocalDate.of(1582, 10, 4)) && day.isBefore(LocalDate.of(1582, 10, 15));
    return !reform && !(zone.equals("Pacific/Apia") && day.equals(LocalDate.of(2011, 12, 30)));
  }

  private static void trip(
      CheckList list,
      String name,
      String zone,
      Kind kind,
      String basis,
      Setter setter,
      Reader reader,
      Object expected) {
    list.add(
        name + " in " + zone,
        basis + kind,
        scene -> {
          scene.dialect().type(kind);
          TimeZone.setDefault(TimeZone.getTimeZone(zone));
          int id = scene.fresh();
          scene.holdCommits();
          String sql = "INSERT INTO conf_sink (" + kind.column() + ", id) VALUES (?, " + id + ")";
          try (PreparedStatement insert = scene.prepare(sql)) {
            setter.set(insert);
            insert.executeUpdate();
          }
          String select = "SELECT " + kind.column() + " FROM conf_sink WHERE id = " + id;
          Expect.equal(expected, reader.get(scene.row(select)));
        });
  }
}
