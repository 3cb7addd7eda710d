package dev.frazil.plan;

import org.jspecify.annotations.Nullable;

/**
 * The rows around a row that a window function looks at (SQL:2016, 7.15).
 *
 * @param end not before {@code start} in the order of {@link Position}
 */
public record WindowFrame(Unit unit, Bound start, Bound end, Exclusion exclusion) {

  /** All rows of the partition. */
  public static final WindowFrame PARTITION =
      new WindowFrame(
          Unit.RANGE,
          new Bound(Position.UNBOUNDED_PRECEDING, null),
          new Bound(Position.UNBOUNDED_FOLLOWING, null),
          Exclusion.NO_OTHERS);

  /** What the distance between rows counts. */
  public enum Unit {
    ROWS,
    /** The difference of the only sort key's values; rows of equal keys stay together. */
    RANGE,
    /** Groups of rows with equal sort keys. */
    GROUPS
  }

  /** Where a bound stands, as seen from the current row. */
  public enum Position {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  /** Rows of the frame that do not count. */
  public enum Exclusion {
    NO_OTHERS,
    CURRENT_ROW,
    /** The current row and its peers. */
    GROUP,
    /** The peers of the current row, but not itself. */
    TIES
  }

  /**
   * One end of the frame.
   *
   * @param offset how far, for PRECEDING and FOLLOWING: a literal or parameter. Of type bigint for
   *     ROWS and GROUPS; for RANGE a number, or for times bigint microseconds or integer months.
   *     Null or negative is 22013
   */
  public record Bound(Position position, @Nullable ScalarExpression offset) {}

  /** Whether the frame is the whole partition for every row. */
  public boolean isPartition() {
    return start.position == Position.UNBOUNDED_PRECEDING
        && end.position == Position.UNBOUNDED_FOLLOWING
        && exclusion == Exclusion.NO_OTHERS;
  }
}
