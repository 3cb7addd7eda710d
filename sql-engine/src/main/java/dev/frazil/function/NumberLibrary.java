package dev.frazil.function;

/** Number. */
final class NumberLibrary {
  private NumberLibrary() {}

  static void define(Definitions library) {}
}
