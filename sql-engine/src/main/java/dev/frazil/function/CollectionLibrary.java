package dev.frazil.function;

/** Collection. */
final class CollectionLibrary {
  private CollectionLibrary() {}

  static void define(Definitions library) {}
}
