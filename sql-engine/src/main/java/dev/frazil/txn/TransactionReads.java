package dev.frazil.txn;

import dev.frazil.catalog.TableBranch;
import java.util.Optional;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * What the statements of a transaction rely on, in the names that things have within it; {@link
 * ReadSet} holds it in those that others know. One thread at a time.
 */
public final class TransactionReads {
  private final TransactionTables tables;
  private final ReadSet readSet;

  TransactionReads(TransactionTables tables, ReadSet readSet) {
    this.tables = tables;
    this.readSet = readSet;
  }

  /**
   * Says that a statement relied on the rows of a table that match a filter. Under SERIALIZABLE the
   * commit of a transaction that wrote fails when another one changed any of them meanwhile.
   */
  public void rows(TableIdentifier identifier, Expression filter) {
    committedName(identifier)
        .ifPresent(name -> readSet.rows(name, asOthersKnow(identifier, filter)));
  }

  /**
   * As {@link #rows}, but at every level: for statements that are wrong where two of them do not
   * see each other.
   */
  public void keys(TableIdentifier identifier, Expression filter) {
    committedName(identifier)
        .ifPresent(name -> readSet.keys(name, asOthersKnow(identifier, filter)));
  }

  /**
   * What others know as the table, or as the branch: one that is not there yet begins as the table.
   * Rows of a table that this transaction made are nobody else's, whatever had its name before.
   */
  private Optional<TableIdentifier> committedName(TableIdentifier identifier) {
    TableIdentifier table = TableBranch.table(identifier);
    String branch =
        tables.load(identifier).isPresent()
            ? TableBranch.branch(identifier)
            : SnapshotRef.MAIN_BRANCH;
    return tables.committedName(table).map(name -> TableBranch.of(name, branch));
  }

  /** A condition by names of columns, which may mean others since this transaction gave them. */
  private Expression asOthersKnow(TableIdentifier identifier, Expression filter) {
    return altersSchema(identifier) ? Expressions.alwaysTrue() : filter;
  }

  /**
   * Says that a statement read the history of a table at a point that has a name. Under
   * SERIALIZABLE a commit that changes something fails when the name means another snapshot then.
   */
  public void point(TableIdentifier identifier, TravelPoint point) {
    tables
        .committedName(TableBranch.table(identifier))
        .ifPresent(name -> readSet.point(name, point));
  }

  /**
   * Says that a statement relied on a name: on the table that has it, or on there being none. Under
   * SERIALIZABLE a commit that changes something fails when that is no longer so.
   */
  public void name(TableIdentifier identifier) {
    if (!tables.own(identifier)) {
      readSet.name(identifier);
    }
  }

  /** As {@link #name(TableIdentifier)}, of the name of a schema. */
  public void name(Namespace schema) {
    if (!tables.schemas().own(schema)) {
      readSet.name(schema);
    }
  }

  /** As {@link #name(TableIdentifier)}, of all schemas and tables of the database. */
  public void listing() {
    readSet.listing();
  }

  /** Whether columns have other names here than others know. */
  boolean altersSchema(TableIdentifier identifier) {
    return tables.altersSchema(TableBranch.table(identifier));
  }

  /** Whether others know the table, so that they may have changed it. */
  boolean isCommitted(TableIdentifier identifier) {
    return tables.committedName(TableBranch.table(identifier)).isPresent();
  }
}
