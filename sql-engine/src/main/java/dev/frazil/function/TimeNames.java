package dev.frazil.function;

/** The English names of months and days. */
final class TimeNames {
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };

  private static final String[] DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
  };

  private TimeNames() {}

  /** From 1. */
  static String month(int month) {
    return MONTHS[month - 1];
  }

  /** From 1, a Monday. */
  static String day(int dayOfWeek) {
    return DAYS[dayOfWeek - 1];
  }
}
