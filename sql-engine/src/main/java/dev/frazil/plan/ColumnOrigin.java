package dev.frazil.plan;

import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** Follows a column of a plan down to the table that it comes from unchanged. */
public final class ColumnOrigin {
  /** No column of the table, or one that was computed with. */
  public static final int NONE = -1;

  private ColumnOrigin() {}

  /** The scan of a table, and which of its columns. */
  record Place(PhysicalNode.TableScan scan, int column) {
    String columnName() {
      return scan.scanColumns().get(column).column().name();
    }
  }

  /** The place that a column of a node comes from unchanged, through queries below too. */
  static @Nullable Place find(PhysicalNode node, int column) {
    if (node instanceof PhysicalNode.TableScan scan) {
      return new Place(scan, column);
    } else if (node instanceof PhysicalNode.Project project) {
      return project.expressions().get(column) instanceof ScalarExpression.InputReference reference
          ? find(project.input(), reference.index())
          : null;
    } else if (node instanceof PhysicalNode.Filter filter) {
      return find(filter.input(), column);
    } else if (node instanceof PhysicalNode.Sort sort) {
      return find(sort.input(), column);
    } else if (node instanceof PhysicalNode.Window window) {
      return column < window.input().columnCount() ? find(window.input(), column) : null;
    } else if (node instanceof PhysicalNode.Aggregate aggregate) {
      // With several sets a key is null where it is not of the set.
      return column < aggregate.groupKeys().size() && aggregate.groupingSets().size() == 1
          ? find(aggregate.input(), aggregate.groupKeys().get(column))
          : null;
    } else if (node instanceof JoinNode join) {
      int left = join.kind().givesRightOnly() ? 0 : join.left().columnCount();
      return column < left ? find(join.left(), column) : find(join.right(), column - left);
    }
    return null;
  }

  /** The field id of the column of {@code table} that a column of {@code node} is. */
  public static int of(PhysicalNode node, int column, TableIdentifier table) {
    if (node instanceof PhysicalNode.TableScan scan) {
      return scan.table().identifier().equals(table)
              && scan.scanColumns().get(column) instanceof ScanColumn.TableColumn found
          ? found.fieldId()
          : NONE;
    } else if (node instanceof PhysicalNode.Project project) {
      return project.expressions().get(column) instanceof ScalarExpression.InputReference reference
          ? of(project.input(), reference.index(), table)
          : NONE;
    } else if (node instanceof PhysicalNode.Filter filter) {
      return of(filter.input(), column, table);
    } else if (node instanceof JoinNode join) {
      int left = join.kind().givesRightOnly() ? 0 : join.left().columnCount();
      return column < left
          ? of(join.left(), column, table)
          : of(join.right(), column - left, table);
    }
    return NONE;
  }
}
