package dev.frazil.txn;

import dev.frazil.catalog.FrozenTableOperations;
import dev.frazil.catalog.TableBranch;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.ObjectStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.util.ContentFileUtil;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether what others committed to a table between two of its states is in the way of a
 * transaction; if so, 40001. Reads the manifests of those commits only. Compare Iceberg's {@code
 * validateDataFilesExist}, {@code validateNoConflictingDeleteFiles} and {@code
 * validateNoConflictingDataFiles}, which know one table and one update each.
 */
final class ConflictValidator {
  private final FileIO io;
  private final ObjectStore store;
  private final Set<ConflictRule> disabled;

  ConflictValidator(FileIO io, ObjectStore store, Set<ConflictRule> disabled) {
    this.io = io;
    this.store = store;
    this.disabled = disabled;
  }

  /**
   * A written table: rows that this transaction changes, or relies on, must be as they were, in
   * each of its branches.
   *
   * @param reads by the names of all tables and branches that were read
   */
  void validateWritten(
      TableWork work,
      TableMetadata from,
      TableMetadata to,
      Map<TableIdentifier, List<Expression>> reads) {
    validateIdentity(work.identifier(), from, to);
    if (enabled(ConflictRule.SCHEMA) && !TableDefinition.hasSameColumns(from, to)) {
      throw conflict(work.identifier(), "its columns were changed");
    }
    if (enabled(ConflictRule.DEFINITION)) {
      if (work.altersDefinition() && !TableDefinition.isSameWithBranches(from, to)) {
        throw conflict(work.identifier(), "its definition was changed");
      }
      if (!TableDefinition.hasSameRules(from, to)) {
        throw conflict(work.identifier(), "its constraints were changed");
      }
      if (from.formatVersion() != to.formatVersion()) {
        throw conflict(work.identifier(), "its format version was changed");
      }
    }
    if (work.branches().stream().anyMatch(BranchWork::reliesOnPartitioning)
        && !from.spec().equals(to.spec())) {
      // Whoever changed it may have moved rows into files that the partition does not name.
      throw conflict(work.identifier(), "its partitioning was changed");
    }
    Map<TableIdentifier, BranchWork> branches = new LinkedHashMap<>();
    work.branches().forEach(branch -> branches.put(branch.identifier(), branch));
    for (TableIdentifier read : readOf(work.committedName(), reads)) {
      branches.computeIfAbsent(read, BranchWork::new);
    }
    for (BranchWork branch : branches.values()) {
      List<Expression> ofBranch = reads.getOrDefault(branch.identifier(), List.of());
      String name = TableBranch.branch(branch.identifier());
      TableMetadata fromBranch = TableBranch.metadata(from, name);
      TableMetadata toBranch = TableBranch.metadata(to, name);
      if (fromBranch != null && toBranch != null) {
        validateBranch(branch, fromBranch, toBranch, ofBranch);
      } else if (fromBranch != null || toBranch != null) {
        String what = toBranch == null ? "dropped" : "created";
        throw conflict(branch.identifier(), "the branch was " + what);
      }
    }
  }

  private static List<TableIdentifier> readOf(
      TableIdentifier table, Map<TableIdentifier, List<Expression>> reads) {
    return reads.keySet().stream().filter(read -> TableBranch.table(read).equals(table)).toList();
  }

  private void validateBranch(
      BranchWork work, TableMetadata from, TableMetadata to, List<Expression> reads) {
    boolean readsCount = !reads.isEmpty() && enabled(ConflictRule.READS_OF_WRITTEN);
    boolean rewrites =
        !(work.rewrites().isEmpty() && work.deleteRewrites().isEmpty())
            && enabled(ConflictRule.REWRITTEN_FILES);
    boolean keys = !work.keys().isEmpty() && enabled(ConflictRule.KEYS);
    if (!work.exclusive() && !work.changesRows() && !rewrites && !readsCount && !keys) {
      return;
    }
    Collection<Snapshot> between = between(work.identifier(), from, to);
    ReadFiles readFiles = readFiles(from, to, reads, between);
    RewrittenRows rewritten = new RewrittenRows(rewrites ? work.rewrites() : List.of(), to);
    for (Snapshot snapshot : between) {
      if (work.exclusive()
          && enabled(ConflictRule.EXCLUSIVE)
          && !DataOperations.REPLACE.equals(snapshot.operation())) {
        throw conflict(work.identifier(), "its rows were changed", snapshot);
      }
      SnapshotChanges changes = changes(work.identifier(), to, snapshot);
      if (work.changesRows()) {
        validateReferences(work, to, snapshot, changes);
      }
      if (rewrites) {
        rewritten.validate(work.identifier(), snapshot, changes);
        work.deleteRewrites().forEach(each -> each.validate(work.identifier(), snapshot, changes));
      }
      if (readsCount) {
        validateReads(work.identifier(), to, snapshot, changes, reads, readFiles);
      }
      if (keys && !DataOperations.REPLACE.equals(snapshot.operation())) {
        validateKeys(work, to, snapshot, changes);
      }
    }
  }

  /** Others may have written any keys but the same ones; a compaction writes none. */
  private void validateKeys(
      BranchWork work, TableMetadata to, Snapshot snapshot, SnapshotChanges changes) {
    for (KeyRows keys : work.keys()) {
      FileFilters filters = new FileFilters(to, List.of(keys.filter()));
      List<DataFile> overlapping = new ArrayList<>();
      for (DataFile added : changes.addedDataFiles()) {
        if (filters.mayMatch(added)) {
          overlapping.add(added);
        }
      }
      if (!overlapping.isEmpty() && new KeyMeeting(store, to, keys).mayMeet(overlapping)) {
        throw conflict(
            work.identifier(), "a key that this transaction writes was written", snapshot);
      }
    }
  }

  /**
   * A table that was only read.
   *
   * @param reads by the names of all tables and branches that were read
   */
  void validateRead(
      TableIdentifier table,
      TableMetadata from,
      TableMetadata to,
      Map<TableIdentifier, List<Expression>> reads) {
    if (!enabled(ConflictRule.READS_OF_OTHERS)) {
      return;
    }
    validateIdentity(table, from, to);
    if (!keepsNames(from.schema(), to.schema())) {
      throw conflict(table, "a column was renamed or dropped");
    }
    for (TableIdentifier read : readOf(table, reads)) {
      TableMetadata fromBranch = TableBranch.metadata(from, TableBranch.branch(read));
      TableMetadata toBranch = TableBranch.metadata(to, TableBranch.branch(read));
      if (fromBranch == null || toBranch == null) {
        throw conflict(read, "the branch was dropped");
      }
      validateRead(read, fromBranch, toBranch, reads.getOrDefault(read, List.of()));
    }
  }

  private void validateRead(
      TableIdentifier identifier, TableMetadata from, TableMetadata to, List<Expression> reads) {
    Collection<Snapshot> between = between(identifier, from, to);
    ReadFiles readFiles = readFiles(from, to, reads, between);
    for (Snapshot snapshot : between) {
      validateReads(identifier, to, snapshot, changes(identifier, to, snapshot), reads, readFiles);
    }
  }

  /** Conditions name columns: those names must stand for the same columns. */
  private static boolean keepsNames(Schema from, Schema to) {
    Map<String, Integer> now = TypeUtil.indexByName(to.asStruct());
    return TypeUtil.indexByName(from.asStruct()).entrySet().stream()
        .allMatch(column -> column.getValue().equals(now.get(column.getKey())));
  }

  private ReadFiles readFiles(
      TableMetadata from, TableMetadata to, List<Expression> reads, Collection<Snapshot> between) {
    ReadFiles files = new ReadFiles(io, from, to, reads);
    if (between.stream().anyMatch(each -> DataOperations.REPLACE.equals(each.operation()))) {
      files.assumeRewritten();
    }
    return files;
  }

  private void validateIdentity(TableIdentifier identifier, TableMetadata from, TableMetadata to) {
    if (enabled(ConflictRule.IDENTITY) && !Objects.equals(from.uuid(), to.uuid())) {
      throw conflict(identifier, "it was dropped and created again");
    }
  }

  private void validateReferences(
      BranchWork work, TableMetadata to, Snapshot snapshot, SnapshotChanges changes) {
    if (enabled(ConflictRule.REFERENCED_FILES)) {
      for (DataFile removed : changes.removedDataFiles()) {
        if (work.referencedDataFiles().contains(removed.location())) {
          throw conflict(work.identifier(), "a file with the same rows was rewritten", snapshot);
        }
      }
    }
    if (enabled(ConflictRule.DELETE_FILES)) {
      FileFilters filters = new FileFilters(to, work.changedRows());
      for (DeleteFile added : changes.addedDeleteFiles()) {
        String referenced = ContentFileUtil.referencedDataFileLocation(added);
        boolean meets =
            referenced != null
                ? work.referencedDataFiles().contains(referenced)
                : filters.mayMatchPartition(added);
        if (meets) {
          throw conflict(work.identifier(), "rows of the same files were deleted", snapshot);
        }
      }
      for (DeleteFile removed : changes.removedDeleteFiles()) {
        if (work.replacedDeleteFiles().contains(removed.location())) {
          throw conflict(work.identifier(), "deletes of the same files were replaced", snapshot);
        }
      }
    }
  }

  /** A compaction moves rows but changes none, so it is not in the way of a reader. */
  private void validateReads(
      TableIdentifier identifier,
      TableMetadata to,
      Snapshot snapshot,
      SnapshotChanges changes,
      List<Expression> reads,
      ReadFiles readFiles) {
    if (DataOperations.REPLACE.equals(snapshot.operation())) {
      return;
    }
    ReadMeeting meeting = new ReadMeeting(store, to);
    for (Expression read : reads) {
      FileFilters filters = new FileFilters(to, List.of(read));
      for (DataFile added : changes.addedDataFiles()) {
        if (filters.mayMatch(added) && meeting.mayHold(added, read)) {
          throw conflict(identifier, "rows that this transaction looked for were added", snapshot);
        }
      }
    }
    for (DataFile removed : changes.removedDataFiles()) {
      if (readFiles.mayHold(removed)) {
        throw changed(identifier, snapshot);
      }
    }
    List<DeleteFile> deletes = new ArrayList<>();
    changes.addedDeleteFiles().forEach(deletes::add);
    changes.removedDeleteFiles().forEach(deletes::add);
    if (deletes.stream().anyMatch(readFiles::mayTouch)) {
      throw changed(identifier, snapshot);
    }
  }

  private static EngineException changed(TableIdentifier identifier, Snapshot snapshot) {
    return conflict(identifier, "rows that this transaction read were changed", snapshot);
  }

  private SnapshotChanges changes(
      TableIdentifier identifier, TableMetadata metadata, Snapshot snapshot) {
    BaseTable table = new BaseTable(new FrozenTableOperations(io, metadata), identifier.toString());
    return SnapshotChanges.builderFor(table).snapshot(snapshot).build();
  }

  /** The snapshots that others made after {@code from}, newest first. */
  private static Collection<Snapshot> between(
      TableIdentifier identifier, TableMetadata from, TableMetadata to) {
    Long start = id(from.currentSnapshot());
    Long end = id(to.currentSnapshot());
    List<Snapshot> between = new ArrayList<>();
    if (end == null) {
      if (start != null) {
        throw conflict(identifier, "its snapshots were taken away");
      }
      return between;
    }
    for (Snapshot snapshot : SnapshotUtil.ancestorsOf(end, to::snapshot)) {
      if (start != null && snapshot.snapshotId() == start) {
        return between;
      }
      between.add(snapshot);
    }
    boolean complete =
        start == null && (between.isEmpty() || between.get(between.size() - 1).parentId() == null);
    if (!complete) {
      throw conflict(identifier, "it was rolled back, or the snapshot that was read expired");
    }
    return between;
  }

  private static @Nullable Long id(@Nullable Snapshot snapshot) {
    return snapshot == null ? null : snapshot.snapshotId();
  }

  static EngineException conflict(TableIdentifier identifier, String what, Snapshot snapshot) {
    return conflict(identifier, what + " (snapshot " + snapshot.snapshotId() + ")");
  }

  static EngineException conflict(TableIdentifier identifier, String what) {
    return new EngineException(
        SqlState.SERIALIZATION_FAILURE,
        "another transaction committed first to the table "
            + TableBranch.text(identifier)
            + ": "
            + what
            + ". Nothing of this transaction was applied; run it again");
  }

  private boolean enabled(ConflictRule rule) {
    return !disabled.contains(rule);
  }
}
