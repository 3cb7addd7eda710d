package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TravelledTable;
import dev.frazil.plan.parser.TravelledTable.Version;
import java.util.List;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** FOR ... AS OF to a snapshot of the table. */
final class TimeTravel {
  private TimeTravel() {}

  static TableHandle resolve(
      TravelledTable travelled, TableNames names, SqlText source, PlanSettings settings) {
    TableNames.Found found = names.require(travelled.table(), source);
    Table table = found.table();
    Version version = travelled.version();
    long snapshotId;
    if (version instanceof Version.SnapshotId byId) {
      snapshotId = byId.id();
      if (table.snapshot(snapshotId) == null) {
        throw missing(found, "no snapshot " + snapshotId);
      }
    } else if (version instanceof Version.Reference reference) {
      SnapshotRef ref = table.refs().get(reference.name());
      if (ref == null) {
        throw new EngineException(
            SqlState.INVALID_PARAMETER_VALUE,
            "table "
                + found.identifier()
                + " has no branch or tag '"
                + reference.name()
                + "'"
                + NearestNames.hint(reference.name(), table.refs().keySet()));
      }
      snapshotId = ref.snapshotId();
    } else if (version instanceof Version.AsOf asOf) {
      snapshotId = asOf(found, asOf, source, settings);
    } else {
      throw EngineException.internal("unknown version " + version);
    }
    return new TableHandle(found.identifier(), table, snapshotId, true);
  }

  private static long asOf(
      TableNames.Found found, Version.AsOf asOf, SqlText source, PlanSettings settings) {
    @Nullable Long micros = TimeLiterals.instantMicros(asOf.text(), settings.timeZone());
    if (micros == null) {
      throw source.syntaxError(
          asOf.offset(), "'" + asOf.text() + "' is not a timestamp such as 2026-01-31 12:00:00");
    }
    List<HistoryEntry> history = found.table().history();
    @Nullable Long snapshotId = null;
    for (HistoryEntry entry : history) {
      if (entry.timestampMillis() * 1000 <= micros) {
        snapshotId = entry.snapshotId();
      }
    }
    if (snapshotId == null) {
      throw missing(
          found,
          "no snapshot as old as "
              + asOf.text()
              + (history.isEmpty()
                  ? ""
                  : "; the oldest is of "
                      + java.time.Instant.ofEpochMilli(history.get(0).timestampMillis())));
    }
    if (found.table().snapshot(snapshotId) == null) {
      throw missing(found, "no longer the snapshot of " + asOf.text() + ": it has expired");
    }
    return snapshotId;
  }

  private static EngineException missing(TableNames.Found found, String what) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE, "table " + found.identifier() + " has " + what);
  }
}
