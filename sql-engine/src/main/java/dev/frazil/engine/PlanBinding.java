package dev.frazil.engine;

import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.TableHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Carries a plan from the state of the tables that it was made on to the one that a transaction
 * sees. A plan survives new snapshots; it does not survive another schema, partitioning, table or
 * view.
 */
final class PlanBinding {
  private PlanBinding() {}

  /** The plan on the tables of {@code transaction}, or null when it must be made anew. */
  static @Nullable BoundPlan bind(BoundPlan plan, SessionTransaction transaction) {
    if (plan.listing()) {
      return null;
    }
    for (Map.Entry<TableIdentifier, ViewMetadata> known : plan.views().entrySet()) {
      ViewMetadata view = transaction.view(known.getKey()).orElse(null);
      if (view == null || !same(known.getValue(), view)) {
        return null;
      }
    }
    for (TableIdentifier missing : plan.missing()) {
      if (transaction.load(missing).isPresent()) {
        return null;
      }
    }
    Map<TableIdentifier, Table> now = new HashMap<>();
    boolean moved = false;
    for (Map.Entry<TableIdentifier, Table> known : plan.tables().entrySet()) {
      Optional<Table> table = transaction.load(known.getKey());
      if (table.isEmpty()) {
        return null;
      }
      TableMetadata before = metadata(known.getValue());
      TableMetadata after = metadata(table.get());
      if (before != after && !alike(before, after)) {
        return null;
      }
      moved |= before != after;
      now.put(known.getKey(), table.get());
    }
    if (!moved) {
      return plan;
    }
    for (TableHandle handle : PlanTables.handles(plan.statement())) {
      if (handle.timeTravel() || !now.containsKey(handle.identifier())) {
        return null;
      }
    }
    PlannedStatement rebound =
        PlanTables.rebind(
            plan.statement(),
            handle -> {
              Table table = now.get(handle.identifier());
              return table == null ? handle : handle(handle.identifier(), table);
            });
    return new BoundPlan(rebound, now, plan.views(), plan.missing(), false);
  }

  private static TableHandle handle(TableIdentifier identifier, Table table) {
    org.apache.iceberg.Snapshot current = table.currentSnapshot();
    return new TableHandle(identifier, table, current == null ? null : current.snapshotId(), false);
  }

  private static TableMetadata metadata(Table table) {
    return ((HasTableOperations) table).operations().current();
  }

  /** Whether it is the view of one metadata file, which may have been parsed twice. */
  private static boolean same(ViewMetadata before, ViewMetadata after) {
    String file = before.metadataFileLocation();
    return before == after || (file != null && file.equals(after.metadataFileLocation()));
  }

  /** Ids do not do: what is rolled back leaves those of its schema and partitioning to others. */
  private static boolean alike(TableMetadata before, TableMetadata after) {
    return before.uuid().equals(after.uuid())
        && before.formatVersion() == after.formatVersion()
        && before.currentSchemaId() == after.currentSchemaId()
        && before.schema().sameSchema(after.schema())
        && before.defaultSpecId() == after.defaultSpecId()
        && before.spec().equals(after.spec())
        && before.properties().equals(after.properties())
        && before.statisticsFiles().equals(after.statisticsFiles())
        && (before.currentSnapshot() == null) == (after.currentSnapshot() == null);
  }
}
