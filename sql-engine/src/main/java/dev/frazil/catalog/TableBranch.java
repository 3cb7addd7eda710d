package dev.frazil.catalog;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A branch of a table as a table of its own: it has a name, {@code t @ audit}, and metadata whose
 * current snapshot is the head of the branch. What reads, checks and changes tables by their names
 * does the same to branches. The branch {@code main} is the table itself. Source: Iceberg's table
 * specification, "Snapshot References". Stateless.
 */
public final class TableBranch {
  /**
   * What stands between the names of a table and of its branch. It looks like {@code " @ "}, which
   * may be in the name of a table; the invisible separator in it is in none.
   */
  private static final String SEPARATOR = " @\u2063 ";

  private TableBranch() {}

  /** The name of a branch of a table. */
  public static TableIdentifier of(TableIdentifier table, String branch) {
    return branch.equals(SnapshotRef.MAIN_BRANCH)
        ? table
        : TableIdentifier.of(table.namespace(), table.name() + SEPARATOR + branch);
  }

  /** Whether a name is that of a branch other than {@code main}. */
  public static boolean isBranch(TableIdentifier identifier) {
    return identifier.name().contains(SEPARATOR);
  }

  /** The name of a table or branch as messages show it. */
  public static String text(TableIdentifier identifier) {
    return text(identifier.toString());
  }

  /** A text in which names of tables or branches stand, as it is shown. */
  public static String text(String text) {
    return text.replace(SEPARATOR, " @ ");
  }

  /** The table that a name means, be it that of a table or of a branch. */
  public static TableIdentifier table(TableIdentifier identifier) {
    int separator = identifier.name().indexOf(SEPARATOR);
    return separator < 0
        ? identifier
        : TableIdentifier.of(identifier.namespace(), identifier.name().substring(0, separator));
  }

  /** The branch that a name means; {@code main} for that of a table. */
  public static String branch(TableIdentifier identifier) {
    int separator = identifier.name().indexOf(SEPARATOR);
    return separator < 0
        ? SnapshotRef.MAIN_BRANCH
        : identifier.name().substring(separator + SEPARATOR.length());
  }

  /** The last snapshot of a branch; null without one, and for a tag. */
  public static @Nullable Snapshot head(TableMetadata table, String branch) {
    if (branch.equals(SnapshotRef.MAIN_BRANCH)) {
      return table.currentSnapshot();
    }
    SnapshotRef ref = table.ref(branch);
    return ref == null || !ref.isBranch() ? null : table.snapshot(ref.snapshotId());
  }

  /**
   * The metadata of a table as its branch sees it: the columns, partitioning and properties of the
   * table, and the rows of the branch. Only to be read, never to be committed.
   *
   * @return null where there is no such branch
   */
  public static @Nullable TableMetadata metadata(TableMetadata table, String branch) {
    if (branch.equals(SnapshotRef.MAIN_BRANCH)) {
      return table;
    }
    Snapshot head = head(table, branch);
    if (head == null) {
      return null;
    }
    Snapshot current = table.currentSnapshot();
    return current != null && current.snapshotId() == head.snapshotId()
        ? table
        : TableMetadata.buildFrom(table)
            .setRef(SnapshotRef.MAIN_BRANCH, SnapshotRef.branchBuilder(head.snapshotId()).build())
            .discardChanges()
            .build();
  }
}
