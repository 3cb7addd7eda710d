package dev.frazil.geometry;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The text of a geometry, such as {@code POINT (1 2)} or {@code LINESTRING Z (0 0 1, 1 1 2)}. */
public final class WellKnownText implements GeometryVisitor {
  private static final double LEAST_PLAIN = 1e-6;
  private static final double GREATEST_PLAIN = 1e15;

  /** What is open: its kind, or null for a ring, and whether something stands in it. */
  private static final class Open {
    final boolean isCollection;
    final boolean isEmpty;
    boolean isBegun;

    Open(boolean isCollection, boolean isEmpty) {
      this.isCollection = isCollection;
      this.isEmpty = isEmpty;
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final Deque<Open> open = new ArrayDeque<>();
  private boolean hasZ;
  private boolean hasM;

  private WellKnownText() {}

  /** The text of the geometry in {@code data[from..to)}; 22018 where the bytes are none. */
  public static String of(byte[] data, int from, int to) {
    WellKnownText writer = new WellKnownText();
    WellKnownBytes.walk(data, from, to, writer);
    return writer.text.toString();
  }

  @Override
  public void start(GeometryKind kind, boolean z, boolean m, int parts) {
    Open above = open.peek();
    separate(above);
    hasZ = z;
    hasM = m;
    // the parts of a MULTI... have the kind that its name says
    boolean isNamed = above == null || !above.isCollection;
    if (isNamed) {
      text.append(kind.tag()).append(z || m ? " " : "").append(z ? "Z" : "").append(m ? "M" : "");
      text.append(' ');
    }
    boolean isMulti = kind.isCollection() && kind != GeometryKind.GEOMETRY_COLLECTION;
    open(new Open(isMulti, parts == 0));
  }

  @Override
  public void ring(int points) {
    separate(open.peek());
    open(new Open(false, points == 0));
  }

  @Override
  public void end() {
    if (!open.pop().isEmpty) {
      text.append(')');
    }
  }

  @Override
  public void coordinate(double x, double y, double z, double m) {
    separate(open.peek());
    text.append(number(x)).append(' ').append(number(y));
    if (hasZ) {
      text.append(' ').append(number(z));
    }
    if (hasM) {
      text.append(' ').append(number(m));
    }
  }

  private void open(Open next) {
    open.push(next);
    text.append(next.isEmpty ? "EMPTY" : "(");
  }

  private void separate(@Nullable Open above) {
    if (above != null) {
      text.append(above.isBegun ? ", " : "");
      above.isBegun = true;
    }
  }

  private static String number(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < GREATEST_PLAIN) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    return size >= LEAST_PLAIN && size < GREATEST_PLAIN
        ? new BigDecimal(Double.toString(value)).toPlainString()
        : Double.toString(value);
  }
}
