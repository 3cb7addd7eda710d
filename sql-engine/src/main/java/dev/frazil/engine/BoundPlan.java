package dev.frazil.engine;

import dev.frazil.plan.PlannedStatement;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A plan and the tables that the planner looked at: more than those that the plan scans, for a
 * condition that is never true leaves no scan, and still the table gives the columns.
 *
 * @param listing whether it shows which schemas or tables there are: true of that moment only
 */
record BoundPlan(PlannedStatement statement, Map<TableIdentifier, Table> tables, boolean listing) {
  BoundPlan {
    tables = Map.copyOf(tables);
  }
}
