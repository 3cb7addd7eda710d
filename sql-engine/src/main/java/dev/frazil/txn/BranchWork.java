package dev.frazil.txn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;

/**
 * What a transaction has done to the rows of one branch of a table, as far as it matters to others:
 * what must not have changed under it. One thread at a time.
 */
final class BranchWork {
  private final TableIdentifier identifier;
  private final Set<String> referencedDataFiles = new HashSet<>();
  private final Set<String> replacedDeleteFiles = new HashSet<>();
  private final List<Expression> changedRows = new ArrayList<>();
  private final List<RewrittenFiles> rewrites = new ArrayList<>();
  private final List<RewrittenDeletes> deleteRewrites = new ArrayList<>();
  private final List<KeyRows> keys = new ArrayList<>();
  private boolean exclusive;
  private boolean reliesOnPartitioning;

  /**
   * @param identifier the name of the branch, which is that of the table for {@code main}
   */
  BranchWork(TableIdentifier identifier) {
    this.identifier = identifier;
  }

  TableIdentifier identifier() {
    return identifier;
  }

  /** Whether the rows must not have changed at all, as for TRUNCATE. */
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

  /** Compactions of position deletes. */
  List<RewrittenDeletes> deleteRewrites() {
    return deleteRewrites;
  }

  /** Keys that were written and must be nobody else's. */
  List<KeyRows> keys() {
    return keys;
  }

  /** Whether rows were deleted or updated, rather than only added. */
  boolean changesRows() {
    return !changedRows.isEmpty();
  }

  /** What the work consisted of at one moment. */
  record Mark(
      Set<String> referencedDataFiles,
      int rewrites,
      int deleteRewrites,
      Set<String> replacedDeleteFiles,
      int changedRows,
      int keys,
      boolean exclusive,
      boolean reliesOnPartitioning) {}

  Mark mark() {
    return new Mark(
        Set.copyOf(referencedDataFiles),
        rewrites.size(),
        deleteRewrites.size(),
        Set.copyOf(replacedDeleteFiles),
        changedRows.size(),
        keys.size(),
        exclusive,
        reliesOnPartitioning);
  }

  /** Drops everything since the mark. */
  void returnTo(Mark mark) {
    referencedDataFiles.retainAll(mark.referencedDataFiles());
    rewrites.subList(mark.rewrites(), rewrites.size()).clear();
    deleteRewrites.subList(mark.deleteRewrites(), deleteRewrites.size()).clear();
    replacedDeleteFiles.retainAll(mark.replacedDeleteFiles());
    changedRows.subList(mark.changedRows(), changedRows.size()).clear();
    keys.subList(mark.keys(), keys.size()).clear();
    exclusive = mark.exclusive();
    reliesOnPartitioning = mark.reliesOnPartitioning();
  }
}
