package dev.frazil.function;

/** Encoding. */
final class EncodingLibrary {
  private EncodingLibrary() {}

  static void define(Definitions library) {}
}
