package dev.frazil.exec.file;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.expression.Evaluator;
import dev.frazil.exec.expression.ExpressionEvaluator;
import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.parquet.Morsel;
import dev.frazil.parquet.ParquetFile;
import dev.frazil.parquet.ParquetScanner;
import dev.frazil.parquet.PositionedBatch;
import dev.frazil.plan.FileRows;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.storage.ObjectStore;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a Parquet file. Columns, and fields in them, are found by their names, whatever ids the
 * file has. A scalar is read as the type that the file states and cast; arrays, maps and rows must
 * have the types that are wanted, or narrower ones.
 */
final class ParquetRows implements RowReader {
  private final ParquetScanner scanner;
  private final List<Evaluator> conversions = new ArrayList<>();
  private final Iterator<Morsel> morsels;
  private final BatchMemory memory;
  private @Nullable BatchReader reader;

  ParquetRows(
      FileRows rows, ObjectStore store, String location, long lengthBytes, QueryContext context) {
    ParquetFile file = ParquetFile.open(store, location, lengthBytes).withoutIds();
    List<String> names = file.columnNames();
    int[] targets = ColumnMatch.of(names, rows, location);
    int[] sources = new int[rows.columns().size()];
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] != ColumnMatch.NONE) {
        sources[targets[i]] = i;
      }
    }
    AtomicInteger lastId = new AtomicInteger();
    List<Types.NestedField> fields = new ArrayList<>();
    for (int i = 0; i < sources.length; i++) {
      Column column = rows.columns().get(i);
      SqlType type = isNested(column.type()) ? column.type() : file.scalarType(sources[i]);
      fields.add(
          Types.NestedField.optional(
              lastId.incrementAndGet(),
              names.get(sources[i]),
              TypeMapping.toIceberg(type, lastId::incrementAndGet)));
      ScalarExpression read = new ScalarExpression.InputReference(i, type);
      conversions.add(
          ExpressionEvaluator.compile(
              type.equals(column.type())
                  ? read
                  : new ScalarExpression.Cast(read, column.type(), false),
              context));
    }
    Schema schema = new Schema(fields);
    this.scanner =
        new ParquetScanner(
            file,
            fields.stream().map(ColumnRequest::new).toList(),
            schema,
            Expressions.alwaysTrue(),
            MappingUtil.create(schema),
            context.memory());
    this.morsels = scanner.morsels().iterator();
    this.memory = new BatchMemory(context.memory());
  }

  private static boolean isNested(SqlType type) {
    PhysicalKind kind = type.kind();
    return kind == PhysicalKind.LIST || kind == PhysicalKind.MAP || kind == PhysicalKind.STRUCT;
  }

  @Override
  public @Nullable RowBatch next() {
    while (true) {
      BatchReader current = reader;
      if (current == null) {
        if (!morsels.hasNext()) {
          return null;
        }
        current = scanner.read(morsels.next());
        reader = current;
      }
      memory.begin();
      PositionedBatch read = current.next();
      if (read != null) {
        List<ColumnVector> columns = new ArrayList<>();
        conversions.forEach(conversion -> columns.add(conversion.evaluate(read.batch())));
        RowBatch batch = new RowBatch(columns, read.batch().rowCount());
        memory.end(batch);
        return batch;
      }
      closeReader();
    }
  }

  @Override
  public void close() {
    memory.close();
    closeReader();
  }

  private void closeReader() {
    BatchReader current = reader;
    reader = null;
    if (current != null) {
      current.close();
    }
  }
}
