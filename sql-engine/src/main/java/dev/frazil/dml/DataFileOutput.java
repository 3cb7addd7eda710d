package dev.frazil.dml;

import dev.frazil.parquet.ParquetBatchWriter;
import dev.frazil.parquet.WrittenFile;
import dev.frazil.storage.ObjectStore.UploadStream;
import dev.frazil.vector.RowBatch;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.jspecify.annotations.Nullable;

/** One data file being written. Ends with {@link #finish} or {@link #abort}. One thread. */
final class DataFileOutput {
  private final String location;
  private final PartitionSpec spec;
  private final SortOrder order;
  private final @Nullable PartitionKey partition;
  private final UploadStream stream;
  private final ParquetBatchWriter writer;

  DataFileOutput(
      String location,
      PartitionSpec spec,
      SortOrder order,
      @Nullable PartitionKey partition,
      UploadStream stream,
      ParquetBatchWriter writer) {
    this.location = location;
    this.spec = spec;
    this.order = order;
    this.partition = partition;
    this.stream = stream;
    this.writer = writer;
  }

  void write(RowBatch batch) {
    writer.write(batch);
  }

  long lengthEstimateBytes() {
    return writer.lengthEstimateBytes();
  }

  /** Completes the file; it is durable on return, and part of no table yet. */
  DataFile finish() {
    WrittenFile written = writer.close();
    DataFiles.Builder file =
        DataFiles.builder(spec)
            .withPath(location)
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(written.lengthBytes())
            .withMetrics(written.metrics())
            .withSplitOffsets(written.splitOffsets());
    if (partition != null) {
      file.withPartition(partition);
    }
    if (order.isSorted()) {
      file.withSortOrder(order);
    }
    return file.build();
  }

  /** Drops what was written. */
  void abort() {
    stream.abort();
  }
}
