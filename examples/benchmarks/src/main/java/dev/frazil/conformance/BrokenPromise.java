package dev.frazil.conformance;

/** The driver does something else than JDBC says. */
public final class BrokenPromise extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokenPromise(String message) {
    super(message);
  }
}
