package dev.frazil.plan.parser;

import org.jspecify.annotations.Nullable;

/**
 * {@code TABLE(system.table_changes('t', from, to))}: what became of the rows of a table between
 * two of its snapshots.
 *
 * @param function its name
 * @param table the name of the table, as text
 * @param from the last snapshot that is not asked for; null for the time before the first
 * @param to the last one that is; null for the newest
 * @param net whether only the difference of the two states is wanted
 * @param offset of the function in the statement
 */
public record ChangedTable(
    Function function,
    String table,
    @Nullable Slice from,
    @Nullable Slice to,
    boolean net,
    int offset) {

  /** What is asked for. */
  public enum Function {
    /** Every change of every row. */
    CHANGES("table_changes"),
    /** The rows of the snapshots that did nothing but append. */
    APPENDS("table_appends");

    private final String sqlName;

    Function(String sqlName) {
      this.sqlName = sqlName;
    }

    public String sqlName() {
      return sqlName;
    }
  }
}
