package dev.frazil.parquet;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Unsigned columns as DuckDB writes them, of up to 64 bits: Iceberg has no such type, so a wider
 * one, or a decimal, holds them; one that does not is refused.
 */
class UnsignedColumnsTest {
  private static final String BIG = "18446744073709551615";

  @TempDir Path folder;
  private final MemoryStore store = new MemoryStore();
  private List<List<Object>> expected;

  private static Schema schema(Type big, Type word) {
    return new Schema(
        optional(1, "id", Types.LongType.get()),
        optional(2, "big", big),
        optional(3, "word", word),
        optional(4, "small", Types.IntegerType.get()));
  }

  private void write(String options) throws Exception {
    Path file = folder.resolve("f.parquet");
    try (Connection duckDb = DuckDbValues.connect()) {
      DuckDbValues.execute(
          duckDb,
          "CREATE TABLE t AS SELECT i AS id, CASE i % 5 WHEN 0 THEN "
              + BIG
              + " WHEN 1 THEN 9223372036854775808 WHEN 2 THEN NULL ELSE i END::UBIGINT AS big,"
              + " CASE i % 3 WHEN 0 THEN 4294967295 ELSE i END::UINTEGER AS word,"
              + " (i % 65536)::USMALLINT AS small FROM range(3000) r(i)");
      DuckDbValues.execute(
          duckDb,
          "COPY t TO '"
              + file
              + "' (FORMAT parquet, FIELD_IDS {id: 1, big: 2, word: 3, small: 4}, "
              + options
              + ")");
      expected =
          DuckDbValues.query(
              duckDb,
              "SELECT id, big::DECIMAL(20, 0), word::BIGINT, small::INTEGER FROM read_parquet('"
                  + file
                  + "')");
    }
    store.put("f", Files.readAllBytes(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PARQUET_VERSION V1",
        "PARQUET_VERSION V2",
        "PARQUET_VERSION V1, ROW_GROUP_SIZE 2048, DICTIONARY_SIZE_LIMIT 1"
      })
  void decimalsHoldAllOfThem(String options) throws Exception {
    write(options);
    Schema schema = schema(Types.DecimalType.of(20, 0), Types.LongType.get());
    assertThat(ScanFixture.rows(store, "f", schema)).isEqualTo(expected);
    for (String value : List.of(BIG, "9223372036854775808", "8", "-1")) {
      BigDecimal number = new BigDecimal(value);
      assertThat(matching(schema, Expressions.equal("big", number), number, 0)).isTrue();
      assertThat(matching(schema, Expressions.greaterThanOrEqual("big", number), number, 1))
          .isTrue();
    }
    Schema wide = schema(Types.DecimalType.of(38, 0), Types.DecimalType.of(20, 0));
    assertThat(ScanFixture.rows(store, "f", wide)).hasSize(3000);
    assertThat(ScanFixture.rows(store, "f", wide).get(0).get(2))
        .isEqualTo(new BigDecimal("4294967295"));
    Schema narrow = schema(Types.DecimalType.of(20, 0), Types.DecimalType.of(10, 0));
    assertThat(ScanFixture.rows(store, "f", narrow).get(0).get(2))
        .isEqualTo(new BigDecimal("4294967295"));
  }

  /** Whether a filter leaves the rows that satisfy it, among others. */
  private boolean matching(Schema schema, Expression filter, BigDecimal least, int sign) {
    List<List<Object>> found = ScanFixture.rows(store, "f", schema, filter, null);
    return found.containsAll(
        expected.stream()
            .filter(row -> row.get(1) != null)
            .filter(
                row -> {
                  int order = ((BigDecimal) row.get(1)).compareTo(least);
                  return order == 0 || order == sign;
                })
            .toList());
  }

  @Test
  void whatDoesNotHoldThemIsRefused() throws Exception {
    write("PARQUET_VERSION V1");
    for (Schema schema :
        List.of(
            schema(Types.LongType.get(), Types.LongType.get()),
            schema(Types.DecimalType.of(18, 0), Types.LongType.get()),
            schema(Types.DecimalType.of(19, 0), Types.LongType.get()),
            schema(Types.DecimalType.of(20, 0), Types.IntegerType.get()),
            schema(Types.DecimalType.of(20, 0), Types.DecimalType.of(9, 0)))) {
      assertThatThrownBy(() -> ScanFixture.rows(store, "f", schema))
          .isInstanceOfSatisfying(
              EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED));
    }
  }
}
