package dev.frazil.engine;

import dev.frazil.plan.PlannedStatement;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;

/**
 * A plan and the tables that the planner looked at: more than those that the plan scans, for a
 * condition that is never true leaves no scan, and still the table gives the columns.
 *
 * @param views those that stand in the plan by their queries
 * @param missing the branches that the planner looked for and did not find
 * @param listing whether it shows which schemas or tables there are: true of that moment only
 */
record BoundPlan(
    PlannedStatement statement,
    Map<TableIdentifier, Table> tables,
    Map<TableIdentifier, ViewMetadata> views,
    Set<TableIdentifier> missing,
    boolean listing) {
  BoundPlan {
    tables = Map.copyOf(tables);
    views = Map.copyOf(views);
    missing = Set.copyOf(missing);
  }
}
