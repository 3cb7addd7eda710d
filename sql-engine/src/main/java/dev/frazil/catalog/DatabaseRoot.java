package dev.frazil.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The one object that says what a database is: its namespaces, and where the current metadata of
 * each table stands. Immutable; every commit makes a new one with the next version and a fresh id,
 * so no two bodies are ever equal and a late put cannot land once the root has moved.
 *
 * @param version counts commits; 0 for a database that was never written
 * @param commitId the id of the commit that made this root
 * @param namespaces the namespaces with their properties
 * @param relations tables and views
 * @param recentCommits oldest first; the last {@value #RECENT_COMMITS} and, beyond these, the last
 *     {@value #RECENT_TOKENS} that carried a token
 * @param claims writers in a queue, in their order; seldom any
 * @param history the newest versions, this one last, each told by what it changed; older ones stand
 *     in objects of their own ({@link RootTrail})
 */
public record DatabaseRoot(
    long version,
    String commitId,
    Map<Namespace, Map<String, String>> namespaces,
    Map<TableIdentifier, TablePointer> relations,
    List<RecentCommit> recentCommits,
    List<TableClaim> claims,
    List<RootVersion> history) {

  /** Commits that stay in the ring at least. */
  public static final int RECENT_COMMITS = 256;

  /** Commits with a token that stay in the ring at least. */
  public static final int RECENT_TOKENS = 1024;

  /** Where unqualified names live in a new database. */
  public static final Namespace MAIN = Namespace.of("main");

  public DatabaseRoot {
    namespaces = kept(namespaces);
    relations = kept(relations);
    recentCommits = List.copyOf(recentCommits);
    claims = List.copyOf(claims);
    history = List.copyOf(history);
  }

  private static <K, V> Map<K, V> kept(Map<K, V> map) {
    return map instanceof MapOnDemand ? map : OnDemandMap.keep(map);
  }

  /** A root without a queue and without history. */
  public DatabaseRoot(
      long version,
      String commitId,
      Map<Namespace, Map<String, String>> namespaces,
      Map<TableIdentifier, TablePointer> relations,
      List<RecentCommit> recentCommits) {
    this(version, commitId, namespaces, relations, recentCommits, List.of(), List.of());
  }

  /** A database that nobody has written yet: the schema main, and nothing in it. */
  public static DatabaseRoot unwritten() {
    return new DatabaseRoot(0, "", Map.of(MAIN, Map.of()), Map.of(), List.of());
  }

  public Optional<TablePointer> table(TableIdentifier identifier) {
    return pointer(identifier).filter(found -> found.kind() == TablePointer.Kind.TABLE);
  }

  public Optional<TablePointer> view(TableIdentifier identifier) {
    return pointer(identifier).filter(found -> found.kind() == TablePointer.Kind.VIEW);
  }

  /** The names of all tables, or of all views. */
  public Collection<TableIdentifier> names(TablePointer.Kind kind) {
    if (relations instanceof RelationsOnDemand onDemand) {
      return onDemand.names(kind);
    }
    return relations.entrySet().stream()
        .filter(relation -> relation.getValue().kind() == kind)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The table or view of that name. */
  public Optional<TablePointer> pointer(TableIdentifier identifier) {
    return Optional.ofNullable(relations.get(identifier));
  }

  /** The commit of that id, if it is still in the ring. */
  public Optional<RecentCommit> commit(String id) {
    return recentCommits.stream().filter(recent -> recent.commitId().equals(id)).findFirst();
  }

  /** The commit under that idempotency token, if it is still in the ring. */
  public Optional<RecentCommit> token(String token) {
    return recentCommits.stream().filter(recent -> token.equals(recent.token())).findFirst();
  }

  /** Whether a commit that had made the given version would still be in the ring. */
  public boolean remembers(long madeVersion) {
    long oldestKept = Math.max(1, version - RECENT_COMMITS + 1L);
    return madeVersion >= oldestKept;
  }

  /** The root after a swap that carries the given commits. */
  DatabaseRoot next(Draft draft, List<RecentCommit> made, long nowMillis) {
    List<RecentCommit> ring = new ArrayList<>(recentCommits);
    ring.addAll(made);
    String id = made.get(made.size() - 1).commitId();
    long lastMillis = history.isEmpty() ? 0 : history.get(history.size() - 1).madeAtMillis();
    List<RootVersion> versions = new ArrayList<>(history);
    versions.add(RootVersion.of(this, draft, id, Math.max(nowMillis, lastMillis)));
    return new DatabaseRoot(
        version + 1,
        id,
        draft.namespaces(),
        draft.relations(),
        trimmed(ring, version + 1),
        draft.claims(),
        RootTrail.bounded(versions));
  }

  /** The same without the oldest versions of its history. */
  DatabaseRoot withoutHistoryBefore(long oldestVersion) {
    return new DatabaseRoot(
        version,
        commitId,
        namespaces,
        relations,
        recentCommits,
        claims,
        history.stream().filter(each -> each.version() >= oldestVersion).toList());
  }

  private static List<RecentCommit> trimmed(List<RecentCommit> ring, long newVersion) {
    long tokens = ring.stream().filter(recent -> recent.token() != null).count();
    List<RecentCommit> kept = new ArrayList<>(ring.size());
    for (RecentCommit recent : ring) {
      boolean isRecent = recent.version() > newVersion - RECENT_COMMITS;
      boolean isRecentToken = recent.token() != null && tokens <= RECENT_TOKENS;
      if (isRecent || isRecentToken) {
        kept.add(recent);
      }
      if (recent.token() != null) {
        tokens--;
      }
    }
    return kept;
  }

  /** A mutable copy of the maps, on which changes are tried. */
  Draft draft() {
    return new Draft(
        new LinkedHashMap<>(namespaces), new LinkedHashMap<>(relations), new ArrayList<>(claims));
  }

  /** What a swap is about to write. */
  record Draft(
      Map<Namespace, Map<String, String>> namespaces,
      Map<TableIdentifier, TablePointer> relations,
      List<TableClaim> claims) {
    Draft copy() {
      return new Draft(
          new LinkedHashMap<>(namespaces), new LinkedHashMap<>(relations), new ArrayList<>(claims));
    }
  }
}
