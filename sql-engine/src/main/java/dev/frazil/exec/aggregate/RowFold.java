package dev.frazil.exec.aggregate;

import dev.frazil.error.EngineException;
import dev.frazil.kernel.CompareKernels;
import dev.frazil.plan.AggregateCall;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Makes the result of one group of {@link RowsAccumulator}. Thread-safe: no state. */
interface RowFold {

  /**
   * Appends the result of rows {@code rows[start..end)}, at least one, in their order.
   *
   * @param columns the arguments of all groups
   */
  void append(VectorBuilder results, List<ColumnVector> columns, int[] rows, int start, int end);

  static RowFold of(AggregateCall call) {
    return switch (call.function()) {
      case STRING_AGG -> RowFold::text;
      case ARRAY_AGG -> RowFold::array;
      case MAP_AGG -> MapFolds::map;
      case HISTOGRAM -> MapFolds::histogram;
      case MODE -> RowFold::mode;
      case PERCENTILE_CONT -> RowFold::interpolated;
      case PERCENTILE_DISC -> RowFold::percentile;
      default -> throw EngineException.internal(call.function() + " keeps no rows");
    };
  }

  private static void text(
      VectorBuilder results, List<ColumnVector> columns, int[] rows, int start, int end) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = start; i < end; i++) {
      if (i > start && columns.size() > 1) {
        write(columns.get(1), rows[i], text);
      }
      write(columns.get(0), rows[i], text);
    }
    results.appendBytes(text.toByteArray());
  }

  private static void write(ColumnVector column, int row, ByteArrayOutputStream text) {
    if (column.isNull(row)) {
      return;
    }
    if (column instanceof DictionaryVector vector) {
      write(vector.dictionary(), vector.ids()[row], text);
    } else {
      BytesVector bytes = (BytesVector) column;
      text.write(bytes.data(), bytes.offsets()[row], bytes.lengthBytes(row));
    }
  }

  private static void array(
      VectorBuilder results, List<ColumnVector> columns, int[] rows, int start, int end) {
    ListVectorBuilder lists = (ListVectorBuilder) results;
    for (int i = start; i < end; i++) {
      lists.elements().appendFrom(columns.get(0), rows[i]);
    }
    lists.endRow();
  }

  private static void mode(
      VectorBuilder results, List<ColumnVector> columns, int[] rows, int start, int end) {
    ColumnVector values = columns.get(0);
    int best = start;
    int most = 0;
    int first = start;
    for (int i = start; i <= end; i++) {
      if (i == end || CompareKernels.compare(values, rows[i], values, rows[first]) != 0) {
        if (i - first > most) {
          most = i - first;
          best = first;
        }
        first = i;
      }
    }
    results.appendFrom(values, rows[best]);
  }

  private static boolean isDescending(List<ColumnVector> columns, int row) {
    BooleanVector descending = (BooleanVector) columns.get(2);
    return !descending.isNull(row) && descending.values()[row];
  }

  private static void interpolated(
      VectorBuilder results, List<ColumnVector> columns, int[] rows, int start, int end) {
    DoubleVector fractions = (DoubleVector) columns.get(1);
    if (fractions.isNull(rows[start])) {
      results.appendNull();
      return;
    }
    double fraction = Fractions.checked(fractions.values()[rows[start]]);
    double[] values = ((DoubleVector) columns.get(0)).values();
    boolean isDescending = isDescending(columns, rows[start]);
    double place = fraction * (end - start - 1);
    int below = (int) Math.floor(place);
    int above = (int) Math.ceil(place);
    double low = values[rows[isDescending ? end - 1 - below : start + below]];
    double high = values[rows[isDescending ? end - 1 - above : start + above]];
    results.appendDouble(low == high ? low : low + (place - below) * (high - low));
  }

  private static void percentile(
      VectorBuilder results, List<ColumnVector> columns, int[] rows, int start, int end) {
    DoubleVector fractions = (DoubleVector) columns.get(1);
    if (fractions.isNull(rows[start])) {
      results.appendNull();
      return;
    }
    double fraction = Fractions.checked(fractions.values()[rows[start]]);
    int place = Math.max(0, (int) Math.ceil(fraction * (end - start)) - 1);
    int row = isDescending(columns, rows[start]) ? end - 1 - place : start + place;
    results.appendFrom(columns.get(0), rows[row]);
  }
}
