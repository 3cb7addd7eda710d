package dev.frazil.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches made of other batches. Thread-safe: no state. */
public final class RowBatches {
  private RowBatches() {}

  /** The rows alive, densely; the batch itself when every row is alive. */
  public static RowBatch compact(RowBatch batch) {
    SelectionVector selection = batch.selection();
    if (selection == null) {
      return batch;
    }
    return gather(batch, selection.positions(), selection.count());
  }

  /** Rows {@code positions[0..count)}, alive or not. */
  public static RowBatch gather(RowBatch batch, int[] positions, int count) {
    List<ColumnVector> columns = new ArrayList<>(batch.columns().size());
    for (ColumnVector column : batch.columns()) {
      columns.add(VectorGather.gather(column, positions, count));
    }
    return new RowBatch(columns, count);
  }

  /** {@code length} of the rows alive, from the {@code offset}th on; no column is copied. */
  public static RowBatch slice(RowBatch batch, int offset, int length) {
    if (offset == 0 && length == batch.selectedCount()) {
      return batch;
    }
    SelectionVector selection = batch.selection();
    int[] positions =
        selection == null
            ? VectorGather.range(offset, length)
            : Arrays.copyOfRange(selection.positions(), offset, offset + length);
    return new RowBatch(batch.columns(), batch.rowCount(), new SelectionVector(positions, length));
  }

  /** The positions of the rows alive; longer than {@code selectedCount()} at times. */
  public static int[] positions(RowBatch batch) {
    SelectionVector selection = batch.selection();
    return selection == null ? VectorGather.range(0, batch.rowCount()) : selection.positions();
  }

  /** The rows alive of all batches, densely, in order; at least one batch. */
  public static RowBatch concat(List<RowBatch> batches) {
    if (batches.size() == 1) {
      return compact(batches.get(0));
    }
    if (batches.stream().allMatch(batch -> batch.selection() == null)) {
      return new BatchConcat(batches).filled();
    }
    int rows = 0;
    for (RowBatch batch : batches) {
      rows = Math.addExact(rows, batch.selectedCount());
    }
    List<ColumnVector> columns = new ArrayList<>();
    for (int column = 0; column < batches.get(0).columns().size(); column++) {
      columns.add(concatColumn(batches, column));
    }
    return new RowBatch(columns, rows);
  }

  /** Bytes of heap that the arrays of a batch take. */
  public static long memoryBytes(RowBatch batch) {
    long bytes = 64;
    for (ColumnVector column : batch.columns()) {
      bytes += memoryBytes(column);
    }
    SelectionVector selection = batch.selection();
    return selection == null ? bytes : bytes + 4L * selection.positions().length;
  }

  /** Bytes of heap that the arrays of a vector take; a shared dictionary counts each time. */
  public static long memoryBytes(ColumnVector vector) {
    boolean[] nulls = vector.nulls();
    long bytes = nulls == null ? 64 : 64 + nulls.length;
    if (vector instanceof BooleanVector v) {
      return bytes + v.values().length;
    } else if (vector instanceof IntVector v) {
      return bytes + 4L * v.values().length;
    } else if (vector instanceof LongVector v) {
      return bytes + 8L * v.values().length;
    } else if (vector instanceof FloatVector v) {
      return bytes + 4L * v.values().length;
    } else if (vector instanceof DoubleVector v) {
      return bytes + 8L * v.values().length;
    } else if (vector instanceof Int128Vector v) {
      return bytes + 16L * v.low().length;
    } else if (vector instanceof BytesVector v) {
      return bytes + v.data().length + 4L * v.offsets().length;
    } else if (vector instanceof DictionaryVector v) {
      return bytes + 4L * v.ids().length + memoryBytes(v.dictionary());
    } else if (vector instanceof ListVector v) {
      return bytes + 4L * v.offsets().length + memoryBytes(v.elements());
    } else if (vector instanceof MapVector v) {
      return bytes + 4L * v.offsets().length + memoryBytes(v.keys()) + memoryBytes(v.mapValues());
    }
    for (ColumnVector field : ((StructVector) vector).fields()) {
      bytes += memoryBytes(field);
    }
    return bytes;
  }

  private static ColumnVector concatColumn(List<RowBatch> batches, int column) {
    BytesVector shared = sharedDictionary(batches, column);
    if (shared != null) {
      return concatIds(batches, column, shared);
    }
    VectorBuilder builder = VectorBuilder.of(batches.get(0).column(column).type());
    for (RowBatch batch : batches) {
      SelectionVector selection = batch.selection();
      if (selection == null) {
        builder.appendRange(batch.column(column), 0, batch.rowCount());
      } else {
        builder.appendFrom(batch.column(column), selection.positions(), selection.count());
      }
    }
    return builder.build();
  }

  @SuppressWarnings("ReferenceEquality") // dictionaries are shared by identity
  private static @Nullable BytesVector sharedDictionary(List<RowBatch> batches, int column) {
    BytesVector shared = null;
    for (RowBatch batch : batches) {
      if (!(batch.column(column) instanceof DictionaryVector vector)
          || (shared != null && shared != vector.dictionary())) {
        return null;
      }
      shared = vector.dictionary();
    }
    return shared;
  }

  private static DictionaryVector concatIds(
      List<RowBatch> batches, int column, BytesVector dictionary) {
    int rows = 0;
    for (RowBatch batch : batches) {
      rows += batch.selectedCount();
    }
    int[] ids = new int[rows];
    boolean[] nulls = new boolean[rows];
    boolean anyNull = false;
    int row = 0;
    for (RowBatch batch : batches) {
      DictionaryVector vector = (DictionaryVector) batch.column(column);
      SelectionVector selection = batch.selection();
      for (int i = 0; i < batch.selectedCount(); i++) {
        int position = selection == null ? i : selection.positions()[i];
        ids[row] = vector.ids()[position];
        nulls[row] = vector.isNull(position);
        anyNull |= nulls[row];
        row++;
      }
    }
    return new DictionaryVector(rows, ids, dictionary, anyNull ? nulls : null);
  }
}
