package dev.frazil.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Forges manifests and lists of manifests. */
public final class AvroRewrite {
  private AvroRewrite() {}

  /** The file with every record changed, header and schema as they were. */
  public static byte[] records(byte[] file, Consumer<GenericRecord> change) {
    ByteArrayOutputStream rewritten = new ByteArrayOutputStream();
    try (DataFileStream<GenericRecord> in =
            new DataFileStream<>(new ByteArrayInputStream(file), new GenericDatumReader<>());
        DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>())) {
      for (String key : in.getMetaKeys()) {
        if (!key.startsWith("avro.")) {
          out.setMeta(key, in.getMeta(key));
        }
      }
      out.create(in.getSchema(), rewritten);
      for (GenericRecord record : in) {
        change.accept(record);
        out.append(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rewritten.toByteArray();
  }
}
