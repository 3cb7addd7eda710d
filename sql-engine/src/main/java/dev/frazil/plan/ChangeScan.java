package dev.frazil.plan;

import java.util.List;

/**
 * Reads what became of the rows of a table, snapshot by snapshot: the columns of the table, and
 * behind them those of {@link ChangeFeed}. A plan with such a node holds for one execution.
 *
 * @param table at the last snapshot that is wanted
 * @param scanColumns the columns of the table, and then what tells a row from others: its position,
 *     and in format version 3 its id and its last change
 * @param snapshotIds the snapshots whose changes are wanted, in the order of their commits
 * @param kind what is wanted of them
 * @param columns what comes out
 */
public record ChangeScan(
    TableHandle table,
    List<ScanColumn> scanColumns,
    List<Long> snapshotIds,
    Kind kind,
    List<Column> columns)
    implements RareNode {
  private static final double ROWS = 10_000;

  /** What is wanted of the snapshots. */
  public enum Kind {
    /** The changes of each of them. */
    EACH,
    /** The difference between the state before the first and after the last. */
    NET,
    /** The rows of those that did nothing but append; columns of the table only. */
    APPENDS
  }

  public ChangeScan {
    scanColumns = List.copyOf(scanColumns);
    snapshotIds = List.copyOf(snapshotIds);
    columns = List.copyOf(columns);
  }

  @Override
  public List<PhysicalNode> inputs() {
    return List.of();
  }

  @Override
  public ChangeScan withInputs(List<PhysicalNode> inputs) {
    return this;
  }

  @Override
  public double estimate(List<Double> inputRows) {
    return ROWS;
  }

  @Override
  public String describe() {
    return "ChangeScan "
        + table.identifier()
        + " "
        + kind.name().toLowerCase(java.util.Locale.ROOT)
        + " of "
        + snapshotIds.size()
        + " snapshots";
  }
}
