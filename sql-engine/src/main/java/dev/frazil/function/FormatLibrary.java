package dev.frazil.function;

/** Format. */
final class FormatLibrary {
  private FormatLibrary() {}

  static void define(Definitions library) {}
}
