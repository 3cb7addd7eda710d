package dev.frazil.function;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.function.TimeTemplate.Node;
import dev.frazil.kernel.CivilTime;

/** Writes an interval as {@code to_char} of PostgreSQL does: hours may be more than 24. */
record IntervalTemplateWriter(MixedInterval interval, StringBuilder text) {
  static String format(TimeTemplate template, MixedInterval interval) {
    IntervalTemplateWriter writer = new IntervalTemplateWriter(interval, new StringBuilder());
    for (Node node : template.nodes()) {
      writer.append(node);
    }
    return writer.text().toString();
  }

  private void append(Node node) {
    if (node.field() == null) {
      text.append(node.character());
      return;
    }
    long years = interval.months() / MixedInterval.MONTHS_PER_YEAR;
    long micros = interval.micros();
    long hours = micros / CivilTime.MICROS_PER_HOUR;
    switch (node.field()) {
      case YEAR -> number(node, years, 4);
      case YEAR_3 -> number(node, years % 1000, 3);
      case YEAR_2 -> number(node, years % 100, 2);
      case YEAR_1 -> number(node, years % 10, 1);
      case MONTH -> number(node, interval.months() % MixedInterval.MONTHS_PER_YEAR, 2);
      case DAY -> number(node, interval.days(), 2);
      case HOUR -> number(node, hours, 2);
      case HOUR_OF_HALF -> number(node, hours % 12 == 0 ? 12 : hours % 12, 2);
      case MINUTE -> number(node, micros / CivilTime.MICROS_PER_MINUTE % 60, 2);
      case SECOND -> number(node, micros / CivilTime.MICROS_PER_SECOND % 60, 2);
      case SECOND_OF_DAY -> number(node, micros / CivilTime.MICROS_PER_SECOND, 1);
      case FRACTION_1 -> fraction(1);
      case FRACTION_2 -> fraction(2);
      case FRACTION_3, MILLISECOND -> fraction(3);
      case FRACTION_4 -> fraction(4);
      case FRACTION_5 -> fraction(5);
      case FRACTION_6, MICROSECOND -> fraction(6);
      case ERA,
          ERA_DOTS,
          HALF,
          HALF_DOTS,
          CENTURY,
          DAY_NAME,
          DAY_ABBREVIATION,
          DAY_OF_YEAR,
          ISO_DAY_OF_YEAR,
          DAY_OF_WEEK,
          ISO_DAY_OF_WEEK,
          ISO_WEEK,
          WEEK_OF_YEAR,
          WEEK_OF_MONTH,
          ISO_YEAR,
          ISO_YEAR_3,
          ISO_YEAR_2,
          ISO_YEAR_1,
          YEAR_COMMA,
          JULIAN_DAY,
          MONTH_NAME,
          MONTH_ABBREVIATION,
          ROMAN_MONTH,
          QUARTER,
          ZONE,
          ZONE_HOUR,
          ZONE_MINUTE,
          ZONE_OFFSET ->
          throw new EngineException(
              SqlState.INVALID_DATETIME_FORMAT,
              "to_char of an interval has years, months, days, hours, minutes, seconds and their"
                  + " fractions only: it has no date ("
                  + node.field()
                  + ")");
    }
  }

  private void number(Node node, long value, int width) {
    String digits = Long.toString(Math.abs(value));
    int missing = node.isCompact() ? 0 : Math.max(0, width - digits.length());
    text.append(value < 0 ? "-" : "").append("0".repeat(missing)).append(digits);
    if (!node.ordinal().isEmpty()) {
      text.append(TimeTemplateWriter.ordinal(digits, node.ordinal()));
    }
  }

  private void fraction(int digits) {
    long micros = Math.abs(interval.micros()) % CivilTime.MICROS_PER_SECOND;
    String shown = Long.toString(CivilTime.MICROS_PER_SECOND + micros).substring(1);
    text.append(shown, 0, digits);
  }
}
