package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import dev.frazil.txn.CallerThread;
import dev.frazil.txn.MaintenanceSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.ContentFileUtil;
import org.jspecify.annotations.Nullable;

/** What a table needs, told by its metadata and manifests; reads no data file. One thread. */
public final class TableHealth {
  private static final long FILES_TO_COMPACT = 31;
  private static final long DELETE_FILES = 16;
  private static final long DELETED_PERCENT = 30;
  private static final long MANIFESTS = 100;
  private static final long EXPIRED_SNAPSHOTS = 32;
  private static final long METADATA_BYTES = 4L << 20;

  private final TableHandle handle;
  private final TableMetadata metadata;
  private final ObjectStore store;
  private final String name;
  private final List<Metric> metrics = new ArrayList<>();

  private final Set<String> deleteFiles = new HashSet<>();
  private final Set<String> equalityDeletes = new HashSet<>();
  private final Map<String, Long> deletedRows = new HashMap<>();
  private long dataFiles;
  private long rows;
  private long earlierPartitioning;
  private long unsorted;

  /**
   * A figure.
   *
   * @param limit beyond which something is to be done; null for a figure that only tells
   * @param advice the statement that helps; null where all is well
   */
  public record Metric(String name, long value, @Nullable Long limit, @Nullable String advice) {}

  /**
   * @param name of the table, as an argument of a procedure
   */
  public TableHealth(TableHandle handle, ObjectStore store, String name) {
    this.handle = handle;
    this.metadata = ((HasTableOperations) handle.table()).operations().current();
    this.store = store;
    this.name = name.replace("'", "''");
  }

  /** All figures, in a fixed order. */
  public List<Metric> metrics() {
    look();
    Table table = handle.table();
    add("data_files", dataFiles, null, null);
    add(
        "data_files_to_compact",
        new DataFileCompaction(handle, CompactionOptions.of(Map.of(), table, false), null)
            .plan(Expressions.alwaysTrue()).stream().mapToLong(group -> group.files().size()).sum(),
        FILES_TO_COMPACT,
        compaction(""));
    String withDeletes = compaction(", options => MAP['delete-file-threshold', '1']");
    add("delete_files", deleteFiles.size(), DELETE_FILES, withDeletes);
    addPositionDeletes();
    add("equality_delete_files", equalityDeletes.size(), DELETE_FILES, withDeletes);
    long deleted = deletedRows.values().stream().mapToLong(Long::longValue).sum();
    add(
        "deleted_rows_percent",
        rows == 0 ? 0 : Math.min(100, deleted * 100 / rows),
        DELETED_PERCENT,
        withDeletes);
    add(
        "manifests",
        new ManifestRewrite(table, table.spec().specId(), Long.MAX_VALUE).manifestCount(),
        MANIFESTS,
        "CALL system.rewrite_manifests('" + name + "')");
    String anew = compaction(", options => MAP['rewrite-all', 'true']");
    add("data_files_of_earlier_partitioning", earlierPartitioning, 0L, anew);
    add(
        "data_files_not_in_order",
        unsorted,
        dataFiles / 2,
        compaction(", strategy => 'sort', options => MAP['rewrite-all', 'true']"));
    addSnapshots();
    return metrics;
  }

  /** Files that a compaction of them takes, and those that apply to nothing. */
  private void addPositionDeletes() {
    PositionDeleteCompaction.Plan plan =
        new PositionDeleteCompaction(handle, DeleteCompactionOptions.of(Map.of(), handle.table()))
            .plan(Expressions.alwaysTrue());
    String call = "CALL system.rewrite_position_delete_files('" + name + "')";
    add("position_delete_files_to_compact", plan.replaced().size(), DELETE_FILES, call);
    add("dangling_delete_files", plan.dangling().size(), 0L, call);
  }

  private void addSnapshots() {
    MaintenanceSettings settings = MaintenanceSettings.of(metadata);
    String expiry = "CALL system.expire_snapshots('" + name + "')";
    add(
        "snapshots",
        metadata.snapshots().size(),
        (long) settings.maxSnapshots(),
        "CALL system.expire_snapshots('"
            + name
            + "', CURRENT_TIMESTAMP - INTERVAL '1' DAY, "
            + settings.maxSnapshots()
            + ")");
    add("expired_snapshots", expired(), EXPIRED_SNAPSHOTS, expiry);
    add(
        "metadata_bytes",
        store.head(metadata.metadataFileLocation()).map(ObjectInfo::lengthBytes).orElse(0L),
        METADATA_BYTES,
        expiry);
    metrics.add(
        new Metric(
            "auto_maintain",
            settings.enabled() ? 1 : 0,
            null,
            settings.enabled()
                ? null
                : "ALTER TABLE "
                    + name
                    + " SET TBLPROPERTIES ('"
                    + MaintenanceSettings.ENABLED
                    + "' = 'true')"));
  }

  /** What an expiry by the properties of the table may take, heads of branches and tags aside. */
  private long expired() {
    long age =
        metadata.propertyAsLong(
            TableProperties.MAX_SNAPSHOT_AGE_MS, TableProperties.MAX_SNAPSHOT_AGE_MS_DEFAULT);
    long limit = TimeSource.system().nowMillis() - age;
    Set<Long> named = new HashSet<>();
    metadata.refs().values().forEach(ref -> named.add(ref.snapshotId()));
    return metadata.snapshots().stream()
        .filter(snapshot -> snapshot.timestampMillis() < limit)
        .filter(snapshot -> !named.contains(snapshot.snapshotId()))
        .count();
  }

  private String compaction(String more) {
    return "CALL system.rewrite_data_files('" + name + "'" + more + ")";
  }

  private void add(String metric, long value, @Nullable Long limit, @Nullable String advice) {
    metrics.add(new Metric(metric, value, limit, limit != null && value > limit ? advice : null));
  }

  private void look() {
    Snapshot current = handle.table().currentSnapshot();
    if (current == null) {
      return;
    }
    Table table = handle.table();
    boolean isOrdered = table.sortOrder().isSorted();
    try (CloseableIterable<FileScanTask> tasks =
        CallerThread.planned(table.newScan().useSnapshot(current.snapshotId()), table)
            .planFiles()) {
      for (FileScanTask task : tasks) {
        dataFiles++;
        rows += task.file().recordCount();
        earlierPartitioning += task.spec().specId() == table.spec().specId() ? 0 : 1;
        boolean isInOrder = Objects.equals(task.file().sortOrderId(), table.sortOrder().orderId());
        unsorted += isOrdered && !isInOrder ? 1 : 0;
        task.deletes().forEach(this::add);
      }
    } catch (IOException e) {
      throw new EngineException(
          SqlState.IO_ERROR, "the manifests of table " + handle.identifier() + " did not close", e);
    }
  }

  private void add(DeleteFile file) {
    String key = file.location() + "@" + file.contentOffset();
    deleteFiles.add(key);
    if (file.content() == FileContent.EQUALITY_DELETES) {
      equalityDeletes.add(key);
    } else if (ContentFileUtil.isFileScoped(file)) {
      deletedRows.put(key, file.recordCount());
    }
  }
}
