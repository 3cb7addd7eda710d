package dev.frazil.exec.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.RowsFixture;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.plan.TableHandle;
import dev.frazil.type.SqlType.Primitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans of real Iceberg tables: files that DuckDB wrote, deletes, evolution, partitions. */
class TableScanTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "id", Types.IntegerType.get()),
          Types.NestedField.optional(2, "name", Types.StringType.get()),
          Types.NestedField.optional(3, "amount", Types.DecimalType.of(12, 2)));

  private static final String IDS = "id: 1, name: 2, amount: 3";

  @TempDir Path folder;
  private ScanTables tables;

  @BeforeEach
  void open() throws SQLException {
    tables = new ScanTables(folder.resolve("db"));
  }

  @AfterEach
  void close() throws Exception {
    tables.close();
  }

  private static String rows(int from, int to) {
    return "select i::int as id, case when i % 7 = 0 then null else 'name ' || (i % 50) end as"
        + " name,"
        + " (i * 1.25)::decimal(12,2) as amount from range(%d, %d) r(i)".formatted(from, to);
  }

  private List<String> read(TableScan scan, QueryContext context) {
    List<String> rows = RowsFixture.drain(OperatorFactory.create(scan, context));
    assertThat(context.memory().reservedBytes()).isZero();
    return rows;
  }

  private Table threeFiles(int formatVersion) throws SQLException, IOException {
    Table table = tables.create("t", SCHEMA, PartitionSpec.unpartitioned(), formatVersion);
    var append = table.newAppend();
    for (int i = 0; i < 3; i++) {
      append.appendFile(
          tables.dataFile(
              table, tables.write(table, rows(i * 40_000, (i + 1) * 40_000), IDS), null));
    }
    append.commit();
    return table;
  }

  @Test
  void readsAllRowsWithOneAndWithManyThreads() throws Exception {
    Table table = threeFiles(2);
    for (int threads : List.of(1, 4)) {
      QueryContext context = tables.context(threads);
      RowsFixture.assertSameRows(
          "threads " + threads,
          read(ScanTables.scan(table, "amount", "id", "name"), context),
          RowsFixture.query(
              tables.duckdb(), "select amount, id, name from (" + rows(0, 120_000) + ")"));
      assertThat(context.counters().value(Counter.FILES_READ)).isEqualTo(3);
      assertThat(context.counters().value(Counter.ROWS_SCANNED)).isEqualTo(120_000);
    }
  }

  @Test
  void anEmptyTableHasNoRows() throws Exception {
    Table table = tables.create("t", SCHEMA, PartitionSpec.unpartitioned(), 2);
    assertThat(read(ScanTables.scan(table, "id"), tables.context(2))).isEmpty();
  }

  @Test
  void rowsWithoutColumnsAreCounted() throws Exception {
    assertThat(read(ScanTables.scan(threeFiles(2)), tables.context(2))).hasSize(120_000);
  }

  @Test
  void aLimitEndsTheScan() throws Exception {
    Table table = threeFiles(2);
    QueryContext context = tables.context(1);
    TableScan scan =
        ScanTables.scan(ScanTables.handle(table), Expressions.alwaysTrue(), null, 5000, "id");
    assertThat(read(scan, context)).hasSize(5000);
    assertThat(context.counters().value(Counter.FILES_READ)).isEqualTo(1);
  }

  @Test
  void fileAndPositionTellWhereARowStands() throws Exception {
    Table table = threeFiles(2);
    String files = table.location() + "/data/file-*.parquet";
    RowsFixture.assertSameRows(
        "_file and _pos",
        read(ScanTables.scan(table, "_file", "_pos", "id"), tables.context(2)),
        RowsFixture.query(
            tables.duckdb(),
            "select filename, file_row_number, id from read_parquet('"
                + files
                + "', filename = true, file_row_number = true)"));
  }

  private static ScalarExpression idAtLeast(ScalarExpression bound) {
    return new ScalarExpression.Call(
        ScalarFunction.GREATER_OR_EQUAL,
        List.of(new ScalarExpression.InputReference(0, Primitive.INTEGER), bound),
        Primitive.BOOLEAN);
  }

  @Test
  void aBoundParameterPrunesFiles() throws Exception {
    Table table = tables.create("t", SCHEMA, PartitionSpec.unpartitioned(), 2);
    var append = table.newAppend();
    for (int i = 0; i < 3; i++) {
      int from = i * 1000;
      DataFile file =
          tables.dataFile(table, tables.write(table, rows(from, from + 1000), IDS), null);
      append.appendFile(
          DataFiles.builder(table.spec())
              .copy(file)
              .withMetrics(
                  new Metrics(
                      1000L,
                      null,
                      Map.of(1, 1000L),
                      Map.of(1, 0L),
                      null,
                      Map.of(1, Conversions.toByteBuffer(Types.IntegerType.get(), from)),
                      Map.of(1, Conversions.toByteBuffer(Types.IntegerType.get(), from + 999))))
              .build());
    }
    append.commit();
    QueryContext context = tables.context(2, 2990);
    TableScan scan =
        ScanTables.scan(
            ScanTables.handle(table),
            Expressions.alwaysTrue(),
            idAtLeast(new ScalarExpression.Parameter(0, Primitive.INTEGER)),
            -1,
            "id");
    assertThat(read(scan, context)).hasSize(10).contains("2999|");
    assertThat(context.counters().value(Counter.FILES_READ)).isEqualTo(1);
  }

  @Test
  void positionDeletesRemoveRows() throws Exception {
    Table table = threeFiles(2);
    String files = table.location() + "/data/file-%s.parquet";
    table
        .newRowDelta()
        .addDeletes(
            tables.positionDeletes(
                table,
                "select '%s' as file_path, i::bigint as pos from range(0, 40000, 3) r(i)"
                        .formatted(files.formatted(1))
                    + " union all select '%s', 39999 order by all".formatted(files.formatted(2))))
        .addDeletes(
            tables.positionDeletes(
                table, "select '%s' as file_path, 5::bigint as pos".formatted(files.formatted(2))))
        .commit();
    QueryContext context = tables.context(2);
    RowsFixture.assertSameRows(
        "position deletes",
        read(ScanTables.scan(table, "id"), context),
        RowsFixture.query(
            tables.duckdb(),
            "select i from range(0, 120000) r(i) where not (i < 40000 and i % 3 = 0)"
                + " and i not in (79999, 40005)"));
    assertThat(context.counters().value(Counter.ROWS_DELETED)).isEqualTo(13_334 + 2);
  }

  @Test
  void equalityDeletesRemoveEarlierRowsOnly() throws Exception {
    Table table = threeFiles(2);
    table
        .newRowDelta()
        .addDeletes(
            tables.equalityDeletes(
                table,
                "select 'name ' || i as name from range(0, 10) r(i) union all select null",
                "name: 2",
                2))
        .addDeletes(
            tables.equalityDeletes(
                table,
                "select 77::int as id, 13.00::decimal(12,2) as amount union all"
                    + " select 78, 97.50",
                "id: 1, amount: 3",
                1,
                3))
        .commit();
    table
        .newAppend()
        .appendFile(tables.dataFile(table, tables.write(table, rows(120_000, 121_000), IDS), null))
        .commit();
    RowsFixture.assertSameRows(
        "equality deletes",
        read(ScanTables.scan(table, "id", "amount"), tables.context(2)),
        RowsFixture.query(
            tables.duckdb(),
            "select id, amount from ("
                + rows(0, 121_000)
                + ") where id >= 120000 or (name is not null and id != 78"
                + " and name not in (select 'name ' || i from range(0, 10) r(i)))"));
  }

  @Test
  void deletionVectorsRemoveRows() throws Exception {
    Table table = threeFiles(3);
    List<DataFile> files = new java.util.ArrayList<>();
    try (var tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    }
    BaseDVFileWriter writer =
        new BaseDVFileWriter(
            OutputFileFactory.builderFor(table, 1, 1).format(FileFormat.PUFFIN).build(),
            path -> null);
    for (DataFile file : files) {
      for (long position = 0; position < 40_000; position += 2) {
        writer.delete(file.location(), position, table.spec(), file.partition());
      }
    }
    writer.close();
    var delta = table.newRowDelta();
    writer.result().deleteFiles().forEach(delta::addDeletes);
    delta.commit();
    RowsFixture.assertSameRows(
        "deletion vectors",
        read(ScanTables.scan(table, "id"), tables.context(2)),
        RowsFixture.query(tables.duckdb(), "select i from range(0, 120000) r(i) where i % 2 = 1"));
  }

  @Test
  void columnsAreFoundByIdAfterTheSchemaChanged() throws Exception {
    Table table = threeFiles(2);
    long before = table.currentSnapshot().snapshotId();
    table
        .updateSchema()
        .renameColumn("name", "label")
        .deleteColumn("amount")
        .addColumn("note", Types.StringType.get())
        .updateColumn("id", Types.LongType.get())
        .commit();
    table.refresh();
    table
        .newAppend()
        .appendFile(
            tables.dataFile(
                table,
                tables.write(
                    table,
                    "select 3000000000 as id, 'new' as label, 'noted' as note",
                    "id: 1, label: 2, note: 4"),
                null))
        .commit();
    RowsFixture.assertSameRows(
        "evolved",
        read(ScanTables.scan(table, "note", "id", "label"), tables.context(2)),
        RowsFixture.query(
            tables.duckdb(),
            "select null, id, name from ("
                + rows(0, 120_000)
                + ") union all select 'noted', 3000000000, 'new'"));
    TableHandle old = new TableHandle(ScanTables.handle(table).identifier(), table, before, true);
    RowsFixture.assertSameRows(
        "time travel",
        read(
            ScanTables.scan(old, Expressions.alwaysTrue(), null, -1, "id", "name", "amount"),
            tables.context(2)),
        RowsFixture.query(tables.duckdb(), rows(0, 120_000)));
  }

  @Test
  void identityPartitionsFillColumnsThatFilesLack() throws Exception {
    Schema schema =
        new Schema(
            Types.NestedField.optional(1, "id", Types.IntegerType.get()),
            Types.NestedField.optional(2, "day", Types.DateType.get()),
            Types.NestedField.optional(3, "region", Types.StringType.get()));
    PartitionSpec spec =
        PartitionSpec.builderFor(schema).identity("region").identity("day").build();
    Table table = tables.create("p", schema, spec, 2);
    var append = table.newAppend();
    for (String region : List.of("east", "west")) {
      Path file = tables.write(table, "select i::int as id from range(0, 100) r(i)", "id: 1");
      append.appendFile(tables.dataFile(table, file, "region=" + region + "/day=2024-02-29"));
    }
    append.commit();
    QueryContext context = tables.context(2);
    TableScan scan =
        ScanTables.scan(
            ScanTables.handle(table),
            Expressions.equal("region", "west"),
            null,
            -1,
            "region",
            "id",
            "day");
    RowsFixture.assertSameRows(
        "partitions",
        read(scan, context),
        RowsFixture.query(
            tables.duckdb(), "select 'west', i, date '2024-02-29' from range(0, 100) r(i)"));
    assertThat(context.counters().value(Counter.FILES_READ)).isEqualTo(1);
  }

  @Test
  void damagedFilesAreNamed() throws Exception {
    Table table = tables.create("t", SCHEMA, PartitionSpec.unpartitioned(), 2);
    Path file = folder.resolve("db/rows.orc");
    Files.writeString(file, "no ORC!!");
    table
        .newAppend()
        .appendFile(
            DataFiles.builder(table.spec())
                .withPath(file.toString())
                .withFormat(FileFormat.ORC)
                .withFileSizeInBytes(8)
                .withRecordCount(1)
                .build())
        .commit();
    assertThatThrownBy(() -> read(ScanTables.scan(table, "id"), tables.context(1)))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED))
        .hasMessageContainingAll("ORC", "rows.orc");
  }
}
