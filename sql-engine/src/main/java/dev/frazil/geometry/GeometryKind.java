package dev.frazil.geometry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of geometries that WKB has a code for. */
public enum GeometryKind {
  POINT(1, "Point", 0),
  LINE_STRING(2, "LineString", 1),
  POLYGON(3, "Polygon", 2),
  MULTI_POINT(4, "MultiPoint", 0),
  MULTI_LINE_STRING(5, "MultiLineString", 1),
  MULTI_POLYGON(6, "MultiPolygon", 2),
  GEOMETRY_COLLECTION(7, "GeometryCollection", 0);

  private final int code;
  private final String title;
  private final int dimension;

  GeometryKind(int code, String title, int dimension) {
    this.code = code;
    this.title = title;
    this.dimension = dimension;
  }

  /** Its number in WKB, without those of Z and M. */
  public int code() {
    return code;
  }

  /** Its name, such as {@code LineString}. */
  public String title() {
    return title;
  }

  /** 0 for points, 1 for lines, 2 for areas; of a collection that of its parts counts. */
  public int dimension() {
    return dimension;
  }

  /** Its name in WKT, such as {@code LINESTRING}. */
  String tag() {
    return title.toUpperCase(Locale.ROOT);
  }

  /** Whether it has parts that are geometries themselves. */
  boolean isCollection() {
    return code >= MULTI_POINT.code;
  }

  /** Whether a geometry of this kind may have a part of another. */
  boolean holds(GeometryKind part) {
    return this == GEOMETRY_COLLECTION || (isCollection() && part.code == code - 3);
  }

  /** The kind with that code; null where there is none. */
  public static @Nullable GeometryKind ofCode(int code) {
    for (GeometryKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    return null;
  }

  static @Nullable GeometryKind ofTag(String tag) {
    for (GeometryKind kind : values()) {
      if (kind.tag().equals(tag)) {
        return kind;
      }
    }
    return null;
  }
}
