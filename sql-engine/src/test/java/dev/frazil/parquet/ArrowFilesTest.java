package dev.frazil.parquet;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of Apache Arrow's Rust writer ({@code src/test/arrow}), in both versions of data pages and
 * all its encodings; without field ids, so by position. DuckDB is the other reader.
 */
class ArrowFilesTest {
  private static final Schema SCHEMA =
      new Schema(
          optional(1, "id", Types.IntegerType.get()),
          optional(2, "tiny", Types.IntegerType.get()),
          optional(3, "big", Types.LongType.get()),
          optional(4, "u8", Types.IntegerType.get()),
          optional(5, "u32", Types.LongType.get()),
          optional(6, "f32", Types.FloatType.get()),
          optional(7, "f64", Types.DoubleType.get()),
          optional(8, "flag", Types.BooleanType.get()),
          optional(9, "word", Types.StringType.get()),
          optional(10, "choice", Types.StringType.get()),
          optional(11, "bytes", Types.BinaryType.get()),
          optional(12, "day", Types.DateType.get()),
          optional(13, "micros", Types.TimestampType.withZone()),
          optional(14, "seconds", Types.LongType.get()),
          optional(15, "tags", Types.ListType.ofOptional(101, Types.StringType.get())),
          optional(
              16,
              "lists",
              Types.ListType.ofOptional(
                  102, Types.ListType.ofOptional(103, Types.IntegerType.get()))),
          optional(
              17,
              "place",
              Types.StructType.of(
                  optional(104, "x", Types.IntegerType.get()),
                  optional(105, "names", Types.ListType.ofOptional(106, Types.StringType.get())))));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rust-plain", "rust-v2", "rust-dictionary", "rust-delta", "rust-empty"})
  void readsWhatDuckDbReads(String name) throws Exception {
    MemoryStore store = new MemoryStore();
    store.put("f", bytes(name));
    Path path = folder.resolve("f.parquet");
    Files.write(path, store.objects.get("f"));
    List<List<Object>> expected;
    try (Connection duckDb = DuckDbValues.connect()) {
      expected = DuckDbValues.query(duckDb, "SELECT * FROM read_parquet('" + path + "')");
    }
    List<List<Object>> rows = ScanFixture.rows(store, "f", SCHEMA);
    assertThat(rows).hasSize(name.equals("rust-empty") ? 0 : 350).hasSameSizeAs(expected);
    for (int column = 0; column < SCHEMA.columns().size(); column++) {
      Types.NestedField field = SCHEMA.columns().get(column);
      for (int row = 0; row < expected.size(); row++) {
        assertThat(rows.get(row).get(column))
            .as("column %s, row %s", field.name(), row)
            .isEqualTo(expected.get(row).get(column));
      }
    }
    for (int column = 0; column < 14; column++) {
      for (int row = 0; row < rows.size(); row += 29) {
        noMatchIsPruned(store, rows, column, rows.get(row).get(column));
      }
    }
  }

  private static void noMatchIsPruned(
      MemoryStore store, List<List<Object>> rows, int column, Object value) {
    Types.NestedField field = SCHEMA.columns().get(column);
    boolean isNoNumber = value instanceof Float number && number.isNaN();
    if (isNoNumber || field.type().typeId() == Type.TypeID.BINARY) {
      return;
    }
    Expression pruning =
        value == null ? Expressions.isNull(field.name()) : Expressions.equal(field.name(), value);
    assertThat(ScanFixture.rows(store, "f", SCHEMA, pruning, null))
        .as("%s = %s", field.name(), value)
        .containsAll(rows.stream().filter(row -> Objects.equals(row.get(column), value)).toList());
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = ArrowFilesTest.class.getResourceAsStream("arrow/" + name + ".parquet")) {
      return in.readAllBytes();
    }
  }
}
