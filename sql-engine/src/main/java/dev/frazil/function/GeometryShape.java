package dev.frazil.function;

import dev.frazil.geometry.GeometryKind;
import dev.frazil.geometry.GeometryVisitor;
import dev.frazil.geometry.WellKnownBytes;
import java.util.Objects;

/**
 * What kind of a geometry it is, and how large.
 *
 * @param parts of a MULTI... or a collection; of others 1, or 0 if empty
 * @param points in all
 * @param dimension 0 for points, 1 for lines, 2 for areas
 * @param ordinates numbers of a point
 */
record GeometryShape(GeometryKind kind, int parts, long points, int dimension, int ordinates) {

  /** 22018 where the bytes are no geometry. */
  static GeometryShape of(byte[] bytes) {
    Counter counter = new Counter();
    int code = WellKnownBytes.walk(bytes, 0, bytes.length, counter);
    GeometryKind kind = Objects.requireNonNull(GeometryKind.ofCode(code % 1000));
    boolean isCollection = kind.code() >= GeometryKind.MULTI_POINT.code();
    return new GeometryShape(
        kind,
        isCollection ? counter.parts : Math.min(1, counter.parts),
        counter.points,
        counter.dimension,
        2 + (code / 1000 == 0 ? 0 : code / 1000 == 3 ? 2 : 1));
  }

  private static final class Counter implements GeometryVisitor {
    private int parts = -1;
    private long points;
    private int dimension;

    @Override
    public void start(GeometryKind kind, boolean hasZ, boolean hasM, int count) {
      parts = parts < 0 ? count : parts;
      dimension = Math.max(dimension, kind.dimension());
    }

    @Override
    public void coordinate(double x, double y, double z, double m) {
      points++;
    }
  }
}
