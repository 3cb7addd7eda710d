package dev.frazil.maintenance;

import dev.frazil.dml.FileRewrite;
import dev.frazil.dml.ZOrder;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.TargetFile;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.ObjectStore;
import dev.frazil.txn.CallerThread;
import dev.frazil.txn.PromotedDates;
import dev.frazil.txn.RewrittenFiles;
import dev.frazil.txn.TruncatedPartitions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.BinPacking;
import org.apache.iceberg.util.ContentFileUtil;
import org.apache.iceberg.util.StructLikeWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Compaction of the data files of one table: chooses files by partition, and copies the rows that
 * are left of them into files of the target size. Deletes of every kind are applied; what comes to
 * the table meanwhile is for the transaction that commits the outcome. One thread.
 */
public final class DataFileCompaction {
  private static final int MOST_IN_PORTION = 16;

  private final TableHandle table;
  private final CompactionOptions options;
  private final @Nullable SortOrder order;
  private final List<Types.NestedField> curve;

  /** How many data files of the table each delete file may hold rows of; once all were seen. */
  private final Map<String, Integer> uses = new HashMap<>();

  private boolean sawAllFiles;

  /**
   * @param order of the rows in the new files; null for that of the table
   */
  public DataFileCompaction(
      TableHandle table, CompactionOptions options, @Nullable SortOrder order) {
    this(table, options, order, List.of());
  }

  /**
   * As above.
   *
   * @param curve the columns of a z-curve that gives the order; none for {@code order}
   */
  public DataFileCompaction(
      TableHandle table,
      CompactionOptions options,
      @Nullable SortOrder order,
      List<Types.NestedField> curve) {
    this.table = table;
    this.options = options;
    this.order = curve.isEmpty() ? order : SortOrder.unsorted();
    this.curve = List.copyOf(curve);
  }

  /** Files of a partition that are written anew together. Immutable. */
  public record FileGroup(List<TargetFile> files) {
    public FileGroup {
      files = List.copyOf(files);
    }

    /** The locations of the data files. */
    public Set<String> locations() {
      Set<String> locations = new LinkedHashSet<>();
      files.forEach(file -> locations.add(file.file().location()));
      return locations;
    }

    /** The size of the data files. */
    public long lengthBytes() {
      return files.stream().mapToLong(file -> file.file().fileSizeInBytes()).sum();
    }
  }

  /**
   * What to write anew.
   *
   * @param filter only files that may hold rows for it
   */
  public List<FileGroup> plan(Expression filter) {
    List<FileGroup> groups = new ArrayList<>();
    for (List<TargetFile> partition : byPartition(filter)) {
      List<TargetFile> candidates =
          options.sizes().rewriteAll()
              ? partition
              : partition.stream().filter(this::isCandidate).toList();
      List<List<TargetFile>> packed =
          new BinPacking.ListPacker<TargetFile>(options.sizes().maxGroupBytes(), 1, false)
              .pack(candidates, file -> file.file().fileSizeInBytes());
      for (List<TargetFile> files : packed) {
        FileGroup group = new FileGroup(files);
        if (options.sizes().rewriteAll() || pays(group)) {
          groups.add(group);
        }
      }
    }
    return options.selection().of(groups);
  }

  /**
   * Small files to write anew within a bound, those first of the partitions with the most of them.
   * A file goes only with as many bytes of smaller ones, so that each byte is written anew as often
   * as the table doubles; one with many deletes goes by itself.
   */
  public List<FileGroup> planWithin(long boundBytes) {
    List<List<TargetFile>> partitions = byPartition(Expressions.alwaysTrue());
    partitions.remove(partitions.size() - 1); // of earlier partitionings
    List<FileGroup> wanted = new ArrayList<>();
    for (List<TargetFile> partition : partitions) {
      List<TargetFile> bySize = new ArrayList<>(partition);
      bySize.sort(Comparator.comparingLong(file -> file.file().fileSizeInBytes()));
      List<TargetFile> files = new ArrayList<>();
      long length = 0;
      for (TargetFile file : bySize) {
        long own = file.file().fileSizeInBytes();
        boolean fits = own < options.sizes().minBytes() && length + own <= boundBytes;
        if (!fits || (files.size() >= options.sizes().minInputFiles() && own > length)) {
          break;
        }
        files.add(file);
        length += own;
      }
      int together = files.size() >= options.sizes().minInputFiles() ? files.size() : 0;
      wanted.addAll(portions(files));
      bySize.stream()
          .skip(together)
          .filter(this::hasManyDeletes)
          .forEach(file -> wanted.add(new FileGroup(List.of(file))));
    }
    wanted.sort(Comparator.comparingInt((FileGroup group) -> group.files().size()).reversed());
    List<FileGroup> groups = new ArrayList<>();
    long length = 0;
    for (FileGroup group : wanted) {
      if (length + group.lengthBytes() <= boundBytes) {
        groups.add(group);
        length += group.lengthBytes();
      }
    }
    return groups;
  }

  /** Of a size that the shortest of budgets has time for; of the last files too few are left. */
  private List<FileGroup> portions(List<TargetFile> files) {
    List<FileGroup> portions = new ArrayList<>();
    for (int from = 0; from < files.size(); from += MOST_IN_PORTION) {
      List<TargetFile> portion =
          files.subList(from, Math.min(files.size(), from + MOST_IN_PORTION));
      if (portion.size() >= options.sizes().minInputFiles()) {
        portions.add(new FileGroup(portion));
      }
    }
    return portions;
  }

  /** As one group: those of the data files, given by location, that the table still has. */
  public List<FileGroup> planOf(Set<String> locations) {
    List<TargetFile> files = new ArrayList<>();
    for (List<TargetFile> partition : byPartition(Expressions.alwaysTrue())) {
      partition.stream()
          .filter(file -> locations.contains(file.file().location()))
          .forEach(files::add);
    }
    return files.isEmpty() ? List.of() : List.of(new FileGroup(files));
  }

  /** Those of an earlier partitioning stand together: their rows go to the current one. */
  private List<List<TargetFile>> byPartition(Expression filter) {
    Long snapshotId = table.snapshotId();
    if (snapshotId == null) {
      return List.of();
    }
    Table iceberg = table.table();
    int currentSpec = iceberg.spec().specId();
    uses.clear();
    sawAllFiles = filter.op() == Expression.Operation.TRUE;
    Map<StructLikeWrapper, List<TargetFile>> partitions = new LinkedHashMap<>();
    StructLikeWrapper key = StructLikeWrapper.forType(iceberg.spec().partitionType());
    List<TargetFile> earlier = new ArrayList<>();
    Expression widened =
        TruncatedPartitions.widened(
            PromotedDates.without(filter, iceberg), iceberg.specs().values());
    TableScan scan = iceberg.newScan().useSnapshot(snapshotId).filter(widened);
    if (!curve.isEmpty()) {
      scan = scan.includeColumnStats(curve.stream().map(Types.NestedField::name).toList());
    }
    try (CloseableIterable<FileScanTask> tasks = CallerThread.planned(scan, iceberg).planFiles()) {
      for (FileScanTask task : tasks) {
        TargetFile file = new TargetFile(task.file(), task.deletes(), task.spec());
        task.deletes().forEach(deletes -> uses.merge(key(deletes), 1, Integer::sum));
        if (task.spec().specId() == currentSpec) {
          partitions
              .computeIfAbsent(key.copyFor(task.file().partition()), k -> new ArrayList<>())
              .add(file);
        } else {
          earlier.add(file);
        }
      }
    } catch (IOException e) {
      throw new EngineException(
          SqlState.IO_ERROR, "the manifests of table " + table.identifier() + " did not close", e);
    }
    List<List<TargetFile>> all = new ArrayList<>(partitions.values());
    all.add(earlier);
    return all;
  }

  private boolean isCandidate(TargetFile file) {
    return options.sizes().isOutside(file.file().fileSizeInBytes()) || hasManyDeletes(file);
  }

  private boolean hasManyDeletes(TargetFile file) {
    if (file.deletes().size() >= options.deleteFileThreshold()) {
      return true;
    }
    long deleted = 0;
    for (DeleteFile deletes : file.deletes()) {
      deleted += ContentFileUtil.isFileScoped(deletes) ? deletes.recordCount() : 0;
    }
    long rows = file.file().recordCount();
    return deleted > 0 && (double) Math.min(deleted, rows) / rows >= options.deleteRatioThreshold();
  }

  private boolean pays(FileGroup group) {
    return options.sizes().pays(group.files().size(), group.lengthBytes())
        || group.files().stream().anyMatch(this::hasManyDeletes);
  }

  /**
   * Writes what is left of the rows of the groups.
   *
   * @param staged told every file that was completed, also when the work fails
   */
  public RewrittenFiles rewrite(
      List<FileGroup> groups, ObjectStore store, QueryContext context, StagedFiles staged) {
    Snapshot snapshot =
        Objects.requireNonNull(table.table().snapshot(Objects.requireNonNull(table.snapshotId())));
    Set<String> locations = new HashSet<>();
    List<DataFile> removed = new ArrayList<>();
    for (FileGroup group : groups) {
      for (TargetFile file : group.files()) {
        locations.add(file.file().location());
        removed.add(file.file());
      }
    }
    ZOrder along =
        curve.isEmpty()
            ? null
            : new ZOrder(
                table.table().schema(),
                curve,
                options.variableBytes(),
                options.mostCurveBytes(),
                removed);
    RewriteTarget target = new RewriteTarget(table.table(), options.sizes().targetBytes(), order);
    FileRewrite rewrite = new FileRewrite(table, target.written(), along, store, context);
    try (rewrite) {
      rewrite.copy(locations);
      List<DataFile> added = rewrite.finish();
      return new RewrittenFiles(
          added.stream().map(target::known).toList(),
          removed,
          needlessDeletes(groups),
          snapshot.snapshotId(),
          snapshot.sequenceNumber());
    } finally {
      staged.completed(rewrite.completedFiles());
    }
  }

  /** The delete files that hold rows of these data files and of no others. */
  private List<DeleteFile> needlessDeletes(List<FileGroup> groups) {
    Map<String, Integer> rewritten = new HashMap<>();
    Map<String, DeleteFile> needless = new LinkedHashMap<>();
    for (FileGroup group : groups) {
      for (TargetFile file : group.files()) {
        for (DeleteFile deletes : file.deletes()) {
          String key = key(deletes);
          int count = rewritten.merge(key, 1, Integer::sum);
          boolean isLastUse = sawAllFiles && Objects.equals(uses.get(key), count);
          if (isLastUse || ContentFileUtil.isFileScoped(deletes)) {
            needless.put(key, deletes);
          }
        }
      }
    }
    return List.copyOf(needless.values());
  }

  /** Deletion vectors of many data files stand in one file. */
  private static String key(DeleteFile deletes) {
    return deletes.location() + "@" + deletes.contentOffset();
  }

  /** Takes the files of a statement. */
  public interface StagedFiles {
    void completed(List<DataFile> files);
  }
}
