package dev.frazil.dml;

import dev.frazil.error.EngineException;
import dev.frazil.exec.scan.TargetFile;
import dev.frazil.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.OutputFileFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes deletion vectors (Iceberg specification, format version 3): one Puffin file with a bitmap
 * for each data file. A data file has one vector at most, so the new one takes the old one in and
 * its place. One thread.
 */
final class DeletionVectorWriter {
  private final Table table;
  private final ObjectStore store;

  DeletionVectorWriter(Table table, ObjectStore store) {
    this.table = table;
    this.store = store;
  }

  /**
   * Writes rows down as deleted.
   *
   * @param targets the files to write vectors for, by location
   * @return a durable file, part of no table yet, and the vectors that it replaces
   */
  DeleteWriteResult write(RowPositions rows, Map<String, TargetFile> targets) {
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, 0, 0).format(FileFormat.PUFFIN).build();
    BaseDVFileWriter writer =
        new BaseDVFileWriter(files, location -> previous(target(targets, location)));
    try (writer) {
      for (Map.Entry<String, TargetFile> target : targets.entrySet()) {
        for (long position : rows.positions(target.getKey())) {
          writer.delete(
              target.getKey(),
              position,
              target.getValue().spec(),
              target.getValue().file().partition());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.result();
  }

  private static TargetFile target(Map<String, TargetFile> targets, String location) {
    TargetFile target = targets.get(location);
    if (target == null) {
      throw EngineException.internal("a vector is written for an unknown file: " + location);
    }
    return target;
  }

  /** Whether the deletes that a file has can go into its vector. */
  static boolean canTakeIn(List<DeleteFile> deletes) {
    List<DeleteFile> positions = positionDeletes(deletes);
    return positions.isEmpty()
        || (positions.size() == 1 && positions.get(0).format() == FileFormat.PUFFIN);
  }

  private static List<DeleteFile> positionDeletes(List<DeleteFile> deletes) {
    // Equality deletes stay beside the vector, in any version.
    return deletes.stream()
        .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
        .toList();
  }

  private @Nullable PositionDeleteIndex previous(TargetFile target) {
    List<DeleteFile> deletes = positionDeletes(target.deletes());
    if (deletes.isEmpty()) {
      return null;
    }
    DeleteFile vector = deletes.get(0);
    Long offset = vector.contentOffset();
    Long length = vector.contentSizeInBytes();
    if (!canTakeIn(deletes) || offset == null || length == null) {
      throw EngineException.internal("a file with position deletes of version 2 gets a vector");
    }
    byte[] content = new byte[Math.toIntExact(length)];
    store.readFully(vector.location(), offset, content, 0, content.length);
    return PositionDeleteIndex.deserialize(content, vector);
  }
}
