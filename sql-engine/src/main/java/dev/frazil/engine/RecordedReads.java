package dev.frazil.engine;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.ReadFilter;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PlannedStatement;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;

/** Tells a transaction what a statement reads, for a serializable one is checked against it. */
final class RecordedReads {
  private RecordedReads() {}

  /**
   * Notes the rows of tables by the filters of their scans, tables whose metadata is shown as a
   * whole, and lists of tables. What time travel reads does not change.
   */
  static void of(PlannedStatement plan, SessionTransaction transaction, QueryContext context) {
    for (PhysicalNode.TableScan scan : PlanTables.scans(plan)) {
      if (!scan.table().timeTravel()) {
        transaction
            .transaction()
            .recordRead(scan.table().identifier(), ReadFilter.of(scan, context));
      }
    }
    for (TableIdentifier table : PlanTables.metadataOf(plan)) {
      transaction.transaction().recordRead(table, Expressions.alwaysTrue());
    }
    if (PlanTables.isMomentary(plan)) {
      transaction.transaction().recordListing();
    }
  }
}
