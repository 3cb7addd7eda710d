package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.AvroFiles;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables whose data files and delete files are Avro, written by Iceberg's own writers. */
class AvroTablesTest {
  private static final PartitionSpec NONE = PartitionSpec.unpartitioned();

  private FastFolder folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    folder = FastFolder.create();
    frazil = EngineRunner.local(folder.path());
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private void numbers(int version, String more, int... files) {
    frazil.update(
        "CREATE TABLE t (id integer, k varchar) WITH (\"format-version\" = '"
            + version
            + "'"
            + more
            + ")");
    frazil.change("t", table -> table.updateProperties().set("write.format.default", "avro"));
    for (int first : files) {
      frazil.change(
          "t",
          table -> {
            List<Record> records = new ArrayList<>();
            for (int i = first; i < first + 10; i++) {
              records.add(AvroFiles.record(table.schema(), i, i % 2 == 0 ? "k" + i : null));
            }
            return table.newAppend().appendFile(AvroFiles.data(table, "gzip", records));
          });
    }
  }

  @Test
  void deletesInAvro() {
    numbers(2, "", 0, 10);
    String first = frazil.query("SELECT DISTINCT _file FROM t WHERE id = 3").lines().get(0);
    frazil.change(
        "t",
        table ->
            table
                .newRowDelta()
                .addDeletes(AvroFiles.positions(table, NONE, null, first, 0, 9))
                .addDeletes(keys(table, "k", "k2", null))
                .addDeletes(keys(table, "id", 14, 16)));
    assertThat(frazil.query("SELECT id FROM t").sorted())
        .containsExactly("10", "12", "18", "4", "6", "8");
    assertThat(frazil.query("SELECT pos FROM t$position_deletes").lines())
        .containsExactly("0", "9");
    // Later rows are not deleted, and a field that was renamed and widened still tells.
    frazil.update("INSERT INTO t VALUES (14, 'k2')");
    frazil.change(
        "t",
        table ->
            table
                .updateSchema()
                .renameColumn("id", "number")
                .updateColumn("id", Types.LongType.get()));
    assertThat(frazil.query("SELECT number, k FROM t WHERE number > 8").sorted())
        .containsExactly("10 | k10", "12 | k12", "14 | k2", "18 | k18");
  }

  private static org.apache.iceberg.DeleteFile keys(Table table, String column, Object... values) {
    Schema columns = table.schema().select(column);
    List<Record> keys = new ArrayList<>();
    for (Object value : values) {
      keys.add(AvroFiles.record(columns, value));
    }
    return AvroFiles.keys(table, NONE, null, columns, keys);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2, copy-on-write",
        "2, merge-on-read",
        "3, copy-on-write",
        "3, merge-on-read",
      })
  void rowChangesOnAvroFiles(String form) {
    String mode = form.substring(3);
    numbers(
        form.charAt(0) - '0',
        ", \"write.delete.mode\" = '"
            + mode
            + "', \"write.update.mode\" = '"
            + mode
            + "', \"write.merge.mode\" = '"
            + mode
            + "'",
        0,
        10);
    if (form.startsWith("2")) {
      frazil.change(
          "t",
          table ->
              table
                  .newRowDelta()
                  .addDeletes(
                      AvroFiles.positions(
                          table,
                          NONE,
                          null,
                          frazil.query("SELECT DISTINCT _file FROM t WHERE id = 3").lines().get(0),
                          0)));
    } else {
      frazil.update("DELETE FROM t WHERE id = 0");
    }
    frazil.update("DELETE FROM t WHERE id IN (1, 15)");
    frazil.update("UPDATE t SET k = 'changed' WHERE id IN (2, 16)");
    frazil.update(
        "MERGE INTO t USING (VALUES (3, 'm'), (99, 'n')) AS s (id, k) ON t.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET k = s.k WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.k)");
    List<String> expected =
        List.of(
            "10 | k10",
            "11 | NULL",
            "12 | k12",
            "13 | NULL",
            "14 | k14",
            "16 | changed",
            "17 | NULL",
            "18 | k18",
            "19 | NULL",
            "2 | changed",
            "3 | m",
            "4 | k4",
            "5 | NULL",
            "6 | k6",
            "7 | NULL",
            "8 | k8",
            "9 | NULL",
            "99 | n");
    assertThat(frazil.query("SELECT id, k FROM t").sorted()).containsExactlyElementsOf(expected);
    frazil.query(
        "CALL system.rewrite_data_files(table => 't', options => map('rewrite-all', 'true'))");
    assertThat(frazil.query("SELECT id, k FROM t").sorted()).containsExactlyElementsOf(expected);
    assertThat(frazil.query("SELECT DISTINCT file_format FROM t$files").lines())
        .containsExactly("PARQUET");
  }

  @Test
  void partitionsAndTheColumnsTheyFix() {
    frazil.update(
        "CREATE TABLE t (id integer, region varchar) PARTITIONED BY (region)"
            + " WITH (\"format-version\" = '2')");
    frazil.change(
        "t",
        table -> {
          PartitionData eu = new PartitionData(table.spec().partitionType());
          eu.set(0, "eu");
          Schema columns = table.schema().select("id");
          return table
              .newRowDelta()
              .addRows(
                  AvroFiles.data(
                      table,
                      table.spec(),
                      eu,
                      "snappy",
                      List.of(
                          AvroFiles.record(table.schema(), 1, "eu"),
                          AvroFiles.record(table.schema(), 2, "eu"))))
              .addDeletes(
                  AvroFiles.keys(
                      table, table.spec(), eu, columns, List.of(AvroFiles.record(columns, 1))));
        });
    frazil.change(
        "t",
        table -> {
          PartitionData eu = new PartitionData(table.spec().partitionType());
          eu.set(0, "eu");
          Schema columns = table.schema().select("id");
          return table
              .newRowDelta()
              .addDeletes(
                  AvroFiles.keys(
                      table, table.spec(), eu, columns, List.of(AvroFiles.record(columns, 2))));
        });
    frazil.update("INSERT INTO t VALUES (2, 'us')");
    // Equality deletes are for files of earlier commits, within their partition.
    assertThat(frazil.query("SELECT id, region FROM t").sorted())
        .containsExactly("1 | eu", "2 | us");
  }
}
