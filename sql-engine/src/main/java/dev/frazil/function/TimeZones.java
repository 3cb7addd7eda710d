package dev.frazil.function;

import dev.frazil.kernel.TimeZoneConversion;
import dev.frazil.type.Timestamps;
import dev.frazil.vector.VectorBuilder;
import java.time.DateTimeException;
import java.time.ZoneId;

/** Conversions by a zone that the statement names. */
final class TimeZones {
  private TimeZones() {}

  static void convert(Arguments in, VectorBuilder out, int time, int name) {
    TimeZoneConversion zone = in.remember(in.text(name), TimeZones::zone);
    long micros = TimeValues.instant(in, time);
    boolean toInstant = Timestamps.hasZone(out.type());
    TimeValues.appendInstant(
        toInstant ? zone.toInstant(micros) : zone.toLocal(micros),
        TimeValues.nanosOfMicro(in, time),
        out);
  }

  static TimeZoneConversion zone(String name) {
    try {
      return new TimeZoneConversion(ZoneId.of(name));
    } catch (DateTimeException unknown) {
      throw FunctionErrors.argument(
          "'"
              + FunctionErrors.shown(name)
              + "' is no time zone: a region such as Europe/Berlin, or an offset such as +02:00");
    }
  }
}
