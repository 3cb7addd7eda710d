package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a commit would leave in a catalog of pointers, and whether it is there. A commit that made
 * metadata is found by it: its file is the current one, or stands in the log of a later one, or its
 * snapshots are in that. It has lost where a later one has the file that it was to replace in its
 * log, and nothing of the commit: what replaced that file was another. Immutable.
 */
final class PointerTrace {
  private static final Logger LOG = LoggerFactory.getLogger(PointerTrace.class);

  /** What a look tells. */
  enum Verdict {
    /** The commit is in the catalog. */
    LANDED,
    /** It is not, and no attempt of it can land any more. */
    LOST,
    /** Nobody can tell from here. */
    OPEN
  }

  /** A metadata file of the commit; {@code expected} is what it replaces, null for a new name. */
  private record Mark(
      TableIdentifier identifier, TablePointer pointer, @Nullable String expected) {}

  private final PointerDatabase database;
  private final List<Mark> marks = new ArrayList<>();
  private final List<RootChange> changes;

  PointerTrace(PointerDatabase database, RootEdit edit) {
    this.database = database;
    this.changes = edit.changes();
    for (RootChange change : changes) {
      if (change instanceof RootChange.ReplaceRelation replace) {
        marks.add(
            new Mark(replace.identifier(), replace.pointer(), replace.expectedMetadataLocation()));
      } else if (change instanceof RootChange.CreateRelation create) {
        marks.add(new Mark(create.identifier(), create.pointer(), null));
      }
    }
  }

  /** Whether the commit makes no metadata of tables or views. */
  boolean isEmpty() {
    return marks.isEmpty();
  }

  /** All changes of a commit come together, so one of them tells of all. */
  Verdict look(PointerView now) {
    Verdict verdict = Verdict.OPEN;
    for (Mark mark : marks) {
      Verdict found = look(mark, now.relations().get(mark.identifier()));
      if (found == Verdict.LANDED) {
        return found;
      }
      if (found == Verdict.LOST) {
        verdict = found;
      }
    }
    return marks.isEmpty() && isDone(now) ? Verdict.LANDED : verdict;
  }

  private Verdict look(Mark mark, @Nullable StoredPointer now) {
    TablePointer own = mark.pointer();
    if (now == null || now.kind() != own.kind() || now.metadataLocation().equals(mark.expected())) {
      return Verdict.OPEN;
    }
    if (now.metadataLocation().equals(own.metadataLocation())) {
      return Verdict.LANDED;
    }
    try {
      return own.kind() == TablePointer.Kind.VIEW ? lookAtView(mark, now) : lookAtTable(mark, now);
    } catch (NotFoundException | EngineException e) {
      LOG.debug("whether {} is in the history of {} cannot be told", own, now, e);
      return Verdict.OPEN;
    }
  }

  private Verdict lookAtTable(Mark mark, StoredPointer found) {
    TableMetadata own = database.metadataAt(mark.pointer().metadataLocation());
    TableMetadata now = database.metadataAt(found.metadataLocation());
    if (!Objects.equals(own.uuid(), now.uuid())) {
      return Verdict.OPEN;
    }
    if (isLogged(now, own.metadataFileLocation()) || hasSnapshots(mark, own, now)) {
      return Verdict.LANDED;
    }
    String expected = mark.expected();
    return expected != null && isLogged(now, expected) ? Verdict.LOST : Verdict.OPEN;
  }

  private static boolean isLogged(TableMetadata metadata, String file) {
    return metadata.previousFiles().stream().anyMatch(entry -> entry.file().equals(file));
  }

  /** Whether all snapshots that the commit adds are there, if it adds any. */
  private boolean hasSnapshots(Mark mark, TableMetadata own, TableMetadata now) {
    String expected = mark.expected();
    TableMetadata before = expected == null ? null : database.metadataAt(expected);
    boolean adds = false;
    for (Snapshot snapshot : own.snapshots()) {
      if (before == null || before.snapshot(snapshot.snapshotId()) == null) {
        adds = true;
        if (now.snapshot(snapshot.snapshotId()) == null) {
          return false;
        }
      }
    }
    return adds;
  }

  private Verdict lookAtView(Mark mark, StoredPointer found) {
    ViewMetadata own = database.viewMetadataAt(mark.pointer().metadataLocation());
    ViewMetadata now = database.viewMetadataAt(found.metadataLocation());
    String expected = mark.expected();
    if (!Objects.equals(own.uuid(), now.uuid()) || expected == null) {
      return Verdict.OPEN;
    }
    ViewMetadata before = database.viewMetadataAt(expected);
    if (!has(before, own.currentVersion()) && has(now, own.currentVersion())) {
      return Verdict.LANDED;
    }
    boolean follows = has(now, before.currentVersion());
    return follows && !has(before, own.currentVersion()) ? Verdict.LOST : Verdict.OPEN;
  }

  private static boolean has(ViewMetadata metadata, ViewVersion version) {
    return metadata.versions().stream()
        .anyMatch(
            other ->
                other.timestampMillis() == version.timestampMillis()
                    && other.representations().equals(version.representations()));
  }

  /** Of a commit that makes no metadata: everything is as it would be after it. */
  private boolean isDone(PointerView now) {
    boolean any = false;
    for (RootChange change : changes) {
      boolean done;
      if (change instanceof RootChange.DropRelation drop) {
        done = !now.relations().containsKey(drop.identifier());
      } else if (change instanceof RootChange.CreateNamespace create) {
        done = create.properties().equals(now.namespaces().get(create.namespace()));
      } else if (change instanceof RootChange.DropNamespace drop) {
        done = !now.namespaces().containsKey(drop.namespace());
      } else if (change instanceof RootChange.ReplaceProperties replace) {
        done = replace.properties().equals(now.namespaces().get(replace.namespace()));
      } else {
        continue;
      }
      if (!done) {
        return false;
      }
      any = true;
    }
    return any;
  }
}
