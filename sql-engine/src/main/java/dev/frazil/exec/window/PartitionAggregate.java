package dev.frazil.exec.window;

import dev.frazil.exec.aggregate.Accumulator;
import dev.frazil.exec.aggregate.Accumulators;
import dev.frazil.plan.AggregateCall;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.VectorGather;
import java.util.Arrays;
import java.util.List;

/** An aggregate over whole partitions: each partition is a group. */
final class PartitionAggregate implements WindowEvaluator {
  private final AggregateCall call;
  private final List<SqlType> inputTypes;
  private WindowRows rows = NoRows.ROWS;
  private ColumnVector results;

  PartitionAggregate(AggregateCall call, List<SqlType> inputTypes) {
    this.call = call;
    this.inputTypes = inputTypes;
    this.results = ConstantVectors.empty(call.type());
  }

  @Override
  public void open(WindowRows next) {
    rows = next;
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
  public long bytesPerRow() {
    return 8;
  }
}
