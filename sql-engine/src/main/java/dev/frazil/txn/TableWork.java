package dev.frazil.txn;

import dev.frazil.catalog.TablePointer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has done to one table: the updates in order, able to run again on a newer
 * base, and what must not have changed under them. One thread at a time.
 */
final class TableWork {
  private final TableIdentifier identifier;
  private final TransactionTableOperations operations;
  private final List<Step> updates = new ArrayList<>();
  private final Set<String> referencedDataFiles = new HashSet<>();
  private final Set<String> replacedDeleteFiles = new HashSet<>();
  private final List<Expression> changedRows = new ArrayList<>();
  private final List<RewrittenFiles> rewrites = new ArrayList<>();
  private boolean exclusive;
  private boolean reliesOnPartitioning;
  private @Nullable TablePointer base;
  private @Nullable TableMetadata baseMetadata;

  TableWork(
      TableIdentifier identifier,
      TransactionTableOperations operations,
      @Nullable TablePointer base,
      @Nullable TableMetadata baseMetadata) {
    this.identifier = identifier;
    this.operations = operations;
    this.base = base;
    this.baseMetadata = baseMetadata;
  }

  TableIdentifier identifier() {
    return identifier;
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

  /** Whether the table must not have changed at all, as for TRUNCATE. */
  boolean exclusive() {
    return exclusive;
  }

  void makeExclusive() {
    this.exclusive = true;
  }

  /** Whether files went, or stayed, because of the partition that they are in. */
  boolean reliesOnPartitioning() {
    return reliesOnPartitioning;
  }

  void relyOnPartitioning() {
    this.reliesOnPartitioning = true;
  }

  /** Data files that new delete files point into. */
  Set<String> referencedDataFiles() {
    return referencedDataFiles;
  }

  /** Position delete files whose rows stand in new ones, or whose data file goes. */
  Set<String> replacedDeleteFiles() {
    return replacedDeleteFiles;
  }

  /** The filters of the row changes. */
  List<Expression> changedRows() {
    return changedRows;
  }

  /** Compactions: data files whose rows stand in other files now, unchanged. */
  List<RewrittenFiles> rewrites() {
    return rewrites;
  }

  /** Whether rows were deleted or updated, rather than only added. */
  boolean changesRows() {
    return !changedRows.isEmpty();
  }

  boolean isNew() {
    return base == null;
  }

  @SuppressWarnings("ReferenceEquality")
  boolean changed() {
    return isNew() || operations.current() != baseMetadata;
  }

  /** An update and how to make it anew. */
  private record Step(Supplier<PendingUpdate<?>> recipe, PendingUpdate<?> update) {}

  /**
   * Runs an update and remembers it.
   *
   * @param recipe makes it, over the state of the table at the time
   */
  void run(Supplier<PendingUpdate<?>> recipe) {
    PendingUpdate<?> update = recipe.get();
    update.commit();
    updates.add(new Step(recipe, update));
  }

  /**
   * Runs all updates again on what another commit made of the table. Iceberg's updates keep the
   * manifests that they have written, so of the first only the manifest list is written anew. They
   * also keep what they knew of older manifests; for the second that includes those of the first,
   * whose sequence numbers and row ids are others now: it is made anew.
   */
  void rebase(TablePointer newBase, TableMetadata newMetadata) {
    this.base = newBase;
    this.baseMetadata = newMetadata;
    operations.restartFrom(newMetadata);
    for (int i = 0; i < updates.size(); i++) {
      Step step = updates.get(i);
      if (i == 0) {
        step.update().commit();
      } else {
        PendingUpdate<?> again = step.recipe().get();
        again.commit();
        updates.set(i, new Step(step.recipe(), again));
      }
    }
  }

  /** What the work consisted of at one moment; to be called outside of a commit only. */
  record Mark(
      TableMetadata metadata,
      int updates,
      Set<String> referencedDataFiles,
      int rewrites,
      Set<String> replacedDeleteFiles,
      int changedRows,
      boolean exclusive,
      boolean reliesOnPartitioning) {}

  Mark mark() {
    return new Mark(
        operations.current(),
        updates.size(),
        Set.copyOf(referencedDataFiles),
        rewrites.size(),
        Set.copyOf(replacedDeleteFiles),
        changedRows.size(),
        exclusive,
        reliesOnPartitioning);
  }

  /** Drops everything since the mark. */
  void returnTo(Mark mark) {
    operations.restartFrom(mark.metadata());
    updates.subList(mark.updates(), updates.size()).clear();
    referencedDataFiles.retainAll(mark.referencedDataFiles());
    rewrites.subList(mark.rewrites(), rewrites.size()).clear();
    replacedDeleteFiles.retainAll(mark.replacedDeleteFiles());
    changedRows.subList(mark.changedRows(), changedRows.size()).clear();
    exclusive = mark.exclusive();
    reliesOnPartitioning = mark.reliesOnPartitioning();
  }
}
