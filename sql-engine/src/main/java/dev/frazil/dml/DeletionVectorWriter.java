package dev.frazil.dml;

import dev.frazil.error.EngineException;
import dev.frazil.storage.ObjectStore;
import dev.frazil.txn.CallerThread;
import dev.frazil.txn.TruncatedPartitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
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
   * Writes the rows down as deleted.
   *
   * @param filter which every one of the rows satisfies
   * @return a durable file, part of no table yet, and the vectors that it replaces
   */
  DeleteWriteResult write(RowPositions rows, Expression filter) {
    Map<String, FileScanTask> tasks = tasks(rows, filter);
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, 0, 0).format(FileFormat.PUFFIN).build();
    BaseDVFileWriter writer =
        new BaseDVFileWriter(files, location -> previous(task(tasks, location)));
    try (writer) {
      for (String location : rows.files()) {
        FileScanTask task = task(tasks, location);
        for (long position : rows.positions(location)) {
          writer.delete(location, position, task.spec(), task.file().partition());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.result();
  }

  private Map<String, FileScanTask> tasks(RowPositions rows, Expression filter) {
    Map<String, FileScanTask> found = new HashMap<>();
    try (CloseableIterable<FileScanTask> planned =
        CallerThread.planned(
                table.newScan().filter(TruncatedPartitions.widened(filter, table.specs().values())),
                table)
            .planFiles()) {
      for (FileScanTask task : planned) {
        if (rows.files().contains(task.file().location())) {
          found.put(task.file().location(), task);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private FileScanTask task(Map<String, FileScanTask> tasks, String location) {
    FileScanTask task = tasks.get(location);
    if (task == null) {
      throw EngineException.internal(
          "rows of table " + table.name() + " were read from a file it does not hold: " + location);
    }
    return task;
  }

  private @Nullable PositionDeleteIndex previous(FileScanTask task) {
    // Equality deletes stay beside the vector, in any version.
    List<DeleteFile> deletes =
        task.deletes().stream()
            .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
            .toList();
    if (deletes.isEmpty()) {
      return null;
    }
    DeleteFile vector = deletes.get(0);
    Long offset = vector.contentOffset();
    Long length = vector.contentSizeInBytes();
    if (deletes.size() > 1
        || vector.format() != FileFormat.PUFFIN
        || offset == null
        || length == null) {
      throw EngineException.unsupported(
          "changing rows of table "
              + table.name()
              + ", which has format version 3 and still holds position delete files of version 2,");
    }
    byte[] content = new byte[Math.toIntExact(length)];
    store.readFully(vector.location(), offset, content, 0, content.length);
    return PositionDeleteIndex.deserialize(content, vector);
  }
}
