package dev.frazil.txn;

import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.util.ThreadPools;

/**
 * Runs tasks at once, in the thread that submits them. Iceberg polls the tasks of a real pool every
 * 10 ms, which is longer than a small commit takes. Never shut down.
 */
public final class CallerThread extends LastingExecutor {
  static final CallerThread INSTANCE = new CallerThread();

  private CallerThread() {}

  /**
   * The scan, planned in the calling thread when the table lies on a local disk: its manifests are
   * read faster one by one than Iceberg polls its pool. From a bucket they are read side by side.
   */
  public static TableScan planned(TableScan scan, Table table) {
    return scan.planWith(
        table.location().contains("://")
            ? new CarryingThreads(ThreadPools.getWorkerPool())
            : INSTANCE);
  }

  /** The update, which starts no threads. */
  public static <U extends SnapshotUpdate<U>> U updating(U update) {
    return update.scanManifestsWith(INSTANCE).writeManifestsWith(INSTANCE, 1);
  }

  @Override
  public void execute(Runnable command) {
    command.run();
  }
}
