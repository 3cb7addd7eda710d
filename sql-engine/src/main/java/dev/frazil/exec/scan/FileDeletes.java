package dev.frazil.exec.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.util.ContentFileUtil;
import org.apache.iceberg.util.StructLikeWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Which position delete files and deletion vectors of a snapshot go with which data file (Iceberg
 * specification, "Scan Planning"). What it does not know, equality deletes, or finds to contradict
 * itself is left to Iceberg's own planning. One thread.
 */
final class FileDeletes {
  private final Map<Integer, PartitionSpec> specs;
  private final Map<String, DeleteFile> vectors = new HashMap<>();
  private final Map<String, List<DeleteFile>> byDataFile = new HashMap<>();
  private final Map<Partition, List<DeleteFile>> byPartition = new HashMap<>();

  private record Partition(int specId, @Nullable StructLikeWrapper values) {}

  FileDeletes(Map<Integer, PartitionSpec> specs) {
    this.specs = specs;
  }

  /** Takes a delete file of the snapshot; false for one that is left to Iceberg. */
  boolean add(DeleteFile file) {
    if (file.content() != FileContent.POSITION_DELETES || file.dataSequenceNumber() == null) {
      return false;
    }
    String dataFile = ContentFileUtil.referencedDataFileLocation(file);
    if (ContentFileUtil.isDV(file)) {
      return dataFile != null && vectors.put(dataFile, file) == null;
    }
    if (dataFile != null) {
      byDataFile.computeIfAbsent(dataFile, location -> new ArrayList<>(1)).add(file);
      return true;
    }
    Partition partition = partition(file.specId(), file.partition());
    if (partition == null) {
      return false;
    }
    byPartition.computeIfAbsent(partition, key -> new ArrayList<>(1)).add(file);
    return true;
  }

  /** The delete files that may name rows of a data file; null where that is left to Iceberg. */
  @Nullable List<DeleteFile> of(DataFile file) {
    if (vectors.isEmpty() && byDataFile.isEmpty() && byPartition.isEmpty()) {
      return List.of();
    }
    Long sequenceNumber = file.dataSequenceNumber();
    Partition partition = partition(file.specId(), file.partition());
    if (sequenceNumber == null || partition == null) {
      return null;
    }
    DeleteFile vector = vectors.get(file.location());
    if (vector != null) {
      // In its place are the position deletes of before.
      return since(vector, sequenceNumber) && isOf(partition, vector) ? List.of(vector) : null;
    }
    List<DeleteFile> found = new ArrayList<>();
    for (DeleteFile delete : byPartition.getOrDefault(partition, List.of())) {
      if (since(delete, sequenceNumber)) {
        found.add(delete);
      }
    }
    for (DeleteFile delete : byDataFile.getOrDefault(file.location(), List.of())) {
      if (since(delete, sequenceNumber)) {
        if (!isOf(partition, delete)) {
          return null;
        }
        found.add(delete);
      }
    }
    return List.copyOf(found);
  }

  /** Deletes by position are those of older files and of files of their own commit. */
  private static boolean since(DeleteFile delete, long sequenceNumber) {
    Long own = delete.dataSequenceNumber();
    return own != null && own >= sequenceNumber;
  }

  private boolean isOf(Partition partition, DeleteFile delete) {
    return Objects.equals(partition, partition(delete.specId(), delete.partition()));
  }

  private @Nullable Partition partition(int specId, StructLike values) {
    PartitionSpec spec = specs.get(specId);
    if (spec == null) {
      return null;
    }
    return new Partition(
        specId,
        spec.isUnpartitioned()
            ? null
            : StructLikeWrapper.forType(spec.partitionType()).set(values));
  }
}
