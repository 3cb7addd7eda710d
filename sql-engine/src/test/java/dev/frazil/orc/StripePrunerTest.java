package dev.frazil.orc;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.memory.MemoryBudget;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.testing.MemoryObjectStore;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** Which stripes are left out by what their statistics tell. */
class StripePrunerTest {
  private static final Schema SCHEMA =
      new Schema(
          required(1, "id", Types.IntegerType.get()), optional(2, "v", Types.StringType.get()));

  private static int stripes(String name, Expression pruning) {
    MemoryObjectStore store = new MemoryObjectStore();
    byte[] body = OrcFiles.body(name);
    store.put(name, body);
    try (OrcScanner scanner =
        OrcScanner.open(
            store,
            name,
            body.length,
            1_000_000,
            SCHEMA.columns().stream().map(ColumnRequest::new).toList(),
            SCHEMA,
            pruning,
            null,
            new MemoryBudget(128L << 20))) {
      return scanner.morsels().size();
    }
  }

  /**
   * Apache's library counts values by its indexes: without these it tells of none, not of nulls.
   */
  @Test
  void statisticsOfAWriterWithoutIndexesTellNothing() {
    assertThat(stripes("without-index", Expressions.isNull("v"))).isEqualTo(1);
    assertThat(stripes("without-index", Expressions.notNull("v"))).isEqualTo(1);
    assertThat(stripes("without-index", Expressions.equal("id", 3))).isEqualTo(1);
  }
}
