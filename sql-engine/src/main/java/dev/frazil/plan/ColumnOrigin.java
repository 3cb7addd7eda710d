package dev.frazil.plan;

import org.apache.iceberg.catalog.TableIdentifier;

/** Follows a column of a plan down to the table that it comes from unchanged. */
public final class ColumnOrigin {
  /** No column of the table, or one that was computed with. */
  public static final int NONE = -1;

  private ColumnOrigin() {}

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
