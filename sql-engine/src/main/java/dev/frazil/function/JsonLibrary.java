package dev.frazil.function;

/** Json. */
final class JsonLibrary {
  private JsonLibrary() {}

  static void define(Definitions library) {}
}
