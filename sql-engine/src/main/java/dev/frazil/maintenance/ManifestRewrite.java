package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.txn.CallerThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataTask;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestWriter;
import org.apache.iceberg.MetadataTableType;
import org.apache.iceberg.MetadataTableUtils;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.RewriteManifests;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/**
 * Puts the manifests of one partitioning together into as few as their target size asks for, each
 * of them with a range of partitions, so that a scan of some partitions reads few. No data file is
 * touched. Compare Iceberg's rewrite action for Spark, which sorts likewise. One thread.
 */
public final class ManifestRewrite {
  private final Table table;
  private final TableOperations operations;
  private final PartitionSpec spec;
  private final List<ManifestFile> data = new ArrayList<>();
  private final List<ManifestFile> deletes = new ArrayList<>();

  /**
   * @param table as the transaction sees it, whose files it writes
   * @param specId of the partitioning; 22023 for one that the table does not have
   * @param maxLengthBytes larger manifests stay as they are
   */
  public ManifestRewrite(Table table, int specId, long maxLengthBytes) {
    this.table = table;
    this.operations = ((HasTableOperations) table).operations();
    PartitionSpec found = table.specs().get(specId);
    if (found == null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the table " + table.name() + " has no partitioning with the id " + specId);
    }
    this.spec = found;
    Snapshot current = table.currentSnapshot();
    if (current != null) {
      for (ManifestFile manifest : current.allManifests(table.io())) {
        if (manifest.partitionSpecId() == specId && manifest.length() <= maxLengthBytes) {
          (manifest.content() == ManifestContent.DATA ? data : deletes).add(manifest);
        }
      }
    }
  }

  /** How many manifests would be written anew. */
  public int manifestCount() {
    return (pays(data) ? data.size() : 0) + (pays(deletes) ? deletes.size() : 0);
  }

  /** One that has its size already is not worth it, as in Iceberg's action. */
  private boolean pays(List<ManifestFile> manifests) {
    return manifests.size() > 1 || (manifests.size() == 1 && targetCount(manifests) > 1);
  }

  private int targetCount(List<ManifestFile> manifests) {
    long target =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.MANIFEST_TARGET_SIZE_BYTES,
            TableProperties.MANIFEST_TARGET_SIZE_BYTES_DEFAULT);
    long length = manifests.stream().mapToLong(ManifestFile::length).sum();
    return (int) Math.max(1, (length + target - 1) / Math.max(1, target));
  }

  /** The change; to be asked for only where {@link #manifestCount} is not 0. */
  public PendingUpdate<?> update() {
    RewriteManifests rewrite = CallerThread.updating(table.rewriteManifests());
    if (pays(data)) {
      Set<String> paths = new HashSet<>();
      data.forEach(manifest -> paths.add(manifest.path()));
      Map<StructLike, Integer> ranges = ranges();
      rewrite
          .rewriteIf(manifest -> paths.contains(manifest.path()))
          .clusterBy(file -> ranges.getOrDefault(file.partition(), 0));
    }
    if (pays(deletes)) {
      deletes.forEach(rewrite::deleteManifest);
      writeDeletes().forEach(rewrite::addManifest);
    }
    return rewrite;
  }

  private Comparator<StructLike> byPartition() {
    return Comparators.forType(spec.partitionType());
  }

  /** Which of the new manifests takes which partition: about as many files each. */
  private Map<StructLike, Integer> ranges() {
    Map<StructLike, Integer> ranges = new TreeMap<>(byPartition());
    int count = targetCount(data);
    if (count == 1 || spec.isUnpartitioned()) {
      return ranges;
    }
    Map<StructLike, Long> files = new TreeMap<>(byPartition());
    long all = 0;
    for (ManifestFile manifest : data) {
      try (CloseableIterable<DataFile> entries =
          ManifestFiles.read(manifest, table.io(), table.specs())) {
        for (DataFile file : entries) {
          files.merge(copy(file.partition()), 1L, Long::sum);
          all++;
        }
      } catch (IOException e) {
        throw unreadable(manifest, e);
      }
    }
    long seen = 0;
    for (Map.Entry<StructLike, Long> partition : files.entrySet()) {
      ranges.put(partition.getKey(), (int) (seen * count / all));
      seen += partition.getValue();
    }
    return ranges;
  }

  private StructLike copy(StructLike partition) {
    PartitionData copy = new PartitionData(spec.partitionType());
    for (int i = 0; i < copy.size(); i++) {
      copy.set(i, partition.get(i, Object.class));
    }
    return copy;
  }

  /** A delete file, and what its manifest knew of it. */
  private record Entry(DeleteFile file, long snapshotId) {}

  private List<ManifestFile> writeDeletes() {
    List<Entry> entries = deleteEntries();
    entries.sort(Comparator.comparing(entry -> entry.file().partition(), byPartition()));
    int count = targetCount(deletes);
    List<ManifestFile> written = new ArrayList<>();
    int formatVersion = TableUtil.formatVersion(table);
    TableMetadata metadata = operations.current();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) entries.size() * i / count);
      int to = (int) ((long) entries.size() * (i + 1) / count);
      if (from == to) {
        continue;
      }
      String location = operations.metadataFileLocation(Ids.system().uuid() + "-m" + i + ".avro");
      ManifestWriter<DeleteFile> writer =
          ManifestFiles.writeDeleteManifest(
              formatVersion,
              metadata.spec(spec.specId()),
              operations.io().newOutputFile(location),
              null);
      try (writer) {
        for (Entry entry : entries.subList(from, to)) {
          DeleteFile file = entry.file();
          writer.existing(
              file, entry.snapshotId(), file.dataSequenceNumber(), file.fileSequenceNumber());
        }
      } catch (IOException e) {
        throw new EngineException(
            SqlState.IO_ERROR, "the manifest " + location + " could not be written", e);
      }
      written.add(writer.toManifestFile());
    }
    return written;
  }

  private List<Entry> deleteEntries() {
    Map<String, Long> snapshots = snapshotsOfDeletes();
    List<Entry> entries = new ArrayList<>();
    for (ManifestFile manifest : deletes) {
      try (CloseableIterable<DeleteFile> files =
          ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
        for (DeleteFile file : files) {
          Long snapshotId = snapshots.get(key(file.location(), file.contentOffset()));
          if (snapshotId == null) {
            throw EngineException.internal("no entry of the delete file " + file.location());
          }
          entries.add(new Entry(file.copy(), snapshotId));
        }
      } catch (IOException e) {
        throw unreadable(manifest, e);
      }
    }
    return entries;
  }

  /** Iceberg's reader of delete files hides the snapshot that added each; its table shows it. */
  private Map<String, Long> snapshotsOfDeletes() {
    Map<String, Long> snapshots = new HashMap<>();
    Table entries =
        MetadataTableUtils.createMetadataTableInstance(table, MetadataTableType.ENTRIES);
    try (CloseableIterable<FileScanTask> tasks =
        CallerThread.planned(
                entries
                    .newScan()
                    .metricsReporter(report -> {})
                    .select(
                        "status", "snapshot_id", "data_file.file_path", "data_file.content_offset"),
                entries)
            .planFiles()) {
      for (FileScanTask task : tasks) {
        try (CloseableIterable<StructLike> rows = ((DataTask) task).rows()) {
          for (StructLike row : rows) {
            StructLike file = row.get(2, StructLike.class);
            if (row.get(0, Integer.class) < 2) {
              snapshots.put(
                  key(file.get(0, CharSequence.class).toString(), file.get(1, Long.class)),
                  row.get(1, Long.class));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new EngineException(
          SqlState.IO_ERROR, "the manifests of the table " + table.name() + " did not close", e);
    }
    return snapshots;
  }

  /** Deletion vectors of many data files stand in one file. */
  private static String key(String location, @Nullable Long offset) {
    return location + "@" + offset;
  }

  private static EngineException unreadable(ManifestFile manifest, IOException e) {
    return new EngineException(
        SqlState.IO_ERROR, "the manifest " + manifest.path() + " did not close", e);
  }
}
