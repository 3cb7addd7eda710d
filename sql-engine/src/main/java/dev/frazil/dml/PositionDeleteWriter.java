package dev.frazil.dml;

import dev.frazil.error.EngineException;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.OwnPositionDeletes;
import dev.frazil.exec.scan.TargetFile;
import dev.frazil.storage.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.deletes.DeleteGranularity;
import org.apache.iceberg.util.StructLikeWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Writes position delete files (Iceberg specification, format version 2): Parquet files of
 * file_path and pos, ascending by both; one a partition, or one a data file where the table's
 * {@code write.delete.granularity} says so. A data file that has position deletes gets a delete
 * file of its own in any case, which takes in those that were its own before: so their number stays
 * one however often rows of it are changed. One thread.
 */
public final class PositionDeleteWriter {
  private final Table table;
  private final ObjectStore store;
  private final QueryContext context;
  private final List<DeleteFile> completed = new ArrayList<>();
  private final List<DeleteFile> replaced = new ArrayList<>();

  /**
   * @throws EngineException 0A000 for a table whose format version has no position deletes
   */
  public PositionDeleteWriter(Table table, ObjectStore store, QueryContext context) {
    int version = TableUtil.formatVersion(table);
    if (version != 2) {
      throw EngineException.unsupported(
          "UPDATE, DELETE or MERGE on table "
              + table.name()
              + ", which has format version "
              + version
              + " instead of 2,");
    }
    this.table = table;
    this.store = store;
    this.context = context;
  }

  /**
   * Writes rows down as deleted.
   *
   * @param targets the files that the rows are of, by location
   * @return durable files, part of no table yet
   */
  public List<DeleteFile> write(RowPositions rows, Map<String, TargetFile> targets) {
    boolean byFile = isByFile(table);
    Map<Object, List<String>> groups = new LinkedHashMap<>();
    for (String file : new TreeSet<>(targets.keySet())) {
      TargetFile target = target(targets, file);
      Object group = byFile || hasPositionDeletes(target) ? file : group(target);
      groups.computeIfAbsent(group, key -> new ArrayList<>()).add(file);
    }
    for (List<String> files : groups.values()) {
      completed.add(writeFile(files, targets, rows));
    }
    return completedFiles();
  }

  /** Whether each data file is to have a delete file of its own. */
  static boolean isByFile(Table table) {
    return DeleteGranularity.fromString(
            table
                .properties()
                .getOrDefault(
                    TableProperties.DELETE_GRANULARITY, TableProperties.DELETE_GRANULARITY_DEFAULT))
        == DeleteGranularity.FILE;
  }

  /** The delete files that those written take the place of, as they name the same rows. */
  public List<DeleteFile> replacedFiles() {
    return List.copyOf(replaced);
  }

  private static boolean hasPositionDeletes(TargetFile target) {
    return target.deletes().stream()
        .anyMatch(delete -> delete.content() == FileContent.POSITION_DELETES);
  }

  /** Of one data file: the new positions, and the old ones of its own delete files. */
  private long[] positions(TargetFile target, RowPositions rows) {
    String location = target.file().location();
    List<DeleteFile> own = OwnPositionDeletes.of(target);
    if (own.isEmpty()) {
      return rows.positions(location);
    }
    RowPositions all = new RowPositions();
    for (long position : rows.positions(location)) {
      all.add(location, position);
    }
    OwnPositionDeletes.read(target, store, context, position -> all.add(location, position));
    replaced.addAll(own);
    return all.positions(location);
  }

  /** The files completed so far: what a caller that gives up hands to {@code maintenance}. */
  public List<DeleteFile> completedFiles() {
    return List.copyOf(completed);
  }

  private static TargetFile target(Map<String, TargetFile> targets, String file) {
    TargetFile target = targets.get(file);
    if (target == null) {
      throw EngineException.internal("nothing is known of the file " + file);
    }
    return target;
  }

  /** Null where the file's spec has none. */
  static @Nullable StructLike partition(TargetFile target) {
    return target.spec().isUnpartitioned() ? null : target.file().partition();
  }

  private record PartitionGroup(int specId, @Nullable StructLikeWrapper partition) {}

  private static PartitionGroup group(TargetFile file) {
    StructLike partition = partition(file);
    return new PartitionGroup(
        file.spec().specId(),
        partition == null
            ? null
            : StructLikeWrapper.forType(file.spec().partitionType()).set(partition));
  }

  private DeleteFile writeFile(
      List<String> files, Map<String, TargetFile> targets, RowPositions rows) {
    TargetFile where = target(targets, files.get(0));
    PositionDeleteOutput output =
        new PositionDeleteOutput(table, store, where.spec(), partition(where));
    try {
      for (String file : files) {
        output.write(file, positions(target(targets, file), rows));
      }
      return output.finish();
    } catch (RuntimeException e) {
      output.abort();
      throw e;
    }
  }
}
