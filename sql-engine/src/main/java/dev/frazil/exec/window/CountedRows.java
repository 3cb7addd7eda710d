package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulators;
import dev.frazil.exec.aggregate.DistinctRows;
import dev.frazil.plan.AggregateCall;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that an aggregate counts: those that its filter takes, with DISTINCT those where a
 * combination of arguments is met first in the partition.
 *
 * @param rows row numbers, rising, {@code [0, count)}; null for all
 * @param partitions the partition of each of them
 */
record CountedRows(int @Nullable [] rows, int[] partitions, int count) {

  static CountedRows of(AggregateCall call, List<SqlType> inputTypes, WindowRows rows) {
    return of(distinct(call, inputTypes), call, rows);
  }

  /** What an aggregate with DISTINCT has met; null without. */
  static @Nullable DistinctRows distinct(AggregateCall call, List<SqlType> inputTypes) {
    return Accumulators.needsDistinctSet(call)
        ? new DistinctRows(call.arguments().stream().map(inputTypes::get).toList())
        : null;
  }

  static CountedRows of(@Nullable DistinctRows distinct, AggregateCall call, WindowRows rows) {
    CountedRows filtered = filtered(call, rows);
    if (distinct == null) {
      return filtered;
    }
    int[] known = filtered.rows;
    DistinctRows.Passed passed =
        distinct.pass(
            arguments(call, rows),
            known == null ? VectorGather.range(0, rows.rowCount()) : known,
            filtered.count,
            filtered.partitions);
    return new CountedRows(passed.rows(), passed.groups(), passed.count());
  }

  private static CountedRows filtered(AggregateCall call, WindowRows rows) {
    if (call.filter() < 0) {
      return new CountedRows(null, rows.partitions(), rows.rowCount());
    }
    BooleanVector condition = (BooleanVector) rows.column(call.filter());
    int[] taken = new int[rows.rowCount()];
    int[] partitions = new int[rows.rowCount()];
    int count = 0;
    for (int row = 0; row < rows.rowCount(); row++) {
      if (!condition.isNull(row) && condition.values()[row]) {
        taken[count] = row;
        partitions[count++] = rows.partitions()[row];
      }
    }
    return new CountedRows(taken, partitions, count);
  }

  static List<ColumnVector> arguments(AggregateCall call, WindowRows rows) {
    List<ColumnVector> arguments = new ArrayList<>();
    for (int argument : call.inputs()) {
      arguments.add(rows.column(argument));
    }
    return arguments;
  }

  /** Which rows count; null when all do. */
  boolean @Nullable [] mask(int rowCount) {
    int[] counted = rows;
    if (counted == null) {
      return null;
    }
    boolean[] mask = new boolean[rowCount];
    for (int i = 0; i < count; i++) {
      mask[counted[i]] = true;
    }
    return mask;
  }
}
