package dev.frazil.function;

/** Pattern. */
final class PatternLibrary {
  private PatternLibrary() {}

  static void define(Definitions library) {}
}
