package dev.frazil.dml;

import dev.frazil.parquet.ParquetBatchWriter;
import dev.frazil.parquet.ParquetWriterOptions;
import dev.frazil.parquet.WrittenFile;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.ObjectStore.UploadStream;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.DeleteSchemaUtil;
import org.jspecify.annotations.Nullable;

/**
 * One position delete file that is being written (Iceberg specification, format version 2): Parquet
 * of file_path and pos, ascending by both. One that names a single data file says so. One thread.
 */
final class PositionDeleteOutput {
  private static final Schema SCHEMA = DeleteSchemaUtil.pathPosSchema();

  private final PartitionSpec spec;
  private final @Nullable StructLike partition;
  private final String location;
  private final UploadStream stream;
  private final ParquetBatchWriter writer;
  private @Nullable String onlyFile;
  private int fileCount;

  /**
   * @param partition null where the spec has none
   */
  PositionDeleteOutput(
      Table table, ObjectStore store, PartitionSpec spec, @Nullable StructLike partition) {
    this.spec = spec;
    this.partition = partition;
    String name = Ids.system().uuid() + "-deletes.parquet";
    this.location =
        DataFileFactory.location(DataFileFactory.locations(table), spec, partition, name);
    this.stream = store.create(location);
    try {
      this.writer =
          new ParquetBatchWriter(
              stream, SCHEMA, ParquetWriterOptions.ofPositionDeletes(table.properties()));
    } catch (RuntimeException e) {
      stream.abort();
      throw e;
    }
  }

  /**
   * Adds the rows of a data file.
   *
   * @param file behind those of earlier calls
   * @param positions ascending
   */
  void write(String file, long[] positions) {
    onlyFile = fileCount == 0 ? file : null;
    fileCount++;
    byte[] text = file.getBytes(StandardCharsets.UTF_8);
    BytesVector dictionary =
        new BytesVector(SqlType.Primitive.VARCHAR, 1, text, new int[] {0, text.length}, null);
    for (int from = 0; from < positions.length; from += RowBatch.TARGET_ROWS) {
      int count = Math.min(RowBatch.TARGET_ROWS, positions.length - from);
      long[] values = Arrays.copyOfRange(positions, from, from + count);
      writer.write(
          new RowBatch(
              List.of(
                  new DictionaryVector(count, new int[count], dictionary, null),
                  new LongVector(SqlType.Primitive.BIGINT, count, values, null)),
              count));
    }
  }

  /** Its length if it were finished now, within some tens of per cent. */
  long lengthEstimateBytes() {
    return writer.lengthEstimateBytes();
  }

  /** A durable file, part of no table yet. */
  DeleteFile finish() {
    WrittenFile written = writer.close();
    FileMetadata.Builder delete =
        FileMetadata.deleteFileBuilder(spec)
            .ofPositionDeletes()
            .withPath(location)
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(written.lengthBytes())
            .withMetrics(written.metrics())
            .withSplitOffsets(written.splitOffsets());
    if (partition != null) {
      delete.withPartition(partition);
    }
    if (onlyFile != null) {
      delete.withReferencedDataFile(onlyFile);
    }
    return delete.build();
  }

  /** Drops the file. */
  void abort() {
    writer.abort();
  }
}
