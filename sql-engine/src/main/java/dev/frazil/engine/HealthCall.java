package dev.frazil.engine;

import dev.frazil.maintenance.TableHealth;
import dev.frazil.plan.ProcedureTables;
import dev.frazil.plan.TableHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code CALL system.health}. One thread. */
final class HealthCall {
  private final ProcedureCalls calls;

  HealthCall(ProcedureCalls calls) {
    this.calls = calls;
  }

  List<List<Object>> run(ProcedureArguments arguments) {
    SessionTransaction own = calls.session().transactions().ofStatement();
    TableHandle table = ProcedureTables.table(arguments.table(), own);
    TableHealth health =
        new TableHealth(table, calls.session().catalog().store(), arguments.table());
    List<List<Object>> rows = new ArrayList<>();
    for (TableHealth.Metric metric : health.metrics()) {
      rows.add(Arrays.asList(metric.name(), metric.value(), metric.limit(), metric.advice()));
    }
    return rows;
  }
}
