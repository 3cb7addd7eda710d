package dev.frazil.exec.scan;

import dev.frazil.plan.TableHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.Projections;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The data files of the snapshots that the sessions of an engine read last, with their bounds: to
 * parse the manifests of a table for every scan of it takes a small query longer than all else. A
 * snapshot never changes, and is known by the location of its manifest list; the next one is put
 * together of the manifests that it shares with those before. Those of many files are not kept:
 * their manifests are read by need, as far as the filter wants them. Thread-safe.
 */
public final class SnapshotFiles {
  /** Of bounds and counts of one column in one file. */
  private static final long STATISTICS_BYTES = 600;

  private static final long MAX_STATISTICS = 1 << 14;

  /**
   * Snapshots, manifests and deletions are each at most this share of memoryLimit, and stand beside
   * it.
   */
  private static final long SHARE_OF_MEMORY = 64;

  private static final int MAX_MANIFESTS = 128;

  /**
   * @param columns not the id of a schema: what is rolled back leaves its id to another one
   */
  private record Key(String manifestList, Types.StructType columns, boolean timeTravel) {}

  private final LinkedHashMap<Key, List<ScanFile>> filesByManifestList =
      new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Key, Long> statistics = new HashMap<>();
  private final KnownManifests manifests;
  private final KnownDeletions deletions;
  private final long maxStatistics;
  private long heldStatistics;

  /**
   * @param memoryLimitBytes what the statements of a session may hold
   */
  public SnapshotFiles(long memoryLimitBytes) {
    this.maxStatistics =
        Math.min(MAX_STATISTICS, memoryLimitBytes / SHARE_OF_MEMORY / STATISTICS_BYTES);
    this.manifests = new KnownManifests(maxStatistics);
    this.deletions = new KnownDeletions(memoryLimitBytes / SHARE_OF_MEMORY);
  }

  /**
   * The files of a snapshot that may hold rows for {@code filter}; null where the snapshot is not
   * one to be kept.
   *
   * @param all plans the files without a filter, with the bounds of all columns, as Iceberg does
   */
  @Nullable List<ScanFile> find(
      TableHandle handle, Snapshot snapshot, Expression filter, Supplier<List<ScanFile>> all) {
    String location = snapshot.manifestListLocation();
    if (location == null) {
      return null;
    }
    // Partitions are read in the types and names that their columns have at the time.
    Key key = new Key(location, handle.table().schema().asStruct(), handle.timeTravel());
    List<ScanFile> files = files(key);
    if (files == null) {
      long count = statistics(handle.table(), snapshot);
      if (count < 0 || count > maxStatistics / 2) {
        return null;
      }
      List<ScanFile> assembled = assembled(handle, snapshot);
      files = List.copyOf(assembled == null ? all.get() : assembled);
      keep(key, files, count);
    }
    return wanted(handle, files, filter);
  }

  /** What equality deletes remove of data files. */
  KnownDeletions deletions() {
    return deletions;
  }

  /** The files by their manifests; null where Iceberg has to plan them. */
  private @Nullable List<ScanFile> assembled(TableHandle handle, Snapshot snapshot) {
    if (handle.timeTravel()) {
      return null;
    }
    Table table = handle.table();
    FileDeletes deletes = new FileDeletes(table.specs());
    for (ManifestFile manifest : snapshot.deleteManifests(table.io())) {
      for (DeleteFile file : manifests.contents(table, manifest).deleteFiles()) {
        if (!deletes.add(file)) {
          return null;
        }
      }
    }
    List<ScanFile> files = new ArrayList<>();
    for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
      PartitionSpec spec = table.specs().get(manifest.partitionSpecId());
      for (DataFile file : manifests.contents(table, manifest).dataFiles()) {
        List<DeleteFile> own = deletes.of(file);
        if (spec == null || own == null) {
          return null;
        }
        files.add(new ScanFile(file, own, spec, Expressions.alwaysTrue()));
      }
    }
    return files;
  }

  private synchronized @Nullable List<ScanFile> files(Key key) {
    return filesByManifestList.get(key);
  }

  private synchronized void keep(Key key, List<ScanFile> files, long count) {
    Long before = statistics.put(key, count);
    heldStatistics += count - (before == null ? 0 : before);
    filesByManifestList.put(key, files);
    var eldest = filesByManifestList.keySet().iterator();
    while (heldStatistics > maxStatistics) {
      Long dropped = statistics.remove(eldest.next());
      heldStatistics -= dropped == null ? 0 : dropped;
      eldest.remove();
    }
  }

  /** Columns of all files together; negative where the manifest list does not tell. */
  private static long statistics(Table table, Snapshot snapshot) {
    List<ManifestFile> manifests = snapshot.allManifests(table.io());
    if (manifests.size() > MAX_MANIFESTS) {
      return -1;
    }
    long files = 1;
    for (ManifestFile manifest : manifests) {
      Integer added = manifest.addedFilesCount();
      Integer existing = manifest.existingFilesCount();
      if (added == null || existing == null) {
        return -1;
      }
      files += (long) added + existing;
    }
    return files * table.schema().columns().size();
  }

  /** The spec under the names that columns have now, not when the files were planned. */
  private static PartitionSpec named(TableHandle handle, Schema schema, PartitionSpec kept) {
    PartitionSpec current = handle.timeTravel() ? null : handle.table().specs().get(kept.specId());
    return current == null ? kept.toUnbound().bind(schema) : current;
  }

  /** Drops the files whose partition or bounds say that no row of them passes the filter. */
  private static List<ScanFile> wanted(
      TableHandle handle, List<ScanFile> files, Expression filter) {
    if (filter.op() == Expression.Operation.TRUE) {
      return files;
    }
    Schema schema = ScanFiles.schema(handle);
    Map<PartitionSpec, PartitionSpec> specs = new HashMap<>();
    InclusiveMetricsEvaluator bounds = new InclusiveMetricsEvaluator(schema, filter, true);
    Map<PartitionSpec, Evaluator> partitions = new HashMap<>();
    Map<PartitionSpec, ResidualEvaluator> residuals = new HashMap<>();
    List<ScanFile> wanted = new ArrayList<>();
    for (ScanFile file : files) {
      PartitionSpec spec = specs.computeIfAbsent(file.spec(), kept -> named(handle, schema, kept));
      Evaluator partition =
          partitions.computeIfAbsent(
              spec,
              key ->
                  new Evaluator(
                      key.partitionType(), Projections.inclusive(key, true).project(filter), true));
      if (partition.eval(file.file().partition()) && bounds.eval(file.file())) {
        Expression residual =
            residuals
                .computeIfAbsent(spec, key -> ResidualEvaluator.of(key, filter, true))
                .residualFor(file.file().partition());
        wanted.add(new ScanFile(file.file(), file.deletes(), spec, residual));
      }
    }
    return wanted;
  }
}
