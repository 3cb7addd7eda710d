package dev.frazil.geometry;

import dev.frazil.error.EngineException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The box around some geometries, and their codes. Coordinates that are NaN do not count. Not
 * thread-safe.
 */
public final class GeometryExtent implements GeometryVisitor {
  private final double[] least = new double[4];
  private final double[] greatest = new double[4];
  private final boolean[] present = new boolean[4];
  private final Set<Integer> codes = new TreeSet<>();
  private boolean complete = true;

  /** Adds a geometry; bytes that are none make the extent incomplete. */
  public void add(byte[] data, int from, int to) {
    try {
      codes.add(WellKnownBytes.walk(data, from, to, this));
    } catch (EngineException notAGeometry) {
      complete = false; // what another writer put there; its box is not known
    }
  }

  /** Adds all that another extent has. */
  public void add(GeometryExtent other) {
    for (int axis = 0; axis < least.length; axis++) {
      if (other.present[axis]) {
        widen(axis, other.least[axis]);
        widen(axis, other.greatest[axis]);
      }
    }
    codes.addAll(other.codes);
    complete &= other.complete;
  }

  @Override
  public void coordinate(double x, double y, double z, double m) {
    widen(0, x);
    widen(1, y);
    widen(2, z);
    widen(3, m);
  }

  private void widen(int axis, double value) {
    if (Double.isNaN(value)) {
      return;
    }
    least[axis] = present[axis] ? Math.min(least[axis], value) : value;
    greatest[axis] = present[axis] ? Math.max(greatest[axis], value) : value;
    present[axis] = true;
  }

  /** Whether all that was added was a geometry. */
  public boolean isComplete() {
    return complete;
  }

  /** Whether there is a value on an axis: 0 is x, 1 is y, 2 is z, 3 is m. */
  public boolean has(int axis) {
    return present[axis];
  }

  /** The least value on an axis that has one. */
  public double least(int axis) {
    return least[axis];
  }

  /** The greatest value on an axis that has one. */
  public double greatest(int axis) {
    return greatest[axis];
  }

  /** The codes of what was added, ascending. */
  public Set<Integer> codes() {
    return codes;
  }
}
