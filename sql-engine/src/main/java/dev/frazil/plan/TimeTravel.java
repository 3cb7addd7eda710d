package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TravelledTable;
import dev.frazil.plan.parser.TravelledTable.Version;
import dev.frazil.txn.TravelPoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.iceberg.HistoryEntry;
import org.jspecify.annotations.Nullable;

/** FOR ... AS OF to a snapshot of the table. */
final class TimeTravel {
  private TimeTravel() {}

  static TableHandle resolve(TravelledTable travelled, StatementContext context) {
    SqlText source = context.parsed().source();
    List<String> parts = travelled.table().texts();
    if (context.names().find(parts) == null && context.names().findView(parts) != null) {
      throw source.unsupported(
          travelled.table().offset(), "time travel of the view " + travelled.table().describe());
    }
    TableNames.Found found = context.names().require(travelled.table(), source);
    Version version = travelled.version();
    if (version instanceof Version.ComputedTime time) {
      Object micros = value(context, time.expression(), "TIMESTAMP WITH LOCAL TIME ZONE");
      return micros == ConstantSource.UNKNOWN
          ? CatalogSchema.current(found.identifier(), found.table())
          : at(
              found,
              context,
              (Long) micros,
              String.valueOf(Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS)));
    } else if (version instanceof Version.ComputedVersion computed) {
      Object name = value(context, computed.expression(), "VARCHAR");
      return name == ConstantSource.UNKNOWN
          ? CatalogSchema.current(found.identifier(), found.table())
          : context.references().named(found, (String) name);
    } else if (version instanceof Version.SnapshotId byId) {
      return context.references().snapshot(found, byId.id());
    } else if (version instanceof Version.Reference reference) {
      return context.references().reference(found, reference.name());
    } else if (version instanceof Version.AsOf asOf) {
      @Nullable Long micros =
          TimeLiterals.instantMicros(asOf.text(), context.settings().timeZone());
      if (micros == null) {
        throw source.syntaxError(
            asOf.offset(), "'" + asOf.text() + "' is not a timestamp such as 2026-01-31 12:00:00");
      }
      return at(found, context, micros, asOf.text());
    }
    throw EngineException.internal("unknown version " + version);
  }

  /** The value of a constant in a type that is named in Calcite's words. */
  static Object value(StatementContext context, Slice expression, String type) {
    Object value = context.constant(expression, type);
    if (value == null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the value behind AS OF is null ("
              + context.parsed().source().position(context.parsed().offset(expression))
              + ")");
    }
    return value;
  }

  /** The last snapshot at or before a time. */
  static TableHandle at(
      TableNames.Found found, StatementContext context, long micros, String text) {
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
              + text
              + (history.isEmpty()
                  ? ""
                  : "; the oldest is of "
                      + Instant.ofEpochMilli(history.get(0).timestampMillis())));
    }
    if (found.table().snapshot(snapshotId) == null) {
      throw missing(found, "no longer the snapshot of " + text + ": it has expired");
    }
    return context.references().snapshot(found, snapshotId).calledBy(new TravelPoint.Time(micros));
  }

  private static EngineException missing(TableNames.Found found, String what) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE, "table " + found.identifier() + " has " + what);
  }
}
