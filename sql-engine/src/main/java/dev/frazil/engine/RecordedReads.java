package dev.frazil.engine;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.ReadFilter;
import dev.frazil.plan.MetadataScan;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.TableHandle;
import dev.frazil.txn.TravelPoint;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Tells a transaction what a statement reads, for a serializable one is checked against it. */
final class RecordedReads {
  private RecordedReads() {}

  /**
   * Notes the rows of tables by the filters of their scans, tables whose metadata is shown as a
   * whole, and lists of tables. What time travel reads does not change, but for what its point in
   * time or its tag means.
   *
   * @return what a statement that changes rows can look at beyond the filter of the scan of its
   *     target: {@link MatchedKeys}
   */
  static Expression of(
      PlannedStatement plan, SessionTransaction transaction, QueryContext context) {
    Expression matched = Expressions.alwaysTrue();
    TableIdentifier target = null;
    if (plan instanceof PlannedStatement.RowChange change
        && !change.keyed()
        && transaction.serializable()
        && !transaction.ofOneStatement()) {
      matched = MatchedKeys.of(change, context);
      target = change.target().identifier();
    }
    for (PhysicalNode.TableScan scan : PlanTables.scans(plan)) {
      if (!scan.table().timeTravel()) {
        TableIdentifier table = scan.table().identifier();
        Expression filter = ReadFilter.of(scan, context);
        transaction
            .transaction()
            .reads()
            .rows(table, table.equals(target) ? Expressions.and(filter, matched) : filter);
      }
    }
    for (TableHandle handle : PlanTables.handles(plan)) {
      TravelPoint point = handle.point();
      if (point != null) {
        TableIdentifier table =
            MetadataScan.isMetadata(handle.table())
                ? MetadataScan.owner(handle.identifier())
                : handle.identifier();
        transaction.transaction().reads().point(table, point);
      }
    }
    for (TableIdentifier table : PlanTables.metadataOf(plan)) {
      transaction.transaction().reads().rows(table, Expressions.alwaysTrue());
    }
    if (PlanTables.isListing(plan)) {
      transaction.transaction().reads().listing();
    }
    return matched;
  }
}
