package dev.frazil.parquet;

import dev.frazil.memory.MemoryBudget;
import dev.frazil.vector.ColumnVector;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.mapping.NameMapping;

/** Scans files into rows of {@link PlainValues}. */
final class ScanFixture {
  private ScanFixture() {}

  /** Room for 64 MB of buffers. */
  static MemoryBudget budget() {
    return new MemoryBudget(128L << 20);
  }

  static List<ColumnRequest> allColumns(Schema schema) {
    return schema.columns().stream().map(ColumnRequest::new).toList();
  }

  static List<List<Object>> rows(MemoryStore store, String location, Schema schema) {
    return rows(store, location, schema, Expressions.alwaysTrue(), null);
  }

  static List<List<Object>> rows(
      MemoryStore store, String location, Schema schema, Expression pruning, NameMapping mapping) {
    long length = store.objects.get(location).length;
    try (ParquetFile file = ParquetFile.open(store, location, length)) {
      return rows(
          new ParquetScanner(
              file, allColumns(schema), schema, pruning, mapping, ScanFixture.budget()));
    }
  }

  static List<List<Object>> rows(ParquetScanner scanner) {
    List<List<Object>> rows = new ArrayList<>();
    for (Morsel morsel : scanner.morsels()) {
      long expected = 0;
      try (BatchReader reader = scanner.read(morsel)) {
        for (PositionedBatch batch = reader.next(); batch != null; batch = reader.next()) {
          expected += batch.batch().rowCount();
          append(rows, batch.batch().columns(), batch.batch().rowCount());
        }
      }
      if (expected != morsel.rowCount()) {
        throw new AssertionError("morsel of " + morsel.rowCount() + " rows gave " + expected);
      }
    }
    return rows;
  }

  static void append(List<List<Object>> rows, List<ColumnVector> columns, int count) {
    for (int i = 0; i < count; i++) {
      List<Object> row = new ArrayList<>();
      for (ColumnVector column : columns) {
        row.add(PlainValues.value(column, i));
      }
      rows.add(row);
    }
  }
}
