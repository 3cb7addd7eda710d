package dev.frazil.function;

import dev.frazil.function.TimeTemplate.Node;
import dev.frazil.kernel.CivilTime;
import dev.frazil.kernel.TimeZoneConversion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes a date or time as {@code to_char} of PostgreSQL does.
 *
 * @param local what the clock shows, in microseconds since 1970-01-01 00:00
 * @param offset from UTC, in microseconds
 * @param zone null for a value without one
 */
record TimeTemplateWriter(
    long local, long offset, @Nullable TimeZoneConversion zone, StringBuilder text) {
  private static final int NAME_WIDTH = 9;

  static String format(
      TimeTemplate template, long local, long offset, @Nullable TimeZoneConversion zone) {
    StringBuilder text = new StringBuilder();
    TimeTemplateWriter writer = new TimeTemplateWriter(local, offset, zone, text);
    for (Node node : template.nodes()) {
      writer.append(node);
    }
    return text.toString();
  }

  private void append(Node node) {
    if (node.field() == null) {
      text.append(node.character());
      return;
    }
    long year = field("year");
    long isoYear = field("isoyear");
    switch (node.field()) {
      case ERA -> name(node, year > 0 ? "AD" : "BC", 0);
      case ERA_DOTS -> name(node, year > 0 ? "A.D." : "B.C.", 0);
      case HALF -> name(node, field("hour") < 12 ? "AM" : "PM", 0);
      case HALF_DOTS -> name(node, field("hour") < 12 ? "A.M." : "P.M.", 0);
      case CENTURY -> number(node, field("century"), 2);
      case DAY_NAME -> name(node, TimeNames.day((int) field("dow")), NAME_WIDTH);
      case DAY_ABBREVIATION -> name(node, TimeNames.day((int) field("dow")).substring(0, 3), 0);
      case DAY_OF_YEAR -> number(node, field("doy"), 3);
      case ISO_DAY_OF_YEAR -> number(node, (field("week") - 1) * 7 + field("dow"), 3);
      case DAY -> number(node, field("day"), 2);
      case DAY_OF_WEEK -> number(node, field("dow") % 7 + 1, 1);
      case ISO_DAY_OF_WEEK -> number(node, field("dow"), 1);
      case FRACTION_1 -> fraction(node, 1);
      case FRACTION_2 -> fraction(node, 2);
      case FRACTION_3, MILLISECOND -> fraction(node, 3);
      case FRACTION_4 -> fraction(node, 4);
      case FRACTION_5 -> fraction(node, 5);
      case FRACTION_6, MICROSECOND -> fraction(node, 6);
      case HOUR -> number(node, field("hour"), 2);
      case HOUR_OF_HALF -> number(node, (field("hour") + 11) % 12 + 1, 2);
      case MINUTE -> number(node, field("minute"), 2);
      case SECOND -> number(node, field("second"), 2);
      case SECOND_OF_DAY ->
          number(node, CivilTime.microsOfDay(local) / CivilTime.MICROS_PER_SECOND, 1);
      case ISO_WEEK -> number(node, field("week"), 2);
      case WEEK_OF_YEAR -> number(node, (field("doy") - 1) / 7 + 1, 2);
      case WEEK_OF_MONTH -> number(node, (field("day") - 1) / 7 + 1, 1);
      case ISO_YEAR -> number(node, ofEra(isoYear), 4);
      case ISO_YEAR_3 -> number(node, ofEra(isoYear) % 1000, 3);
      case ISO_YEAR_2 -> number(node, ofEra(isoYear) % 100, 2);
      case ISO_YEAR_1 -> number(node, ofEra(isoYear) % 10, 1);
      case YEAR_COMMA -> {
        text.append(ofEra(year) / 1000).append(',');
        digits(node, padded(ofEra(year) % 1000, 3));
      }
      case YEAR -> number(node, ofEra(year), 4);
      case YEAR_3 -> number(node, ofEra(year) % 1000, 3);
      case YEAR_2 -> number(node, ofEra(year) % 100, 2);
      case YEAR_1 -> number(node, ofEra(year) % 10, 1);
      case JULIAN_DAY -> number(node, field("julian"), 1);
      case MONTH -> number(node, field("month"), 2);
      case MONTH_NAME -> name(node, TimeNames.month((int) field("month")), NAME_WIDTH);
      case MONTH_ABBREVIATION ->
          name(node, TimeNames.month((int) field("month")).substring(0, 3), 0);
      case ROMAN_MONTH -> name(node, RomanNumerals.of((int) field("month")), 4);
      case QUARTER -> number(node, field("quarter"), 1);
      case ZONE -> name(node, zone == null ? "" : zone.abbreviation(local - offset), 0);
      case ZONE_HOUR -> text.append(sign()).append(padded(offsetMinutes() / 60, 2));
      case ZONE_MINUTE -> text.append(padded(offsetMinutes() % 60, 2));
      case ZONE_OFFSET -> {
        text.append(sign()).append(padded(offsetMinutes() / 60, node.isCompact() ? 1 : 2));
        if (offsetMinutes() % 60 != 0) {
          text.append(':').append(padded(offsetMinutes() % 60, 2));
        }
      }
    }
  }

  private long field(String name) {
    return DateFields.field(name, local);
  }

  /** 1 BC, not 0. */
  private static long ofEra(long year) {
    return year > 0 ? year : 1 - year;
  }

  private char sign() {
    return offset < 0 ? '-' : '+';
  }

  private long offsetMinutes() {
    return Math.abs(offset) / CivilTime.MICROS_PER_MINUTE;
  }

  private void fraction(Node node, int digits) {
    digits(node, padded(field("microsecond") % 1_000_000, 6).substring(0, digits));
  }

  private void number(Node node, long value, int width) {
    digits(node, padded(value, node.isCompact() ? 1 : width));
  }

  private static String padded(long value, int width) {
    String digits = Long.toString(Math.abs(value));
    return (value < 0 ? "-" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private void digits(Node node, String digits) {
    text.append(digits);
    if (!node.ordinal().isEmpty()) {
      text.append(ordinal(digits, node.ordinal()));
    }
  }

  /** What is spoken behind a number, in the letters of {@code TH} or {@code th}. */
  static String ordinal(String digits, String form) {
    int length = digits.length();
    boolean isTeen = length > 1 && digits.charAt(length - 2) == '1';
    String ending =
        switch (isTeen ? '0' : digits.charAt(length - 1)) {
          case '1' -> "st";
          case '2' -> "nd";
          case '3' -> "rd";
          default -> "th";
        };
    return Character.isUpperCase(form.charAt(0)) ? ending.toUpperCase(Locale.ROOT) : ending;
  }

  private void name(Node node, String name, int width) {
    text.append(
            switch (node.letters()) {
              case CAPITALS -> name.toUpperCase(Locale.ROOT);
              case SMALL -> name.toLowerCase(Locale.ROOT);
              case MIXED -> name;
            })
        .append(" ".repeat(node.isCompact() ? 0 : Math.max(0, width - name.length())));
  }
}
