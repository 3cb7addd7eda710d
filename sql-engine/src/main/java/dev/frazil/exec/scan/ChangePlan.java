package dev.frazil.exec.scan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.ChangedFiles.Part;
import dev.frazil.plan.TableHandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Which data files hold rows that are others in one state of a table than in another. Of an append
 * the files that it added; else what the two states have in files and in deletes of them.
 */
final class ChangePlan {
  private final TableHandle handle;
  private final QueryContext context;

  ChangePlan(TableHandle handle, QueryContext context) {
    this.handle = handle;
    this.context = context;
  }

  /** Whether a snapshot says that it did nothing but add rows. */
  static boolean isAppend(Snapshot snapshot) {
    return DataOperations.APPEND.equals(snapshot.operation());
  }

  /** The files that an append added. */
  ChangedFiles ofAppend(Snapshot snapshot) {
    Table table = handle.table();
    List<Part> added = new ArrayList<>();
    SnapshotChanges changes = SnapshotChanges.builderFor(table).snapshot(snapshot).build();
    for (DataFile file : changes.addedDataFiles()) {
      PartitionSpec spec = table.specs().get(file.specId());
      if (spec == null) {
        throw new EngineException(
            SqlState.DATA_CORRUPTED,
            "the table "
                + handle.identifier()
                + " has no partition spec "
                + file.specId()
                + ", of which the file "
                + file.location()
                + " is");
      }
      added.add(Part.whole(new ScanFile(file, List.of(), spec, Expressions.alwaysTrue())));
    }
    return new ChangedFiles(List.of(), added);
  }

  /**
   * The files by which two states differ.
   *
   * @param from the snapshot of the first; null for a table without rows
   */
  ChangedFiles between(@Nullable Long from, long to) {
    Map<String, ScanFile> before = from == null ? Map.of() : files(from);
    Map<String, ScanFile> after = files(to);
    List<Part> lost = new ArrayList<>();
    List<Part> won = new ArrayList<>();
    for (ScanFile file : before.values()) {
      ScanFile same = after.get(file.file().location());
      if (same == null) {
        lost.add(Part.whole(file));
        continue;
      }
      Set<String> deletesBefore = deletes(file);
      Set<String> deletesAfter = deletes(same);
      if (!deletesBefore.containsAll(deletesAfter)) {
        lost.add(Part.without(file, same));
      }
      if (!deletesAfter.containsAll(deletesBefore)) {
        // a deletion vector that takes the place of another one has the positions of both
        won.add(Part.without(same, file));
      }
    }
    for (ScanFile file : after.values()) {
      if (!before.containsKey(file.file().location())) {
        won.add(Part.whole(file));
      }
    }
    return new ChangedFiles(lost, won);
  }

  private Map<String, ScanFile> files(long snapshotId) {
    context.cancellation().check();
    TableHandle state = new TableHandle(handle.identifier(), handle.table(), snapshotId, true);
    Map<String, ScanFile> files = new LinkedHashMap<>();
    for (ScanFile file :
        ScanFiles.plan(state, Expressions.alwaysTrue(), context.files().snapshots())) {
      files.put(file.file().location(), file);
    }
    return files;
  }

  private static Set<String> deletes(ScanFile file) {
    Set<String> deletes = new HashSet<>();
    for (DeleteFile delete : file.deletes()) {
      deletes.add(delete.location() + " " + delete.contentOffset());
    }
    return deletes;
  }
}
