package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The earlier states of a database, found by taking back one version of its root after the other.
 * Reads an object for every {@value RootTrail#VERSIONS_OF_PART} versions. One thread.
 */
public final class DatabaseHistory {
  private final DatabaseSnapshot now;
  private final RootTrail trail;
  private final Map<TableIdentifier, TablePointer> relations;
  private final Map<Namespace, Map<String, String>> namespaces;
  private final Map<String, TablePointer> last = new HashMap<>();
  private @Nullable RootVersion oldest;

  DatabaseHistory(DatabaseSnapshot now, RootTrail trail) {
    this.now = now;
    this.trail = trail;
    this.relations = new LinkedHashMap<>(now.root().relations());
    this.namespaces = new LinkedHashMap<>(now.root().namespaces());
    relations.values().forEach(pointer -> last.put(pointer.uuid(), pointer));
  }

  /** The newest state, from which the others are reckoned. */
  public DatabaseSnapshot now() {
    return now;
  }

  /**
   * The newest pointer of a table or view that was visited: of one that was dropped the last one.
   */
  public TablePointer last(TablePointer of) {
    return last.getOrDefault(of.uuid(), of);
  }

  /** Takes a version, newest first, with the tables and views that it left. */
  @FunctionalInterface
  public interface Visitor {
    /** Whether to go on to the one before. */
    boolean visit(RootVersion version, Map<TableIdentifier, TablePointer> relations);
  }

  /** Visits versions, from the newest to the oldest that is known; to be called once. */
  public void visit(Visitor visitor) {
    List<RootVersion> versions = now.root().history();
    while (!versions.isEmpty()) {
      for (int i = versions.size() - 1; i >= 0; i--) {
        RootVersion version = versions.get(i);
        oldest = version;
        if (!visitor.visit(version, Collections.unmodifiableMap(relations))) {
          return;
        }
        version
            .relations()
            .values()
            .forEach(
                pointer -> {
                  if (pointer != null) {
                    last.putIfAbsent(pointer.uuid(), pointer);
                  }
                });
        version.undo(relations, namespaces);
      }
      long before = versions.get(0).version() - 1;
      versions = before < 1 ? List.of() : trail.upTo(before);
    }
  }

  /**
   * The state of a moment: of a time, what the last version made until then left. 22023 for one
   * that the history does not reach; to be called once.
   */
  public DatabaseSnapshot at(DatabaseMoment moment) {
    DatabaseRoot newest = now.root();
    if (moment instanceof DatabaseMoment.AtVersion at && at.version() == newest.version()) {
      return now;
    }
    RootVersion[] found = new RootVersion[1];
    visit(
        (version, unused) -> {
          boolean reached =
              moment instanceof DatabaseMoment.AtTime time
                  ? version.madeAtMillis() * 1_000 <= time.micros()
                  : version.version() == ((DatabaseMoment.AtVersion) moment).version();
          found[0] = reached ? version : null;
          return !reached;
        });
    RootVersion version = found[0];
    if (version == null) {
      throw unreached(moment);
    }
    if (version.version() == newest.version()) {
      return now;
    }
    return new DatabaseSnapshot(
        new DatabaseRoot(version.version(), version.commitId(), namespaces, relations, List.of()),
        now.entityTag());
  }

  private EngineException unreached(DatabaseMoment moment) {
    RootVersion first = oldest;
    String reach;
    if (first == null) {
      reach = "it has no history yet, which begins with the next commit";
    } else if (first.version() == 1) {
      reach = "it was made at " + Instant.ofEpochMilli(first.madeAtMillis());
    } else {
      reach =
          "its history begins at "
              + Instant.ofEpochMilli(first.madeAtMillis())
              + " with version "
              + first.version();
    }
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "nothing is known of the database at "
            + moment.text()
            + ": "
            + reach
            + ", and its newest version is "
            + now.root().version());
  }
}
