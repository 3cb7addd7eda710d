package dev.frazil.function;

/** The parts of the library, in the order of the reference. */
public enum FunctionGroup {
  TEXT("Text"),
  ENCODING("Encodings and digests"),
  PATTERN("Regular expressions"),
  NUMBER("Numbers"),
  DATETIME("Dates and times"),
  FORMAT("Dates and times as text"),
  COLLECTION("Arrays and maps"),
  JSON("JSON"),
  VARIANT("Variants"),
  GEOMETRY("Geometries");

  private final String title;

  FunctionGroup(String title) {
    this.title = title;
  }

  /** The heading. */
  public String title() {
    return title;
  }

  /** Only the group's own class is loaded. */
  void define(Definitions library) {
    switch (this) {
      case TEXT -> TextLibrary.define(library);
      case ENCODING -> EncodingLibrary.define(library);
      case PATTERN -> PatternLibrary.define(library);
      case NUMBER -> NumberLibrary.define(library);
      case DATETIME -> DateTimeLibrary.define(library);
      case FORMAT -> FormatLibrary.define(library);
      case COLLECTION -> CollectionLibrary.define(library);
      case JSON -> JsonLibrary.define(library);
      case VARIANT -> VariantLibrary.define(library);
      case GEOMETRY -> GeometryLibrary.define(library);
    }
  }
}
