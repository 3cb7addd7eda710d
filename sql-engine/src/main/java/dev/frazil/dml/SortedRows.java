package dev.frazil.dml;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.scan.IcebergValues;
import dev.frazil.exec.sort.RowSort;
import dev.frazil.plan.SortKey;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortField;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are sorted before they are written: by the number of their partition, then by the sort
 * order of the table. What memory does not hold waits in temporary files. One thread.
 */
final class SortedRows implements AutoCloseable {
  private final int width;
  private final @Nullable ZOrder curve;
  private final org.apache.iceberg.SortKey key;

  /** The fields of the order that are no column as it is, by their place in it. */
  private final List<Integer> computedFields = new ArrayList<>();

  private final List<Type> computedTypes = new ArrayList<>();
  private final RowSort sort;

  /** Takes rows of one partition after the other. */
  interface Sink {
    void write(int partition, RowBatch rows);
  }

  /**
   * @param written the columns of the rows: those of the table, more may follow
   * @param arranged may have no field
   */
  SortedRows(Schema table, Schema written, WrittenOrder arranged, QueryContext context) {
    this.curve = arranged.curve();
    SortOrder order = curve == null ? arranged.fields() : SortOrder.unsorted();
    this.width = written.columns().size();
    this.key = new org.apache.iceberg.SortKey(table, order);
    List<SqlType> types = new ArrayList<>();
    for (Types.NestedField column : written.columns()) {
      types.add(TypeMapping.toSql(column.type()));
    }
    types.add(Primitive.INTEGER);
    List<SortKey> keys = new ArrayList<>();
    keys.add(new SortKey(width, false, false));
    for (int i = 0; i < order.fields().size(); i++) {
      SortField field = order.fields().get(i);
      int column = field.transform().isIdentity() ? place(table, field.sourceId()) : -1;
      if (column < 0) {
        column = types.size();
        Type type = field.transform().getResultType(table.findType(field.sourceId()));
        types.add(TypeMapping.toSql(type));
        computedFields.add(i);
        computedTypes.add(type);
      }
      keys.add(
          new SortKey(
              column,
              field.direction() == SortDirection.DESC,
              field.nullOrder() == NullOrder.NULLS_FIRST));
    }
    if (curve != null) {
      keys.add(new SortKey(types.size(), false, false));
      types.add(Primitive.VARBINARY);
    }
    this.sort = new RowSort(keys, types, context);
  }

  private static int place(Schema schema, int fieldId) {
    for (int i = 0; i < schema.columns().size(); i++) {
      if (schema.columns().get(i).fieldId() == fieldId) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Adds the rows alive of a batch.
   *
   * @param partitions the number of the partition of each row, alive or not
   */
  void add(RowBatch rows, int[] partitions) {
    List<ColumnVector> columns = new ArrayList<>(rows.columns());
    columns.add(new IntVector(Primitive.INTEGER, rows.rowCount(), partitions, null));
    columns.addAll(computed(rows));
    if (curve != null) {
      columns.add(curve.values(rows));
    }
    sort.add(new RowBatch(columns, rows.rowCount(), rows.selection()));
  }

  private List<ColumnVector> computed(RowBatch rows) {
    List<VectorBuilder> builders = new ArrayList<>();
    for (Type type : computedTypes) {
      builders.add(VectorBuilder.of(TypeMapping.toSql(type)));
    }
    VectorRow row = new VectorRow(rows.columns());
    boolean[] alive = new boolean[rows.rowCount()];
    int[] selected = RowBatches.positions(rows);
    for (int k = 0; k < rows.selectedCount(); k++) {
      alive[selected[k]] = true;
    }
    for (int position = 0; !builders.isEmpty() && position < alive.length; position++) {
      key.wrap(row.moveTo(position));
      for (int i = 0; i < builders.size(); i++) {
        Object value = alive[position] ? key.get(computedFields.get(i), Object.class) : null;
        builders.get(i).appendValue(IcebergValues.toEngine(value, computedTypes.get(i)));
      }
    }
    return builders.stream().map(VectorBuilder::build).toList();
  }

  /** Hands all rows on in their order. */
  void drain(Sink sink) {
    RowBatch batch = sort.next();
    while (batch != null) {
      int[] partitions = ((IntVector) batch.column(width)).values();
      List<ColumnVector> columns = batch.columns().subList(0, width);
      int from = 0;
      for (int row = 1; row <= batch.rowCount(); row++) {
        if (row == batch.rowCount() || partitions[row] != partitions[from]) {
          sink.write(partitions[from], new RowBatch(columns, batch.rowCount(), rows(from, row)));
          from = row;
        }
      }
      batch = sort.next();
    }
  }

  private static SelectionVector rows(int from, int to) {
    int[] positions = new int[to - from];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = from + i;
    }
    return new SelectionVector(positions, positions.length);
  }

  @Override
  public void close() {
    sort.close();
  }
}
