package dev.frazil.testing;

/**
 * One request of one process to the store that it shares with others.
 *
 * @param location of the object, for a listing the prefix
 */
public record Step(Kind kind, String location) {
  /** What a request does. */
  public enum Kind {
    FETCH,
    READ,
    HEAD,
    LIST,
    PUT,
    PUT_IF;

    boolean writes() {
      return this == PUT || this == PUT_IF;
    }
  }

  /**
   * Whether it may matter which of two neighbouring steps of different processes comes first. False
   * only where the store ends up the same, and both are answered the same, in either order.
   */
  public boolean dependsOn(Step other) {
    if (!kind.writes() && !other.kind.writes()) {
      return false;
    }
    if (kind == Kind.LIST) {
      return other.location.startsWith(location);
    }
    if (other.kind == Kind.LIST) {
      return location.startsWith(other.location);
    }
    return location.equals(other.location);
  }

  @Override
  public String toString() {
    return kind + " " + location.substring(location.lastIndexOf('/', location.length() - 2) + 1);
  }
}
