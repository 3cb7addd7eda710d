package dev.frazil.geometry;

/** Hears of the parts of a geometry, in order. */
public interface GeometryVisitor {
  /**
   * A geometry begins, at the top or as a part.
   *
   * @param parts points, rings or parts; of a point 0 if it is empty, else 1
   */
  default void start(GeometryKind kind, boolean hasZ, boolean hasM, int parts) {}

  /** A ring of a polygon begins. */
  default void ring(int points) {}

  /** The last ring or geometry that began ends. */
  default void end() {}

  /** A coordinate; z and m are NaN where the geometry has none. */
  void coordinate(double x, double y, double z, double m);
}
