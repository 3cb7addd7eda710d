package dev.frazil.exec.window;

import dev.frazil.plan.WindowCall.Function;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.LongVector;

/** ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK and CUME_DIST. */
final class RankEvaluator implements WindowEvaluator {
  private final Function function;
  private WindowRows rows = NoRows.ROWS;

  /** Rows and groups of peers of the first partition that came in earlier pieces. */
  private long earlierRows;

  private long earlierGroups;

  RankEvaluator(Function function) {
    this.function = function;
  }

  @Override
  public void open(WindowRows next) {
    if (next.continues()) {
      int last = rows.partitionCount() - 1;
      boolean isSame = last == 0 && rows.continues();
      int start = rows.partitionStart(last);
      int end = rows.partitionEnd(last);
      earlierRows = (isSame ? earlierRows : 0) + end - start;
      if (function == Function.DENSE_RANK) {
        int[] groups = rows.peerGroups();
        earlierGroups = (isSame ? earlierGroups : 0) + groups[end - 1] - groups[start] + 1;
      }
    } else {
      earlierRows = 0;
      earlierGroups = 0;
    }
    rows = next;
  }

  @Override
  public ColumnVector evaluate(int from, int count) {
    return switch (function) {
      case ROW_NUMBER, RANK, DENSE_RANK -> numbers(from, count);
      case PERCENT_RANK, CUME_DIST -> shares(from, count);
      case NTILE, LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE, AGGREGATE ->
          throw new IllegalStateException(function + " is no rank");
    };
  }

  private LongVector numbers(int from, int count) {
    int[] partitions = rows.partitions();
    int[] groups = function == Function.ROW_NUMBER ? new int[0] : rows.peerGroups();
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      int row = from + i;
      int start = rows.partitionStart(partitions[row]);
      long before = partitions[row] > 0 ? 0 : earlierRows;
      if (function == Function.ROW_NUMBER) {
        values[i] = before + row - start + 1;
      } else if (function == Function.RANK) {
        values[i] = before + rows.peerStarts()[groups[row]] - start + 1;
      } else {
        before = partitions[row] > 0 ? 0 : earlierGroups;
        values[i] = before + groups[row] - groups[start] + 1;
      }
    }
    return new LongVector(Primitive.BIGINT, count, values, null);
  }

  private DoubleVector shares(int from, int count) {
    int[] partitions = rows.partitions();
    int[] groups = rows.peerGroups();
    int[] starts = rows.peerStarts();
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      int row = from + i;
      int start = rows.partitionStart(partitions[row]);
      double size = rows.partitionEnd(partitions[row]) - start;
      int group = groups[row];
      if (function == Function.CUME_DIST) {
        values[i] = (starts[group + 1] - start) / size;
      } else {
        values[i] = size == 1 ? 0 : (starts[group] - start) / (size - 1);
      }
    }
    return new DoubleVector(Primitive.DOUBLE, count, values, null);
  }

  @Override
  public boolean takesPieces() {
    return switch (function) {
      case ROW_NUMBER, RANK, DENSE_RANK -> true;
      case PERCENT_RANK,
          CUME_DIST,
          NTILE,
          LAG,
          LEAD,
          FIRST_VALUE,
          LAST_VALUE,
          NTH_VALUE,
          AGGREGATE ->
          false;
    };
  }

  @Override
  public boolean needsPeers() {
    return function != Function.ROW_NUMBER;
  }

  @Override
  public long bytesPerRow() {
    return 0;
  }
}
