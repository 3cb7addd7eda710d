package dev.frazil.jdbc;

import java.util.OptionalDouble;

/**
 * How far the execution of a statement is. What is planned grows while it runs: the second table of
 * a join is planned when the first one has been read.
 *
 * @param stage what it is about
 * @param elapsedMillis since it began, the user's time between two rows included
 * @param fraction the part of the planned rows that is read or need not be read, 0 to 1, never less
 *     than in the report before; empty where no table is read, 1 at the end
 * @param filesPlanned data files that scans will open
 * @param filesRead those opened
 * @param rowGroupsPlanned row groups to be read of the files opened
 * @param rowGroupsRead those read to their end
 * @param rowsPlanned rows of the files planned
 * @param rowsRead those read, or found not to be needed
 * @param rowsWritten rows written to data files
 * @param bytesRead bytes received from the store
 * @param bytesWritten bytes sent to the store
 */
public record Progress(
    Stage stage,
    long elapsedMillis,
    OptionalDouble fraction,
    long filesPlanned,
    long filesRead,
    long rowGroupsPlanned,
    long rowGroupsRead,
    long rowsPlanned,
    long rowsRead,
    long rowsWritten,
    long bytesRead,
    long bytesWritten) {

  /** What a statement is about. */
  public enum Stage {
    /** The text becomes a plan. */
    PLANNING,
    /** A query reads and computes. */
    READING,
    /** A change reads, computes and writes files that nobody sees yet. */
    WRITING,
    /** The files become part of the tables. */
    COMMITTING,
    /** It has succeeded. */
    DONE,
    /** It has failed, or was cancelled. */
    FAILED
  }
}
