package dev.frazil.catalog;

import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The order between writers of several processes where the store knows none (a bucket): the claims
 * in the root, first come, first served. How long a claim has been the first is measured by each
 * process on its own clock, from when it saw it; after its lease it is passed over, and whoever
 * commits next removes it. Thread-safe.
 */
public final class CommitQueue {
  /** More claims than these are not taken: those writers go on without a place. */
  private static final int MAX_CLAIMS = 256;

  /** The one in front reads metadata and a manifest list, and writes them anew, before it swaps. */
  private static final long PREPARING_REQUESTS = 2;

  private static final long FIRST_PAUSE_MILLIS = 4;
  private static final long PAUSE_MILLIS_EACH = 40;
  private static final long MAX_PAUSE_MILLIS = 500;

  private final TimeSource time;
  private final Ids ids;
  private final Map<String, Long> firstSinceNanos = new ConcurrentHashMap<>();

  public CommitQueue(TimeSource time, Ids ids) {
    this.time = time;
    this.ids = ids;
  }

  /**
   * The live claims that go before a writer.
   *
   * @param own the writer's claim; without one every claim on its tables goes before it
   */
  public int ahead(DatabaseRoot root, Set<TableIdentifier> tables, @Nullable String own) {
    if (root.claims().isEmpty()) {
      return 0;
    }
    int ahead = 0;
    for (TableClaim claim : live(root, own)) {
      if (claim.id().equals(own)) {
        return ahead;
      }
      ahead += claim.overlaps(tables) ? 1 : 0;
    }
    return ahead;
  }

  /**
   * @param own is not over for its writer: others may pass it over, or not have seen it yet
   */
  private List<TableClaim> live(DatabaseRoot root, @Nullable String own) {
    long now = time.monotonicNanos();
    List<TableClaim> live = new ArrayList<>();
    for (TableClaim claim : root.claims()) {
      boolean first = live.stream().noneMatch(before -> before.overlaps(claim.tables()));
      if (first) {
        long since = firstSinceNanos.computeIfAbsent(claim.id(), unused -> now);
        long leaseMillis = Math.min(claim.leaseMillis(), TableClaim.MAX_LEASE_MILLIS);
        if (now - since > leaseMillis * 1_000_000 && !claim.id().equals(own)) {
          continue;
        }
      }
      live.add(claim);
    }
    return live;
  }

  /** The changes with which a commit leaves the queue, taking along the claims that ran out. */
  public RootChange.LeaveQueue leave(
      DatabaseRoot root, Set<TableIdentifier> tables, @Nullable String own) {
    Set<String> gone = new HashSet<>();
    root.claims().forEach(claim -> gone.add(claim.id()));
    live(root, own).forEach(claim -> gone.remove(claim.id()));
    Set<String> standing = new HashSet<>();
    root.claims().forEach(claim -> standing.add(claim.id()));
    firstSinceNanos.keySet().retainAll(standing);
    return new RootChange.LeaveQueue(own, tables, gone);
  }

  /** Whether another claim is taken. */
  public boolean hasRoom(DatabaseRoot root) {
    return root.claims().size() < MAX_CLAIMS;
  }

  /** A claim for the tables, behind those that stand. */
  public RootChange.JoinQueue join(
      DatabaseRoot root, Set<TableIdentifier> tables, String id, long leaseMillis) {
    return new RootChange.JoinQueue(
        new TableClaim(id, tables, Math.min(leaseMillis, TableClaim.MAX_LEASE_MILLIS)),
        root.claims());
  }

  /**
   * Whether the writer in front has been there for so short a time that a swap which takes a place
   * in the queue comes before its commit, not against it.
   *
   * @param requestMillis what a request takes
   */
  public boolean frontIsPreparing(
      DatabaseRoot root, Set<TableIdentifier> tables, long requestMillis) {
    long now = time.monotonicNanos();
    for (TableClaim claim : live(root, null)) {
      if (claim.overlaps(tables)) {
        long since = firstSinceNanos.getOrDefault(claim.id(), now);
        return now - since <= PREPARING_REQUESTS * requestMillis * 1_000_000;
      }
    }
    return false;
  }

  /** Whether an edit comes from a writer who has to wait. */
  boolean holdsBack(RootEdit edit, DatabaseRoot root) {
    for (RootChange change : edit.changes()) {
      if (change instanceof RootChange.LeaveQueue leave) {
        return ahead(root, leave.tables(), leave.own()) > 0;
      }
    }
    return false;
  }

  /** Waits about as long as those ahead will take. */
  public void pause(int ahead) {
    long bound = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS + PAUSE_MILLIS_EACH * (ahead - 1L));
    time.sleepMillis(bound / 2 + ids.below(bound));
  }

  /** A clock for leases: milliseconds that only ever grow. */
  public long elapsedMillis() {
    return time.monotonicNanos() / 1_000_000;
  }
}
