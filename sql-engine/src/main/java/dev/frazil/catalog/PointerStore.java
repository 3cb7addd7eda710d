package dev.frazil.catalog;

import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A catalog that another system keeps: it holds one metadata location for each table and view, and
 * swaps it if it is the expected one. A {@link PointerDatabase} makes a database of it: files,
 * retries, and what became of a swap whose answer was lost are its matter; a store only says what
 * its server said. Thread-safe.
 *
 * <p>Errors of every method: 08001 where the server cannot be reached, 28000 where it refuses the
 * credentials, 28000 too where it refuses the deed, 22023 where it has no such catalog.
 */
public interface PointerStore extends AutoCloseable {

  /** What it is, for messages: "the JDBC catalog 'shop' of jdbc:postgresql://host/db". */
  String description();

  /**
   * What the catalog holds now, read consistently: never older than a swap that has landed before
   * the call.
   */
  PointerView view();

  /**
   * Makes all of the changes, or none, in one attempt: what is to be tried again is for the caller
   * to say. Never waits longer than the time-out of a request.
   *
   * <p>An exception says, as {@link SwapOutcome.Busy} does, that for sure nothing has changed and
   * nothing will; unlike there, it will be no better next time.
   *
   * @param changes at most {@link #changesTogether}, each of another name
   */
  SwapOutcome swap(List<PointerChange> changes);

  /** How many changes of tables, views and schemas can be made in one step; at least 1. */
  int changesTogether();

  /** Whether a table can be given another name in one step. */
  boolean renames();

  /** Whether it has room for views. */
  boolean holdsViews();

  /**
   * Called once, before any swap: what a metadata file of a table holds, for a store that shows
   * more of a table than where it stands. What a swap writes is in memory.
   */
  default void tellMetadata(Function<String, TableMetadata> files) {}

  /** 0A000 for a name that it cannot hold; asked before a file of a new table is written. */
  default void requireName(TableIdentifier identifier) {}

  /**
   * Called before the first file of a transaction is written: makes what the store itself needs,
   * such as the tables of a JDBC catalog.
   */
  void prepareWrite();

  @Override
  void close();
}
