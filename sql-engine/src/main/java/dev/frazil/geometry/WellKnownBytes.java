package dev.frazil.geometry;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Walks the bytes of a geometry (WKB of ISO, either byte order). Every count is checked first. */
public final class WellKnownBytes {
  private static final int MAX_NESTING = 32;
  private static final int EXTENDED = 0xE0000000;
  private static final int HEADER_BYTES = 5;

  private final ByteBuffer bytes;
  private final GeometryVisitor visitor;

  private WellKnownBytes(ByteBuffer bytes, GeometryVisitor visitor) {
    this.bytes = bytes;
    this.visitor = visitor;
  }

  /**
   * Shows the geometry in {@code data[from..to)} to the visitor.
   *
   * @return its code: the kind, plus 1000 with Z, 2000 with M, 3000 with both
   * @throws EngineException 22018 where the bytes are no geometry
   */
  public static int walk(byte[] data, int from, int to, GeometryVisitor visitor) {
    ByteBuffer bytes = ByteBuffer.wrap(data, from, to - from);
    int code = new WellKnownBytes(bytes, visitor).geometry(null, 0, 0);
    if (bytes.hasRemaining()) {
      throw invalid(bytes.remaining() + " bytes follow the geometry");
    }
    return code;
  }

  /** As above, where only the bytes are to be checked. */
  public static int check(byte[] data, int from, int to) {
    return walk(data, from, to, (x, y, z, m) -> {});
  }

  private int geometry(@Nullable GeometryKind above, int codeAbove, int depth) {
    if (depth > MAX_NESTING) {
      throw invalid("geometries nest deeper than " + MAX_NESTING + " levels");
    }
    need(HEADER_BYTES, 1);
    byte order = bytes.get();
    if (order != 0 && order != 1) {
      throw invalid("the byte order is " + order + ", neither 0 nor 1");
    }
    bytes.order(order == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int code = bytes.getInt();
    if ((code & EXTENDED) != 0) {
      throw invalid("it has the flags of EWKB; ST_AsBinary writes WKB of ISO");
    }
    GeometryKind kind = code < 0 ? null : GeometryKind.ofCode(code % 1000);
    int group = code / 1000;
    if (kind == null || group > 3) {
      throw invalid("no kind of geometry has the code " + code);
    }
    if (above != null && (!above.holds(kind) || codeAbove / 1000 != group)) {
      throw invalid("a " + above.title() + " has no part of the code " + code);
    }
    boolean hasZ = group == 1 || group == 3;
    boolean hasM = group >= 2;
    switch (kind) {
      case POINT -> point(hasZ, hasM);
      case LINE_STRING -> {
        int points = count((hasZ ? 8 : 0) + (hasM ? 8 : 0) + 16);
        visitor.start(kind, hasZ, hasM, points);
        coordinates(points, hasZ, hasM);
      }
      case POLYGON -> {
        int rings = count(Integer.BYTES);
        visitor.start(kind, hasZ, hasM, rings);
        for (int i = 0; i < rings; i++) {
          int points = count((hasZ ? 8 : 0) + (hasM ? 8 : 0) + 16);
          visitor.ring(points);
          coordinates(points, hasZ, hasM);
          visitor.end();
        }
      }
      case MULTI_POINT, MULTI_LINE_STRING, MULTI_POLYGON, GEOMETRY_COLLECTION -> {
        int parts = count(HEADER_BYTES);
        visitor.start(kind, hasZ, hasM, parts);
        ByteOrder own = bytes.order();
        for (int i = 0; i < parts; i++) {
          geometry(kind, code, depth + 1);
          bytes.order(own);
        }
      }
    }
    visitor.end();
    return code;
  }

  /** One whose coordinates are all NaN is empty. */
  private void point(boolean hasZ, boolean hasM) {
    need(1, 16 + (hasZ ? 8 : 0) + (hasM ? 8 : 0));
    double x = bytes.getDouble();
    double y = bytes.getDouble();
    double z = hasZ ? bytes.getDouble() : Double.NaN;
    double m = hasM ? bytes.getDouble() : Double.NaN;
    boolean isEmpty = Double.isNaN(x) && Double.isNaN(y);
    visitor.start(GeometryKind.POINT, hasZ, hasM, isEmpty ? 0 : 1);
    if (!isEmpty) {
      visitor.coordinate(x, y, z, m);
    }
  }

  private void coordinates(int count, boolean hasZ, boolean hasM) {
    for (int i = 0; i < count; i++) {
      double x = bytes.getDouble();
      double y = bytes.getDouble();
      double z = hasZ ? bytes.getDouble() : Double.NaN;
      visitor.coordinate(x, y, z, hasM ? bytes.getDouble() : Double.NaN);
    }
  }

  private int count(int bytesEach) {
    need(1, Integer.BYTES);
    int count = bytes.getInt();
    if (count < 0) {
      throw invalid("a count is " + Integer.toUnsignedString(count));
    }
    need(count, bytesEach);
    return count;
  }

  private void need(int count, int bytesEach) {
    if ((long) count * bytesEach > bytes.remaining()) {
      throw invalid("it ends early");
    }
  }

  private static EngineException invalid(String why) {
    return new EngineException(SqlState.INVALID_CAST, "not the bytes of a geometry: " + why);
  }
}
