package dev.frazil.variant;

/** Bytes that are no variant. Carries no place: who read them adds file and column. */
public final class MalformedVariantException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedVariantException(String message) {
    super(message);
  }
}
