package dev.frazil.exec.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.plan.TableHandle;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories of random changes, planned by their manifests after each, against Iceberg's plans. */
class KnownManifestsTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "id", Types.IntegerType.get()),
          Types.NestedField.optional(2, "region", Types.StringType.get()));

  @TempDir Path folder;
  private ScanTables tables;
  private int number;

  @BeforeEach
  void open() throws SQLException {
    tables = new ScanTables(folder.resolve("db"));
  }

  @AfterEach
  void close() throws Exception {
    tables.close();
  }

  private static List<String> described(List<ScanFile> files) {
    return files.stream()
        .map(
            file ->
                String.join(
                    " ",
                    file.file().location(),
                    String.valueOf(file.file().dataSequenceNumber()),
                    String.valueOf(file.file().fileSequenceNumber()),
                    String.valueOf(file.file().firstRowId()),
                    String.valueOf(file.file().partition()),
                    file.deletes().stream()
                        .map(delete -> delete.location() + delete.contentOffset())
                        .sorted()
                        .toList()
                        .toString(),
                    file.spec().toString()))
        .toList();
  }

  /** The histories that Frazil writes need no plan of Iceberg, all others get one. */
  @Tag("slow")
  @Test
  void everyHistoryIsPlannedAsIcebergDoes() {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("everyHistoryIsPlannedAsIcebergDoes: -Dfrazil.seed=" + seed);
    Random random = new Random(seed);
    int files = 0;
    int deletes = 0;
    for (int history = 0; history < 4; history++) {
      int version = 2 + history % 2; // and so the last one with equality deletes is of version 3
      boolean equality = history == 3;
      Table table =
          tables.create(
              "t" + history,
              SCHEMA,
              PartitionSpec.builderFor(SCHEMA).identity("region").build(),
              version);
      table.updateProperties().set(TableProperties.MANIFEST_MIN_MERGE_COUNT, "4").commit();
      SnapshotFiles known = new SnapshotFiles(1 << 28);
      for (int step = 0; step < 14; step++) {
        change(table, version, equality, random);
        if (table.currentSnapshot() == null) {
          continue;
        }
        TableHandle handle =
            new TableHandle(
                TableIdentifier.of("s", table.name()),
                table,
                table.currentSnapshot().snapshotId(),
                false);
        List<ScanFile> expected = ScanFiles.plan(handle, Expressions.alwaysTrue(), null);
        List<ScanFile> planned =
            equality
                ? ScanFiles.plan(handle, Expressions.alwaysTrue(), known)
                : known.find(
                    handle,
                    table.currentSnapshot(),
                    Expressions.alwaysTrue(),
                    () -> {
                      throw new AssertionError("left to Iceberg");
                    });
        assertThat(described(planned))
            .as("history %s, step %s, seed %s", history, step, seed)
            .containsExactlyInAnyOrderElementsOf(described(expected));
        files += expected.size();
        deletes += expected.stream().mapToInt(file -> file.deletes().size()).sum();
      }
    }
    assertThat(files).isGreaterThan(30);
    assertThat(deletes).isPositive();
  }

  private void change(Table table, int version, boolean equality, Random random) {
    List<DataFile> live = new ArrayList<>();
    if (table.currentSnapshot() != null) {
      table.newScan().planFiles().forEach(task -> live.add(task.file()));
    }
    switch (live.isEmpty() ? 0 : random.nextInt(8)) {
      case 0, 1, 2 -> {
        var append = table.newAppend();
        for (int i = 0; i <= random.nextInt(3); i++) {
          append.appendFile(dataFile(table, random));
        }
        append.commit();
      }
      case 3, 4 -> mark(table, live.get(random.nextInt(live.size())), version, random);
      case 5 -> {
        RowDelta delta = table.newRowDelta().addRows(dataFile(table, random));
        if (equality) {
          delta.addDeletes(
              FileMetadata.deleteFileBuilder(table.spec())
                  .ofEqualityDeletes(1)
                  .withPath(table.location() + "/data/e" + number++ + ".parquet")
                  .withFormat(FileFormat.PARQUET)
                  .withFileSizeInBytes(100)
                  .withRecordCount(1)
                  .withPartition(table.spec().isUnpartitioned() ? null : live.get(0).partition())
                  .build());
        }
        delta.commit();
      }
      case 6 -> table.newDelete().deleteFile(live.get(random.nextInt(live.size()))).commit();
      default -> {
        if (random.nextBoolean()) {
          table.rewriteManifests().clusterBy(file -> "all").commit();
        } else if (table.spec().isUnpartitioned()) {
          table.updateSpec().addField("region").commit();
        } else {
          table.updateSpec().removeField("region").commit();
        }
      }
    }
  }

  /** Deletes rows of a file: by a vector, a delete file of its own, or one of its partition. */
  private void mark(Table table, DataFile file, int version, Random random) {
    PartitionSpec spec = table.specs().get(file.specId());
    FileMetadata.Builder builder =
        FileMetadata.deleteFileBuilder(spec)
            .ofPositionDeletes()
            .withPath(
                table.location() + "/data/d" + number++ + (version > 2 ? ".puffin" : ".parquet"))
            .withFormat(version > 2 ? FileFormat.PUFFIN : FileFormat.PARQUET)
            .withFileSizeInBytes(100)
            .withRecordCount(1);
    if (!spec.isUnpartitioned()) {
      builder.withPartition(file.partition());
    }
    if (version > 2) {
      builder.withContentOffset(4).withContentSizeInBytes(40);
    }
    if (version > 2 || random.nextBoolean()) {
      builder.withReferencedDataFile(file.location());
    }
    RowDelta delta = table.newRowDelta();
    if (version > 2) {
      table
          .newScan()
          .planFiles()
          .forEach(
              task -> {
                if (task.file().location().equals(file.location())) {
                  task.deletes().stream()
                      .filter(delete -> delete.format() == FileFormat.PUFFIN)
                      .forEach(delta::removeDeletes);
                }
              });
    }
    DeleteFile delete = builder.build();
    delta.validateFromSnapshot(table.currentSnapshot().snapshotId()).addDeletes(delete).commit();
  }

  private DataFile dataFile(Table table, Random random) {
    DataFiles.Builder builder =
        DataFiles.builder(table.spec())
            .withPath(table.location() + "/data/f" + number++ + ".parquet")
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(1_000)
            .withRecordCount(10);
    return table.spec().isUnpartitioned()
        ? builder.build()
        : builder.withPartitionPath("region=r" + random.nextInt(3)).build();
  }

  /** What a commit keeps is not read again. */
  @Test
  void onlyNewManifestsAreRead() {
    Table table = tables.create("few", SCHEMA, PartitionSpec.unpartitioned(), 2);
    KnownManifests manifests = new KnownManifests(1_000);
    for (int i = 0; i < 5; i++) {
      table.newFastAppend().appendFile(dataFile(table, new Random(i))).commit();
    }
    var list = table.currentSnapshot().dataManifests(table.io());
    var first = list.stream().map(manifest -> manifests.contents(table, manifest)).toList();
    table.newFastAppend().appendFile(dataFile(table, new Random(9))).commit();
    var second =
        table.currentSnapshot().dataManifests(table.io()).stream()
            .map(manifest -> manifests.contents(table, manifest))
            .toList();
    assertThat(second).hasSize(6);
    assertThat(second.subList(1, 6))
        .usingElementComparator((a, b) -> a == b ? 0 : 1)
        .isEqualTo(first);
    assertThat(second.get(0).dataFiles()).hasSize(1);
  }
}
