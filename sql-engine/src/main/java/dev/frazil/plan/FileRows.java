package dev.frazil.plan;

import java.util.List;

/**
 * The rows of files that belong to no table, in the columns that are wanted of them. The files are
 * looked for when the plan runs; a column is found by its name where the format has names.
 *
 * @param location a file, or files by a {@code *} in the last part of their names
 * @param columns the columns wanted, in the types that they are converted to
 * @param listed whether these are some of the file's columns, so that others are passed over; else
 *     the file must have exactly these
 */
public record FileRows(String location, CopyFormat format, List<Column> columns, boolean listed)
    implements RareNode {
  private static final double ROWS = 100_000;

  public FileRows {
    columns = List.copyOf(columns);
  }

  @Override
  public List<PhysicalNode> inputs() {
    return List.of();
  }

  @Override
  public FileRows withInputs(List<PhysicalNode> inputs) {
    return this;
  }

  @Override
  public double estimate(List<Double> inputRows) {
    return ROWS;
  }

  @Override
  public String describe() {
    return "FileRows " + format.sqlName() + " '" + location + "'";
  }
}
