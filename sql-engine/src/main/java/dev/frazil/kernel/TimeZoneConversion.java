package dev.frazil.kernel;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.TimeZone;

/** Points in time to and from the wall clock of one zone, in microseconds. Immutable. */
public final class TimeZoneConversion {
  private final String id;
  private final ZoneRules rules;

  public TimeZoneConversion(ZoneId zone) {
    this.id = zone.getId().equals("Z") ? "UTC" : zone.getId();
    this.rules = zone.getRules();
  }

  /** The name of the zone, such as Europe/Berlin or +02:00. */
  public String id() {
    return id;
  }

  /** What the clock shows at a point in time. */
  public long toLocal(long instantMicros) {
    return within(instantMicros, offsetMicros(instantMicros));
  }

  /** The offset from UTC in force at a point in time. */
  public long offsetMicros(long instantMicros) {
    long second = Math.floorDiv(instantMicros, CivilTime.MICROS_PER_SECOND);
    ZoneOffset offset = rules.getOffset(Instant.ofEpochSecond(second));
    return offset.getTotalSeconds() * CivilTime.MICROS_PER_SECOND;
  }

  /**
   * When the clock shows that: the earlier point in an overlap; in a gap, as long after its start
   * as the clock's reading is after the gap's.
   */
  public long toInstant(long localMicros) {
    long second = Math.floorDiv(localMicros, CivilTime.MICROS_PER_SECOND);
    // in a gap getOffset answers the offset before it, in an overlap likewise
    LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    ZoneOffset offset = rules.getOffset(local);
    return Math.subtractExact(localMicros, offset.getTotalSeconds() * CivilTime.MICROS_PER_SECOND);
  }

  /** What people call the time that is in force at a point in time: CET, CEST, UTC, +02. */
  public String abbreviation(long instantMicros) {
    if (rules.isFixedOffset() && !Character.isLetter(id.charAt(0))) {
      return id.endsWith(":00") ? id.substring(0, id.length() - 3) : id;
    }
    long second = Math.floorDiv(instantMicros, CivilTime.MICROS_PER_SECOND);
    boolean isSummer = rules.isDaylightSavings(Instant.ofEpochSecond(second));
    return TimeZone.getTimeZone(id).getDisplayName(isSummer, TimeZone.SHORT, Locale.US);
  }

  /** A sum that only the first and last hours of what microseconds reach can leave: 22008. */
  private static long within(long micros, long offset) {
    long sum = micros + offset;
    if (((micros ^ sum) & (offset ^ sum)) < 0) {
      throw new EngineException(
          SqlState.DATETIME_OVERFLOW,
          micros + " microseconds since 1970 are out of the range of timestamp in this time zone");
    }
    return sum;
  }
}
