package dev.frazil.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.avro.Avro;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;

/** Writes Avro data files and delete files through Iceberg's own writers. */
public final class AvroFiles {
  private AvroFiles() {}

  /** A record of values in the order of the schema's columns. */
  public static Record record(Schema schema, @Nullable Object... values) {
    GenericRecord record = GenericRecord.create(schema);
    for (int i = 0; i < values.length; i++) {
      record.set(i, values[i]);
    }
    return record;
  }

  /** A data file of an unpartitioned table. */
  public static DataFile data(Table table, String codec, Iterable<Record> rows) {
    return data(table, PartitionSpec.unpartitioned(), null, codec, rows);
  }

  /** A data file in one partition. */
  public static DataFile data(
      Table table,
      PartitionSpec spec,
      @Nullable StructLike partition,
      String codec,
      Iterable<Record> rows) {
    try {
      DataWriter<Record> writer =
          Avro.writeData(output(table))
              .schema(table.schema())
              .createWriterFunc(org.apache.iceberg.data.avro.DataWriter::create)
              .withSpec(spec)
              .withPartition(partition)
              .set("write.avro.compression-codec", codec.equals("snappy") ? "uncompressed" : codec)
              .build();
      try (writer) {
        for (Record row : rows) {
          writer.write(row);
        }
      }
      return codec.equals("snappy") ? withSnappy(table, writer.toDataFile()) : writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same rows in blocks of snappy. */
  private static DataFile withSnappy(Table table, DataFile file) throws IOException {
    OutputFile output = output(table);
    try (DataFileStream<Object> in =
            new DataFileStream<>(
                table.io().newInputFile(file.location()).newStream(), new GenericDatumReader<>());
        DataFileWriter<Object> out = new DataFileWriter<>(new GenericDatumWriter<>())) {
      out.setCodec(SnappyBlocks.factory()).create(in.getSchema(), output.create());
      while (in.hasNext()) {
        out.append(in.next());
      }
    }
    return DataFiles.builder(table.specs().get(file.specId()))
        .copy(file)
        .withPath(output.location())
        .withFileSizeInBytes(output.toInputFile().getLength())
        .build();
  }

  /** Deletes positions of one data file. */
  public static DeleteFile positions(
      Table table, PartitionSpec spec, @Nullable StructLike partition, String file, long... rows) {
    try {
      PositionDeleteWriter<Record> writer =
          Avro.writeDeletes(output(table))
              .withSpec(spec)
              .withPartition(partition)
              .buildPositionWriter();
      try (writer) {
        for (long row : rows) {
          writer.write(PositionDelete.<Record>create().set(file, row));
        }
      }
      return writer.toDeleteFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes rows by the values of columns. */
  public static DeleteFile keys(
      Table table,
      PartitionSpec spec,
      @Nullable StructLike partition,
      Schema columns,
      List<Record> keys) {
    try {
      EqualityDeleteWriter<Record> writer =
          Avro.writeDeletes(output(table))
              .rowSchema(columns)
              .createWriterFunc(org.apache.iceberg.data.avro.DataWriter::create)
              .equalityFieldIds(columns.columns().stream().mapToInt(c -> c.fieldId()).toArray())
              .withSpec(spec)
              .withPartition(partition)
              .buildEqualityWriter();
      try (writer) {
        keys.forEach(writer::write);
      }
      return writer.toDeleteFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OutputFile output(Table table) {
    return table.io().newOutputFile(table.location() + "/data/" + UUID.randomUUID() + ".avro");
  }
}
