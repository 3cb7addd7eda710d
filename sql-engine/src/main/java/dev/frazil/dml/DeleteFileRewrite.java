package dev.frazil.dml;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.AppliedPositionDeletes;
import dev.frazil.exec.scan.TargetFile;
import dev.frazil.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.util.Pair;
import org.apache.iceberg.util.StructLikeWrapper;

/**
 * Writes the deleted rows of data files into new delete files: position delete files on format
 * version 2, deletion vectors from version 3 on. One thread.
 */
public final class DeleteFileRewrite {
  private static final int VECTOR_VERSION = 3;

  private final Table table;
  private final ObjectStore store;
  private final QueryContext context;
  private final long targetFileBytes;
  private final List<DeleteFile> completed = new ArrayList<>();

  /**
   * @param targetFileBytes the length at which a position delete file is complete
   */
  public DeleteFileRewrite(
      Table table, ObjectStore store, QueryContext context, long targetFileBytes) {
    this.table = table;
    this.store = store;
    this.context = context;
    this.targetFileBytes = targetFileBytes;
  }

  /**
   * Writes the rows down that delete files name.
   *
   * @param targets the data files that these apply to, with all deletes that they have
   * @param taken those whose place the new ones take. A vector takes in every position delete of
   *     its data file, as readers pass the others over then
   */
  public void write(Collection<TargetFile> targets, Predicate<DeleteFile> taken) {
    Map<String, TargetFile> byLocation = new TreeMap<>();
    targets.forEach(target -> byLocation.put(target.file().location(), target));
    try (AppliedPositionDeletes positions =
        new AppliedPositionDeletes(store, context, "the deleted positions of " + table.name())) {
      if (TableUtil.formatVersion(table) >= VECTOR_VERSION) {
        writeVectors(byLocation.values(), positions);
      } else {
        writeFiles(byLocation.values(), positions, taken);
      }
    }
  }

  /** Whether a table wants a position delete file for each data file. */
  public static boolean isByFile(Table table) {
    return PositionDeleteWriter.isByFile(table);
  }

  /** Durable files, part of no table yet; also after a failure. */
  public List<DeleteFile> completedFiles() {
    return List.copyOf(completed);
  }

  private void writeVectors(Collection<TargetFile> targets, AppliedPositionDeletes positions) {
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, 0, 0).format(FileFormat.PUFFIN).build();
    BaseDVFileWriter writer = new BaseDVFileWriter(files, location -> null);
    try (writer) {
      for (TargetFile target : targets) {
        context.cancellation().check();
        for (long position : positions.of(target, target.deletes())) {
          writer.delete(
              target.file().location(), position, target.spec(), target.file().partition());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    completed.addAll(writer.result().deleteFiles());
  }

  private void writeFiles(
      Collection<TargetFile> targets,
      AppliedPositionDeletes positions,
      Predicate<DeleteFile> taken) {
    boolean byFile = PositionDeleteWriter.isByFile(table);
    Map<Object, List<TargetFile>> partitions = new LinkedHashMap<>();
    for (TargetFile target : targets) {
      partitions.computeIfAbsent(partition(target), key -> new ArrayList<>()).add(target);
    }
    for (List<TargetFile> partition : partitions.values()) {
      writePartition(partition, positions, taken, byFile ? 0 : targetFileBytes);
    }
  }

  private static Object partition(TargetFile target) {
    return Pair.of(
        target.spec().specId(),
        StructLikeWrapper.forType(target.spec().partitionType()).set(target.file().partition()));
  }

  private void writePartition(
      List<TargetFile> targets,
      AppliedPositionDeletes positions,
      Predicate<DeleteFile> taken,
      long lengthBytes) {
    TargetFile any = targets.get(0);
    PositionDeleteOutput open = null;
    try {
      for (TargetFile target : targets) {
        context.cancellation().check();
        long[] rows = positions.of(target, target.deletes().stream().filter(taken).toList());
        if (rows.length == 0) {
          continue;
        }
        if (open == null) {
          open =
              new PositionDeleteOutput(
                  table, store, any.spec(), PositionDeleteWriter.partition(any));
        }
        open.write(target.file().location(), rows);
        if (open.lengthEstimateBytes() >= lengthBytes) {
          completed.add(open.finish());
          open = null;
        }
      }
      if (open != null) {
        completed.add(open.finish());
        open = null;
      }
    } finally {
      if (open != null) {
        open.abort();
      }
    }
  }
}
