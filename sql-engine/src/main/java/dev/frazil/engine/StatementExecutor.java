package dev.frazil.engine;

import dev.frazil.dml.CheckedRows;
import dev.frazil.dml.InsertWriter;
import dev.frazil.dml.RowChangeExecutor;
import dev.frazil.dml.RowChangeExecutor.RowChanges;
import dev.frazil.dml.export.RowFile;
import dev.frazil.error.EngineException;
import dev.frazil.exec.Operator;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.ReadFilter;
import dev.frazil.maintenance.StagedFileCleanup;
import dev.frazil.plan.HistoryRequest;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.PlannedStatement.Replaced;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.ObjectStore;
import dev.frazil.txn.ChangedFiles;
import dev.frazil.txn.Savepoint;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements that change the database, within a transaction: what a statement wrote becomes
 * part of the transaction when the whole statement has succeeded, and is removed otherwise. One
 * thread.
 */
final class StatementExecutor {
  private final ObjectStore store;
  private final Supplier<@Nullable String> stagedAs;

  /**
   * @param stagedAs under which id changes of tables with {@code write.wap.enabled} are staged
   */
  StatementExecutor(ObjectStore store, Supplier<@Nullable String> stagedAs) {
    this.store = store;
    this.stagedAs = stagedAs;
  }

  ObjectStore store() {
    return store;
  }

  /**
   * Runs a plan that is neither a query nor a statement about transactions or the session.
   *
   * @param returned takes what a statement returns; null for one that does not
   * @return rows inserted, updated and deleted
   */
  long execute(
      PlannedStatement plan,
      SessionTransaction transaction,
      QueryContext context,
      @Nullable ReturnedRows returned) {
    Expression matched = RecordedReads.of(plan, transaction, context);
    transaction.transaction().rows().stage(stagedAs.get());
    if (plan instanceof PlannedStatement.Insert insert) {
      return insert(insert, transaction, context, returned);
    } else if (plan instanceof PlannedStatement.RowChange change) {
      return changeRows(change, matched, transaction, context, returned);
    } else if (plan instanceof PlannedStatement.CopyTo copy) {
      return copyTo(copy, context);
    } else if (plan instanceof PlannedStatement.Truncate truncate) {
      return truncate(truncate, transaction, context);
    } else if (plan instanceof PlannedStatement.CreateTable create) {
      return new TableCreation(this, transaction, context).run(create);
    } else if (plan instanceof PlannedStatement.AlterTable alter) {
      new AlterTableExecution(this, transaction, context).run(alter);
      return 0;
    } else if (plan instanceof PlannedStatement.DropTable drop) {
      DropExecution.table(drop, transaction);
      return 0;
    } else if (plan instanceof PlannedStatement.ChangeView change) {
      ViewExecutor.execute(change.change(), transaction);
      return 0;
    } else if (plan instanceof PlannedStatement.OfHistory ofHistory
        && ofHistory.request() instanceof HistoryRequest.Undrop undrop) {
      HistoryStatements.undrop(undrop, transaction, context);
      return 0;
    } else if (plan instanceof PlannedStatement.CreateSchema create) {
      SchemaExecution.create(create, transaction);
      return 0;
    } else if (plan instanceof PlannedStatement.AlterSchema alter) {
      SchemaExecution.alter(alter, transaction);
      return 0;
    } else if (plan instanceof PlannedStatement.DropSchema drop) {
      DropExecution.schema(drop, transaction);
      return 0;
    }
    throw EngineException.internal("no execution of " + plan.getClass().getSimpleName());
  }

  /** Runs {@code INSERT ... VALUES} once for each set of parameters, as one. */
  long insertRows(
      PlannedStatement.Insert insert,
      ParameterRows rows,
      List<ParameterValues> sets,
      SessionTransaction transaction,
      QueryContext context,
      @Nullable ReturnedRows returned) {
    transaction.prepareWrite("INSERT");
    transaction.transaction().rows().stage(stagedAs.get());
    NewRows added = NewRows.of(insert.target(), store, transaction, context, returned);
    return append(
        insert.target().identifier(),
        insert.replaced(),
        added,
        transaction,
        context,
        () -> {
          if (returned == null || rows.rowsPerSet() == 1) {
            rows.forEachBatch(sets, context, added::write);
            return;
          }
          for (ParameterValues set : sets) {
            rows.forEachBatch(List.of(set), context, added::write); // in the order of the sets
          }
        });
  }

  private long insert(
      PlannedStatement.Insert insert,
      SessionTransaction transaction,
      QueryContext context,
      @Nullable ReturnedRows returned) {
    ParameterRows rows = ParameterRows.of(insert.source(), insert.parameters());
    if (rows != null) {
      List<ParameterValues> set = List.of(new ParameterValues(context.parameters()));
      return insertRows(insert, rows, set, transaction, context, returned);
    }
    transaction.prepareWrite("INSERT");
    NewRows added = NewRows.of(insert.target(), store, transaction, context, returned);
    return append(
        insert.target().identifier(),
        insert.replaced(),
        added,
        transaction,
        context,
        () -> drain(insert.source(), context, added::write));
  }

  private long append(
      TableIdentifier table,
      @Nullable Replaced replaced,
      NewRows added,
      SessionTransaction transaction,
      QueryContext context,
      Runnable rows) {
    InsertWriter writer = added.writer();
    Savepoint before = transaction.transaction().savepoint();
    PartitionOverwrite overwrite =
        new PartitionOverwrite(transaction.transaction(), store, context);
    try (writer) {
      rows.run();
      List<DataFile> files = writer.finish();
      if (replaced == null || (replaced instanceof Replaced.Partitions && files.isEmpty())) {
        transaction.transaction().rows().append(table, files);
      } else {
        overwrite.replace(table, replaced, files);
      }
      new UniqueKeyCheck(transaction, store, context).check(table, added.keys(), files, false);
      transaction.stage(files);
      transaction.stage(overwrite.completedFiles());
      return writer.rowCount();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      transaction.transaction().rollbackTo(before);
      List<ContentFile<?>> written = new ArrayList<>(writer.completedFiles());
      written.addAll(overwrite.completedFiles());
      removeFiles(written, transaction);
      throw e;
    }
  }

  private long changeRows(
      PlannedStatement.RowChange change,
      Expression matched,
      SessionTransaction transaction,
      QueryContext context,
      @Nullable ReturnedRows returned) {
    transaction.prepareWrite("UPDATE, DELETE or MERGE");
    Expression filter = readFilter(change, context);
    RowChangeExecutor executor = new RowChangeExecutor(change, store, context);
    CheckedRows checks = NewRows.checks(change.target(), transaction, context);
    if (checks != null) {
      executor.checkRows(checks::verify);
    }
    if (returned != null) {
      executor.returnRows(returned.columns().size(), returned::add);
    }
    WrittenKeys keys = WrittenKeys.of(change);
    Savepoint before = transaction.transaction().savepoint();
    try (executor) {
      if (change.command() != PlannedStatement.RowChange.Command.DELETE
          || !executor.deleteScanned(change.source())) {
        drain(
            change.source(),
            context,
            batch -> {
              keys.change(batch);
              executor.write(batch);
            });
      }
      RowChanges changes = executor.finish(filter);
      if (changes.rowCount() > 0) {
        if (change.keyed()) {
          transaction.transaction().reads().keys(change.target().identifier(), filter);
        }
        ChangedFiles files = changes.files();
        transaction
            .transaction()
            .rows()
            .change(change.target().identifier(), files, Expressions.and(filter, matched));
        new UniqueKeyCheck(transaction, store, context)
            .check(change.target().identifier(), keys, files.added(), !files.removed().isEmpty());
        transaction.stage(files.added());
        transaction.stage(files.deletes());
      }
      return changes.rowCount();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      transaction.transaction().rollbackTo(before);
      removeFiles(executor.completedFiles(), transaction);
      throw e;
    }
  }

  /** What the scan of the target reads. */
  private static Expression readFilter(PlannedStatement.RowChange change, QueryContext context) {
    List<PhysicalNode.TableScan> scans = PlanTables.scansOfTarget(change);
    return scans.size() == 1 ? ReadFilter.of(scans.get(0), context) : change.filter();
  }

  /**
   * Writes the rows of a query into a table that the statement has made.
   *
   * @return how many
   */
  long fill(
      TableIdentifier table,
      Table target,
      PhysicalNode source,
      SessionTransaction transaction,
      QueryContext context) {
    NewRows added =
        NewRows.of(new TableHandle(table, target, null, false), store, transaction, context, null);
    return append(
        table, null, added, transaction, context, () -> drain(source, context, added::write));
  }

  private static long copyTo(PlannedStatement.CopyTo copy, QueryContext context) {
    try (RowFile file = RowFile.create(copy, context)) {
      drain(copy.source(), context, file::write);
      context.cancellation().check();
      return file.finish();
    }
  }

  private static long truncate(
      PlannedStatement.Truncate truncate, SessionTransaction transaction, QueryContext context) {
    transaction.prepareWrite("TRUNCATE or DELETE");
    long rows = RowCounts.count(truncate.target(), context);
    if (rows > 0) {
      transaction.transaction().rows().truncate(truncate.target().identifier());
    } else {
      transaction
          .transaction()
          .reads()
          .rows(truncate.target().identifier(), Expressions.alwaysTrue());
    }
    return rows;
  }

  private static void drain(PhysicalNode source, QueryContext context, BatchConsumer consumer) {
    try (Operator operator = OperatorFactory.create(source, context)) {
      RowBatch batch = operator.next();
      while (batch != null) {
        context.cancellation().check();
        consumer.accept(batch);
        batch = operator.next();
      }
    }
  }

  /** Removes files that no transaction holds. */
  private void removeFiles(
      Collection<? extends ContentFile<?>> files, SessionTransaction transaction) {
    List<String> locations = new ArrayList<>(transaction.takeAbandonedFiles());
    files.forEach(file -> locations.add(file.location()));
    StagedFileCleanup.remove(store, locations);
  }

  private interface BatchConsumer {
    void accept(RowBatch batch);
  }
}
