package dev.frazil.txn;

import dev.frazil.datafile.DataFiles;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Binder;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file that others added holds a row that a transaction looked for, by the rows
 * themselves where the bounds let it: bounds of several rows hold what lies between them. In doubt
 * it does: where the file is large or of a format that is not read, or the filter is about more
 * than columns of the table whose values have one order. One thread.
 */
final class ReadMeeting {
  private static final long MOST_READ = 100_000;
  private static final long MEMORY_BYTES = 32 << 20;

  private final TableMetadata metadata;
  private final AddedRows rows;
  private long readable = MOST_READ;

  ReadMeeting(ObjectStore store, TableMetadata metadata) {
    this.metadata = metadata;
    this.rows = new AddedRows(store, metadata, new MemoryBudget(MEMORY_BYTES));
  }

  /** Whether the file may hold a row that satisfies the filter, which its bounds do. */
  boolean mayHold(DataFile file, Expression filter) {
    PartitionSpec spec = metadata.spec(file.specId());
    // Of one row the bounds tell all.
    if (file.recordCount() <= 1
        || file.recordCount() > readable
        || !DataFiles.isRead(file.format())
        || spec == null) {
      return true;
    }
    try {
      Expression residual =
          ResidualEvaluator.of(spec, askable(filter), true).residualFor(file.partition());
      List<Types.NestedField> columns = columns(residual);
      if (columns == null) {
        return true;
      }
      readable -= file.recordCount();
      Evaluator evaluator = new Evaluator(Types.StructType.of(columns), residual, true);
      return rows.any(file, columns, residual, batch -> anyMatch(batch, columns, evaluator));
    } catch (ValidationException columnGone) {
      return true;
    }
  }

  private Expression askable(Expression filter) {
    return TruncatedPartitions.widenedAtEdges(UuidFilters.withoutOrder(filter), metadata.specs());
  }

  /** What the filter is about; null where rows of files need not tell. */
  private @Nullable List<Types.NestedField> columns(Expression filter) {
    Types.StructType schema = metadata.schema().asStruct();
    Set<Integer> ids = Binder.boundReferences(schema, List.of(filter), true);
    List<Types.NestedField> columns = new ArrayList<>();
    for (Types.NestedField column : schema.fields()) {
      if (ids.contains(column.fieldId()) && column.type().isPrimitiveType()) {
        columns.add(column);
      }
    }
    return ids.isEmpty() || columns.size() < ids.size() ? null : columns;
  }

  private static boolean anyMatch(
      RowBatch batch, List<Types.NestedField> columns, Evaluator evaluator) {
    for (int row = 0; row < batch.rowCount(); row++) {
      @Nullable Object[] values = new @Nullable Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = icebergValue(VectorValues.read(batch.column(i), row), columns.get(i).type());
      }
      if (evaluator.eval(new Row(values))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Object icebergValue(@Nullable Object value, Type type) {
    if (!(value instanceof byte[] bytes)) {
      return value;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return type.typeId() == Type.TypeID.UUID
        ? new java.util.UUID(buffer.getLong(), buffer.getLong())
        : buffer;
  }

  /** Values in the order of the columns, as Iceberg holds them. */
  private record Row(@Nullable Object[] values) implements StructLike {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public <T> @Nullable T get(int position, Class<T> type) {
      return type.cast(values[position]);
    }

    @Override
    public <T> void set(int position, T value) {
      values[position] = value;
    }
  }
}
