package dev.frazil.parquet;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Physical forms of old and foreign writers, in files of parquet-java ({@code src/test/spark}):
 * INT96, units of time, decimals of every kind, small and unsigned integers, lists of two levels,
 * old maps. DuckDB is the other reader.
 */
class ForeignFormsTest {
  @TempDir Path folder;

  private static final Schema FORMS =
      new Schema(
          required(1, "id", Types.LongType.get()),
          optional(2, "t_int96", Types.TimestampType.withZone()),
          optional(3, "t_millis", Types.TimestampType.withZone()),
          optional(4, "t_micros", Types.TimestampType.withoutZone()),
          optional(5, "t_nanos", Types.TimestampType.withoutZone()),
          optional(6, "time_millis", Types.TimeType.get()),
          optional(7, "time_micros", Types.TimeType.get()),
          optional(8, "time_nanos", Types.TimeType.get()),
          optional(9, "dec_int32", Types.DecimalType.of(9, 2)),
          optional(10, "dec_int64", Types.DecimalType.of(18, 4)),
          optional(11, "dec_fixed5", Types.DecimalType.of(10, 3)),
          optional(12, "dec_fixed16", Types.DecimalType.of(38, 10)),
          optional(13, "dec_bytes", Types.DecimalType.of(18, 2)),
          optional(14, "dec_wide_bytes", Types.DecimalType.of(38, 5)),
          optional(15, "tiny", Types.IntegerType.get()),
          optional(16, "word", Types.IntegerType.get()),
          optional(17, "unsigned", Types.LongType.get()),
          optional(18, "kind", Types.StringType.get()),
          optional(19, "document", Types.StringType.get()),
          optional(20, "two_level", Types.ListType.ofRequired(120, Types.IntegerType.get())),
          optional(
              21,
              "two_level_struct",
              Types.ListType.ofRequired(
                  121,
                  Types.StructType.of(
                      required(221, "x", Types.IntegerType.get()),
                      optional(222, "y", Types.StringType.get())))),
          optional(
              22,
              "struct_named_array",
              Types.ListType.ofRequired(
                  122, Types.StructType.of(optional(223, "s", Types.IntegerType.get())))),
          optional(
              23,
              "lists_of_lists",
              Types.ListType.ofRequired(
                  123, Types.ListType.ofRequired(224, Types.IntegerType.get()))),
          optional(24, "hive_list", Types.ListType.ofOptional(124, Types.IntegerType.get())),
          optional(
              25,
              "old_map",
              Types.MapType.ofOptional(125, 225, Types.StringType.get(), Types.IntegerType.get())));

  /**
   * DuckDB's columns in the types of {@link #FORMS}: it has nanoseconds of its own, and takes a
   * repeated group named array for the level between, where the format says that it is the element.
   */
  private static final String QUERY =
      "SELECT * REPLACE (t_int96::TIMESTAMPTZ AS t_int96, t_nanos::TIMESTAMP AS t_nanos,"
          + " time_millis::TIME AS time_millis, time_nanos::TIME AS time_nanos, kind::VARCHAR AS"
          + " kind, list_transform(struct_named_array, lambda e: {'s': e}) AS struct_named_array,"
          + " document::VARCHAR AS document) FROM read_parquet('%s')";

  private MemoryStore store(String name) throws IOException {
    MemoryStore store = new MemoryStore();
    try (InputStream in = getClass().getResourceAsStream("forms/" + name + ".parquet")) {
      store.put("f", in.readAllBytes());
    }
    return store;
  }

  private List<List<Object>> ofDuckDb(MemoryStore store) throws Exception {
    Path path = folder.resolve("f.parquet");
    Files.write(path, store.objects.get("f"));
    try (Connection duckDb = DuckDbValues.connect()) {
      return DuckDbValues.query(duckDb, QUERY.formatted(path));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1-values", "v1-dictionary", "v2-values", "v2-dictionary"})
  void readsEveryForm(String name) throws Exception {
    MemoryStore store = store(name);
    List<List<Object>> expected = ofDuckDb(store);
    List<List<Object>> actual = ScanFixture.rows(store, "f", FORMS);
    assertThat(actual).hasSize(300);
    for (int column = 0; column < FORMS.columns().size(); column++) {
      for (int row = 0; row < expected.size(); row++) {
        assertThat(actual.get(row).get(column))
            .as("column %s, row %s", FORMS.columns().get(column).name(), row)
            .isEqualTo(expected.get(row).get(column));
      }
    }
  }

  /** Bounds in the file are in the file's unit and form; pruning must compare like with like. */
  @ParameterizedTest
  @ValueSource(strings = {"v1-values", "v1-dictionary", "v2-values", "v2-dictionary"})
  void prunesNoRowThatMatches(String name) throws Exception {
    MemoryStore store = store(name);
    List<List<Object>> rows = ScanFixture.rows(store, "f", FORMS);
    int asked = 0;
    for (int column = 0; column < 19; column++) {
      Types.NestedField field = FORMS.columns().get(column);
      Map<Object, Integer> counts = new LinkedHashMap<>();
      for (List<Object> row : rows) {
        counts.merge(row.get(column) == null ? "null" : row.get(column), 1, Integer::sum);
      }
      for (Map.Entry<Object, Integer> entry : counts.entrySet()) {
        if (asked++ % 7 != 0) {
          continue;
        }
        boolean isNull = entry.getKey().equals("null");
        Expression pruning =
            isNull
                ? Expressions.isNull(field.name())
                : Expressions.equal(field.name(), entry.getKey());
        assertThat(column(store, field, pruning))
            .as("rows with %s = %s", field.name(), entry.getKey())
            .filteredOn(value -> isNull ? value == null : entry.getKey().equals(value))
            .hasSize(entry.getValue());
      }
    }
  }

  private static List<Object> column(
      MemoryStore store, Types.NestedField field, Expression pruning) {
    long length = store.objects.get("f").length;
    try (ParquetFile file = ParquetFile.open(store, "f", length)) {
      ParquetScanner scanner =
          new ParquetScanner(
              file, List.of(new ColumnRequest(field)), FORMS, pruning, null, ScanFixture.budget());
      return ScanFixture.rows(scanner).stream().map(row -> row.get(0)).toList();
    }
  }
}
