package dev.frazil.exec.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.RowsFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equality deletes by a column that only the partition of a data file tells. */
class MigratedFileDeletesTest {
  @TempDir Path folder;

  @Test
  void theValueOfThePartitionIsCompared() throws Exception {
    try (ScanTables tables = new ScanTables(folder)) {
      Schema schema =
          new Schema(
              Types.NestedField.optional(1, "id", Types.LongType.get()),
              Types.NestedField.optional(2, "region", Types.StringType.get()));
      PartitionSpec spec = PartitionSpec.builderFor(schema).identity("region").build();
      Table table = tables.create("migrated", schema, spec, 2);
      Path data = tables.write(table, "select i as id from range(0, 6) r(i)", "id: 1");
      table.newAppend().appendFile(tables.dataFile(table, data, "region=east")).commit();
      Path keys =
          tables.write(
              table,
              "select * from (values (2::bigint, 'east'), (3, 'west'), (4, null)) v (id, region)",
              "id: 1, region: 2");
      table
          .newRowDelta()
          .addDeletes(
              FileMetadata.deleteFileBuilder(spec)
                  .ofEqualityDeletes(1, 2)
                  .withPath(keys.toString())
                  .withFormat(FileFormat.PARQUET)
                  .withFileSizeInBytes(Files.size(keys))
                  .withRecordCount(3)
                  .withPartitionPath("region=east")
                  .build())
          .commit();
      List<String> rows =
          RowsFixture.drain(
              OperatorFactory.create(ScanTables.scan(table, "id"), tables.context(1)));
      assertThat(rows).containsExactlyInAnyOrder("0|", "1|", "3|", "4|", "5|");
    }
  }
}
