package dev.frazil.variant;

/** How far a variant may go. */
public final class VariantLimits {
  /** Objects and arrays within each other. */
  public static final int MAX_DEPTH = 500;

  /** Bytes of one variant, names included: the limit of Spark 4.1. */
  public static final int MAX_BYTES = 128 << 20;

  private VariantLimits() {}
}
