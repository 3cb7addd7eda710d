package dev.frazil.jdbc;

import dev.frazil.exec.QueryCounters;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.StatementFigures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the last execution of a statement has done so far: {@code
 * statement.unwrap(QueryProfile.class)}, or {@code connection.unwrap(QueryProfile.class)} for the
 * last one of any statement of the connection. The figures are those of the moment of the call; the
 * ones of a query are complete when its rows are read or its result set is closed.
 *
 * @param total time that the driver worked on it, without the user's between two rows
 * @param planning the part of it until there was a plan
 * @param commit the part of it from the first request of the commit to its outcome
 * @param rows given to the user, or inserted, updated and deleted
 * @param filesPlanned data files that scans had to open
 * @param filesRead those opened; a LIMIT or a failure spares the others
 * @param filesFromMetrics data files whose metrics answered in their place
 * @param rowGroups row groups of the files opened
 * @param rowGroupsSkipped those that statistics, dictionaries or bloom filters ruled out
 * @param rowsScanned rows that scans produced, before the filters that no file statistics answer
 * @param rowsWritten rows written to data files
 * @param filesWritten data files written
 * @param bytesRead bytes received from stores, metadata included
 * @param bytesWritten bytes sent to stores
 * @param requests requests to stores; on a folder the operations on files
 * @param bytesSpilled bytes written to temporary files
 * @param reruns how often the statement ran again because another transaction came first
 * @param lostSwaps how often its commit came second, and was tried again without running anything
 * @param failure the SQLState that ended it; empty when it runs or has succeeded
 * @param operators the plan and what each operator did, as EXPLAIN ANALYZE shows it, of a query
 *     under the property {@code profileOperators} that has ended, and of EXPLAIN ANALYZE; else
 *     empty
 */
public record QueryProfile(
    Duration total,
    Duration planning,
    Duration commit,
    long rows,
    long filesPlanned,
    long filesRead,
    long filesFromMetrics,
    long rowGroups,
    long rowGroupsSkipped,
    long rowsScanned,
    long rowsWritten,
    long filesWritten,
    long bytesRead,
    long bytesWritten,
    long requests,
    long bytesSpilled,
    int reruns,
    long lostSwaps,
    Optional<String> failure,
    List<String> operators) {

  public QueryProfile {
    operators = List.copyOf(operators);
  }

  static QueryProfile of(StatementFigures figures) {
    QueryCounters counters = figures.counters();
    return new QueryProfile(
        Duration.ofNanos(figures.busyNanos()),
        Duration.ofNanos(figures.planningNanos()),
        Duration.ofNanos(figures.commitNanos()),
        figures.rows(),
        counters.value(Counter.FILES_PLANNED),
        counters.value(Counter.FILES_READ),
        counters.value(Counter.FILES_FROM_METRICS),
        counters.value(Counter.ROW_GROUPS),
        counters.value(Counter.ROW_GROUPS_PRUNED),
        counters.value(Counter.ROWS_SCANNED),
        counters.value(Counter.ROWS_WRITTEN),
        counters.value(Counter.FILES_WRITTEN),
        figures.requests().readBytes(),
        figures.requests().writtenBytes(),
        figures.requests().requests(),
        counters.value(Counter.BYTES_SPILLED),
        figures.reruns(),
        figures.requests().lostSwaps(),
        Optional.ofNullable(figures.failure()),
        figures.plan());
  }

  /** What neither planning nor the commit took. */
  public Duration execution() {
    return total.minus(planning).minus(commit);
  }
}
