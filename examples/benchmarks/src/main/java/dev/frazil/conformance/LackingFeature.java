package dev.frazil.conformance;

/** The database has no such type or feature, so there is nothing to check. */
public final class LackingFeature extends RuntimeException {
  private static final long serialVersionUID = 1;

  LackingFeature(String message) {
    super(message);
  }
}
