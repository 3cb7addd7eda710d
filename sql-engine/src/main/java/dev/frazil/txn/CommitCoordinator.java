package dev.frazil.txn;

import dev.frazil.catalog.CommitOutcome;
import dev.frazil.catalog.CommitSummary;
import dev.frazil.catalog.CommitTurns;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.MetadataWrites;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.RootEdit;
import dev.frazil.catalog.TableBranch;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.CommitOutcomeUnknownException;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;

/**
 * Brings one transaction into the root: writes a metadata file for each changed table, swaps the
 * root, and when own tables moved validates and rebases. One thread, used once.
 */
final class CommitCoordinator {
  /** Bounds the work of a writer that always comes second to other processes. */
  private static final int MAX_REBASES = 200;

  private final DatabaseCatalog catalog;
  private final Transaction transaction;
  private final @Nullable String token;
  private final String commitId;
  private final ConflictValidator validator;
  private final List<TableWork> changed;
  private final Map<TableIdentifier, TablePointer> readPointers = new HashMap<>();
  private final Map<TableWork, TableMetadata> written = new LinkedHashMap<>();
  private final CommitRecord told;
  private final GivingWay way;

  CommitCoordinator(
      DatabaseCatalog catalog,
      Transaction transaction,
      @Nullable String token,
      Set<ConflictRule> disabled) {
    this.catalog = catalog;
    this.transaction = transaction;
    this.token = token;
    this.commitId = catalog.newCommitId();
    this.validator = new ConflictValidator(catalog.io(), catalog.store(), disabled);
    this.changed = transaction.changedTables();
    this.told = new CommitRecord(commitId, changed);
    this.way = new GivingWay(catalog, transaction, changed);
    for (TableIdentifier read : transaction.readSet().tables()) {
      TableIdentifier identifier = TableBranch.table(read);
      // A new table in the place of one that was read says nothing of what was read.
      if (changed.stream()
          .noneMatch(work -> !work.isNew() && work.committedName().equals(identifier))) {
        transaction
            .snapshot()
            .root()
            .table(identifier)
            .ifPresent(pointer -> readPointers.put(identifier, pointer));
      }
    }
  }

  CommitResult commit() {
    List<CommitTurns.Wanted> tables =
        changed.stream()
            .map(
                work -> {
                  TablePointer base = work.base();
                  return new CommitTurns.Wanted(
                      work.committedName(), base == null ? null : base.metadataLocation());
                })
            .toList();
    CommitResult result;
    try (CommitTurns.Turn turn = way.turn(tables);
        QueuePlace place = new QueuePlace(catalog, queuedTables())) {
      result = told.ended(commitInTurn(turn.waited(), place));
    } catch (RuntimeException e) {
      told.failed(e);
      throw e;
    } finally {
      catalog.endCommit(commitId);
    }
    if (!result.alreadyApplied()) {
      // After the turn: the next writer need not wait for hints.
      Map<TableIdentifier, TableMetadata> committed = new LinkedHashMap<>();
      written.forEach((work, metadata) -> committed.put(work.identifier(), metadata));
      catalog.publishHints(committed);
    }
    return result;
  }

  /** What others can change under this transaction; new tables are nobody else's. */
  private Set<TableIdentifier> queuedTables() {
    if (!catalog.turns().queues() || transaction.maintenance().givesWay()) {
      return Set.of();
    }
    Set<TableIdentifier> tables = new HashSet<>(readPointers.keySet());
    changed.stream()
        .filter(work -> !work.isNew())
        .forEach(work -> tables.add(work.committedName()));
    return tables;
  }

  private CommitResult commitInTurn(boolean othersCame, QueuePlace place) {
    DatabaseSnapshot base =
        othersCame ? catalog.snapshot() : catalog.newestKnown(transaction.snapshot());
    int losses = 0;
    for (int rebases = 0; rebases < MAX_REBASES; rebases++) {
      base = place.await(base, losses);
      way.requireFree(base.root(), losses);
      Optional<CommitResult> before = alreadyApplied(base.root());
      if (before.isPresent()) {
        return before.get();
      }
      List<RootChange> changes;
      try (MetadataWrites writes = catalog.writesSideBySide()) {
        rebaseOn(base.root());
        if (place.isContended(losses)) {
          // Others take places in the queue meanwhile: the swap goes on top of those seen here.
          writes.meanwhile(catalog::snapshot);
        }
        changes = changes();
      }
      changes.add(place.leave(base.root()));
      CommitOutcome outcome = catalog.commit(new RootEdit(commitId, token, changes));
      if (outcome instanceof CommitOutcome.Applied) {
        place.left();
        return new CommitResult(commitId, false);
      }
      if (outcome instanceof CommitOutcome.AlreadyApplied already) {
        return new CommitResult(already.commitId(), true);
      }
      if (outcome instanceof CommitOutcome.Unknown unknown) {
        place.left();
        throw outcomeUnknown(unknown, token);
      }
      CommitOutcome.Moved moved = (CommitOutcome.Moved) outcome;
      base = moved.snapshot();
      if (!place.heldBack(base.root())) {
        losses++;
        told.lost(moved.reason());
        requireDefinitionsHold(moved);
      }
    }
    throw new EngineException(
        SqlState.SERIALIZATION_FAILURE,
        "other writers came first "
            + MAX_REBASES
            + " times; nothing of this transaction was applied: run it again");
  }

  static CommitOutcomeUnknownException outcomeUnknown(
      CommitOutcome.Unknown unknown, @Nullable String token) {
    return new CommitOutcomeUnknownException(
        unknown.commitId(),
        token,
        "the commit "
            + unknown.commitId()
            + (token == null ? "" : " of the token '" + token + "'")
            + " was sent, but neither success nor failure could be learnt. Nothing was"
            + " deleted. "
            + (token == null
                ? "Look the id up in the database's root; under an idempotency token it could"
                    + " simply be run again"
                : "Run it again under the same token, or ask SHOW COMMIT STATE OF '" + token + "'"),
        unknown.cause());
  }

  /** A token outlives the root's ring in the summaries of the tables' snapshots. */
  private Optional<CommitResult> alreadyApplied(DatabaseRoot root) {
    if (token == null) {
      return Optional.empty();
    }
    if (root.token(token).isPresent()) {
      return root.token(token).map(earlier -> new CommitResult(earlier.commitId(), true));
    }
    for (TableWork work : changed) {
      Optional<TablePointer> pointer =
          work.isNew() ? Optional.empty() : root.table(work.committedName());
      if (pointer.isPresent()) {
        Optional<String> earlier =
            CommitLookup.inTable(catalog, work.identifier(), pointer.get(), token);
        if (earlier.isPresent()) {
          return Optional.of(new CommitResult(earlier.get(), true));
        }
      }
    }
    return Optional.empty();
  }

  /** Validates against, and moves onto, what others made of the tables since. */
  private void rebaseOn(DatabaseRoot root) {
    for (TableWork work : changed) {
      TablePointer before = work.base();
      TableMetadata beforeMetadata = work.baseMetadata();
      if (before == null || beforeMetadata == null) {
        continue;
      }
      TableIdentifier name = work.committedName();
      TablePointer now = present(root, name);
      if (!now.metadataLocation().equals(before.metadataLocation())) {
        TableMetadata nowMetadata = catalog.metadata(name, now);
        validator.validateWritten(work, beforeMetadata, nowMetadata, transaction.readRows());
        transaction.readSet().requireSamePoints(name, beforeMetadata, nowMetadata);
        rebase(catalog, work, now, nowMetadata);
        written.remove(work);
      }
    }
    for (Map.Entry<TableIdentifier, TablePointer> read : readPointers.entrySet()) {
      TablePointer now = present(root, read.getKey());
      if (!now.metadataLocation().equals(read.getValue().metadataLocation())) {
        TableMetadata before = catalog.metadata(read.getKey(), read.getValue());
        TableMetadata after = catalog.metadata(read.getKey(), now);
        validator.validateRead(read.getKey(), before, after, transaction.readRows());
        transaction.readSet().requireSamePoints(read.getKey(), before, after);
        read.setValue(now);
      }
    }
  }

  private static TablePointer present(DatabaseRoot root, TableIdentifier identifier) {
    return root.table(identifier)
        .orElseThrow(() -> ConflictValidator.conflict(identifier, "it was dropped"));
  }

  private static void rebase(
      DatabaseCatalog catalog, TableWork work, TablePointer now, TableMetadata nowMetadata) {
    try {
      work.rebase(catalog, now, nowMetadata);
    } catch (ValidationException | CommitFailedException e) {
      throw new EngineException(
          SqlState.SERIALIZATION_FAILURE,
          "the changes of this transaction do not fit what another one made of the table "
              + work.identifier()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** Names that were created or dropped cannot be rebased. */
  private void requireDefinitionsHold(CommitOutcome.Moved moved) {
    DatabaseRoot root = moved.snapshot().root();
    boolean rebasable =
        changed.stream().anyMatch(work -> movedSince(root, work.committedName(), work.base()))
            || readPointers.entrySet().stream()
                .anyMatch(read -> movedSince(root, read.getKey(), read.getValue()));
    if (!rebasable) {
      throw new EngineException(
          SqlState.SERIALIZATION_FAILURE,
          "another transaction committed first: "
              + moved.reason()
              + ". Nothing of this transaction was applied; run it again");
    }
  }

  private static boolean movedSince(
      DatabaseRoot root, TableIdentifier identifier, @Nullable TablePointer before) {
    return before != null && !Optional.of(before).equals(root.table(identifier));
  }

  /** Writes what is not written yet, and lists the changes of the root. */
  private List<RootChange> changes() {
    List<RootChange> changes = new ArrayList<>();
    readPointers.forEach(
        (identifier, pointer) ->
            changes.add(new RootChange.Unmoved(identifier, pointer.metadataLocation())));
    for (TableWork work : changed) {
      TablePointer before = work.base();
      if (before != null && work.isRenamed()) {
        changes.add(new RootChange.Unmoved(work.committedName(), before.metadataLocation()));
      }
    }
    changes.addAll(transaction.definitionChanges());
    changes.addAll(transaction.viewChanges());
    for (TableWork work : changed) {
      TablePointer before = work.base();
      TablePointer pointer =
          before == null || work.hasNewMetadata() ? pointer(work) : before; // else renamed only
      if (before == null && work.baseMetadata() != null) {
        changes.add(new RootChange.Unnamed(pointer.uuid()));
      }
      changes.add(
          before == null || work.isRenamed()
              ? new RootChange.CreateRelation(work.identifier(), pointer)
              : new RootChange.ReplaceRelation(
                  work.identifier(), before.metadataLocation(), pointer));
    }
    return changes;
  }

  private TablePointer pointer(TableWork work) {
    TableMetadata metadata = written.computeIfAbsent(work, this::write);
    return new TablePointer(
        TablePointer.Kind.TABLE, metadata.metadataFileLocation(), metadata.uuid());
  }

  private TableMetadata write(TableWork work) {
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put(CommitSummary.COMMIT_ID, commitId);
    if (token != null) {
      summary.put(CommitSummary.TOKEN, token);
    }
    if (transaction.applicationName() != null) {
      summary.put(CommitSummary.APPLICATION, transaction.applicationName());
    }
    TableMetadata metadata = work.operations().current();
    Set<Long> own = new HashSet<>();
    metadata.snapshots().forEach(snapshot -> own.add(snapshot.snapshotId()));
    TableMetadata base = work.baseMetadata();
    if (base != null) {
      base.snapshots().forEach(snapshot -> own.remove(snapshot.snapshotId()));
    }
    MaintenanceCount count =
        MaintenanceCount.of(metadata, own, transaction.maintenance().movesRowsOnly());
    if (count != null) {
      summary.put(MaintenanceCount.SUMMARY, count.text());
    }
    boolean isDue = count != null && count.isDue() && !transaction.maintenance().movesRowsOnly();
    transaction.maintenance().claim(work.identifier(), isDue);
    return catalog.writeMetadata(metadata, base, summary, own);
  }
}
