package dev.frazil.bridge;

import dev.frazil.catalog.CommitSummary;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.MetadataWrites;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.TablePointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.rest.requests.CommitTransactionRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.jspecify.annotations.Nullable;

/**
 * Commits to one table or several, decided by one swap of the root. What each table requires is
 * checked before anything is written, on the state that the swap is built on. Thread-safe.
 */
final class TableCommits {
  private static final int MAX_TABLES = 1_000;

  private final DatabaseCatalog catalog;
  private final GuardedChange changes;
  private final Relations relations;
  private final Places places;

  TableCommits(DatabaseCatalog catalog, GuardedChange changes, Places places) {
    this.catalog = catalog;
    this.changes = changes;
    this.relations = new Relations(TablePointer.Kind.TABLE, changes);
    this.places = places;
  }

  /** A commit to the table of the path. */
  RestAnswer commit(RestRequest request) {
    UpdateTableRequest body = request.read(UpdateTableRequest.class);
    TableIdentifier identifier = request.identifier();
    if (body.identifier() != null && !body.identifier().equals(identifier)) {
      throw new BadRequestException(
          "The body is about %s, but the path about %s", body.identifier(), identifier);
    }
    List<TableMetadata> committed =
        run(request, List.of(new TableChange(identifier, body.requirements(), body.updates())));
    return TableEndpoints.loaded(committed.get(0));
  }

  /** A commit over several tables: all of it or nothing. */
  RestAnswer commitTogether(RestRequest request) {
    CommitTransactionRequest body = request.read(CommitTransactionRequest.class);
    if (body.tableChanges().size() > MAX_TABLES) {
      throw new BadRequestException("A commit may be about %s tables at most", MAX_TABLES);
    }
    List<TableChange> wanted = new ArrayList<>();
    Set<TableIdentifier> named = new HashSet<>();
    for (UpdateTableRequest change : body.tableChanges()) {
      TableIdentifier identifier = RestNames.checked(change.identifier());
      if (!named.add(identifier)) {
        throw new BadRequestException("The commit names the table %s twice", identifier);
      }
      wanted.add(new TableChange(identifier, change.requirements(), change.updates()));
    }
    run(request, wanted);
    return RestAnswer.done();
  }

  private List<TableMetadata> run(RestRequest request, List<TableChange> wanted) {
    return changes.run(
        request.key(),
        wanted.stream().map(TableChange::identifier).toList(),
        GuardedChange.Plan.of(
            (now, commitId) -> planned(now, wanted, commitId),
            now -> wanted.stream().map(change -> required(now, change.identifier())).toList()));
  }

  private TableMetadata required(DatabaseSnapshot now, TableIdentifier identifier) {
    return catalog.metadata(identifier, relations.required(now, identifier));
  }

  /** What becomes of one table. */
  private record Step(
      TableIdentifier identifier, @Nullable TableMetadata base, TableMetadata updated) {
    boolean changes() {
      return base == null || !updated.changes().isEmpty();
    }
  }

  private GuardedChange.Planned<List<TableMetadata>> planned(
      DatabaseSnapshot now, List<TableChange> wanted, String commitId) {
    Map<TableIdentifier, TableMetadata> bases = new HashMap<>();
    for (TableChange change : wanted) {
      now.root()
          .table(change.identifier())
          .ifPresent(
              pointer ->
                  bases.put(change.identifier(), catalog.metadata(change.identifier(), pointer)));
    }
    if (wanted.stream().anyMatch(change -> change.landed(bases.get(change.identifier())))) {
      return GuardedChange.Planned.nothing(
          wanted.stream().map(change -> required(now, change.identifier())).toList());
    }
    List<Step> steps = new ArrayList<>();
    for (TableChange change : wanted) {
      TableMetadata base = bases.get(change.identifier());
      if (change.creates() && base == null) {
        relations.requireFree(now, change.identifier());
      } else if (base == null) {
        relations.required(now, change.identifier());
      }
      TableMetadata updated = change.applyTo(base);
      places.check(updated, base);
      steps.add(new Step(change.identifier(), base, updated));
    }
    return steps.stream().anyMatch(Step::changes)
        ? written(steps, commitId)
        : GuardedChange.Planned.nothing(steps.stream().map(Step::updated).toList());
  }

  private GuardedChange.Planned<List<TableMetadata>> written(List<Step> steps, String commitId) {
    catalog.prepareWrite();
    List<RootChange> rootChanges = new ArrayList<>();
    Map<TableIdentifier, TableMetadata> written = new HashMap<>();
    List<TableMetadata> answer = new ArrayList<>();
    try (MetadataWrites writes = catalog.writesSideBySide()) {
      for (Step step : steps) {
        TableMetadata base = step.base();
        if (!step.changes() && base != null) {
          rootChanges.add(new RootChange.Unmoved(step.identifier(), base.metadataFileLocation()));
          answer.add(base);
          continue;
        }
        TableMetadata metadata =
            catalog.writeMetadata(
                step.updated(),
                Map.of(CommitSummary.COMMIT_ID, commitId),
                added(base, step.updated()));
        TablePointer pointer =
            new TablePointer(
                TablePointer.Kind.TABLE, metadata.metadataFileLocation(), metadata.uuid());
        rootChanges.add(
            base == null
                ? new RootChange.CreateRelation(step.identifier(), pointer)
                : new RootChange.ReplaceRelation(
                    step.identifier(), base.metadataFileLocation(), pointer));
        written.put(step.identifier(), metadata);
        answer.add(metadata);
      }
    }
    return new GuardedChange.Planned<>(rootChanges, written, answer);
  }

  private static Set<Long> added(@Nullable TableMetadata base, TableMetadata updated) {
    Set<Long> added = new HashSet<>();
    for (MetadataUpdate update : updated.changes()) {
      if (update instanceof MetadataUpdate.AddSnapshot add) {
        Snapshot snapshot = add.snapshot();
        if (base == null || base.snapshot(snapshot.snapshotId()) == null) {
          added.add(snapshot.snapshotId());
        }
      }
    }
    return added;
  }
}
