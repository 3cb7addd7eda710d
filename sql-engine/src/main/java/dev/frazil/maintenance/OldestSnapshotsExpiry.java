package dev.frazil.maintenance;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.TableLocations;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.txn.ExpirableSnapshots;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * Expiry of the oldest snapshots of a table whose history is one line of Frazil's own commits: a
 * file that the oldest snapshot left does not reach is then reached by no later one, so that none
 * of these has to be read, as {@link SnapshotExpiry} does. What goes is found out first, by whoever
 * has the time for that; then the snapshots are taken away by a commit; then the files are deleted.
 * See docs/adr/what-is-deleted-when.md. One thread, used once.
 */
public final class OldestSnapshotsExpiry {
  private static final int FILES_AT_ONCE = 250;

  private final DatabaseCatalog catalog;
  private final FileAges ages;
  private final TableIdentifier identifier;
  private final TableMetadata metadata;
  private final Set<Long> goes = new HashSet<>();
  private final Map<String, String> unreachable = new LinkedHashMap<>();
  private long nowMillis;
  private long deletedCount;

  public OldestSnapshotsExpiry(
      DatabaseCatalog catalog, FileAges ages, TableIdentifier identifier, Table table) {
    this.catalog = catalog;
    this.ages = ages;
    this.identifier = identifier;
    this.metadata = ((HasTableOperations) table).operations().current();
  }

  /**
   * Finds out what goes.
   *
   * @param root the state of the database that the table was found in
   * @param most so many snapshots at once
   * @return how many snapshots may go
   */
  public int plan(DatabaseRoot root, Table table, int most, QueryContext context) {
    SharedFolders.refuse(root, identifier, table);
    nowMillis =
        StoreClock.nowMillis(
            catalog.store(), FileNames.exact(TableLocations.metadataFolder(metadata)));
    ExpirableSnapshots expirable = ExpirableSnapshots.of(metadata, nowMillis).atMost(most);
    SnapshotAges read = new SnapshotAges(catalog.store(), nowMillis, ages.readerMillis());
    int count = expirable.count();
    while (count > 0 && read.mayBeRead(metadata, expirable.oldest().get(count - 1))) {
      count--;
    }
    expirable = expirable.atMost(count);
    if (count == 0 || !expirable.bringNothingBack()) {
      return 0;
    }
    expirable.oldest().forEach(snapshot -> goes.add(snapshot.snapshotId()));
    find(expirable, context);
    return count;
  }

  private void find(ExpirableSnapshots expirable, QueryContext context) {
    Snapshot oldestLeft = expirable.left().get(0);
    List<String> lists = new ArrayList<>();
    expirable.oldest().forEach(snapshot -> lists.add(snapshot.manifestListLocation()));
    lists.add(oldestLeft.manifestListLocation());
    catalog.readAhead(lists.stream().filter(Objects::nonNull).toList());
    Set<String> manifests = new LinkedHashSet<>();
    paths(oldestLeft, manifests);
    expirable.oldest().forEach(snapshot -> paths(snapshot, manifests));
    context.cancellation().check();
    catalog.readAhead(manifests);
    try (ReachableFiles left = new ReachableFiles(catalog.io(), context);
        ReachableFiles gone = new ReachableFiles(catalog.io(), context)) {
      left.add(oldestLeft, metadata.specsById());
      gone.leaveOut(left);
      expirable.oldest().forEach(snapshot -> gone.add(snapshot, metadata.specsById()));
      Set<String> live = left.paths();
      metadata.statisticsFiles().forEach(file -> live.add(FileNames.path(file.path())));
      metadata.partitionStatisticsFiles().forEach(file -> live.add(FileNames.path(file.path())));
      gone.locations()
          .values()
          .forEach(
              locations ->
                  locations.stream()
                      .filter(location -> !live.contains(FileNames.path(location)))
                      .forEach(location -> unreachable.put(FileNames.exact(location), location)));
    }
  }

  private void paths(Snapshot snapshot, Set<String> manifests) {
    for (ManifestFile manifest : snapshot.allManifests(catalog.io())) {
      manifests.add(manifest.path());
    }
  }

  /** The second step, for the transaction to run and to commit. */
  public PendingUpdate<?> removal(Table table) {
    return new Removal(((HasTableOperations) table).operations());
  }

  /**
   * The last step, only to be called when the commit is known to have succeeded. What is not
   * deleted when it ends, by 57014 where the time is over, is an orphan.
   */
  public void delete(CancellationToken cancellation) {
    List<String> all = List.copyOf(unreachable.keySet());
    for (int from = 0; from < all.size(); from += FILES_AT_ONCE) {
      List<String> page = all.subList(from, Math.min(all.size(), from + FILES_AT_ONCE));
      deletedCount += FileDeletion.delete(catalog.store(), page, cancellation);
    }
  }

  /** How many files were deleted. */
  public long deletedCount() {
    return deletedCount;
  }

  /** How many files were to be deleted and are not. */
  public long undeletedCount() {
    return unreachable.size() - deletedCount;
  }

  /** Holds only where the history is still that line. */
  private final class Removal implements PendingUpdate<Set<Long>> {
    private final TableOperations operations;

    Removal(TableOperations operations) {
      this.operations = operations;
    }

    @Override
    public Set<Long> apply() {
      ExpirableSnapshots now =
          ExpirableSnapshots.of(operations.refresh(), nowMillis).atMost(goes.size());
      Set<Long> same = new HashSet<>();
      now.oldest().forEach(snapshot -> same.add(snapshot.snapshotId()));
      if (!same.equals(goes) || !now.bringNothingBack()) {
        throw new ValidationException("the snapshots of the table are others than before");
      }
      return same;
    }

    @Override
    public void commit() {
      Set<Long> ids = apply();
      TableMetadata base = operations.current();
      operations.commit(base, TableMetadata.buildFrom(base).removeSnapshots(ids).build());
    }
  }
}
