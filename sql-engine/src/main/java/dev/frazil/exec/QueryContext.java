package dev.frazil.exec;

import dev.frazil.memory.MemoryBudget;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of a statement shares among its operators and threads. Immutable; what it
 * refers to is thread-safe.
 *
 * @param parameters values of the {@code ?} markers, as {@link
 *     dev.frazil.plan.ScalarExpression.Literal} holds them
 * @param statementStartMicros the statement's CURRENT_TIMESTAMP, in microseconds since the epoch
 * @param timeZone the zone of conversions between timestamps with and without zone
 * @param threads worker threads that the statement may use, at least 1
 * @param tempFolder where spill files go
 * @param outerRow what the sub-plan reads of the rows that it runs for
 * @param profile where operators note what they do; null unless somebody wants to know
 * @param meter told the size of what functions make; null unless somebody wants to know
 */
public record QueryContext(
    MemoryBudget memory,
    CancellationToken cancellation,
    List<@Nullable Object> parameters,
    long statementStartMicros,
    ZoneId timeZone,
    TableFiles files,
    int threads,
    Path tempFolder,
    QueryCounters counters,
    OuterRow outerRow,
    @Nullable QueryProfile profile,
    @Nullable BatchMeter meter) {
  public QueryContext {
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
  }

  /** The context of a statement. */
  public QueryContext(
      MemoryBudget memory,
      CancellationToken cancellation,
      List<@Nullable Object> parameters,
      long statementStartMicros,
      ZoneId timeZone,
      TableFiles files,
      int threads,
      Path tempFolder,
      QueryCounters counters) {
    this(
        memory,
        cancellation,
        parameters,
        statementStartMicros,
        timeZone,
        files,
        threads,
        tempFolder,
        counters,
        OuterRow.NONE,
        null,
        null);
  }

  /** The same execution, in a sub-plan that runs for one outer row. */
  QueryContext within(OuterRow row) {
    return with(memory, counters, row, profile, null);
  }

  /** The same execution over other files. */
  public QueryContext reading(TableFiles others) {
    return new QueryContext(
        memory,
        cancellation,
        parameters,
        statementStartMicros,
        timeZone,
        others,
        threads,
        tempFolder,
        counters,
        outerRow,
        profile,
        meter);
  }

  /** The same execution on one thread: rows keep the order of their files. */
  public QueryContext serial() {
    return new QueryContext(
        memory,
        cancellation,
        parameters,
        statementStartMicros,
        timeZone,
        files,
        1,
        tempFolder,
        counters,
        outerRow,
        profile,
        meter);
  }

  /** The same execution, watched. */
  public QueryContext profiled(QueryProfile watcher) {
    return with(memory.part(), counters, outerRow, watcher, null);
  }

  /** The same execution, as the operators of one node see it. */
  QueryContext of(NodeProfile node) {
    return with(node.memory(), node.counters(), outerRow, profile, null);
  }

  /** The same execution, for expressions that tell what their values take. */
  QueryContext metered(BatchMeter watcher) {
    return with(memory, counters, outerRow, profile, watcher);
  }

  private QueryContext with(
      MemoryBudget budget,
      QueryCounters counted,
      OuterRow row,
      @Nullable QueryProfile watcher,
      @Nullable BatchMeter batchMeter) {
    return new QueryContext(
        budget,
        cancellation,
        parameters,
        statementStartMicros,
        timeZone,
        files,
        threads,
        tempFolder,
        counted,
        row,
        watcher,
        batchMeter);
  }
}
