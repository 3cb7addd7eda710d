package dev.frazil.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.catalog.CommitGuard;
import dev.frazil.catalog.CommitOutcome;
import dev.frazil.catalog.CommitSummary;
import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.RootEdit;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits to a server: changes of tables by what they require and what they change, all else by one
 * request each. Thread-safe.
 */
final class RestCommit {
  private static final Logger LOGGER = LoggerFactory.getLogger(RestCommit.class);
  private static final String PREPARED = "commit:";
  private final RestDatabase database;
  private final RestResources resources;
  private final CommitPatience patience;
  private final RestDefinitions definitions;
  private final RestViewChanges viewChanges;

  /** By the location that it goes under until the server names one, while somebody holds it. */
  private final Map<String, PreparedTable> prepared =
      Collections.synchronizedMap(new WeakHashMap<>());

  RestCommit(
      RestDatabase database, RestResources resources, RestViews views, CommitPatience patience) {
    this.database = database;
    this.resources = resources;
    this.patience = patience;
    this.definitions = new RestDefinitions(resources, views);
    this.viewChanges = new RestViewChanges(resources, views, patience);
  }

  // ---- what is about to be sent

  /** Keeps what a transaction made of a table until its commit. */
  TableMetadata prepare(
      TableMetadata metadata, Map<String, String> summary, Set<Long> ownSnapshots) {
    String commitId = summary.get(CommitSummary.COMMIT_ID);
    if (commitId == null) {
      throw EngineException.internal("metadata of a table without a commit");
    }
    if (ownSnapshots.isEmpty() && summary.containsKey(CommitSummary.TOKEN)) {
      throw tokenWithoutSnapshot();
    }
    // A text of its own: it lasts as long as somebody holds it.
    String name = PREPARED + commitId + '/' + patience.ids().hex(8);
    prepared.put(name, new PreparedTable(metadata, summary, ownSnapshots));
    return TableMetadata.buildFrom(metadata).discardChanges().withMetadataLocation(name).build();
  }

  /** Keeps what a transaction made of a view until its commit. */
  ViewMetadata prepareView(ViewMetadata metadata) {
    return viewChanges.prepare(metadata);
  }

  /** The folder that the server chooses for a table about to be made. */
  String stagedLocation(TableIdentifier identifier) {
    return definitions.stagedLocation(identifier);
  }

  // ---- commits

  /** Applies the changes of an edit if all that it relies on is as it says. */
  CommitOutcome commit(RootEdit edit) {
    DatabaseSnapshot now = database.snapshot();
    List<RootChange> own = new ArrayList<>();
    boolean looks = patience.enabled(CommitGuard.POINTERS);
    for (RootChange change : edit.changes()) {
      if (!RestConditions.isCondition(change)) {
        own.add(change);
      }
      if (looks && !isRenamed(change, edit)) {
        Optional<String> moved = RestConditions.moved(change, now.root());
        if (moved.isPresent()) {
          return new CommitOutcome.Moved(now, moved.get());
        }
      }
    }
    if (own.isEmpty()) {
      return new CommitOutcome.Applied(now);
    }
    CommitAttempt attempt = attempt(own, edit);
    return new CommitSending(resources, attempt, patience, database::snapshot).run(edit.commitId());
  }

  /** The names of a rename are looked at by the server. */
  private static boolean isRenamed(RootChange change, RootEdit edit) {
    return change instanceof RootChange.Unnamed unnamed
        && edit.changes().stream()
            .anyMatch(
                other ->
                    other instanceof RootChange.DropRelation drop
                        && drop.uuid().equals(unnamed.uuid()));
  }

  private CommitAttempt attempt(List<RootChange> own, RootEdit edit) {
    if (own.stream().allMatch(RestCommit::isTableChange)) {
      List<Sent> tables = own.stream().map(this::sent).toList();
      return tables.size() == 1 ? single(tables.get(0)) : together(tables);
    }
    if (edit.token() != null) {
      throw tokenWithoutSnapshot();
    }
    return own.size() == 1 && RestViewChanges.isOne(own.get(0))
        ? viewChanges.attempt(own.get(0))
        : definitions.attempt(own);
  }

  private static boolean isTableChange(RootChange change) {
    TablePointer pointer =
        change instanceof RootChange.ReplaceRelation replace
            ? replace.pointer()
            : change instanceof RootChange.CreateRelation create ? create.pointer() : null;
    return pointer != null && isPrepared(pointer);
  }

  /** Whether it stands for changes that the server is to make. */
  static boolean isPrepared(TablePointer pointer) {
    return pointer.kind() == TablePointer.Kind.TABLE
        && pointer.metadataLocation().startsWith(PREPARED);
  }

  /**
   * A table and what of it is sent.
   *
   * @param requirements none where a test shows why there must be some
   */
  private record Sent(
      TableIdentifier identifier,
      PreparedTable table,
      @Nullable TableMetadata base,
      List<UpdateRequirement> requirements) {}

  private Sent sent(RootChange change) {
    if (change instanceof RootChange.CreateRelation create) {
      PreparedTable table = prepared(create.pointer());
      return new Sent(create.identifier(), table, null, table.requirements(null));
    }
    RootChange.ReplaceRelation replace = (RootChange.ReplaceRelation) change;
    PreparedTable table = prepared(replace.pointer());
    TableMetadata base =
        database.metadata(
            replace.identifier(),
            new TablePointer(
                TablePointer.Kind.TABLE,
                replace.expectedMetadataLocation(),
                table.metadata().uuid()));
    return new Sent(
        replace.identifier(),
        table,
        base,
        patience.enabled(CommitGuard.CONDITION) ? table.requirements(base) : List.of());
  }

  private PreparedTable prepared(TablePointer pointer) {
    PreparedTable table = prepared.get(pointer.metadataLocation());
    if (table == null) {
      throw EngineException.internal("the table that is to be committed");
    }
    return table;
  }

  private CommitAttempt single(Sent sent) {
    TableIdentifier identifier = sent.identifier();
    if (sent.base() == null && sent.table().isRegistered()) {
      return definitions.registration(identifier, sent.table());
    }
    return new CommitAttempt(
        "POST",
        resources.config().paths().table(identifier),
        Map.of(),
        sent.table().request(identifier, sent.requirements(), sent.base() == null),
        "change the table " + identifier,
        () -> state(List.of(sent)),
        answer -> resources.taken(identifier, answer));
  }

  private CommitAttempt together(List<Sent> tables) {
    if (!database.commitsTablesTogether()
        || tables.stream().anyMatch(sent -> sent.base() == null)) {
      throw EngineException.unsupported(
          "a commit of several tables, of which some are new, in a REST catalog");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode changes = body.putArray("table-changes");
    for (Sent sent : tables) {
      JsonNode request = sent.table().request(sent.identifier(), sent.requirements(), false);
      changes.add(request);
    }
    return new CommitAttempt(
        "POST",
        resources.config().paths().commitTransaction(),
        Map.of(),
        body,
        "change " + tables.size() + " tables together",
        () -> state(tables),
        CommitAttempt.Taken.NOTHING);
  }

  /**
   * Applied when all of them are, or those of which it can be told; ruled out when one of them is.
   */
  private CommitAttempt.State state(List<Sent> tables) {
    Set<CommitAttempt.State> states = EnumSet.noneOf(CommitAttempt.State.class);
    tables.forEach(sent -> states.add(state(sent)));
    if (states.size() == 1) {
      return states.iterator().next();
    }
    if (states.equals(EnumSet.of(CommitAttempt.State.APPLIED, CommitAttempt.State.UNTOLD))) {
      return CommitAttempt.State.APPLIED;
    }
    // Where a part of it stands the server did not keep what it offers, and nobody can tell.
    if (states.contains(CommitAttempt.State.APPLIED)) {
      return CommitAttempt.State.OPEN;
    }
    return states.contains(CommitAttempt.State.RULED_OUT)
        ? CommitAttempt.State.RULED_OUT
        : CommitAttempt.State.UNTOLD;
  }

  private CommitAttempt.State state(Sent sent) {
    TableMetadata now = resources.table(sent.identifier()).map(LoadedTable::metadata).orElse(null);
    TableMetadata base = sent.base();
    if (now != null && sent.table().stands(now, base)) {
      return CommitAttempt.State.APPLIED;
    }
    if (!PreparedTable.isRuledOut(sent.requirements(), now)) {
      return CommitAttempt.State.OPEN;
    }
    if (base == null) {
      return CommitAttempt.State.RULED_OUT;
    }
    if (now == null || !Objects.equals(now.uuid(), base.uuid())) {
      return CommitAttempt.State.UNTOLD; // dropped, with this change or without it
    }
    // Snapshots would be found. A definition may have been changed, and changed again by others.
    return sent.table().ownSnapshots().isEmpty()
        ? stateOfSuccessor(sent, base, now)
        : CommitAttempt.State.RULED_OUT;
  }

  private CommitAttempt.State stateOfSuccessor(Sent sent, TableMetadata base, TableMetadata now) {
    if (sent.table().isTraceless(now, base)) {
      return CommitAttempt.State.RULED_OUT;
    }
    String successor = PreparedTable.successor(base, now);
    if (successor == null) {
      return CommitAttempt.State.UNTOLD;
    }
    if (successor.equals(now.metadataFileLocation())) {
      return CommitAttempt.State.RULED_OUT; // which does not have it
    }
    try {
      TableMetadata next =
          database.metadata(
              sent.identifier(), new TablePointer(TablePointer.Kind.TABLE, successor, base.uuid()));
      return sent.table().stands(next, base)
          ? CommitAttempt.State.APPLIED
          : CommitAttempt.State.RULED_OUT;
    } catch (EngineException e) {
      LOGGER.debug(
          "what followed the metadata that {} relied on cannot be read", sent.identifier(), e);
      return CommitAttempt.State.UNTOLD;
    }
  }

  static EngineException tokenWithoutSnapshot() {
    return EngineException.unsupported(
        "an idempotency token for a commit that adds no snapshot, in a REST catalog, where"
            + " snapshots alone remember tokens,");
  }
}
