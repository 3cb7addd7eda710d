package dev.frazil.txn;

import dev.frazil.catalog.CommitOutcome;
import dev.frazil.catalog.CommitTurns;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseHistory;
import dev.frazil.catalog.DatabaseMoment;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.RootEdit;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Takes a whole database back to an earlier state, by one swap of the root like any other commit:
 * the state before it is a version of the database too, and can be restored. Each table that
 * changed since gets metadata of its own ({@link RestoredMetadata}). What others commit meanwhile
 * comes before it, and is taken back with the rest. One thread, used once.
 */
public final class DatabaseRestoration {
  /** Names that it changes at most: that many a root has room to remember. */
  static final int MOST_CHANGES = 10_000;

  private static final int MOST_ATTEMPTS = 200;

  /** Tables whose writers wait for it. */
  private static final int MOST_CLAIMED = 1_000;

  private final DatabaseCatalog catalog;
  private final DatabaseMoment moment;
  private final @Nullable String token;
  private final FileCheck files;
  private final String commitId;
  private final Map<Replaced, TableMetadata> made = new HashMap<>();
  private final Set<Replaced> used = new HashSet<>();
  private boolean maybeSent;

  /** Whether the files of snapshots are still there. */
  @FunctionalInterface
  public interface FileCheck {
    /** 55000 where they are not. */
    void require(TableIdentifier identifier, TableMetadata table, Collection<Snapshot> snapshots);
  }

  /** Metadata of now and of then. */
  private record Replaced(TablePointer now, TablePointer then) {}

  public DatabaseRestoration(
      DatabaseCatalog catalog, DatabaseMoment moment, @Nullable String token, FileCheck files) {
    this.catalog = catalog;
    this.moment = moment;
    this.token = token;
    this.files = files;
    this.commitId = catalog.newCommitId();
  }

  /**
   * How it ended.
   *
   * @param changes how many tables and views changed, came or went
   */
  public record Result(CommitResult commit, int changes) {}

  /**
   * Does it. 22023 for a moment that the history does not reach, 55000 where files of then are
   * gone, 54000 for too many changes, 40001 where others always came first, 08007.
   */
  public Result run() {
    DatabaseSnapshot base = catalog.snapshot();
    try (CommitTurns.Turn turn = catalog.turns().take(wanted(base));
        QueuePlace place = new QueuePlace(catalog, waitedFor(base.root()))) {
      base = catalog.snapshot();
      for (int losses = 0; losses < MOST_ATTEMPTS; losses++) {
        base = place.await(base, losses);
        DatabaseRoot now = base.root();
        if (token != null && now.token(token).isPresent()) {
          String earlier = now.token(token).get().commitId();
          return new Result(new CommitResult(earlier, true), 0);
        }
        Target target = target(base);
        if (target.relations().equals(now.relations())
            && target.namespaces().equals(now.namespaces())) {
          return new Result(new CommitResult(null, false), 0);
        }
        List<RootChange> changes =
            List.of(
                new RootChange.ReplaceAll(
                    now.namespaces(), now.relations(), target.namespaces(), target.relations()),
                place.leave(now));
        maybeSent = true;
        CommitOutcome outcome = catalog.commit(new RootEdit(commitId, token, changes));
        if (outcome instanceof CommitOutcome.Applied) {
          place.left();
          catalog.publishHints(target.written());
          return new Result(new CommitResult(commitId, false), target.changes());
        } else if (outcome instanceof CommitOutcome.AlreadyApplied already) {
          maybeSent = false;
          used.clear();
          return new Result(new CommitResult(already.commitId(), true), 0);
        } else if (outcome instanceof CommitOutcome.Unknown unknown) {
          place.left();
          throw CommitCoordinator.outcomeUnknown(unknown, token);
        }
        maybeSent = false;
        base = ((CommitOutcome.Moved) outcome).snapshot();
      }
    }
    throw new EngineException(
        SqlState.SERIALIZATION_FAILURE,
        "other writers came first " + MOST_ATTEMPTS + " times; nothing was restored: run it again");
  }

  private static List<CommitTurns.Wanted> wanted(DatabaseSnapshot base) {
    List<CommitTurns.Wanted> wanted = new ArrayList<>();
    for (TableIdentifier table : queued(base.root())) {
      base.root()
          .table(table)
          .ifPresent(
              pointer -> wanted.add(new CommitTurns.Wanted(table, pointer.metadataLocation())));
    }
    return wanted;
  }

  private Set<TableIdentifier> waitedFor(DatabaseRoot root) {
    return catalog.turns().queues() ? queued(root) : Set.of();
  }

  private static Set<TableIdentifier> queued(DatabaseRoot root) {
    Set<TableIdentifier> tables = new HashSet<>();
    for (TableIdentifier identifier : root.relations().keySet()) {
      if (tables.size() < MOST_CLAIMED && root.table(identifier).isPresent()) {
        tables.add(identifier);
      }
    }
    return tables;
  }

  /** What the root becomes, and the metadata of the tables that change. */
  private record Target(
      Map<Namespace, Map<String, String>> namespaces,
      Map<TableIdentifier, TablePointer> relations,
      Map<TableIdentifier, TableMetadata> written,
      int changes) {}

  private Target target(DatabaseSnapshot base) {
    DatabaseHistory history = catalog.history(base);
    DatabaseRoot then = history.at(moment).root();
    Map<TableIdentifier, TablePointer> now = base.root().relations();
    Set<TableIdentifier> changed = new HashSet<>(now.keySet());
    changed.addAll(then.relations().keySet());
    changed.removeIf(
        identifier ->
            now.get(identifier) != null
                && now.get(identifier).equals(then.relations().get(identifier)));
    if (changed.size() > MOST_CHANGES) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "between "
              + moment.text()
              + " and now "
              + changed.size()
              + " tables and views were changed, and RESTORE DATABASE takes back "
              + MOST_CHANGES
              + " at most: a root has no room to remember more, and what is now would be lost");
    }
    Map<TableIdentifier, TablePointer> relations = new LinkedHashMap<>(now);
    relations.keySet().removeAll(changed);
    Map<TableIdentifier, TableMetadata> written = new LinkedHashMap<>();
    used.clear();
    for (TableIdentifier identifier : changed) {
      TablePointer wanted = then.relations().get(identifier);
      if (wanted == null) {
        continue;
      }
      if (wanted.kind() == TablePointer.Kind.VIEW) {
        relations.put(identifier, wanted);
        continue;
      }
      Replaced replaced = new Replaced(history.last(wanted), wanted);
      TableMetadata metadata = made.get(replaced);
      if (metadata == null) {
        metadata = make(identifier, replaced);
        made.put(replaced, metadata);
      }
      used.add(replaced);
      written.put(identifier, metadata);
      relations.put(
          identifier,
          new TablePointer(wanted.kind(), metadata.metadataFileLocation(), wanted.uuid()));
    }
    return new Target(then.namespaces(), relations, written, changed.size());
  }

  /** The metadata of a table that comes back, or goes back. */
  private TableMetadata make(TableIdentifier identifier, Replaced replaced) {
    TableMetadata then = earlier(identifier, replaced.then());
    if (replaced.now().equals(replaced.then())) {
      files.require(identifier, then, referenced(then));
      return then;
    }
    TableMetadata now = earlier(identifier, replaced.now());
    files.require(identifier, then, RestoredMetadata.forgotten(now, then));
    TableMetadata restored = RestoredMetadata.of(now, then, TimeSource.system().nowMillis());
    return catalog.writeMetadata(restored, Map.of(), Set.of());
  }

  private TableMetadata earlier(TableIdentifier identifier, TablePointer pointer) {
    try {
      return catalog.metadata(identifier, pointer);
    } catch (EngineException e) {
      if (!(e.getCause() instanceof NotFoundException)) {
        throw e;
      }
      throw new EngineException(
          SqlState.OBJECT_NOT_IN_STATE,
          "the table "
              + identifier
              + " cannot become what it was at "
              + moment.text()
              + ", its files have expired: "
              + pointer.metadataLocation()
              + " was deleted",
          e);
    }
  }

  private static Set<Snapshot> referenced(TableMetadata table) {
    Set<Snapshot> snapshots = new HashSet<>();
    table.refs().values().forEach(ref -> snapshots.add(table.snapshot(ref.snapshotId())));
    return snapshots;
  }

  /** Metadata files that it wrote and that no commit holds; to be asked when it has ended. */
  public List<String> abandonedFiles() {
    List<String> abandoned = new ArrayList<>();
    made.forEach(
        (replaced, metadata) -> {
          boolean own = !replaced.now().equals(replaced.then());
          if (own && !(maybeSent && used.contains(replaced))) {
            abandoned.add(metadata.metadataFileLocation());
          }
        });
    return abandoned;
  }
}
