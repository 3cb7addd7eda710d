package dev.frazil.plan.parser;

/**
 * A constant expression where Calcite's grammar wants a number: its value is put into the room that
 * the text has for it.
 *
 * @param expression what to compute, without columns and sub-queries
 * @param use what the number is
 * @param offset where the room begins in the text, {@link #WIDTH} blanks
 */
public record PlacedConstant(Slice expression, Use use, int offset) {
  /** As many characters as the number and its words may have. */
  public static final int WIDTH = 24;

  /** What the number is. */
  public enum Use {
    SAMPLED_PERCENT,
    SAMPLE_SEED,
    LIMIT,
    OFFSET
  }
}
