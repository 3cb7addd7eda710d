package dev.frazil.engine;

import dev.frazil.dml.PartitionRows;
import dev.frazil.dml.RowChangeExecutor;
import dev.frazil.dml.RowChangeExecutor.RowChanges;
import dev.frazil.exec.Operator;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PlannedStatement.Replaced;
import dev.frazil.plan.PlannedStatement.RowAction;
import dev.frazil.plan.PlannedStatement.RowChange;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.ObjectStore;
import dev.frazil.txn.PartitionFilters;
import dev.frazil.txn.Transaction;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;

/**
 * INSERT OVERWRITE. Where a table still holds files of an earlier partitioning, the rows that fall
 * into the partitions are looked for in all files that can hold one, and go as those of a DELETE
 * do; otherwise whole files go. One thread.
 */
final class PartitionOverwrite {
  private final Transaction transaction;
  private final ObjectStore store;
  private final QueryContext context;
  private final List<ContentFile<?>> completedFiles = new ArrayList<>();

  PartitionOverwrite(Transaction transaction, ObjectStore store, QueryContext context) {
    this.transaction = transaction;
    this.store = store;
    this.context = context;
  }

  /** What was written so far. */
  List<ContentFile<?>> completedFiles() {
    return completedFiles;
  }

  /** Puts files with new rows, already written, in the place of what they replace. */
  void replace(TableIdentifier identifier, Replaced replaced, List<DataFile> files) {
    boolean all =
        replaced instanceof Replaced.Matching matching
            && matching.filter().op() == Expression.Operation.TRUE;
    if (!all && transaction.rows().holdsEarlierPartitioning(identifier)) {
      removeReplaced(identifier, replaced, files);
      transaction.rows().append(identifier, files);
    } else if (replaced instanceof Replaced.Matching matching) {
      transaction.rows().overwrite(identifier, matching.filter(), files);
    } else {
      transaction.rows().overwritePartitions(identifier, files);
    }
  }

  private void removeReplaced(TableIdentifier identifier, Replaced replaced, List<DataFile> files) {
    Table table = transaction.load(identifier).orElseThrow();
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return;
    }
    Expression filter;
    PartitionRows rows;
    if (replaced instanceof Replaced.Matching matching) {
      filter = matching.filter();
      rows = PartitionRows.of(table, filter);
    } else {
      filter = PartitionFilters.of(table.spec(), files);
      rows = PartitionRows.of(table, files);
    }
    transaction.reads().keys(identifier, filter);
    TableHandle handle = new TableHandle(identifier, table, current.snapshotId(), false);
    PhysicalNode scan =
        new PhysicalNode.TableScan(handle, columns(table, rows), filter, null, -1, Double.NaN);
    RowChange change =
        new RowChange(
            handle, RowChange.Command.DELETE, scan, filter, false, false, List.of(), List.of());
    RowChangeExecutor executor = new RowChangeExecutor(change, store, context);
    try (executor;
        Operator operator = OperatorFactory.create(scan, context)) {
      for (RowBatch batch = operator.next(); batch != null; batch = operator.next()) {
        context.cancellation().check();
        SelectionVector found =
            rows.among(batch, batch.columns().subList(address(table), batch.columns().size()));
        executor.write(new RowBatch(actions(batch), batch.rowCount(), found));
      }
      RowChanges changes = executor.finish(filter);
      if (changes.rowCount() > 0) {
        transaction.rows().change(identifier, changes.files(), filter);
      }
    } finally {
      completedFiles.addAll(executor.completedFiles());
    }
  }

  /** How many columns tell where a row stands, and in version 3 who it is. */
  private static int address(Table table) {
    return RowChange.leadingColumns(table) - 1;
  }

  private static List<ScanColumn> columns(Table table, PartitionRows rows) {
    List<ScanColumn> columns = new ArrayList<>();
    columns.add(new ScanColumn.FileLocation(new Column("_file", Primitive.VARCHAR, false)));
    columns.add(new ScanColumn.RowPosition(new Column("_pos", Primitive.BIGINT, false)));
    if (address(table) > 2) {
      columns.add(new ScanColumn.RowId(new Column("_row_id", Primitive.BIGINT, true)));
    }
    for (Types.NestedField field : rows.columns()) {
      columns.add(
          new ScanColumn.TableColumn(
              field.fieldId(),
              new Column(field.name(), TypeMapping.toSql(field.type()), field.isOptional())));
    }
    return columns;
  }

  /** The rows as those of a DELETE. */
  @SuppressWarnings("EnumOrdinal")
  private static List<ColumnVector> actions(RowBatch batch) {
    int[] actions = new int[batch.rowCount()];
    Arrays.fill(actions, RowAction.DELETE.ordinal());
    List<ColumnVector> columns = new ArrayList<>();
    columns.add(new IntVector(Primitive.INTEGER, actions.length, actions, null));
    columns.addAll(batch.columns());
    return columns;
  }
}
