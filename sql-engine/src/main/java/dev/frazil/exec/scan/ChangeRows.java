package dev.frazil.exec.scan;

import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.ChangeScan;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a table's rows, snapshot by snapshot. A snapshot that replaced files by others
 * with the same rows, as a compaction does, has none. One thread.
 */
public final class ChangeRows implements Operator {
  private static final int MICROS_A_MILLI = 1000;

  private final ChangeScan scan;
  private final QueryContext context;
  private final ChangePlan plan;
  private final List<Snapshot> snapshots = new ArrayList<>();
  private int step;
  private @Nullable ChangeStep open;

  public ChangeRows(ChangeScan scan, QueryContext context) {
    this.scan = scan;
    this.context = context;
    this.plan = new ChangePlan(scan.table(), context);
    Table table = scan.table().table();
    for (long id : scan.snapshotIds()) {
      Snapshot snapshot = table.snapshot(id);
      boolean isWanted =
          switch (scan.kind()) {
            case EACH -> !DataOperations.REPLACE.equals(snapshot.operation());
            case APPENDS -> ChangePlan.isAppend(snapshot);
            case NET -> true;
          };
      if (isWanted) {
        snapshots.add(snapshot);
      }
    }
  }

  @Override
  public @Nullable RowBatch next() {
    boolean isNet = scan.kind() == ChangeScan.Kind.NET;
    int steps = isNet ? Math.min(1, snapshots.size()) : snapshots.size();
    while (true) {
      ChangeStep current = open;
      if (current == null) {
        if (step == steps) {
          return null;
        }
        current = isNet ? net() : each(snapshots.get(step));
        open = current;
        step++;
      }
      ChangeStep.Batch found = current.next();
      if (found != null) {
        return result(found, isNet ? snapshots.get(snapshots.size() - 1) : snapshots.get(step - 1));
      }
      current.close();
      open = null;
    }
  }

  private ChangeStep each(Snapshot snapshot) {
    ChangedFiles files =
        ChangePlan.isAppend(snapshot)
            ? plan.ofAppend(snapshot)
            : plan.between(snapshot.parentId(), snapshot.snapshotId());
    return new ChangeStep(scan, files, context);
  }

  private ChangeStep net() {
    Snapshot last = snapshots.get(snapshots.size() - 1);
    ChangedFiles files = plan.between(snapshots.get(0).parentId(), last.snapshotId());
    return new ChangeStep(scan, files, context);
  }

  private RowBatch result(ChangeStep.Batch found, Snapshot snapshot) {
    RowBatch rows = found.rows();
    List<Column> wanted = scan.columns();
    if (scan.kind() == ChangeScan.Kind.APPENDS) {
      return new RowBatch(
          rows.columns().subList(0, wanted.size()), rows.rowCount(), rows.selection());
    }
    int ofTable = wanted.size() - 4;
    List<ColumnVector> columns = new ArrayList<>(rows.columns().subList(0, ofTable));
    columns.add(found.types());
    List<Object> constants =
        List.of(step - 1, snapshot.snapshotId(), snapshot.timestampMillis() * MICROS_A_MILLI);
    for (int i = 0; i < constants.size(); i++) {
      columns.add(
          ConstantVectors.of(
              constants.get(i), wanted.get(ofTable + 1 + i).type(), rows.rowCount()));
    }
    return new RowBatch(columns, rows.rowCount(), rows.selection());
  }

  @Override
  public void close() {
    ChangeStep current = open;
    open = null;
    step = Integer.MAX_VALUE;
    snapshots.clear();
    if (current != null) {
      current.close();
    }
  }
}
