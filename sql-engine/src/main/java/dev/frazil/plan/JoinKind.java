package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import java.util.ArrayList;
import java.util.List;

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

  /** The columns that come out of a join of the two. */
  List<Column> columns(PhysicalNode left, PhysicalNode right) {
    if (givesRightOnly()) {
      return right.columns();
    }
    boolean leftNullable = this == RIGHT || this == FULL;
    boolean rightNullable = this == LEFT || this == FULL;
    List<Column> columns = new ArrayList<>();
    for (Column column : left.columns()) {
      columns.add(new Column(column.name(), column.type(), column.nullable() || leftNullable));
    }
    if (givesLeftOnly()) {
      return List.copyOf(columns);
    }
    for (Column column : right.columns()) {
      columns.add(new Column(column.name(), column.type(), column.nullable() || rightNullable));
    }
    return List.copyOf(columns);
  }
}
