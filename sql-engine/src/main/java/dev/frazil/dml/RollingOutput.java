package dev.frazil.dml;

import dev.frazil.vector.RowBatch;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.jspecify.annotations.Nullable;

/** The files of one partition: a new one is begun when one has its size. One thread. */
final class RollingOutput {
  private final DataFileFactory factory;
  private final @Nullable PartitionKey partition;
  private final List<DataFile> completed;
  private @Nullable DataFileOutput open;

  /**
   * @param completed where finished files are put
   */
  RollingOutput(
      DataFileFactory factory, @Nullable PartitionKey partition, List<DataFile> completed) {
    this.factory = factory;
    this.partition = partition;
    this.completed = completed;
  }

  void write(RowBatch batch) {
    DataFileOutput output = open;
    if (output == null) {
      output = factory.open(partition);
      open = output;
    }
    output.write(batch);
    if (output.lengthEstimateBytes() >= factory.targetFileBytes()) {
      finish();
    }
  }

  /** Completes the open file, if there is one. */
  void finish() {
    DataFileOutput output = open;
    if (output != null) {
      completed.add(output.finish());
      open = null;
    }
  }

  void abort() {
    DataFileOutput output = open;
    open = null;
    if (output != null) {
      output.abort();
    }
  }
}
