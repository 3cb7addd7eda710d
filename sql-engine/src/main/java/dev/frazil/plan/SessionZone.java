package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of time zones, as SET TIME ZONE and the property {@code timeZone} take them. */
public final class SessionZone {
  private static final Pattern OFFSET = Pattern.compile("([+-]?)([0-9]{1,2})(?::([0-9]{2}))?");

  private SessionZone() {}

  /**
   * The zone of a region such as Europe/Berlin, or of an offset such as +02:00 or 2; 22023 for
   * anything else.
   */
  public static ZoneId of(String name) {
    try {
      Matcher offset = OFFSET.matcher(name);
      if (!offset.matches()) {
        return name.equalsIgnoreCase("UTC") ? ZoneOffset.UTC : ZoneId.of(name);
      }
      int sign = offset.group(1).equals("-") ? -1 : 1;
      int minutes = offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3));
      return ZoneOffset.ofHoursMinutes(sign * Integer.parseInt(offset.group(2)), sign * minutes);
    } catch (DateTimeException unknown) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "'"
              + name
              + "' is no time zone: give a region such as Europe/Berlin, or an offset such as"
              + " +02:00",
          unknown);
    }
  }
}
