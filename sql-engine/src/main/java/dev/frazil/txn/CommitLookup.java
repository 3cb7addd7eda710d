package dev.frazil.txn;

import dev.frazil.catalog.CommitOutcome;
import dev.frazil.catalog.CommitSummary;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.RootEdit;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** Finds out whether a commit under an idempotency token is in the database. Stateless. */
public final class CommitLookup {
  private CommitLookup() {}

  /**
   * The state of a token, for sure: if no commit of it is found, the root is moved on by a swap
   * that changes nothing, after which a put that is still on its way cannot land. A commit that is
   * being tried at this very moment may still follow. A catalog of another system has no root to
   * move on: there the answer is of now, and a request on its way may land after it.
   *
   * <p>Errors: 25006 if nothing is found and the warehouse is read-only, so that nothing is sure;
   * 08007 when that swap's own outcome stays unknown.
   */
  public static CommitState state(DatabaseCatalog catalog, String token) {
    String found = find(catalog, catalog.snapshot().root(), token);
    if (found != null) {
      return new CommitState(found);
    }
    if (catalog.readOnly()) {
      throw new EngineException(
          SqlState.READ_ONLY_TRANSACTION,
          "no commit under the token '"
              + token
              + "' is there, but over a read-only connection nobody can make sure that none is still"
              + " on its way: ask over one that may write");
    }
    CommitOutcome outcome = catalog.commit(new RootEdit(catalog.newCommitId(), null, List.of()));
    if (outcome instanceof CommitOutcome.Unknown unknown) {
      throw new EngineException(
          SqlState.CONNECTION_FAILURE,
          "whether the token '" + token + "' was committed cannot be learnt now; ask again",
          unknown.cause());
    }
    return new CommitState(find(catalog, catalog.snapshot().root(), token));
  }

  /** By the root's ring, then by the summaries of all snapshots. */
  private static @Nullable String find(DatabaseCatalog catalog, DatabaseRoot root, String token) {
    if (root.token(token).isPresent()) {
      return root.token(token).get().commitId();
    }
    for (Map.Entry<TableIdentifier, TablePointer> relation : root.relations().entrySet()) {
      if (relation.getValue().kind() == TablePointer.Kind.TABLE) {
        Optional<String> commitId = inTable(catalog, relation.getKey(), relation.getValue(), token);
        if (commitId.isPresent()) {
          return commitId.get();
        }
      }
    }
    return null;
  }

  /** The commit under a token that the summaries of one table's snapshots tell of. */
  static Optional<String> inTable(
      DatabaseCatalog catalog, TableIdentifier table, TablePointer pointer, String token) {
    for (Snapshot snapshot : catalog.metadata(table, pointer).snapshots()) {
      if (token.equals(snapshot.summary().get(CommitSummary.TOKEN))) {
        return Optional.of(String.valueOf(snapshot.summary().get(CommitSummary.COMMIT_ID)));
      }
    }
    return Optional.empty();
  }
}
