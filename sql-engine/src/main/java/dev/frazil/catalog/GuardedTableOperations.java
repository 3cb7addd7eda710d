package dev.frazil.catalog;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/**
 * Stands between Iceberg's updates and the table operations of <em>any</em> catalog, and keeps the
 * losses away that come from a swap which landed although its caller was told otherwise:
 *
 * <ul>
 *   <li>After any failure it looks for the snapshots that the commit would have added. If they are
 *       there, the commit succeeded (iceberg #12792, #13443).
 *   <li>A failure counts as one only when the table has moved past the base of the commit; before
 *       that the outcome is unknown, and Iceberg deletes nothing.
 *   <li>A retry that meets its own snapshot is answered with success. Iceberg 1.11 takes it for a
 *       rollback and drops what others committed since.
 *   <li>Its {@link #io} never deletes.
 * </ul>
 *
 * One thread at a time, as Iceberg's operations are.
 */
final class GuardedTableOperations implements TableOperations {
  private final TableOperations operations;
  private final boolean lookForOwn;
  private final Set<Long> undecided = new HashSet<>();

  GuardedTableOperations(TableOperations operations) {
    this(operations, true);
  }

  /**
   * @param lookForOwn only ever false in a test that shows why it must not be
   */
  GuardedTableOperations(TableOperations operations, boolean lookForOwn) {
    this.operations = operations;
    this.lookForOwn = lookForOwn;
  }

  @Override
  public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
    if (lookForOwn && landedBefore(base)) {
      undecided.clear();
      return;
    }
    Set<Long> own = added(base, metadata);
    try {
      operations.commit(base, metadata);
      undecided.clear();
    } catch (CertainFailure e) {
      throw e;
    } catch (RuntimeException e) {
      if (!landed(base, metadata, own, e)) {
        throw e;
      }
    }
  }

  /** Whether an earlier attempt of the same update stands in the base of this one. */
  private boolean landedBefore(@Nullable TableMetadata base) {
    return base != null
        && undecided.stream().anyMatch(snapshotId -> base.snapshot(snapshotId) != null);
  }

  private static Set<Long> added(@Nullable TableMetadata base, TableMetadata metadata) {
    Set<Long> added = new HashSet<>();
    for (Snapshot snapshot : metadata.snapshots()) {
      if (base == null || base.snapshot(snapshot.snapshotId()) == null) {
        added.add(snapshot.snapshotId());
      }
    }
    return added;
  }

  /**
   * Looks what became of a commit that failed.
   *
   * @return true if it landed; false if it certainly did not
   * @throws CommitStateUnknownException if that cannot be told
   */
  private boolean landed(
      @Nullable TableMetadata base, TableMetadata metadata, Set<Long> own, RuntimeException cause) {
    if (!lookForOwn) {
      return false;
    }
    TableMetadata now;
    try {
      now = operations.refresh();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      undecided.addAll(own);
      throw new CommitStateUnknownException(cause);
    }
    if (now != null && stands(now, metadata, own)) {
      undecided.clear();
      return true;
    }
    undecided.addAll(own);
    boolean movedOn =
        cause instanceof CommitFailedException && !Objects.equals(location(base), location(now));
    if (cause instanceof CommitStateUnknownException || (!movedOn && !isRefusal(cause))) {
      throw new CommitStateUnknownException(cause);
    }
    return false;
  }

  /** The catalog refused before it sent anything: names, arguments, permissions. */
  private static boolean isRefusal(RuntimeException cause) {
    return cause instanceof IllegalArgumentException
        || cause instanceof org.apache.iceberg.exceptions.AlreadyExistsException
        || cause instanceof org.apache.iceberg.exceptions.NoSuchNamespaceException
        || cause instanceof org.apache.iceberg.exceptions.NoSuchTableException
        || cause instanceof org.apache.iceberg.exceptions.ForbiddenException;
  }

  private static boolean stands(TableMetadata now, TableMetadata metadata, Set<Long> own) {
    if (!own.isEmpty()) {
      return own.stream().allMatch(snapshotId -> now.snapshot(snapshotId) != null);
    }
    // Without a snapshot only the very content tells; the uuid keeps tables apart.
    return Objects.equals(now.uuid(), metadata.uuid())
        && now.lastUpdatedMillis() == metadata.lastUpdatedMillis()
        && now.properties().equals(metadata.properties())
        && now.currentSchemaId() == metadata.currentSchemaId()
        && now.defaultSpecId() == metadata.defaultSpecId()
        && now.defaultSortOrderId() == metadata.defaultSortOrderId()
        && now.refs().equals(metadata.refs());
  }

  private static @Nullable String location(@Nullable TableMetadata metadata) {
    return metadata == null ? null : metadata.metadataFileLocation();
  }

  @Override
  public TableMetadata current() {
    return operations.current();
  }

  @Override
  public TableMetadata refresh() {
    return operations.refresh();
  }

  @Override
  public FileIO io() {
    return operations.io();
  }

  @Override
  public EncryptionManager encryption() {
    return operations.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return operations.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return operations.locationProvider();
  }

  @Override
  public TableOperations temp(TableMetadata uncommittedMetadata) {
    return operations.temp(uncommittedMetadata);
  }

  @Override
  public long newSnapshotId() {
    return operations.newSnapshotId();
  }

  /** Thrown by operations that know that a commit did not land and never will. */
  static final class CertainFailure extends CommitFailedException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("FormatStringAnnotation")
    CertainFailure(String message) {
      super("%s", message);
    }
  }
}
