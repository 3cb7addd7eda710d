package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.MetadataWrites;
import dev.frazil.catalog.PropertyValues;
import dev.frazil.catalog.TableBranch;
import dev.frazil.catalog.TablePointer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has done to one table: the updates in order, able to run again on a newer
 * base, and what must not have changed under them. One thread at a time.
 */
final class TableWork {
  private static final long MOST_READ_AHEAD_BYTES = 16 << 20;

  private final TableIdentifier committedName;
  private final TransactionTableOperations operations;
  private final List<Step> updates = new ArrayList<>();
  private final Map<String, BranchWork> branches = new LinkedHashMap<>();
  private TableIdentifier identifier;
  private boolean altersDefinition;
  private boolean altersSchema;
  private @Nullable TablePointer base;
  private @Nullable TableMetadata baseMetadata;

  TableWork(
      TableIdentifier identifier,
      TransactionTableOperations operations,
      @Nullable TablePointer base,
      @Nullable TableMetadata baseMetadata) {
    this.committedName = identifier;
    this.identifier = identifier;
    this.operations = operations;
    this.base = base;
    this.baseMetadata = baseMetadata;
  }

  /** The name within the transaction. */
  TableIdentifier identifier() {
    return identifier;
  }

  /** The name by which others know the table, if it is not new. */
  TableIdentifier committedName() {
    return committedName;
  }

  /** Whether it is on the table that others know by the name. */
  boolean isOf(TableIdentifier committed) {
    return !isNew() && committedName.equals(committed);
  }

  void rename(TableIdentifier name) {
    identifier = name;
  }

  boolean isRenamed() {
    return !isNew() && !identifier.equals(committedName);
  }

  /** Whether there is metadata to be written. */
  @SuppressWarnings("ReferenceEquality")
  boolean hasNewMetadata() {
    return isNew() || operations.current() != baseMetadata;
  }

  /** The pointer that the work stands on; null for a table that this transaction created. */
  @Nullable TablePointer base() {
    return base;
  }

  /** The metadata behind {@link #base}. */
  @Nullable TableMetadata baseMetadata() {
    return baseMetadata;
  }

  TransactionTableOperations operations() {
    return operations;
  }

  /** The table that updates change. */
  Table table() {
    return new BaseTable(operations, identifier.toString(), TransactionTables.SILENT);
  }

  /** What was done to the rows of a branch; begun now if nothing has been. */
  BranchWork branch(String name) {
    return branches.computeIfAbsent(
        name, branch -> new BranchWork(TableBranch.of(committedName, branch)));
  }

  /** The branches whose rows were changed or relied on. */
  Collection<BranchWork> branches() {
    return branches.values();
  }

  /** Whether more than rows were changed, so that nobody else may have done that too. */
  boolean altersDefinition() {
    return altersDefinition;
  }

  /** Whether names of columns here may not be those that others know. */
  boolean altersSchema() {
    return altersSchema;
  }

  boolean isNew() {
    return base == null;
  }

  boolean changed() {
    return hasNewMetadata() || isRenamed();
  }

  /** An update and how to make it anew. */
  private record Step(Supplier<PendingUpdate<?>> recipe, PendingUpdate<?> update) {}

  /**
   * Runs an update and remembers it.
   *
   * @param catalog takes what it writes; where that fails, the table is as before
   * @param recipe makes it, over the state of the table at the time
   */
  void run(DatabaseCatalog catalog, Supplier<PendingUpdate<?>> recipe) {
    TableMetadata before = operations.current();
    boolean written = false;
    try {
      PendingUpdate<?> update;
      readAhead(catalog, before);
      try (MetadataWrites writes = catalog.writesSideBySide()) {
        update = recipe.get();
        update.commit();
      }
      updates.add(new Step(recipe, update));
      altersDefinition |= !TableDefinition.isSame(before, operations.current());
      altersSchema |= before.currentSchemaId() != operations.current().currentSchemaId();
      written = true;
    } catch (NumberFormatException e) {
      throw PropertyValues.explained(e, identifier.toString(), before);
    } finally {
      if (!written) {
        operations.restartFrom(before);
      }
    }
  }

  /**
   * Runs all updates again on what another commit made of the table. Iceberg's updates keep the
   * manifests that they have written, so of the first only the manifest list is written anew. They
   * also keep what they knew of older manifests; for the second that includes those of the first,
   * whose sequence numbers and row ids are others now: it is made anew, as is one that is about no
   * snapshot, which remembers the whole of the metadata.
   */
  void rebase(DatabaseCatalog catalog, TablePointer newBase, TableMetadata newMetadata) {
    readAhead(catalog, newMetadata);
    this.base = newBase;
    this.baseMetadata = newMetadata;
    operations.restartFrom(newMetadata);
    for (int i = 0; i < updates.size(); i++) {
      Step step = updates.get(i);
      if (i == 0 && step.update() instanceof SnapshotUpdate) {
        step.update().commit();
      } else {
        PendingUpdate<?> again = step.recipe().get();
        again.commit();
        updates.set(i, new Step(step.recipe(), again));
      }
    }
  }

  /**
   * An update of a table of many manifests merges them, and would read one after the other: those
   * that wait behind it in the queue would pass it over, and do the same.
   */
  private static void readAhead(DatabaseCatalog catalog, TableMetadata metadata) {
    Snapshot current = metadata.currentSnapshot();
    boolean merges =
        metadata.propertyAsBoolean(
            TableProperties.MANIFEST_MERGE_ENABLED, TableProperties.MANIFEST_MERGE_ENABLED_DEFAULT);
    if (current == null || !merges) {
      return;
    }
    int least =
        metadata.propertyTryAsInt(
            TableProperties.MANIFEST_MIN_MERGE_COUNT,
            TableProperties.MANIFEST_MIN_MERGE_COUNT_DEFAULT);
    List<ManifestFile> manifests = current.dataManifests(catalog.io());
    long bytes = manifests.stream().mapToLong(ManifestFile::length).sum();
    if (manifests.size() + 1 >= least && bytes <= MOST_READ_AHEAD_BYTES) {
      catalog.readAhead(manifests.stream().map(ManifestFile::path).toList());
    }
  }

  /** What the work consisted of at one moment; to be called outside of a commit only. */
  record Mark(
      TableIdentifier identifier,
      TableMetadata metadata,
      int updates,
      Map<String, BranchWork.Mark> branches,
      boolean altersDefinition,
      boolean altersSchema) {}

  Mark mark() {
    Map<String, BranchWork.Mark> marks = new LinkedHashMap<>();
    branches.forEach((name, branch) -> marks.put(name, branch.mark()));
    return new Mark(
        identifier, operations.current(), updates.size(), marks, altersDefinition, altersSchema);
  }

  /** Drops everything since the mark. */
  void returnTo(Mark mark) {
    identifier = mark.identifier();
    operations.restartFrom(mark.metadata());
    updates.subList(mark.updates(), updates.size()).clear();
    branches.keySet().retainAll(mark.branches().keySet());
    mark.branches().forEach((name, branch) -> branch(name).returnTo(branch));
    altersDefinition = mark.altersDefinition();
    altersSchema = mark.altersSchema();
  }
}
