package dev.frazil.orc;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.PositionedBatch;
import dev.frazil.testing.MemoryObjectStore;
import dev.frazil.testing.ValueText;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of Apache's library with each codec, version, run of integers, string encoding and type,
 * against what the library itself reads from them.
 */
class OrcFormsTest {
  static final Schema FLAT =
      new Schema(
          required(1, "id", Types.IntegerType.get()),
          optional(2, "flag", Types.BooleanType.get()),
          optional(3, "tiny", Types.IntegerType.get()),
          optional(4, "small", Types.IntegerType.get()),
          optional(5, "whole", Types.IntegerType.get()),
          optional(6, "wide", Types.LongType.get()),
          optional(7, "steady", Types.LongType.get()),
          optional(8, "rising", Types.LongType.get()),
          optional(9, "falling", Types.IntegerType.get()),
          optional(10, "outliers", Types.LongType.get()),
          optional(11, "noise", Types.LongType.get()),
          optional(12, "single", Types.FloatType.get()),
          optional(13, "twice", Types.DoubleType.get()),
          optional(14, "word", Types.StringType.get()),
          optional(15, "line", Types.StringType.get()),
          optional(16, "code", Types.StringType.get()),
          optional(17, "label", Types.StringType.get()),
          optional(18, "raw", Types.BinaryType.get()),
          optional(19, "price", Types.DecimalType.of(9, 2)),
          optional(20, "huge", Types.DecimalType.of(38, 10)),
          optional(21, "day", Types.DateType.get()),
          optional(22, "clock", Types.TimestampType.withoutZone()),
          optional(23, "moment", Types.TimestampType.withZone()),
          optional(24, "nothing", Types.StringType.get()));

  static final Schema NESTED =
      new Schema(
          required(1, "id", Types.IntegerType.get()),
          optional(
              2,
              "s",
              Types.StructType.of(
                  optional(3, "a", Types.IntegerType.get()),
                  optional(4, "b", Types.StringType.get()),
                  optional(
                      5,
                      "deep",
                      Types.StructType.of(
                          optional(6, "d", Types.DecimalType.of(20, 3)),
                          optional(7, "e", Types.DateType.get()))))),
          optional(8, "l", Types.ListType.ofOptional(9, Types.IntegerType.get())),
          optional(
              10,
              "m",
              Types.MapType.ofOptional(11, 12, Types.StringType.get(), Types.LongType.get())),
          optional(
              13,
              "ls",
              Types.ListType.ofOptional(
                  14,
                  Types.StructType.of(
                      optional(15, "x", Types.IntegerType.get()),
                      optional(16, "y", Types.ListType.ofOptional(17, Types.StringType.get()))))),
          optional(
              18,
              "ll",
              Types.ListType.ofOptional(19, Types.ListType.ofOptional(20, Types.DoubleType.get()))),
          optional(
              21,
              "ms",
              Types.MapType.ofOptional(
                  22,
                  23,
                  Types.IntegerType.get(),
                  Types.StructType.of(
                      optional(24, "p", Types.StringType.get()),
                      optional(25, "q", Types.TimestampType.withoutZone())))),
          optional(26, "bits", Types.ListType.ofOptional(27, Types.BooleanType.get())));

  private static List<String> rows(String name, Schema schema) {
    MemoryObjectStore store = new MemoryObjectStore();
    byte[] body = OrcFiles.body(name);
    store.put(name, body);
    return OrcFiles.rows(store, name, body.length, schema);
  }

  @ParameterizedTest
  @CsvSource({
    "flat-none, flat",
    "flat-zlib, flat",
    "flat-snappy, flat",
    "flat-lz4, flat",
    "flat-zstd, flat",
    "flat-version-11, flat",
    "flat-new-york, flat-new-york",
    "flat-proleptic, flat-proleptic"
  })
  void flatTypes(String file, String answers) throws IOException {
    assertThat(rows(file, FLAT)).containsExactlyElementsOf(OrcFiles.answers(answers));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nested", "nested-version-11"})
  void nestedTypes(String file) throws IOException {
    assertThat(rows(file, NESTED)).containsExactlyElementsOf(OrcFiles.answers("nested"));
  }

  @Test
  void codecsAndTypesThatAreNotRead() {
    Schema id = new Schema(required(1, "id", Types.IntegerType.get()));
    assertThatThrownBy(() -> rows("lzo", id))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED))
        .hasMessageContainingAll("lzo", "LZO");
    assertThat(rows("union", id)).containsExactlyElementsOf(ids(10));
    Schema union =
        new Schema(
            required(1, "id", Types.IntegerType.get()), optional(2, "u", Types.IntegerType.get()));
    assertThatThrownBy(() -> rows("union", union))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED))
        .hasMessageContainingAll("column u", "union");
  }

  /**
   * 4,096 lists of 2,000 sevens in a few hundred bytes: a batch has as many as memory has room for.
   */
  @Test
  void longListsOfEqualElements() {
    MemoryObjectStore store = new MemoryObjectStore();
    byte[] body = OrcFiles.body("long-lists");
    store.put("lists", body);
    Schema schema =
        new Schema(optional(1, "l", Types.ListType.ofOptional(2, Types.IntegerType.get())));
    long rows = 0;
    try (OrcScanner scanner =
            OrcFiles.open(store, "lists", body.length, schema, new MemoryBudget(1));
        BatchReader reader = scanner.read(scanner.morsels().get(0))) {
      for (PositionedBatch batch = reader.next(); batch != null; batch = reader.next()) {
        rows += batch.batch().rowCount();
        assertThat(ValueText.of(batch.batch().column(0), 0)).hasSize(6000);
      }
    }
    assertThat(rows).isEqualTo(4096);
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  /** A column of another type, and one that there must be. */
  @Test
  void columnsThatDoNotFit() {
    Schema longer = new Schema(required(1, "word", Types.LongType.get()));
    assertThatThrownBy(() -> rows("flat-zstd", longer))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
        .hasMessageContainingAll("flat-zstd", "column word holds STRING", "long");
    Schema missing = new Schema(required(1, "gone", Types.LongType.get()));
    assertThatThrownBy(() -> rows("flat-zstd", missing))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
        .hasMessageContainingAll("flat-zstd", "required column gone");
  }
}
