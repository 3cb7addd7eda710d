package dev.frazil.exec.window;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.VectorBuilder;

/** NTILE: the first buckets get one row more where the rows do not divide evenly. */
final class TileEvaluator implements WindowEvaluator {
  private final int argument;
  private WindowRows rows = NoRows.ROWS;

  TileEvaluator(int argument) {
    this.argument = argument;
  }

  @Override
  public void open(WindowRows next) {
    rows = next;
  }

  @Override
  public ColumnVector evaluate(int from, int count) {
    LongVector buckets = (LongVector) rows.column(argument);
    int[] partitions = rows.partitions();
    PiecePlace place = rows.place();
    VectorBuilder values = VectorBuilder.of(Primitive.BIGINT);
    for (int row = from; row < from + count; row++) {
      if (buckets.isNull(row)) {
        values.appendNull();
        continue;
      }
      long wanted = buckets.values()[row];
      if (wanted <= 0) {
        throw new EngineException(
            SqlState.INVALID_NTILE_ARGUMENT, "ntile of " + wanted + ": give it 1 bucket or more");
      }
      long start = rows.partitionStart(partitions[row]);
      long size = place == null ? rows.partitionEnd(partitions[row]) - start : place.rowCount();
      long before = place == null ? 0 : place.rowsBefore();
      values.appendLong(bucket(before + row - start, size, wanted));
    }
    return values.build();
  }

  private static long bucket(long place, long size, long buckets) {
    long small = size / buckets;
    long larger = size % buckets;
    long inLarger = larger * (small + 1);
    return place < inLarger ? place / (small + 1) + 1 : larger + (place - inLarger) / small + 1;
  }

  @Override
  public boolean takesPieces() {
    return false;
  }

  @Override
  public long bytesPerRow() {
    return 0;
  }
}
