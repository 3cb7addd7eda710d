import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.encryption.EncryptionKeyMetadata;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.types.Types;

/**
 * Tables in ORC by Iceberg's own writers, with the types and the deletes that Spark does not write,
 * and what Iceberg's own reader answers.
 */
final class OrcTables {
  private final HadoopCatalog catalog;
  private final StringBuilder answers = new StringBuilder();
  private int files;

  private OrcTables(Path warehouse) {
    catalog = new HadoopCatalog(new Configuration(), "file:" + warehouse);
  }

  /** Answers to {@code SELECT *}. */
  static String write(Path warehouse) throws IOException {
    OrcTables tables = new OrcTables(warehouse);
    tables.types();
    tables.deletes();
    return tables.answers.toString();
  }

  private Table create(String name, Schema schema, String version) {
    return catalog.createTable(
        TableIdentifier.of("db", name),
        schema,
        PartitionSpec.unpartitioned(),
        Map.of("format-version", version, "write.format.default", "orc"));
  }

  private void types() throws IOException {
    Table table =
        create(
            "specials",
            new Schema(
                Types.NestedField.required(1, "id", Types.IntegerType.get()),
                Types.NestedField.optional(2, "u", Types.UUIDType.get()),
                Types.NestedField.optional(3, "f", Types.FixedType.ofLength(3)),
                Types.NestedField.optional(4, "t", Types.TimeType.get()),
                Types.NestedField.optional(5, "n", Types.TimestampNanoType.withoutZone()),
                Types.NestedField.optional(6, "z", Types.TimestampNanoType.withZone()),
                Types.NestedField.optional(
                    7, "us", Types.ListType.ofOptional(8, Types.UUIDType.get()))),
            "3");
    List<Record> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Record row = GenericRecord.create(table.schema());
      row.setField("id", i);
      if (i % 4 != 3) {
        UUID uuid = new UUID(i * 0x123456789L, -i);
        row.setField("u", uuid);
        row.setField("f", new byte[] {(byte) i, 0, (byte) -i});
        row.setField("t", LocalTime.of(i, i, i, i * 1000));
        LocalDateTime time = LocalDateTime.of(1950 + i * 5, 1, 2, 3, 4, 5, 123456000 + i);
        row.setField("n", time);
        row.setField("z", OffsetDateTime.of(time, ZoneOffset.UTC));
        row.setField("us", List.of(uuid, new UUID(0, i)));
      }
      rows.add(row);
    }
    table.newAppend().appendFile(data(table, rows)).commit();
    answer(table);
  }

  private void deletes() throws IOException {
    Schema schema =
        new Schema(
            Types.NestedField.required(1, "id", Types.IntegerType.get()),
            Types.NestedField.optional(2, "k", Types.StringType.get()),
            Types.NestedField.optional(3, "d", Types.DateType.get()),
            Types.NestedField.optional(4, "n", Types.DecimalType.of(10, 2)));
    Table table = create("equality", schema, "2");
    List<Record> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Record row = GenericRecord.create(schema);
      row.setField("id", i);
      row.setField("k", i % 5 == 0 ? null : "k" + i % 5);
      row.setField("d", i % 7 == 0 ? null : LocalDate.of(2020, 1, 1 + i % 7));
      row.setField("n", new java.math.BigDecimal(i + ".25"));
      rows.add(row);
    }
    DataFile file = data(table, rows);
    table.newAppend().appendFile(file).commit();
    table.newRowDelta().addDeletes(equality(table, List.of(1), List.of(rows.get(3)))).commit();
    table
        .newRowDelta()
        .addDeletes(equality(table, List.of(2, 3), List.of(rows.get(35), rows.get(8))))
        .addDeletes(positions(table, file.location(), 11, 12, 39))
        .commit();
    table.newAppend().appendFile(data(table, rows.subList(0, 4))).commit();
    answer(table);
  }

  private EncryptedOutputFile output(Table table) {
    return EncryptedFiles.encryptedOutput(
        table.io().newOutputFile(table.location() + "/data/generic-" + files++ + ".orc"),
        EncryptionKeyMetadata.EMPTY);
  }

  private DataFile data(Table table, List<Record> rows) throws IOException {
    DataWriter<Record> writer =
        new GenericAppenderFactory(table, table.schema(), table.spec(), Map.of(), null, null, null)
            .newDataWriter(output(table), FileFormat.ORC, null);
    try (writer) {
      writer.write(rows);
    }
    return writer.toDataFile();
  }

  private DeleteFile equality(Table table, List<Integer> ids, List<Record> keys)
      throws IOException {
    Schema schema =
        new Schema(ids.stream().map(id -> table.schema().findField(id)).toList());
    EqualityDeleteWriter<Record> writer =
        new GenericAppenderFactory(
                table,
                table.schema(),
                table.spec(),
                Map.of(),
                ids.stream().mapToInt(Integer::intValue).toArray(),
                schema,
                null)
            .newEqDeleteWriter(output(table), FileFormat.ORC, null);
    try (writer) {
      for (Record key : keys) {
        Record row = GenericRecord.create(schema);
        schema.columns().forEach(c -> row.setField(c.name(), key.getField(c.name())));
        writer.write(row);
      }
    }
    return writer.toDeleteFile();
  }

  private DeleteFile positions(Table table, String location, long... rows) throws IOException {
    PositionDeleteWriter<Record> writer =
        new GenericAppenderFactory(table, table.schema(), table.spec(), Map.of(), null, null, null)
            .newPosDeleteWriter(output(table), FileFormat.ORC, null);
    try (writer) {
      for (long row : rows) {
        writer.write(PositionDelete.<Record>create().set(location, row, null));
      }
    }
    return writer.toDeleteFile();
  }

  private void answer(Table table) throws IOException {
    answers.append("? SELECT * FROM db.").append(table.name().replaceAll(".*\\.", "")).append('\n');
    List<String> lines = new ArrayList<>();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      for (Record row : rows) {
        List<String> values = new ArrayList<>();
        // Where rows are deleted, the reader adds a column of its own.
        for (int i = 0; i < table.schema().columns().size(); i++) {
          values.add(text(row.get(i)));
        }
        lines.add(String.join(" | ", values));
      }
    }
    lines.sort(null);
    lines.forEach(line -> answers.append("= ").append(line).append('\n'));
  }

  private static String text(Object value) {
    if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    } else if (value instanceof ByteBuffer bytes) {
      return SparkFixture.text(bytes.array());
    } else if (value instanceof List<?> list) {
      return list.stream().map(OrcTables::text).toList().toString();
    }
    return SparkFixture.text(value);
  }
}
