package dev.frazil.exec.scan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.TableHandle;
import dev.frazil.txn.CallerThread;
import dev.frazil.txn.PromotedDates;
import dev.frazil.txn.TruncatedPartitions;
import dev.frazil.txn.UuidFilters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/** The data files that a scan must read, as Iceberg's manifests tell. */
final class ScanFiles {
  private ScanFiles() {}

  /** The schema that the statement sees: of the snapshot for a time travel, else the current. */
  static Schema schema(TableHandle handle) {
    Long snapshotId = handle.snapshotId();
    return handle.timeTravel() && snapshotId != null
        ? SnapshotUtil.schemaFor(handle.table(), snapshotId)
        : handle.table().schema();
  }

  /** The field of that id, in the schema or, if it was dropped since, in an older one. */
  static Types.NestedField field(TableHandle handle, Schema schema, int fieldId) {
    Types.NestedField field = schema.asStruct().field(fieldId);
    if (field != null) {
      return field;
    }
    for (Schema older : handle.table().schemas().values()) {
      Types.NestedField dropped = older.asStruct().field(fieldId);
      if (dropped != null) {
        return dropped;
      }
    }
    throw new EngineException(
        SqlState.DATA_CORRUPTED,
        "the table " + handle.identifier() + " has no top-level column with field id " + fieldId);
  }

  /** Plans the files, with their deletes. */
  static List<ScanFile> plan(
      TableHandle handle, Expression pruning, @Nullable SnapshotFiles known) {
    return plan(handle, pruning, List.of(), known);
  }

  /**
   * Plans the files, with their deletes.
   *
   * @param measured the columns whose metrics the files are to bring along; others may be dropped
   * @param known the snapshots whose files are at hand
   */
  static List<ScanFile> plan(
      TableHandle handle,
      Expression pruning,
      List<String> measured,
      @Nullable SnapshotFiles known) {
    Long snapshotId = handle.snapshotId();
    if (snapshotId == null) {
      return List.of();
    }
    Expression filter =
        TruncatedPartitions.widened(
            PromotedDates.without(pruning, handle.table()), handle.table().specs().values());
    Expression dates = PromotedDates.only(pruning, handle.table());
    UuidFilters uuids = UuidFilters.of(pruning, schema(handle));
    Snapshot snapshot = known == null ? null : handle.table().snapshot(snapshotId);
    List<ScanFile> files =
        known == null || snapshot == null
            ? null
            : known.find(
                handle,
                snapshot,
                filter,
                () ->
                    planned(
                        handle,
                        scan(handle, snapshotId).includeColumnStats(),
                        Expressions.alwaysTrue()));
    if (files == null) {
      TableScan scan = scan(handle, snapshotId);
      List<String> columns = new ArrayList<>(measured);
      if (uuids != null) {
        columns.addAll(uuids.columns());
      }
      files = planned(handle, columns.isEmpty() ? scan : scan.includeColumnStats(columns), filter);
    }
    if (uuids != null) {
      files = wanted(files, uuids);
    }
    return dates.op() == Expression.Operation.TRUE ? files : within(files, dates);
  }

  /** The same files, with one thing more that is asked for within them. */
  private static List<ScanFile> within(List<ScanFile> files, Expression more) {
    List<ScanFile> all = new ArrayList<>();
    for (ScanFile file : files) {
      Expression residual = Expressions.and(file.residual(), more);
      all.add(new ScanFile(file.file(), file.deletes(), file.spec(), residual));
    }
    return all;
  }

  /** The files that may hold the UUIDs, which are asked for within them too. */
  private static List<ScanFile> wanted(List<ScanFile> files, UuidFilters uuids) {
    List<ScanFile> wanted = new ArrayList<>();
    for (ScanFile file : files) {
      if (uuids.mayMatch(file.file(), file.spec())) {
        Expression residual = Expressions.and(file.residual(), uuids.residual(file.spec()));
        wanted.add(new ScanFile(file.file(), file.deletes(), file.spec(), residual));
      }
    }
    return wanted;
  }

  private static TableScan scan(TableHandle handle, Long snapshotId) {
    Table table = handle.table();
    TableScan scan = table.newScan();
    return handle.timeTravel() || !isCurrent(table.currentSnapshot(), snapshotId)
        ? scan.useSnapshot(snapshotId)
        : scan;
  }

  private static List<ScanFile> planned(TableHandle handle, TableScan scan, Expression pruning) {
    List<ScanFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> planned =
        CallerThread.planned(scan.filter(pruning), handle.table()).planFiles()) {
      for (FileScanTask task : planned) {
        files.add(new ScanFile(task.file(), task.deletes(), task.spec(), task.residual()));
      }
    } catch (IOException e) {
      throw new EngineException(
          SqlState.IO_ERROR,
          "closing the manifests of the table " + handle.identifier() + " failed",
          e);
    }
    return files;
  }

  private static boolean isCurrent(@Nullable Snapshot current, Long snapshotId) {
    return current != null && Objects.equals(current.snapshotId(), snapshotId);
  }
}
