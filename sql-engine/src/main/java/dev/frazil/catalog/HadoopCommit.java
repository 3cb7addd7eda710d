package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Commits in a Hadoop warehouse: one table, or one schema, each. What a transaction relies on in
 * other tables is looked at right before, not together with the commit: no two tables change in one
 * step there. Thread-safe.
 */
final class HadoopCommit {
  private final HadoopFolderCatalog database;
  private final HadoopMetadataFiles files;
  private final HadoopTableFolders folders;
  private final TimeSource time;
  private final Ids ids;
  private final long patienceMillis;
  private final Set<CommitGuard> disabled;

  /** By the id of the commit, until that is over. */
  private final Map<String, HadoopVersion> prepared = new ConcurrentHashMap<>();

  HadoopCommit(
      HadoopFolderCatalog database,
      HadoopMetadataFiles files,
      HadoopTableFolders folders,
      TimeSource time,
      Ids ids,
      long patienceMillis,
      Set<CommitGuard> disabled) {
    this.database = database;
    this.files = files;
    this.folders = folders;
    this.time = time;
    this.ids = ids;
    this.patienceMillis = patienceMillis;
    this.disabled = disabled;
  }

  // ---- the next version of a table

  /**
   * Makes the next version of a table, to be stored by the commit whose id stands in the summary.
   *
   * @param base the version that was changed, as it was read
   */
  TableMetadata prepare(
      TableMetadata metadata,
      @Nullable TableMetadata base,
      Map<String, String> summary,
      Set<Long> ownSnapshots) {
    String commitId = summary.get(CommitSummary.COMMIT_ID);
    if (commitId == null) {
      throw EngineException.internal("metadata of a Hadoop table without a commit");
    }
    if (ownSnapshots.isEmpty() && summary.containsKey(CommitSummary.TOKEN)) {
      throw tokenWithoutSnapshot();
    }
    HadoopVersion version =
        metadata.previousFiles().isEmpty()
            ? first(metadata, commitId, summary, ownSnapshots)
            : next(metadata, base, commitId, summary, ownSnapshots);
    prepared.put(commitId, version);
    return version.body().metadata();
  }

  private static HadoopVersion first(
      TableMetadata metadata,
      String commitId,
      Map<String, String> summary,
      Set<Long> ownSnapshots) {
    Path folder = Path.of(metadata.location()).resolve("metadata");
    HadoopFolderCatalog.requireInPlace(metadata, folder);
    return HadoopVersion.of(
        folder, 1, isPacked(metadata), metadata, commitId, summary, ownSnapshots, null);
  }

  private HadoopVersion next(
      TableMetadata metadata,
      @Nullable TableMetadata before,
      String commitId,
      Map<String, String> summary,
      Set<Long> ownSnapshots) {
    TableMetadata.MetadataLogEntry previous =
        metadata.previousFiles().get(metadata.previousFiles().size() - 1);
    Path file = Path.of(previous.file());
    Path folder = file.getParent();
    int number = TableLocations.metadataFileNumber(previous.file());
    if (folder == null || number < 0 || !String.valueOf(file.getFileName()).startsWith("v")) {
      throw EngineException.unsupported(
          "a change of the table of "
              + previous.file()
              + ", which another catalog than Iceberg's Hadoop catalog keeps,");
    }
    HadoopFolderCatalog.requireInPlace(metadata, folder);
    HadoopMetadataFiles.Read base = base(previous, before);
    // By what the table was: of two writers after one version both take the same name.
    boolean packed = isPacked(base.metadata());
    HadoopVersion.Base after = new HadoopVersion.Base(previous.file(), base.entityTag());
    return HadoopVersion.of(
        folder, number + 1, packed, metadata, commitId, summary, ownSnapshots, after);
  }

  /** The version that stands there, which has to be that which was read. */
  private HadoopMetadataFiles.Read base(
      TableMetadata.MetadataLogEntry previous, @Nullable TableMetadata before) {
    try {
      HadoopMetadataFiles.Read base = files.read(previous.file());
      String tag = before == null ? null : files.tag(before);
      boolean same =
          tag == null
              ? base.metadata().lastUpdatedMillis() == previous.timestampMillis()
              : base.entityTag().equals(tag);
      if (same) {
        return base;
      }
    } catch (NotFoundException e) {
      throw replaced(previous.file(), e);
    }
    throw replaced(previous.file(), null);
  }

  private static EngineException replaced(String file, @Nullable Throwable cause) {
    return new EngineException(
        SqlState.SERIALIZATION_FAILURE,
        "another program replaced or removed " + file + ": run the transaction again",
        cause);
  }

  private static boolean isPacked(TableMetadata metadata) {
    return metadata
        .property(
            TableProperties.METADATA_COMPRESSION, TableProperties.METADATA_COMPRESSION_DEFAULT)
        .equalsIgnoreCase("gzip");
  }

  /** The commit is over. */
  void forget(String commitId) {
    prepared.remove(commitId);
  }

  int prepared() {
    return prepared.size();
  }

  // ---- commits

  /** Applies the one change of an edit if all that it relies on is as it says. */
  CommitOutcome commit(RootEdit edit) {
    DatabaseSnapshot now = database.snapshot();
    DatabaseRoot.Draft draft = now.root().draft();
    RootChange own = null;
    for (RootChange change : edit.changes()) {
      if (!isCondition(change)) {
        if (own != null) {
          throw EngineException.unsupported(
              "a commit of several changes of tables or schemas in a Hadoop warehouse");
        }
        own = change;
      }
      Optional<String> moved = change.applyTo(draft);
      if (moved.isPresent()) {
        return new CommitOutcome.Moved(now, moved.get());
      }
    }
    if (own == null) {
      return new CommitOutcome.Applied(now);
    }
    DatabaseSnapshot then =
        new DatabaseSnapshot(
            new DatabaseRoot(0, "", draft.namespaces(), draft.relations(), List.of()), null);
    return apply(edit, own, now, then);
  }

  private static boolean isCondition(RootChange change) {
    return change instanceof RootChange.Unmoved
        || change instanceof RootChange.Named
        || change instanceof RootChange.Unnamed
        || change instanceof RootChange.NamedSchema
        || change instanceof RootChange.Listed
        || change instanceof RootChange.LeaveQueue;
  }

  private CommitOutcome apply(
      RootEdit edit, RootChange own, DatabaseSnapshot now, DatabaseSnapshot then) {
    if (own instanceof RootChange.CreateRelation create && isTable(create.pointer())) {
      return store(edit, create.pointer(), then);
    } else if (own instanceof RootChange.ReplaceRelation replace && isTable(replace.pointer())) {
      return store(edit, replace.pointer(), then);
    }
    if (edit.token() != null) {
      throw tokenWithoutSnapshot();
    }
    if (own instanceof RootChange.DropRelation drop) {
      TablePointer there = now.root().table(drop.identifier()).orElseThrow();
      Path metadata = Path.of(there.metadataLocation()).getParent();
      Path table = metadata == null ? null : metadata.getParent();
      if (table == null || !folders.drop(drop.identifier(), table)) {
        return new CommitOutcome.Moved(database.snapshot(), drop.identifier() + " was dropped");
      }
    } else if (own instanceof RootChange.CreateNamespace create && create.properties().isEmpty()) {
      folders.create(create.namespace());
    } else if (own instanceof RootChange.DropNamespace drop) {
      folders.drop(drop.namespace());
    } else {
      throw EngineException.unsupported(
          "this change in a Hadoop warehouse, which has tables and schemas without properties only,");
    }
    return new CommitOutcome.Applied(then);
  }

  private static boolean isTable(TablePointer pointer) {
    return pointer.kind() == TablePointer.Kind.TABLE;
  }

  private CommitOutcome store(RootEdit edit, TablePointer pointer, DatabaseSnapshot then) {
    HadoopVersion version = prepared.remove(edit.commitId());
    if (version == null || !version.location().equals(pointer.metadataLocation())) {
      throw EngineException.internal("the version of a Hadoop table that is to be committed");
    }
    return new HadoopVersionPut(database, files, version, time, ids, patienceMillis, disabled)
        .run(edit.commitId(), then);
  }

  private static EngineException tokenWithoutSnapshot() {
    return EngineException.unsupported(
        "an idempotency token for a commit that adds no snapshot, in a Hadoop warehouse, where"
            + " snapshots alone remember tokens,");
  }
}
