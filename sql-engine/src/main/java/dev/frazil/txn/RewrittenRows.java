package dev.frazil.txn;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.util.ContentFileUtil;
import org.apache.iceberg.util.PartitionSet;

/**
 * The rows that compactions of a transaction moved, to find what others did to them meanwhile.
 *
 * <p>That includes equality deletes, although the new files are older than these and would be read
 * with them: Iceberg's commit (1.12, {@code MergingSnapshotProducer.apply}) drops delete files that
 * are older than every data file it knows, among which it does not count the new ones, and the
 * deleted rows are back (compare apache/iceberg #7452, #10312; see
 * docs/adr/compaction-runs-again-beside-equality-deletes.md). Immutable.
 */
final class RewrittenRows {
  private final Set<String> locations = new HashSet<>();
  private final PartitionSet partitions;
  private final TableMetadata metadata;

  RewrittenRows(List<RewrittenFiles> rewrites, TableMetadata metadata) {
    this.metadata = metadata;
    this.partitions = PartitionSet.create(metadata.specsById());
    for (RewrittenFiles files : rewrites) {
      for (DataFile file : files.removed()) {
        locations.add(file.location());
        add(file);
      }
      files.added().forEach(this::add);
    }
  }

  private void add(ContentFile<?> file) {
    if (metadata.spec(file.specId()) != null) {
      partitions.add(file.specId(), file.partition());
    }
  }

  /** Files that a compaction read must hold the rows that it found; 40001. */
  void validate(TableIdentifier identifier, Snapshot snapshot, SnapshotChanges changes) {
    for (DataFile removed : changes.removedDataFiles()) {
      if (locations.contains(removed.location())) {
        throw ConflictValidator.conflict(
            identifier, "a file with the same rows was rewritten", snapshot);
      }
    }
    for (DeleteFile added : changes.addedDeleteFiles()) {
      if (mayLose(added)) {
        throw ConflictValidator.conflict(
            identifier, "rows of the same files were deleted", snapshot);
      }
    }
  }

  /** Whether a delete file may hold some of the rows. */
  private boolean mayLose(DeleteFile deletes) {
    String referenced = ContentFileUtil.referencedDataFileLocation(deletes);
    if (referenced != null) {
      return locations.contains(referenced);
    }
    PartitionSpec spec = metadata.spec(deletes.specId());
    return spec == null
        || spec.isUnpartitioned()
        || partitions.contains(deletes.specId(), deletes.partition());
  }
}
