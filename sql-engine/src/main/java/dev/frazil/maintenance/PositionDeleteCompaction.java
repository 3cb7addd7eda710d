package dev.frazil.maintenance;

import dev.frazil.dml.DeleteFileRewrite;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.TargetFile;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.ObjectStore;
import dev.frazil.txn.CallerThread;
import dev.frazil.txn.PromotedDates;
import dev.frazil.txn.RewrittenDeletes;
import dev.frazil.txn.TruncatedPartitions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.BinPacking;
import org.apache.iceberg.util.ContentFileUtil;
import org.apache.iceberg.util.Pair;
import org.apache.iceberg.util.StructLikeWrapper;

/**
 * Compaction of the position deletes of one table: small delete files of a partition are put
 * together, and those that name rows of no data file any more go. From format version 3 on,
 * position delete files of version 2 become deletion vectors, and the vectors of small files come
 * into one. No data file is touched. Compare Iceberg's rewrite action for Spark. One thread.
 */
public final class PositionDeleteCompaction {
  private static final int VECTOR_VERSION = 3;

  private final TableHandle table;
  private final FileSizes sizes;

  /** The data files that each delete file applies to, by its key. */
  private final Map<String, List<TargetFile>> uses = new LinkedHashMap<>();

  public PositionDeleteCompaction(TableHandle table, FileSizes sizes) {
    this.table = table;
    this.sizes = sizes;
  }

  /**
   * What is written anew together. Immutable.
   *
   * @param taken the keys of the delete files
   * @param targets the data files that they apply to
   */
  public record Group(Set<String> taken, List<TargetFile> targets) {
    public Group {
      taken = Set.copyOf(taken);
      targets = List.copyOf(targets);
    }
  }

  /**
   * What to do. Immutable.
   *
   * @param dangling delete files that apply to no data file
   * @param replaced those whose rows are written anew
   */
  public record Plan(List<DeleteFile> dangling, List<DeleteFile> replaced, List<Group> groups) {
    public Plan {
      dangling = List.copyOf(dangling);
      replaced = List.copyOf(replaced);
      groups = List.copyOf(groups);
    }

    public boolean isEmpty() {
      return dangling.isEmpty() && replaced.isEmpty();
    }

    List<DeleteFile> removed() {
      List<DeleteFile> removed = new ArrayList<>(dangling);
      removed.addAll(replaced);
      return removed;
    }
  }

  /**
   * What to do.
   *
   * @param filter only delete files of data files that may hold rows for it
   */
  public Plan plan(Expression filter) {
    Long snapshotId = table.snapshotId();
    if (snapshotId == null) {
      return new Plan(List.of(), List.of(), List.of());
    }
    uses.clear();
    for (TargetFile target : targets(snapshotId, Expressions.alwaysTrue())) {
      for (DeleteFile file : target.deletes()) {
        uses.computeIfAbsent(RewrittenDeletes.key(file), key -> new ArrayList<>()).add(target);
      }
    }
    boolean all = filter.op() == Expression.Operation.TRUE;
    Set<String> wanted = all ? uses.keySet() : keys(targets(snapshotId, filter));
    List<DeleteFile> dangling = new ArrayList<>();
    List<DeleteFile> candidates = new ArrayList<>();
    for (DeleteFile file : positionDeletes(snapshotId)) {
      String key = RewrittenDeletes.key(file);
      if (wanted.contains(key)) {
        candidates.add(file);
      } else if (all) {
        dangling.add(file);
      }
    }
    boolean hasVectors = TableUtil.formatVersion(table.table()) >= VECTOR_VERSION;
    List<List<DeleteFile>> chosen = hasVectors ? forVectors(candidates) : byPartition(candidates);
    List<DeleteFile> replaced = chosen.stream().flatMap(List::stream).toList();
    List<Group> groups = new ArrayList<>();
    if (hasVectors) {
      groups.addAll(vectorGroups(replaced));
    } else {
      chosen.forEach(files -> groups.add(group(files)));
    }
    return new Plan(dangling, replaced, groups);
  }

  /** Those of the data files that have deletes. */
  private List<TargetFile> targets(long snapshotId, Expression filter) {
    Table iceberg = table.table();
    Expression widened =
        TruncatedPartitions.widened(
            PromotedDates.without(filter, iceberg), iceberg.specs().values());
    List<TargetFile> targets = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        CallerThread.planned(iceberg.newScan().useSnapshot(snapshotId).filter(widened), iceberg)
            .planFiles()) {
      for (FileScanTask task : tasks) {
        if (!task.deletes().isEmpty()) {
          targets.add(new TargetFile(task.file(), task.deletes(), task.spec()));
        }
      }
    } catch (IOException e) {
      throw unclosed(e);
    }
    return targets;
  }

  private static Set<String> keys(List<TargetFile> targets) {
    Set<String> keys = new HashSet<>();
    targets.forEach(
        target -> target.deletes().forEach(file -> keys.add(RewrittenDeletes.key(file))));
    return keys;
  }

  /** All that the snapshot holds, whether they apply to a data file or not. */
  private List<DeleteFile> positionDeletes(long snapshotId) {
    try {
      return DanglingDeletes.all(table.table(), snapshotId).stream()
          .filter(file -> file.content() == FileContent.POSITION_DELETES)
          .toList();
    } catch (IOException e) {
      throw unclosed(e);
    }
  }

  private EngineException unclosed(IOException e) {
    return new EngineException(
        SqlState.IO_ERROR, "the manifests of table " + table.identifier() + " did not close", e);
  }

  /** Version 2: the wrongly sized ones of each partition, where they are enough. */
  private List<List<DeleteFile>> byPartition(List<DeleteFile> files) {
    Map<Object, List<DeleteFile>> partitions = new LinkedHashMap<>();
    for (DeleteFile file : files) {
      if (sizes.rewriteAll() || (sizes.isOutside(file.fileSizeInBytes()) && !isAsAsked(file))) {
        partitions
            .computeIfAbsent(partition(file.specId(), file.partition()), k -> new ArrayList<>())
            .add(file);
      }
    }
    List<List<DeleteFile>> chosen = new ArrayList<>();
    partitions.values().forEach(partition -> chosen.addAll(worthwhile(partition)));
    return chosen;
  }

  private Object partition(int specId, StructLike partition) {
    Types.StructType type =
        Objects.requireNonNull(table.table().specs().get(specId)).partitionType();
    return Pair.of(specId, StructLikeWrapper.forType(type).set(partition));
  }

  private List<List<DeleteFile>> worthwhile(List<DeleteFile> files) {
    return new BinPacking.ListPacker<DeleteFile>(sizes.maxGroupBytes(), 1, false)
        .pack(files, PositionDeleteCompaction::lengthBytes).stream()
            .filter(
                group ->
                    sizes.rewriteAll()
                        || sizes.pays(
                            group.size(),
                            group.stream().mapToLong(PositionDeleteCompaction::lengthBytes).sum()))
            .toList();
  }

  /**
   * Whether the table wants a delete file for each data file, and this is one, and the only one.
   */
  private boolean isAsAsked(DeleteFile file) {
    return DeleteFileRewrite.isByFile(table.table())
        && ContentFileUtil.isFileScoped(file)
        && uses.getOrDefault(RewrittenDeletes.key(file), List.of()).stream()
            .allMatch(target -> positionDeletes(target) == 1);
  }

  private static long positionDeletes(TargetFile target) {
    return target.deletes().stream()
        .filter(file -> file.content() == FileContent.POSITION_DELETES)
        .count();
  }

  /** From version 3 on: all files of version 2, and vectors whose file is small. */
  private List<List<DeleteFile>> forVectors(List<DeleteFile> files) {
    List<DeleteFile> earlier = new ArrayList<>();
    Map<String, List<DeleteFile>> vectors = new LinkedHashMap<>();
    for (DeleteFile file : files) {
      if (file.format() != FileFormat.PUFFIN) {
        earlier.add(file);
      } else if (sizes.rewriteAll() || sizes.isOutside(file.fileSizeInBytes())) {
        vectors.computeIfAbsent(file.location(), location -> new ArrayList<>()).add(file);
      }
    }
    List<List<DeleteFile>> chosen = new ArrayList<>(List.of(earlier));
    long lengthBytes =
        vectors.values().stream()
            .flatMap(List::stream)
            .mapToLong(PositionDeleteCompaction::lengthBytes)
            .sum();
    if (sizes.rewriteAll() || sizes.pays(vectors.size(), lengthBytes)) {
      chosen.addAll(vectors.values());
    }
    return chosen;
  }

  private Group group(List<DeleteFile> files) {
    Set<String> taken = new LinkedHashSet<>();
    Map<String, TargetFile> targets = new LinkedHashMap<>();
    for (DeleteFile file : files) {
      String key = RewrittenDeletes.key(file);
      taken.add(key);
      uses.getOrDefault(key, List.of())
          .forEach(target -> targets.put(target.file().location(), target));
    }
    return new Group(taken, List.copyOf(targets.values()));
  }

  /** A data file has one vector, so what matters is which data files stand together. */
  private List<Group> vectorGroups(List<DeleteFile> replaced) {
    Group all = group(replaced);
    long lengthBytes = replaced.stream().mapToLong(PositionDeleteCompaction::lengthBytes).sum();
    long count = Math.max(1, (lengthBytes + sizes.targetBytes() - 1) / sizes.targetBytes());
    int each = (int) Math.max(1, (all.targets().size() + count - 1) / count);
    List<Group> groups = new ArrayList<>();
    for (int from = 0; from < all.targets().size(); from += each) {
      int to = Math.min(all.targets().size(), from + each);
      groups.add(new Group(all.taken(), all.targets().subList(from, to)));
    }
    return groups;
  }

  /** That of a vector within its file. */
  public static long lengthBytes(DeleteFile file) {
    Long vector = file.contentSizeInBytes();
    return vector == null ? file.fileSizeInBytes() : vector;
  }

  /**
   * Writes the new delete files.
   *
   * @param staged told every file that was completed, also when the work fails
   */
  public RewrittenDeletes rewrite(
      Plan plan, ObjectStore store, QueryContext context, Consumer<List<DeleteFile>> staged) {
    DeleteFileRewrite rewrite =
        new DeleteFileRewrite(table.table(), store, context, sizes.targetBytes());
    try {
      for (Group group : plan.groups()) {
        rewrite.write(group.targets(), file -> group.taken().contains(RewrittenDeletes.key(file)));
      }
    } finally {
      staged.accept(rewrite.completedFiles());
    }
    Snapshot snapshot =
        Objects.requireNonNull(table.table().snapshot(Objects.requireNonNull(table.snapshotId())));
    long newest = 0;
    for (DeleteFile file : plan.replaced()) {
      Long sequenceNumber = file.dataSequenceNumber();
      newest =
          Math.max(newest, sequenceNumber == null ? snapshot.sequenceNumber() : sequenceNumber);
    }
    return new RewrittenDeletes(
        rewrite.completedFiles(), plan.removed(), snapshot.snapshotId(), newest);
  }
}
