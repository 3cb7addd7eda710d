package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.TableBranch;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a transaction makes to rows: of a table, or of a branch of it where the name is
 * that of a branch. Each tells what others must have left alone meanwhile. One thread at a time.
 *
 * <p>Errors: 25006, 25000, 42P01, 0A000 as of {@link Transaction#requireChangeable}.
 */
public final class RowChanges {
  private final Transaction transaction;
  private final DatabaseCatalog catalog;
  private final boolean validatesRewrites;
  private @Nullable String stagedAs;

  /**
   * @param validatesRewrites false in tests that show why
   */
  RowChanges(Transaction transaction, DatabaseCatalog catalog, boolean validatesRewrites) {
    this.transaction = transaction;
    this.catalog = catalog;
    this.validatesRewrites = validatesRewrites;
  }

  /** Adds data files, already written, to a table. */
  public void append(TableIdentifier identifier, List<DataFile> files) {
    TableWork work = transaction.work(identifier);
    if (files.isEmpty()) {
      return;
    }
    SnapshotTarget target = target(work, identifier);
    work.run(
        catalog,
        () -> {
          AppendFiles append = target.direct(work.table().newAppend());
          files.forEach(append::appendFile);
          return append;
        });
  }

  /**
   * Changes rows of a table by files that are already written.
   *
   * @param filter the rows that the statement looked for, true for all: no other commit may have
   *     changed rows among them
   */
  public void change(TableIdentifier identifier, ChangedFiles files, Expression filter) {
    TableWork work = transaction.work(identifier);
    transaction.reads().rows(identifier, filter);
    if (files.isEmpty()) {
      return;
    }
    BranchWork rows = rows(work, identifier);
    rows.referencedDataFiles().addAll(files.referencedDataFiles());
    rows.replacedDeleteFiles().addAll(files.replacedDeleteFiles());
    rows.changedRows().add(work.altersSchema() ? Expressions.alwaysTrue() : filter);
    SnapshotTarget target = target(work, identifier);
    work.run(catalog, () -> files.update(work.table(), target));
  }

  /** Puts data files, already written, in the place of others that hold the same rows. */
  public void rewrite(TableIdentifier identifier, RewrittenFiles files) {
    TableWork work = transaction.work(identifier);
    rows(work, identifier).rewrites().add(files);
    work.run(catalog, () -> files.update(work.table(), validatesRewrites));
  }

  /** Puts delete files, already written, in the place of others that name the same rows. */
  public void rewriteDeletes(TableIdentifier identifier, RewrittenDeletes files) {
    TableWork work = transaction.work(identifier);
    rows(work, identifier).deleteRewrites().add(files);
    work.run(catalog, () -> files.update(work.table()));
  }

  /** Takes all rows away; conflicts with every concurrent change of the table's rows. */
  public void truncate(TableIdentifier identifier) {
    TableWork work = transaction.work(identifier);
    rows(work, identifier).makeExclusive();
    SnapshotTarget target = target(work, identifier);
    work.run(
        catalog,
        () ->
            target.direct(work.table().newDelete()).deleteFromRowFilter(Expressions.alwaysTrue()));
  }

  /**
   * Puts data files, already written, in the place of the rows that satisfy a filter. Conflicts, at
   * every level, with every concurrent change of such rows: what others add must not vanish unseen.
   *
   * @param filter in terms of the values that the table is partitioned by, true or false for all
   *     rows of a file: see {@link #holdsEarlierPartitioning}
   */
  public void overwrite(TableIdentifier identifier, Expression filter, List<DataFile> files) {
    TableWork work = transaction.work(identifier);
    BranchWork rows = rows(work, identifier);
    if (filter.op() == Expression.Operation.TRUE) {
      rows.makeExclusive();
    } else {
      transaction.reads().keys(identifier, filter);
    }
    rows.relyOnPartitioning();
    SnapshotTarget target = target(work, identifier);
    work.run(
        catalog,
        () -> {
          OverwriteFiles overwrite =
              target.direct(work.table().newOverwrite()).overwriteByRowFilter(filter);
          files.forEach(overwrite::addFile);
          return overwrite;
        });
  }

  /** Whether data files of a table were written under another partitioning than that of today. */
  public boolean holdsEarlierPartitioning(TableIdentifier identifier) {
    Table table =
        transaction.load(identifier).orElseThrow(() -> TransactionTables.missing(identifier));
    Snapshot current = table.currentSnapshot();
    return current != null
        && current.dataManifests(table.io()).stream()
            .filter(manifest -> manifest.hasAddedFiles() || manifest.hasExistingFiles())
            .anyMatch(manifest -> manifest.partitionSpecId() != table.spec().specId());
  }

  /**
   * Puts data files, already written, in the place of all rows of their partitions; conflicts as
   * above. Only files of today's partitioning go: see {@link #holdsEarlierPartitioning}.
   */
  public void overwritePartitions(TableIdentifier identifier, List<DataFile> files) {
    TableWork work = transaction.work(identifier);
    Table table = work.table();
    BranchWork rows = rows(work, identifier);
    rows.relyOnPartitioning();
    if (table.spec().isUnpartitioned()) {
      rows.makeExclusive();
    } else {
      transaction.reads().keys(identifier, PartitionFilters.of(table.spec(), files));
    }
    SnapshotTarget target = target(work, identifier);
    work.run(
        catalog,
        () -> {
          ReplacePartitions replace = target.direct(work.table().newReplacePartitions());
          files.forEach(replace::addFile);
          return replace;
        });
  }

  /** Says that a statement wrote keys: at every level, nobody else may have written one of them. */
  public void keepKeys(TableIdentifier identifier, KeyRows keys) {
    TransactionReads reads = transaction.reads();
    if (reads.altersSchema(identifier)) {
      reads.keys(identifier, Expressions.alwaysTrue());
    } else if (reads.isCommitted(identifier)) {
      rows(transaction.work(identifier), identifier).keys().add(keys);
    }
  }

  /**
   * Lets the changes that follow of tables with {@code write.wap.enabled} become snapshots that
   * nobody sees until they are published.
   *
   * @param id which the snapshots carry; null for changes that are seen
   */
  public void stage(@Nullable String id) {
    stagedAs = id;
  }

  private static BranchWork rows(TableWork work, TableIdentifier identifier) {
    return work.branch(TableBranch.branch(identifier));
  }

  /** Where the snapshot of a change goes: a branch that others must neither drop nor make. */
  private SnapshotTarget target(TableWork work, TableIdentifier identifier) {
    rows(work, identifier);
    String branch = TableBranch.branch(identifier);
    TableMetadata table = work.operations().current();
    boolean audited =
        table.propertyAsBoolean(
            TableProperties.WRITE_AUDIT_PUBLISH_ENABLED,
            Boolean.parseBoolean(TableProperties.WRITE_AUDIT_PUBLISH_ENABLED_DEFAULT));
    if (audited && stagedAs != null && TableBranch.isBranch(identifier)) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "a change of "
              + TableBranch.text(identifier)
              + " beside wapId = '"
              + stagedAs
              + "': it goes either to a branch or to a staged snapshot; SET wapId = DEFAULT takes"
              + " that back");
    }
    Snapshot current = table.currentSnapshot();
    if (TableBranch.head(table, branch) == null && current != null) {
      // Only the branch under audit is made by the first change that goes to it.
      SnapshotRef made = SnapshotRef.branchBuilder(current.snapshotId()).build();
      Function<Table, PendingUpdate<?>> update = ReferenceUpdate.of(work.table(), branch, made);
      work.run(catalog, () -> update.apply(work.table()));
    }
    return new SnapshotTarget(branch, audited ? stagedAs : null);
  }
}
