package dev.frazil.function;

/** DateTime. */
final class DateTimeLibrary {
  private DateTimeLibrary() {}

  static void define(Definitions library) {}
}
