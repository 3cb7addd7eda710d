package dev.frazil.parquet;

import static org.apache.iceberg.expressions.Expressions.alwaysTrue;
import static org.apache.iceberg.expressions.Expressions.and;
import static org.apache.iceberg.expressions.Expressions.equal;
import static org.apache.iceberg.expressions.Expressions.greaterThan;
import static org.apache.iceberg.expressions.Expressions.greaterThanOrEqual;
import static org.apache.iceberg.expressions.Expressions.in;
import static org.apache.iceberg.expressions.Expressions.isNull;
import static org.apache.iceberg.expressions.Expressions.lessThan;
import static org.apache.iceberg.expressions.Expressions.notNull;
import static org.apache.iceberg.expressions.Expressions.or;
import static org.apache.iceberg.expressions.Expressions.startsWith;
import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pruning spares bytes and never a row that matches. */
class PruningTest {
  private static final int ROWS = 120_000;

  static final Schema SCHEMA =
      new Schema(
          required(1, "id", Types.LongType.get()),
          optional(2, "day", Types.IntegerType.get()),
          required(3, "code", Types.StringType.get()),
          required(4, "token", Types.StringType.get()),
          optional(5, "amount", Types.DoubleType.get()),
          required(6, "filler", Types.LongType.get()));

  static final MemoryStore STORE = new MemoryStore();

  @BeforeAll
  static void write() {
    Map<String, String> properties =
        Map.of(
            "write.parquet.page-row-limit", "1000",
            "write.parquet.row-group-size-bytes", "1000000",
            "write.parquet.bloom-filter-enabled.column.token", "true");
    ParquetBatchWriter writer =
        new ParquetBatchWriter(
            STORE.create("f"), SCHEMA, ParquetWriterOptions.of(properties, SCHEMA));
    Random random = new Random(5);
    for (int start = 0; start < ROWS; start += 4000) {
      List<VectorBuilder> builders = new ArrayList<>();
      SCHEMA.columns().forEach(c -> builders.add(VectorBuilder.of(TypeMapping.toSql(c.type()))));
      for (int i = start; i < start + 4000; i++) {
        builders.get(0).appendValue((long) i);
        builders.get(1).appendValue(i < 20_000 ? null : i / 1000);
        // Each 40,000 rows have codes of their own between a common least and greatest one.
        int code = i % 50 == 0 ? 0 : i % 50 == 1 ? 999 : 1 + i / 40_000 * 100 + i % 50;
        builders.get(2).appendValue("code-%03d".formatted(code));
        builders.get(3).appendValue(token(i));
        builders.get(4).appendValue(i % 10 == 3 ? Double.NaN : i / 2.0);
        builders.get(5).appendValue(random.nextLong());
      }
      List<ColumnVector> columns = builders.stream().map(VectorBuilder::build).toList();
      writer.write(new RowBatch(columns, 4000));
    }
    writer.close();
  }

  private static String token(int row) {
    return Long.toHexString(row * 0x9E3779B97F4A7C15L);
  }

  private record Scan(List<List<Object>> rows, ScanStatistics statistics, long bytesRead) {}

  private static Scan scan(Expression pruning) {
    STORE.resetCounters();
    ParquetFile file = ParquetFile.open(STORE, "f", STORE.objects.get("f").length);
    ParquetScanner scanner =
        new ParquetScanner(
            file, ScanFixture.allColumns(SCHEMA), SCHEMA, pruning, null, ScanFixture.budget());
    List<List<Object>> rows = ScanFixture.rows(scanner);
    assertThat(scanner.statistics().bytesRead()).isEqualTo(STORE.bytesRead.get());
    assertThat(scanner.statistics().requests()).isEqualTo(STORE.requests.get());
    return new Scan(rows, scanner.statistics(), STORE.bytesRead.get());
  }

  /** Scans with pruning and checks that filtering either scan gives the same rows. */
  private static Scan checked(Expression pruning, Predicate<List<Object>> filter) {
    Scan all = scan(alwaysTrue());
    Scan pruned = scan(pruning);
    List<List<Object>> expected = all.rows().stream().filter(filter).toList();
    assertThat(pruned.rows().stream().filter(filter).toList()).isEqualTo(expected);
    assertThat(all.rows()).hasSize(ROWS);
    System.out.printf(
        "PruningTest %s: %d of %d bytes, %d of %d row groups pruned, %d of %d pages pruned%n",
        pruning,
        pruned.bytesRead(),
        all.bytesRead(),
        pruned.statistics().rowGroupsPruned(),
        pruned.statistics().rowGroupsTotal(),
        pruned.statistics().pagesPruned(),
        pruned.statistics().pagesTotal());
    return pruned;
  }

  private static long fullBytes() {
    return scan(alwaysTrue()).bytesRead();
  }

  private static long id(List<Object> row) {
    return (Long) row.get(0);
  }

  @Test
  void prunesRowGroupsAndPagesByRange() {
    Scan scan =
        checked(
            and(greaterThanOrEqual("id", 50_500L), lessThan("id", 52_100L)),
            row -> id(row) >= 50_500 && id(row) < 52_100);
    assertThat(scan.statistics().rowGroupsPruned()).isPositive();
    assertThat(scan.statistics().pagesPruned()).isPositive();
    assertThat(scan.rows()).hasSize(3000);
    assertThat(scan.bytesRead()).isLessThan(fullBytes() / 4);
  }

  @Test
  void keepsColumnsAlignedOverSeveralRanges() {
    Scan scan =
        checked(
            or(equal("id", 1_234L), or(equal("id", 77_777L), greaterThan("id", 118_500L))),
            row -> id(row) == 1_234 || id(row) == 77_777 || id(row) > 118_500);
    for (List<Object> row : scan.rows()) {
      assertThat(row.get(3)).isEqualTo(token((int) id(row)));
    }
    assertThat(scan.rows()).hasSize(4000);
  }

  @Test
  void prunesByNullCounts() {
    Scan nulls = checked(isNull("day"), row -> row.get(1) == null);
    assertThat(nulls.rows()).hasSize(20_000);
    Scan values = checked(notNull("day"), row -> row.get(1) != null);
    assertThat(values.rows()).hasSize(100_000);
  }

  @Test
  void prunesByDictionaryWhatBoundsCannot() {
    Scan scan = checked(equal("code", "code-220"), row -> row.get(2).equals("code-220"));
    assertThat(scan.statistics().rowGroupsPruned()).isPositive();
    assertThat(scan.rows().stream().anyMatch(row -> row.get(2).equals("code-220"))).isTrue();
    Scan none = checked(in("code", "code-060", "code-950"), row -> false);
    assertThat(none.rows()).isEmpty();
  }

  @Test
  void prunesByBloomFilter() {
    Scan hit = checked(equal("token", token(70_001)), row -> row.get(3).equals(token(70_001)));
    assertThat(hit.rows().stream().filter(row -> id(row) == 70_001)).hasSize(1);
    assertThat(hit.statistics().rowGroupsPruned()).isPositive();
    Scan miss = checked(equal("token", "5-absent"), row -> row.get(3).equals("5-absent"));
    assertThat(miss.rows()).isEmpty();
    assertThat(miss.bytesRead()).isLessThan(fullBytes() / 4);
  }

  @Test
  void prunesByPrefix() {
    checked(startsWith("code", "code-22"), row -> ((String) row.get(2)).startsWith("code-22"));
    Scan none = checked(startsWith("code", "d"), row -> ((String) row.get(2)).startsWith("d"));
    assertThat(none.rows()).isEmpty();
  }

  @Test
  void keepsNotANumberWhichIsAboveAllOthers() {
    checked(greaterThan("amount", 1e9), row -> Double.compare((Double) row.get(4), 1e9) > 0);
    Scan below = checked(lessThan("amount", 100.0), row -> (Double) row.get(4) < 100.0);
    assertThat(below.rows().size()).isLessThan(ROWS / 4);
  }

  @Test
  void cutsLargeRowGroupsIntoMorselsAtPages() {
    MemoryStore store = new MemoryStore();
    Schema schema = new Schema(required(1, "id", Types.LongType.get()));
    ParquetBatchWriter writer =
        new ParquetBatchWriter(
            store.create("f"), schema, ParquetWriterOptions.of(Map.of(), schema));
    for (long start = 0; start < 600_000; start += 4000) {
      VectorBuilder builder = VectorBuilder.of(TypeMapping.toSql(Types.LongType.get()));
      for (long i = start; i < start + 4000; i++) {
        builder.appendLong(i);
      }
      writer.write(new RowBatch(List.of(builder.build()), 4000));
    }
    writer.close();
    ParquetFile file = ParquetFile.open(store, "f", store.objects.get("f").length);
    ParquetScanner scanner =
        new ParquetScanner(
            file, ScanFixture.allColumns(schema), schema, alwaysTrue(), null, ScanFixture.budget());
    assertThat(file.rowGroupCount()).isEqualTo(1);
    assertThat(scanner.morsels()).hasSizeGreaterThan(3);
    List<List<Object>> rows = ScanFixture.rows(scanner);
    assertThat(rows).hasSize(600_000);
    for (int i = 0; i < rows.size(); i++) {
      if ((Long) rows.get(i).get(0) != i) {
        assertThat(rows.get(i).get(0)).isEqualTo((long) i);
      }
    }
  }

  @Test
  void readsASmallFileInOneRequest() {
    MemoryStore store = new MemoryStore();
    Schema schema = new Schema(required(1, "id", Types.LongType.get()));
    ParquetBatchWriter writer =
        new ParquetBatchWriter(
            store.create("f"), schema, ParquetWriterOptions.of(Map.of(), schema));
    VectorBuilder builder = VectorBuilder.of(TypeMapping.toSql(Types.LongType.get()));
    builder.appendLong(7);
    writer.write(new RowBatch(List.of(builder.build()), 1));
    writer.close();
    assertThat(ScanFixture.rows(store, "f", schema)).containsExactly(List.of(7L));
    assertThat(store.requests.get()).isEqualTo(1);
  }
}
