package dev.frazil.plan;

import dev.frazil.error.SqlState;
import java.util.function.Function;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** A step of ALTER TABLE, names resolved. The steps of an alteration are done in their order. */
public sealed interface TableChange {

  /** An update of Iceberg's; it may run again on a table of the same definition. */
  record Update(Function<Table, PendingUpdate<?>> update) implements TableChange {}

  /**
   * What the rows of the table have to satisfy.
   *
   * @param query gives a row where they do not
   * @param state of the error, whose message is {@code problem}
   */
  record Require(String query, SqlState state, String problem) implements TableChange {}

  /**
   * A change of the rows that are there.
   *
   * @param branch whose rows they are
   * @param statement an UPDATE
   */
  record Fill(String branch, String statement) implements TableChange {}

  /**
   * That every data file has a column, which readers look for in each one if it is required.
   *
   * @param column its full name
   */
  record InFiles(String column) implements TableChange {}

  /** Another name. */
  record Rename(TableIdentifier to) implements TableChange {}
}
