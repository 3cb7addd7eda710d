package dev.frazil.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns asked for late, at some rows, or not at all, hold what a full scan finds there. */
class PendingRowsTest {
  private static final long SEED = Long.getLong("frazil.seed", System.nanoTime());

  @ParameterizedTest
  @CsvSource({
    "0.0, 1000000, 700",
    "0.0, 40, 20000",
    "0.3, 7, 300",
    "0.3, 3000, 900",
    "1.0, 10, 400"
  })
  void someRowsAreThoseOfAllRows(double nullShare, int distinct, int pageRows) {
    System.out.println("PendingRowsTest seed " + SEED);
    compare(SEED, nullShare, distinct, pageRows);
  }

  /** The rows asked for in the first pages of strings were all null, and shifted those behind. */
  @Test
  void nullsAloneBeforePlainStrings() {
    compare(20323757900626L, 0.3, 3000, 900);
  }

  @Test
  void arraysAreReusedOnlyWhereAllowed() {
    MemoryStore store = new MemoryStore();
    Schema schema = new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
    ParquetBatchWriter writer =
        new ParquetBatchWriter(
            store.create("f"), schema, ParquetWriterOptions.of(Map.of(), schema));
    long[] ids = LongStream.range(0, 3L * RowBatch.TARGET_ROWS).toArray();
    writer.write(
        new RowBatch(
            List.of(new LongVector(SqlType.Primitive.BIGINT, ids.length, ids, null)), ids.length));
    writer.close();
    try (ParquetFile file = ParquetFile.open(store, "f", store.objects.get("f").length)) {
      ParquetScanner scanner =
          new ParquetScanner(
              file,
              ScanFixture.allColumns(schema),
              schema,
              Expressions.alwaysTrue(),
              null,
              ScanFixture.budget());
      for (boolean reuses : new boolean[] {false, true}) {
        try (BatchReader reader = scanner.read(scanner.morsels().get(0))) {
          if (reuses) {
            reader.reuseBatches();
          }
          long[] first = longs(reader);
          assertThat(first).startsWith(0L, 1L);
          long[] second = longs(reader);
          assertThat(second == first).isEqualTo(reuses);
          assertThat(second).startsWith(RowBatch.TARGET_ROWS, RowBatch.TARGET_ROWS + 1L);
          assertThat(first[0]).isEqualTo(reuses ? RowBatch.TARGET_ROWS : 0L);
        }
      }
    }
  }

  private static long[] longs(BatchReader reader) {
    PositionedBatch next = reader.next();
    return ((LongVector) next.batch().column(0)).values();
  }

  private static void compare(long seed, double nullShare, int distinct, int pageRows) {
    Random random = new Random(seed + pageRows);
    RandomRows rows = new RandomRows(random, nullShare, distinct);
    MemoryStore store = new MemoryStore();
    ParquetBatchWriter writer =
        new ParquetBatchWriter(
            store.create("f"),
            RoundTripTest.ALL,
            ParquetWriterOptions.of(
                Map.of("write.parquet.page-row-limit", Integer.toString(pageRows)),
                RoundTripTest.ALL));
    List<List<Object>> expected = new ArrayList<>();
    for (int count : new int[] {4096, 37, 5000, 2048}) {
      RowBatch batch = rows.batch(RoundTripTest.ALL, count);
      ScanFixture.append(expected, batch.columns(), count);
      writer.write(batch);
    }
    writer.close();
    long length = store.objects.get("f").length;
    try (ParquetFile file = ParquetFile.open(store, "f", length)) {
      List<ColumnRequest> columns = ScanFixture.allColumns(RoundTripTest.ALL);
      ParquetScanner scanner =
          new ParquetScanner(
              file,
              columns,
              RoundTripTest.ALL,
              Expressions.alwaysTrue(),
              null,
              ScanFixture.budget());
      for (Morsel morsel : scanner.morsels()) {
        try (BatchReader reader = scanner.read(morsel)) {
          if (random.nextBoolean()) {
            reader.reuseBatches();
          }
          for (PendingRows next = reader.nextRows(); next != null; next = reader.nextRows()) {
            check(next, columns.size(), expected, random);
          }
        }
      }
    }
  }

  private static void check(
      PendingRows pending, int columns, List<List<Object>> expected, Random random) {
    int[] some = new int[pending.rowCount()];
    int share = 1 + random.nextInt(200);
    int count = 0;
    for (int row = 0; row < pending.rowCount(); row++) {
      if (random.nextInt(share) == 0) {
        some[count++] = row;
      }
    }
    for (int index = 0; index < columns; index++) {
      int choice = random.nextInt(3);
      if (choice == 0) {
        continue;
      }
      ColumnVector column =
          choice == 1 ? pending.column(index) : pending.column(index, some, count);
      assertThat(column.rowCount()).isEqualTo(choice == 1 ? pending.rowCount() : count);
      for (int i = 0; i < column.rowCount(); i++) {
        int position = (int) pending.firstRowPosition() + (choice == 1 ? i : some[i]);
        assertThat(PlainValues.value(column, i))
            .as("column %s, row %s", index, position)
            .isEqualTo(expected.get(position).get(index));
      }
    }
  }
}
