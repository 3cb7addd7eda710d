package dev.frazil.orc;

import dev.frazil.memory.MemoryBudget;
import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.parquet.Morsel;
import dev.frazil.parquet.PositionedBatch;
import dev.frazil.storage.ObjectStore;
import dev.frazil.testing.ValueText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;

/** Files of Apache's library ({@code src/test/spark}), what it reads of them, and what we do. */
final class OrcFiles {
  private OrcFiles() {}

  static byte[] body(String name) {
    try (InputStream in = OrcFiles.class.getResourceAsStream(name + ".orc")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The rows that the library reads. */
  static List<String> answers(String name) throws IOException {
    try (InputStream in =
        new GZIPInputStream(OrcFiles.class.getResourceAsStream(name + ".txt.gz"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** The rows that we read, in order. */
  static List<String> rows(ObjectStore store, String location, long length, Schema schema) {
    List<String> rows = new ArrayList<>();
    try (OrcScanner scanner = open(store, location, length, schema)) {
      for (Morsel morsel : scanner.morsels()) {
        try (BatchReader reader = scanner.read(morsel)) {
          for (PositionedBatch batch = reader.next(); batch != null; batch = reader.next()) {
            if (batch.firstRowPosition() != rows.size()) {
              throw new AssertionError(batch.firstRowPosition() + " after " + rows.size());
            }
            for (int row = 0; row < batch.batch().rowCount(); row++) {
              List<String> values = new ArrayList<>();
              for (int column = 0; column < schema.columns().size(); column++) {
                values.add(ValueText.of(batch.batch().column(column), row));
              }
              rows.add(String.join(" | ", values));
            }
          }
        }
      }
    }
    return rows;
  }

  static OrcScanner open(ObjectStore store, String location, long length, Schema schema) {
    return open(store, location, length, schema, new MemoryBudget(128L << 20));
  }

  static OrcScanner open(
      ObjectStore store, String location, long length, Schema schema, MemoryBudget memory) {
    return OrcScanner.open(
        store,
        location,
        length,
        1_000_000,
        schema.columns().stream().map(ColumnRequest::new).toList(),
        schema,
        Expressions.alwaysTrue(),
        null,
        memory);
  }
}
