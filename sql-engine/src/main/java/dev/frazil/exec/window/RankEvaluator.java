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

  /** Where the peers of the first row begin, in its partition. */
  private long firstGroupStart;

  /** The three before the first row of a partition that does not fit in memory. */
  private Earlier partition = new Earlier(0, 0, 0);

  private record Earlier(long rows, long groups, long firstGroupStart) {}

  RankEvaluator(Function function) {
    this.function = function;
  }

  @Override
  public void open(WindowRows next) {
    PiecePlace place = next.place();
    if (place != null) {
      earlierRows = partition.rows + place.rowsBefore();
      earlierGroups = partition.groups + place.groupsBefore();
      firstGroupStart =
          place.firstGroupStart() == 0
              ? partition.firstGroupStart
              : partition.rows + place.firstGroupStart();
    } else {
      begin(next);
    }
    rows = next;
  }

  private void begin(WindowRows next) {
    if (next.continues()) {
      goOn(next);
    } else {
      earlierRows = 0;
      earlierGroups = 0;
      firstGroupStart = 0;
    }
  }

  private void goOn(WindowRows next) {
    int last = rows.partitionCount() - 1;
    boolean isSame = last == 0 && rows.continues();
    int start = rows.partitionStart(last);
    int end = rows.partitionEnd(last);
    long rowsBefore = isSame ? earlierRows : 0;
    earlierRows = rowsBefore + end - start;
    if (function == Function.ROW_NUMBER) {
      return;
    }
    boolean goesOn = WindowRows.peers(rows.batch(), end - 1, next.batch(), 0, next.order());
    int[] groups = rows.peerGroups();
    int found = groups[end - 1] - groups[start] + 1;
    earlierGroups = (isSame ? earlierGroups : 0) + found - (goesOn ? 1 : 0);
    if (!goesOn) {
      firstGroupStart = earlierRows;
    } else if (found > 1 || !isSame) {
      firstGroupStart = rowsBefore + rows.peerStarts()[groups[end - 1]] - start;
    }
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
        boolean inFirstGroup = partitions[row] == 0 && groups[row] == 0;
        values[i] =
            1 + (inFirstGroup ? firstGroupStart : before + rows.peerStarts()[groups[row]] - start);
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
    PiecePlace place = rows.place();
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      int row = from + i;
      int start = rows.partitionStart(partitions[row]);
      int group = groups[row];
      double size = rows.partitionEnd(partitions[row]) - start;
      double groupStart = starts[group] - start;
      double groupEnd = starts[group + 1] - start;
      if (place != null) {
        size = place.rowCount();
        groupStart = group == 0 ? firstGroupStart : earlierRows + groupStart;
        groupEnd =
            starts[group + 1] == rows.rowCount() ? place.lastGroupEnd() : earlierRows + groupEnd;
      }
      if (function == Function.CUME_DIST) {
        values[i] = groupEnd / size;
      } else {
        values[i] = size == 1 ? 0 : groupStart / (size - 1);
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
    return false;
  }

  @Override
  public void gather(WindowRows piece, int number) {
    if (number == 0) {
      begin(piece);
      partition = new Earlier(earlierRows, earlierGroups, firstGroupStart);
    }
  }

  @Override
  public long bytesPerRow() {
    return 0;
  }
}
