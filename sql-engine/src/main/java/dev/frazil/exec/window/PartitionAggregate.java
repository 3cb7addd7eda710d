package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.exec.aggregate.Accumulators;
import dev.frazil.exec.aggregate.DistinctRows;
import dev.frazil.plan.AggregateCall;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An aggregate over whole partitions: each partition is a group. */
final class PartitionAggregate implements WindowEvaluator {
  private final AggregateCall call;
  private final List<SqlType> inputTypes;
  private WindowRows rows = NoRows.ROWS;
  private ColumnVector results;

  /** The rows of a partition that does not fit in memory. */
  private @Nullable Accumulator gathered;

  private @Nullable DistinctRows distinct;

  PartitionAggregate(AggregateCall call, List<SqlType> inputTypes) {
    this.call = call;
    this.inputTypes = inputTypes;
    this.results = ConstantVectors.empty(call.type());
  }

  @Override
  public void open(WindowRows next) {
    rows = next;
    Accumulator whole = gathered;
    if (next.place() != null && whole != null) {
      results = whole.results(0, 1);
      return;
    }
    gathered = null;
    distinct = null;
    Accumulator accumulator = Accumulators.of(call, inputTypes, true);
    accumulator.grow(next.partitionCount());
    CountedRows counted = CountedRows.of(call, inputTypes, next);
    accumulator.add(
        CountedRows.arguments(call, next), counted.rows(), counted.count(), counted.partitions());
    results = accumulator.results(0, next.partitionCount());
  }

  @Override
  public ColumnVector evaluate(int from, int count) {
    int[] partitions = Arrays.copyOfRange(rows.partitions(), from, from + count);
    return VectorGather.gather(results, partitions, count);
  }

  @Override
  public boolean takesPieces() {
    return false;
  }

  @Override
  public void gather(WindowRows piece, int number) {
    Accumulator whole = gathered;
    if (number == 0 || whole == null) {
      whole = Accumulators.of(call, inputTypes, true);
      whole.grow(1);
      gathered = whole;
      distinct = CountedRows.distinct(call, inputTypes);
    }
    CountedRows counted = CountedRows.of(distinct, call, piece);
    whole.add(
        CountedRows.arguments(call, piece), counted.rows(), counted.count(), counted.partitions());
  }

  @Override
  public long gatheredBytes() {
    Accumulator whole = gathered;
    DistinctRows values = distinct;
    return (whole == null ? 0 : whole.sizeBytes()) + (values == null ? 0 : values.sizeBytes());
  }

  @Override
  public long bytesPerRow() {
    return 8;
  }
}
