package dev.frazil.exec.aggregate;

import dev.frazil.exec.sort.RowOrder;
import dev.frazil.exec.sort.RowSorter;
import dev.frazil.kernel.CompareKernels;
import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.plan.SortKey;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that need all rows of a group in an order: keeps the arguments and sort keys of every
 * row; in the end they are sorted once, by group and order, and folded group by group. Rows of
 * equal sort keys stay in the order in which they came from one thread. The state of a group is an
 * array of rows.
 */
final class RowsAccumulator implements Accumulator {
  private final AggregateCall call;
  private final List<SqlType> types;
  private final RowFold fold;
  private final List<SortKey> order;
  private final List<VectorBuilder> builders = new ArrayList<>();
  private int[] groupOfRow = new int[0];
  private int rowCount;
  private long heldBytes;

  /** What was collected, in one piece; null while rows are being added. */
  private @Nullable SortedRows sorted;

  /**
   * @param types of the arguments, then of the columns of the order
   */
  RowsAccumulator(AggregateCall call, List<SqlType> types) {
    this.call = call;
    this.types = types;
    this.fold = RowFold.of(call);
    this.order = order(call);
    for (SqlType type : types) {
      builders.add(VectorBuilder.of(type));
    }
  }

  /** The order within a group: column 0 holds the group, the arguments follow. */
  private static List<SortKey> order(AggregateCall call) {
    int arguments = call.arguments().size();
    List<SortKey> keys = new ArrayList<>();
    keys.add(new SortKey(0, false, false));
    for (int i = 0; i < call.order().size(); i++) {
      SortKey key = call.order().get(i);
      keys.add(new SortKey(1 + arguments + i, key.descending(), key.nullsFirst()));
    }
    boolean byValue =
        call.distinct()
            || call.function() == AggregateFunction.HISTOGRAM
            || call.function() == AggregateFunction.MODE
            || call.function() == AggregateFunction.PERCENTILE_CONT
            || call.function() == AggregateFunction.PERCENTILE_DISC;
    if (byValue) {
      for (int i = 0; i < arguments; i++) {
        keys.add(new SortKey(1 + i, false, false));
      }
    }
    return keys;
  }

  /** Rows by group: those of group g at {@code rows[starts[g]..starts[g + 1])}. */
  private record SortedRows(RowBatch batch, int[] rows, int[] starts) {}

  @Override
  public void grow(int groupCount) {
    // Groups without rows have no state.
  }

  @Override
  public void add(
      List<ColumnVector> arguments, int @Nullable [] rows, int count, int @Nullable [] groups) {
    boolean keepsNulls = call.function() == AggregateFunction.ARRAY_AGG;
    int[] kept = new int[count];
    int more = 0;
    if (groupOfRow.length < rowCount + count) {
      groupOfRow =
          Arrays.copyOf(groupOfRow, SeenGroups.capacity(groupOfRow.length, rowCount + count));
    }
    for (int k = 0; k < count; k++) {
      int row = rows == null ? k : rows[k];
      if (keepsNulls || !arguments.get(0).isNull(row)) {
        groupOfRow[rowCount + more] = groups == null ? 0 : groups[k];
        kept[more++] = row;
      }
    }
    reopen();
    rowCount += more;
    for (int i = 0; i < builders.size(); i++) {
      builders.get(i).appendFrom(arguments.get(i), kept, more);
      heldBytes += bytes(arguments.get(i), kept, more);
    }
  }

  /** Puts what was built for a result back, should more rows come. */
  private void reopen() {
    SortedRows built = sorted;
    if (built != null) {
      sorted = null;
      for (int i = 0; i < builders.size(); i++) {
        builders.get(i).appendRange(built.batch().column(i + 1), 0, rowCount);
      }
    }
  }

  private static long bytes(ColumnVector column, int[] rows, int count) {
    if (column instanceof BytesVector text) {
      long bytes = 4L * count;
      for (int i = 0; i < count; i++) {
        bytes += text.lengthBytes(rows[i]);
      }
      return bytes;
    } else if (column instanceof DictionaryVector text) {
      long bytes = 4L * count;
      for (int i = 0; i < count; i++) {
        bytes += text.isNull(rows[i]) ? 0 : text.dictionary().lengthBytes(text.ids()[rows[i]]);
      }
      return bytes;
    }
    return column.rowCount() == 0
        ? 0
        : RowBatches.memoryBytes(column) / column.rowCount() * count + count;
  }

  private SortedRows sorted() {
    SortedRows built = sorted;
    if (built == null) {
      List<ColumnVector> columns = new ArrayList<>();
      int[] groups = Arrays.copyOf(groupOfRow, rowCount);
      columns.add(new IntVector(Primitive.INTEGER, rowCount, groups, null));
      for (VectorBuilder builder : builders) {
        columns.add(builder.build());
      }
      RowBatch batch = new RowBatch(columns, rowCount);
      built = index(batch, RowSorter.sort(batch, new RowOrder(order)), groups);
      sorted = built;
    }
    return built;
  }

  private SortedRows index(RowBatch batch, int[] rows, int[] groups) {
    int groupCount = rowCount == 0 ? 0 : groups[rows[rowCount - 1]] + 1;
    int[] starts = new int[groupCount + 1];
    int count = 0;
    int group = -1;
    for (int i = 0; i < rowCount; i++) {
      if (call.distinct() && count > 0 && isSame(batch, rows[count - 1], rows[i])) {
        continue;
      }
      while (group < groups[rows[i]]) {
        starts[++group] = count;
      }
      rows[count++] = rows[i];
    }
    if (groupCount > 0) {
      starts[groupCount] = count;
    }
    return new SortedRows(batch, rows, starts);
  }

  private boolean isSame(RowBatch batch, int row, int other) {
    for (int i = 0; i <= call.arguments().size(); i++) {
      if (!CompareKernels.equal(batch.column(i), row, batch.column(i), other)) {
        return false;
      }
    }
    return true;
  }

  private static int start(SortedRows all, int group) {
    return all.starts()[Math.min(group, all.starts().length - 1)];
  }

  @Override
  public List<SqlType> stateTypes() {
    return List.of(new SqlType.ArrayType(rowType()));
  }

  private SqlType.RowType rowType() {
    List<SqlType.Field> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(new SqlType.Field("c" + i, types.get(i)));
    }
    return new SqlType.RowType(fields);
  }

  @Override
  public List<ColumnVector> states(int from, int count) {
    SortedRows all = sorted();
    int first = start(all, from);
    int[] offsets = new int[count + 1];
    for (int k = 0; k < count; k++) {
      offsets[k + 1] = start(all, from + k + 1) - first;
    }
    int[] rows = Arrays.copyOfRange(all.rows(), first, first + offsets[count]);
    List<ColumnVector> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(VectorGather.gather(all.batch().column(i + 1), rows, rows.length));
    }
    StructVector elements = new StructVector(rowType(), rows.length, fields, null);
    return List.of(
        new ListVector(new SqlType.ArrayType(rowType()), count, offsets, elements, null));
  }

  @Override
  public void merge(List<ColumnVector> states, int count, int[] groups) {
    ListVector lists = (ListVector) states.get(0);
    StructVector elements = (StructVector) lists.elements();
    int[] rows = new int[elements.rowCount()];
    int[] groupOfElement = new int[rows.length];
    int held = 0;
    for (int k = 0; k < count; k++) {
      for (int row = lists.offsets()[k]; row < lists.offsets()[k + 1]; row++) {
        rows[held] = row;
        groupOfElement[held++] = groups[k];
      }
    }
    add(elements.fields(), rows, held, groupOfElement);
  }

  @Override
  public ColumnVector results(int from, int count) {
    SortedRows all = sorted();
    VectorBuilder results = VectorBuilder.of(call.type());
    List<ColumnVector> arguments = all.batch().columns().subList(1, 1 + call.arguments().size());
    for (int group = from; group < from + count; group++) {
      int start = start(all, group);
      int end = start(all, group + 1);
      if (start == end) {
        results.appendNull();
      } else {
        fold.append(results, arguments, all.rows(), start, end);
      }
    }
    return results.build();
  }

  /** The rows, and their copy in one piece with its order. */
  @Override
  public long sizeBytes() {
    return 2 * heldBytes + rowCount * 24L + groupOfRow.length * 4L;
  }
}
