package dev.frazil.engine;

import dev.frazil.plan.TableHandle;
import dev.frazil.plan.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;

/**
 * Keeps keys unique where a snapshot comes into a table that was not checked beside the rows that
 * the table has now (23505). One thread.
 */
final class PublishedKeys {
  private final ProcedureCalls calls;
  private final SessionTransaction own;

  PublishedKeys(ProcedureCalls calls, SessionTransaction own) {
    this.calls = calls;
    this.own = own;
  }

  /**
   * Looks at the table after a snapshot was brought into it.
   *
   * @param before the table before that
   */
  void check(TableHandle before, long snapshotId) {
    Table table = before.table();
    List<UniqueKey> keys = UniqueKey.enforced(table);
    Snapshot snapshot = table.snapshot(snapshotId);
    if (keys.isEmpty() || snapshot == null) {
      return;
    }
    List<DataFile> added = new ArrayList<>();
    SnapshotChanges.builderFor(table)
        .snapshot(snapshot)
        .build()
        .addedDataFiles()
        .forEach(added::add);
    if (added.isEmpty()) {
      return;
    }
    new UniqueKeyCheck(own, calls.session().executor().store(), calls.context())
        .check(before.identifier(), WrittenKeys.ofFiles(table), added, true);
  }
}
