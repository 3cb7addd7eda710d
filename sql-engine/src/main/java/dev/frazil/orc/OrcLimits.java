package dev.frazil.orc;

/** Sizes above which a file is refused before memory is allocated for it. */
final class OrcLimits {
  /** Footer, stripe statistics or the footer of a stripe, before and after decompression. */
  static final int MAX_FOOTER_BYTES = 64 << 20;

  /** Types of a schema. */
  static final int MAX_TYPES = 100_000;

  /** Stripes of a file. */
  static final int MAX_STRIPES = 1_000_000;

  /** Types within types of a schema. */
  static final int MAX_DEPTH = 64;

  /** A compression chunk, uncompressed: its header has 23 bits for the length. */
  static final int MAX_CHUNK_BYTES = 1 << 23;

  /** Elements of lists and maps in one batch. */
  static final int MAX_BATCH_ELEMENTS = 1 << 26;

  /** Bytes of strings in one vector. */
  static final int MAX_VECTOR_BYTES = Integer.MAX_VALUE - 64;

  private OrcLimits() {}
}
