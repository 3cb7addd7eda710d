package dev.frazil.plan;

/** How a join treats rows without a match. */
public enum JoinKind {
  INNER,
  LEFT,
  RIGHT,
  FULL,
  /** Left rows with a match, once; only the left columns come out. */
  SEMI,
  /** Left rows without a match; only the left columns come out. */
  ANTI,
  /**
   * NOT IN: as ANTI, but a null key on the right, or on the left against a non-empty right, removes
   * the row.
   */
  NULL_AWARE_ANTI,
  /** SEMI with its sides exchanged: right rows with a match, once; only the right columns. */
  RIGHT_SEMI,
  /** ANTI with its sides exchanged: right rows without a match; only the right columns. */
  RIGHT_ANTI;

  /** Whether only the columns of the left input come out. */
  public boolean givesLeftOnly() {
    return this == SEMI || this == ANTI || this == NULL_AWARE_ANTI;
  }

  /** Whether only the columns of the right input come out. */
  public boolean givesRightOnly() {
    return this == RIGHT_SEMI || this == RIGHT_ANTI;
  }
}
