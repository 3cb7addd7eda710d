package dev.frazil.function;

import dev.frazil.kernel.CivilTime;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.VectorBuilder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Dates and times in the forms of ISO 8601. */
final class IsoText {
  private IsoText() {}

  static void format(Arguments in, VectorBuilder out) {
    boolean isDate = in.vector(0).type() == Primitive.DATE;
    long local = TimeValues.local(in, 0);
    String day = compiled("yyyy-MM-dd").format(local, 0);
    if (isDate) {
      out.appendText(day);
      return;
    }
    boolean hasMicros = local % 1000 != 0;
    String time = compiled(hasMicros ? "HH:mm:ss.SSSSSS" : "HH:mm:ss.SSS").format(local, 0);
    long nanos = TimeValues.nanosOfMicro(in, 0);
    if (nanos != 0) {
      time += (hasMicros ? "" : "000") + String.format(Locale.ROOT, "%03d", nanos);
    }
    String zone = "";
    if (Timestamps.hasZone(in.vector(0).type())) {
      long offset = local - TimeValues.instant(in, 0);
      zone = ZoneOffset.ofTotalSeconds((int) (offset / CivilTime.MICROS_PER_SECOND)).toString();
    }
    out.appendText(day + "T" + time + zone);
  }

  private static TimeFormat compiled(String pattern) {
    return TimeFormat.compile(pattern, TimeFormat.Style.JODA);
  }

  static void date(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    DateTimeFormatter form = DateTimeFormatter.ISO_LOCAL_DATE;
    if (text.contains("W")) {
      form = DateTimeFormatter.ISO_WEEK_DATE;
    } else if (text.length() == 8 && text.charAt(4) == '-') {
      form = DateTimeFormatter.ISO_ORDINAL_DATE;
    } else if (text.length() == 8) {
      form = DateTimeFormatter.BASIC_ISO_DATE;
    }
    try {
      TimeValues.appendDay(LocalDate.parse(text, form).toEpochDay(), out);
    } catch (DateTimeException notADate) {
      throw FunctionErrors.notATime(text, "a date of ISO 8601");
    }
  }

  static void timestamp(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    try {
      TemporalAccessor parsed =
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay()
              : DateTimeFormatter.ISO_DATE_TIME.parseBest(
                  text, OffsetDateTime::from, LocalDateTime::from);
      if (parsed instanceof OffsetDateTime instant) {
        out.appendLong(micros(instant.toLocalDateTime(), instant.getOffset().getTotalSeconds()));
      } else {
        out.appendLong(in.zone().toInstant(micros((LocalDateTime) parsed, 0)));
      }
    } catch (DateTimeException notATimestamp) {
      throw FunctionErrors.notATime(text, "a timestamp of ISO 8601");
    }
  }

  private static long micros(LocalDateTime local, int offsetSeconds) {
    long second = local.toEpochSecond(ZoneOffset.UTC) - offsetSeconds;
    long limit = Long.MAX_VALUE / CivilTime.MICROS_PER_SECOND - 1;
    if (Math.abs(second) > limit) {
      throw FunctionErrors.timeOutOfRange(local + " is out of the range of timestamp");
    }
    return second * CivilTime.MICROS_PER_SECOND + local.get(ChronoField.MICRO_OF_SECOND);
  }
}
