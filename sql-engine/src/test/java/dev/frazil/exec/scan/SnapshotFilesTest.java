package dev.frazil.exec.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.plan.TableHandle;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files planned from memory are those that Iceberg plans. */
class SnapshotFilesTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "id", Types.IntegerType.get()),
          Types.NestedField.optional(2, "region", Types.StringType.get()),
          Types.NestedField.optional(3, "amount", Types.LongType.get()));

  private static final List<Expression> FILTERS =
      List.of(
          Expressions.alwaysTrue(),
          Expressions.alwaysFalse(),
          Expressions.equal("region", "r1"),
          Expressions.notEqual("region", "r1"),
          Expressions.isNull("region"),
          Expressions.lessThan("id", 25),
          Expressions.greaterThan("id", 1_000),
          Expressions.in("id", 5, 35),
          Expressions.isNull("amount"),
          Expressions.and(Expressions.equal("region", "r0"), Expressions.lessThan("id", 35)),
          Expressions.or(Expressions.equal("region", "r2"), Expressions.lessThan("id", 5)),
          Expressions.not(Expressions.equal("region", "r0")));

  @TempDir Path folder;
  private ScanTables tables;
  private final SnapshotFiles known = new SnapshotFiles(1 << 30);

  @BeforeEach
  void open() throws SQLException {
    tables = new ScanTables(folder.resolve("db"));
  }

  @AfterEach
  void close() throws Exception {
    tables.close();
  }

  private static TableHandle handle(Table table, long snapshotId, boolean timeTravel) {
    return new TableHandle(TableIdentifier.of("s", table.name()), table, snapshotId, timeTravel);
  }

  private static DataFile file(Table table, String name, int from, int to, String region) {
    Metrics metrics =
        new Metrics(
            10L,
            null,
            Map.of(1, 10L, 3, 10L),
            Map.of(1, 0L, 3, from == 0 ? 10L : 0L),
            null,
            Map.of(1, bound(from)),
            Map.of(1, bound(to)));
    DataFiles.Builder builder =
        DataFiles.builder(table.spec())
            .withPath(table.location() + "/data/" + name + ".parquet")
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(1_000)
            .withMetrics(metrics);
    return table.spec().isUnpartitioned()
        ? builder.build()
        : builder.withPartitionPath("region=" + region).build();
  }

  private static ByteBuffer bound(int value) {
    return Conversions.toByteBuffer(Types.IntegerType.get(), value);
  }

  private static List<String> described(List<ScanFile> files) {
    return files.stream()
        .map(
            file ->
                file.file().location()
                    + file.deletes().stream().map(DeleteFile::location).toList()
                    + file.spec().specId()
                    + file.residual())
        .toList();
  }

  private void agree(TableHandle handle) {
    for (int round = 0; round < 2; round++) {
      for (Expression filter : FILTERS) {
        assertThat(described(ScanFiles.plan(handle, filter, known)))
            .as("%s, round %d", filter, round)
            .containsExactlyInAnyOrderElementsOf(described(ScanFiles.plan(handle, filter, null)));
      }
    }
  }

  @Test
  void answersAsIcebergDoes() {
    PartitionSpec byRegion = PartitionSpec.builderFor(SCHEMA).identity("region").build();
    Table table = tables.create("t", SCHEMA, byRegion, 2);
    for (int i = 0; i < 6; i++) {
      table.newAppend().appendFile(file(table, "a" + i, i * 10, i * 10 + 9, "r" + i % 3)).commit();
    }
    long before = table.currentSnapshot().snapshotId();
    agree(handle(table, before, false));
    DeleteFile deletes =
        FileMetadata.deleteFileBuilder(table.spec())
            .ofPositionDeletes()
            .withPath(table.location() + "/data/deletes.parquet")
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(100)
            .withRecordCount(1)
            .withPartitionPath("region=r1")
            .build();
    table.newRowDelta().addDeletes(deletes).commit();
    table.updateSpec().removeField("region").commit();
    table.newAppend().appendFile(file(table, "unpartitioned", 60, 69, "")).commit();
    agree(handle(table, table.currentSnapshot().snapshotId(), false));
    agree(handle(table, before, true));
  }

  /** The partition of a file planned before is an int, the filter's column a bigint by now. */
  @Test
  void aWiderTypeOfAPartitionColumnIsNotHeldAgainstTheOldOne() {
    PartitionSpec byId = PartitionSpec.builderFor(SCHEMA).identity("id").build();
    Table table = tables.create("p", SCHEMA, byId, 2);
    for (int i = 0; i < 3; i++) {
      DataFile file =
          DataFiles.builder(byId)
              .withPath(table.location() + "/data/p" + i + ".parquet")
              .withFormat(FileFormat.PARQUET)
              .withFileSizeInBytes(1_000)
              .withRecordCount(10)
              .withPartitionPath("id=" + i)
              .build();
      table.newAppend().appendFile(file).commit();
    }
    TableHandle handle = handle(table, table.currentSnapshot().snapshotId(), false);
    assertThat(ScanFiles.plan(handle, Expressions.equal("id", 1), known)).hasSize(1);
    table.updateSchema().updateColumn("id", Types.LongType.get()).commit();
    assertThat(ScanFiles.plan(handle, Expressions.equal("id", 1L << 40), known)).isEmpty();
    agree(handle);
  }

  @Test
  void doesNotKeepTheFilesOfLargeTables() {
    Table table = tables.create("large", SCHEMA, PartitionSpec.unpartitioned(), 2);
    var append = table.newFastAppend();
    for (int i = 0; i < 3_000; i++) {
      append.appendFile(file(table, "a" + i, i * 10, i * 10 + 9, ""));
    }
    append.commit();
    TableHandle handle = handle(table, table.currentSnapshot().snapshotId(), false);
    assertThat(
            known.find(
                handle,
                table.currentSnapshot(),
                Expressions.alwaysTrue(),
                () -> {
                  throw new AssertionError("all files are planned");
                }))
        .isNull();
    assertThat(ScanFiles.plan(handle, Expressions.equal("id", 5), known)).hasSize(1);
  }
}
