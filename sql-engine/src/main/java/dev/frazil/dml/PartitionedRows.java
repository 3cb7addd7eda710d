package dev.frazil.dml;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * Sends rows to the files of their partitions. Rows wait in memory, by partition, until they are
 * many; then the largest partitions are written out. So neither the number of partitions nor their
 * order in the input makes for many open files or many small ones. One thread.
 */
final class PartitionedRows {
  /** Every open file holds a row group in memory. */
  static final int MAX_OPEN_FILES = 16;

  /** Rows that may wait, in bytes, even where the budget would have more. */
  private static final long MAX_WAITING_BYTES = 64L << 20;

  private final PartitionSpec spec;
  private final Schema schema;
  private final DataFileFactory factory;
  private final List<DataFile> completed;
  private final MemoryReservation reservation;
  private final long waitingLimitBytes;
  private final Map<PartitionKey, Partition> partitions = new LinkedHashMap<>();
  private final Deque<Partition> writing = new ArrayDeque<>();

  PartitionedRows(
      PartitionSpec spec,
      Schema schema,
      DataFileFactory factory,
      MemoryBudget memory,
      List<DataFile> completed) {
    this.spec = spec;
    this.schema = schema;
    this.factory = factory;
    this.completed = completed;
    this.reservation = memory.open("the writer of a partitioned table");
    this.waitingLimitBytes = Math.min(MAX_WAITING_BYTES, memory.limitBytes() / 4);
  }

  void write(RowBatch batch) {
    for (Partition partition : assign(batch)) {
      RowBatch rows =
          new RowBatch(
              batch.columns(),
              batch.rowCount(),
              new SelectionVector(partition.rows, partition.rowCount));
      partition.rows = new int[0];
      partition.rowCount = 0;
      if (partition.open) {
        partition.output.write(rows);
      } else {
        hold(partition, rows);
      }
    }
  }

  /** Notes each row alive at its partition; answers the partitions touched. */
  private List<Partition> assign(RowBatch batch) {
    List<Partition> touched = new ArrayList<>();
    VectorRow row = new VectorRow(batch.columns());
    PartitionKey key = new PartitionKey(spec, schema);
    Partition last = null;
    SelectionVector selection = batch.selection();
    int count = batch.selectedCount();
    for (int k = 0; k < count; k++) {
      int position = selection == null ? k : selection.positions()[k];
      key.partition(row.moveTo(position));
      if (last == null || !last.key.equals(key)) {
        last = partition(key);
      }
      if (last.rowCount == 0) {
        touched.add(last);
      }
      last.add(position, count);
    }
    return touched;
  }

  private Partition partition(PartitionKey key) {
    Partition known = partitions.get(key);
    if (known == null) {
      requireStorable(key);
      PartitionKey copy = key.copy();
      known = new Partition(copy, new RollingOutput(factory, copy, completed));
      partitions.put(copy, known);
    }
    return known;
  }

  /**
   * Truncating rounds down, which the least decimals of a type have no digits for, and manifests no
   * room.
   */
  private void requireStorable(PartitionKey key) {
    List<Types.NestedField> fields = spec.partitionType().fields();
    for (int i = 0; i < fields.size(); i++) {
      if (!(fields.get(i).type() instanceof Types.DecimalType decimal)) {
        continue;
      }
      BigDecimal value = key.get(i, BigDecimal.class);
      if (value != null && value.precision() > decimal.precision()) {
        String column = schema.findColumnName(spec.fields().get(i).sourceId());
        throw new EngineException(
            SqlState.NUMERIC_OUT_OF_RANGE,
            "a value of column %s, truncated for its partition, is %s: more than %s holds; store it in a table partitioned in another way"
                .formatted(column, value.toPlainString(), decimal));
      }
    }
  }

  private void hold(Partition partition, RowBatch rows) {
    RowBatch copy = RowBatches.compact(rows);
    long bytes = RowBatches.memoryBytes(copy);
    boolean granted = reservation.tryGrow(bytes);
    partition.waiting.add(copy);
    partition.waitingBytes += granted ? bytes : 0;
    if (!granted || reservation.bytes() > waitingLimitBytes) {
      writeLargest();
    }
  }

  /** Writes partitions out, largest first, until half of the room is free. */
  private void writeLargest() {
    List<Partition> bySize = new ArrayList<>();
    for (Partition partition : partitions.values()) {
      if (!partition.waiting.isEmpty()) {
        bySize.add(partition);
      }
    }
    bySize.sort(Comparator.comparingLong((Partition partition) -> -partition.waitingBytes));
    for (Partition partition : bySize) {
      if (writing.size() >= MAX_OPEN_FILES) {
        Partition oldest = writing.removeFirst();
        oldest.output.finish();
        oldest.open = false;
      }
      writing.addLast(partition);
      partition.open = true;
      drain(partition);
      if (reservation.bytes() <= waitingLimitBytes / 2) {
        return;
      }
    }
  }

  private void drain(Partition partition) {
    for (RowBatch rows : partition.waiting) {
      partition.output.write(rows);
    }
    partition.waiting.clear();
    reservation.shrink(partition.waitingBytes);
    partition.waitingBytes = 0;
  }

  /** Writes everything that waits and completes all files, one partition after the other. */
  void finish() {
    for (Partition partition : writing) {
      partition.output.finish();
    }
    writing.clear();
    for (Partition partition : partitions.values()) {
      drain(partition);
      partition.output.finish();
    }
    partitions.clear();
    reservation.close();
  }

  void abort() {
    for (Partition partition : partitions.values()) {
      partition.output.abort();
    }
    partitions.clear();
    writing.clear();
    reservation.close();
  }

  /** One partition: its files, the rows that wait for them, and those of the current batch. */
  private static final class Partition {
    final PartitionKey key;
    final RollingOutput output;
    final List<RowBatch> waiting = new ArrayList<>();
    long waitingBytes;
    boolean open;
    int[] rows = new int[0];
    int rowCount;

    Partition(PartitionKey key, RollingOutput output) {
      this.key = key;
      this.output = output;
    }

    void add(int row, int batchRows) {
      if (rowCount == rows.length) {
        rows = Arrays.copyOf(rows, Math.min(batchRows, Math.max(16, rowCount * 2)));
      }
      rows[rowCount++] = row;
    }
  }
}
