package dev.frazil.kernel;

import org.jspecify.annotations.Nullable;

/** Null masks of results: {@code true} where null, or null itself when no row is. */
@SuppressWarnings("ShortCircuitBoolean") // loops without branches can be vectorised
public final class NullMasks {
  private NullMasks() {}

  /** Null where either is. */
  public static boolean @Nullable [] union(
      boolean @Nullable [] first, boolean @Nullable [] second, int count) {
    if (first == null) {
      return second;
    }
    if (second == null) {
      return first;
    }
    boolean[] both = new boolean[count];
    for (int i = 0; i < count; i++) {
      both[i] = first[i] | second[i];
    }
    return both;
  }
}
