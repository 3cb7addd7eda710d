package dev.frazil.plan;

import dev.frazil.catalog.DatabaseMoment;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.HistoryStatement;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableName;
import dev.frazil.plan.parser.TravelledTable.Version;
import dev.frazil.type.SqlType;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Resolves statements about what the database was earlier, and the moments that they name. */
public final class HistoryPlanner {
  private final StatementContext context;

  HistoryPlanner(StatementContext context) {
    this.context = context;
  }

  PlannedStatement plan(HistoryStatement statement) {
    HistoryRequest request = request(statement);
    List<SqlType> parameters = List.copyOf(new TreeMap<>(context.constantParameters()).values());
    return new PlannedStatement.OfHistory(request, parameters);
  }

  private HistoryRequest request(HistoryStatement statement) {
    SqlText source = context.parsed().source();
    if (statement instanceof HistoryStatement.ShowHistory show) {
      return new HistoryRequest.ShowHistory(
          show.limit() == null ? Integer.MAX_VALUE : show.limit());
    } else if (statement instanceof HistoryStatement.ShowDropped show) {
      return new HistoryRequest.ShowDropped(
          show.schema() == null ? null : context.names().requireSchema(show.schema(), source),
          new NamePattern(show.pattern())::matches);
    } else if (statement instanceof HistoryStatement.Undrop undrop) {
      TableName newName = undrop.newName() == null ? undrop.table() : undrop.newName();
      return new HistoryRequest.Undrop(
          context.names().identifierIfAbsent(undrop.table().texts()),
          context.names().identifierToCreate(newName, source));
    }
    HistoryStatement.Restore restore = (HistoryStatement.Restore) statement;
    return new HistoryRequest.Restore(moment(restore.moment()));
  }

  /**
   * The moment that a statement names. 22023 for one without a place in time, 42601 for a text that
   * is not a timestamp.
   */
  DatabaseMoment moment(Version version) {
    if (version instanceof Version.SnapshotId number) {
      return new DatabaseMoment.AtVersion(number.id());
    } else if (version instanceof Version.AsOf asOf) {
      Long micros = TimeLiterals.instantMicros(asOf.text(), context.settings().timeZone());
      if (micros == null) {
        throw context
            .parsed()
            .source()
            .syntaxError(asOf.offset(), "'" + asOf.text() + "' is not a timestamp" + EXAMPLE);
      }
      return new DatabaseMoment.AtTime(micros, asOf.text());
    } else if (version instanceof Version.ComputedTime time) {
      Object micros =
          TimeTravel.value(context, time.expression(), "TIMESTAMP WITH LOCAL TIME ZONE");
      return micros == ConstantSource.UNKNOWN
          ? new DatabaseMoment.AtTime(0, "?") // for its parameters only
          : new DatabaseMoment.AtTime(
              (Long) micros, String.valueOf(Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS)));
    } else if (version instanceof Version.ComputedVersion computed) {
      Object text = TimeTravel.value(context, computed.expression(), "VARCHAR");
      return text == ConstantSource.UNKNOWN
          ? new DatabaseMoment.AtVersion(0)
          : numbered((String) text);
    }
    return numbered(((Version.Reference) version).name());
  }

  private static final String EXAMPLE = " such as 2026-01-31 12:00:00";

  private static DatabaseMoment numbered(String text) {
    DatabaseMoment moment = version(text);
    if (moment == null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "'"
              + text
              + "' is not a version of the database: those are numbers, which SHOW DATABASE HISTORY"
              + " lists");
    }
    return moment;
  }

  private static @Nullable DatabaseMoment version(String text) {
    return text.matches("(version )?[0-9]{1,18}")
        ? new DatabaseMoment.AtVersion(Long.parseLong(text.replace("version ", "")))
        : null;
  }

  /**
   * The moment that the property {@code asOf} names; 22023.
   *
   * @param zone of a timestamp without one
   */
  public static DatabaseMoment moment(String text, ZoneId zone) {
    DatabaseMoment numbered = version(text.strip());
    if (numbered != null) {
      return numbered;
    }
    Long micros = TimeLiterals.instantMicros(text, zone);
    if (micros == null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "asOf = '"
              + text
              + "' is neither a timestamp"
              + EXAMPLE
              + " nor the number of a version of the database");
    }
    return new DatabaseMoment.AtTime(micros, text);
  }
}
