package dev.frazil.dml;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
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
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows to the files of their partitions. Rows wait in memory, by partition, until they are
 * many; then the largest partitions are written out, or where there are more than can be open, all
 * rows are sorted by partition. So neither the number of partitions nor their order in the input
 * makes for many open files or many small ones. Rows of a table with a sort order are sorted by
 * partition and by that. One thread.
 */
final class PartitionedRows {
  /** Every open file holds a row group in memory. */
  static final int MAX_OPEN_FILES = 16;

  /** Rows that may wait, in bytes, even where the budget would have more. */
  private static final long MAX_WAITING_BYTES = 64L << 20;

  /** Of a vector beside its values: a batch spread over many partitions makes many of few rows. */
  private static final int VECTOR_BYTES = 96;

  private final PartitionSpec spec;
  private final Schema schema;
  private final Schema written;
  private final WrittenOrder order;
  private final QueryContext context;
  private final DataFileFactory factory;
  private final List<DataFile> completed;
  private final MemoryReservation reservation;
  private final long waitingLimitBytes;
  private final Map<PartitionKey, Partition> partitions = new LinkedHashMap<>();
  private final Deque<Partition> writing = new ArrayDeque<>();

  /** The partitions by their numbers. */
  private final List<Partition> numbered = new ArrayList<>();

  /** Where all rows go that have no open file: to a sorted table, or to too many partitions. */
  private @Nullable SortedRows sorted;

  PartitionedRows(
      Table table,
      Schema written,
      WrittenOrder order,
      DataFileFactory factory,
      QueryContext context,
      List<DataFile> completed) {
    this.spec = table.spec();
    this.schema = table.schema();
    this.written = written;
    this.order = order;
    this.factory = factory;
    this.context = context;
    this.completed = completed;
    this.reservation = context.memory().open("the writer of a partitioned table");
    this.waitingLimitBytes = Math.min(MAX_WAITING_BYTES, context.memory().limitBytes() / 4);
    this.sorted = order.isSorted() ? sorter() : null;
  }

  private SortedRows sorter() {
    return new SortedRows(schema, written, order, context);
  }

  void write(RowBatch batch) {
    int[] numbers = new int[0];
    int[] rows = new int[batch.selectedCount()];
    int count = 0;
    for (Partition partition : assign(batch)) {
      if (partition.open) {
        partition.output.write(partition.take(batch));
      } else if (sorted == null) {
        hold(partition, partition.take(batch));
      } else {
        numbers = numbers.length == 0 ? new int[batch.rowCount()] : numbers;
        for (int k = 0; k < partition.rowCount; k++) {
          numbers[partition.rows[k]] = partition.number;
          rows[count++] = partition.rows[k];
        }
        partition.forget();
      }
    }
    SortedRows sorter = sorted;
    if (sorter != null && count > 0) {
      Arrays.sort(rows, 0, count);
      sorter.add(
          new RowBatch(batch.columns(), batch.rowCount(), new SelectionVector(rows, count)),
          numbers);
    }
  }

  /** Notes each row alive at its partition; answers the partitions touched. */
  private List<Partition> assign(RowBatch batch) {
    List<Partition> touched = new ArrayList<>();
    VectorRow row = new VectorRow(batch.columns());
    PartitionKey key = PartitionKeys.of(spec, schema);
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
      known = new Partition(numbered.size(), copy, new RollingOutput(factory, copy, completed));
      partitions.put(copy, known);
      numbered.add(known);
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
    long bytes = RowBatches.memoryBytes(copy) + (long) copy.columns().size() * VECTOR_BYTES;
    boolean granted = reservation.tryGrow(bytes);
    partition.waiting.add(copy);
    partition.waitingBytes += granted ? bytes : 0;
    if (!granted || reservation.bytes() > waitingLimitBytes) {
      if (partitions.size() > MAX_OPEN_FILES) {
        sortFromNowOn();
      } else {
        writeLargest();
      }
    }
  }

  /** So that each partition is written in one go, however its rows are spread over the input. */
  private void sortFromNowOn() {
    SortedRows sorter = sorter();
    sorted = sorter;
    for (Partition partition : partitions.values()) {
      if (!partition.waiting.isEmpty()) {
        RowBatch rows = RowBatches.concat(partition.waiting);
        int[] numbers = new int[rows.rowCount()];
        Arrays.fill(numbers, partition.number);
        partition.waiting.clear();
        sorter.add(rows, numbers);
      }
      reservation.shrink(partition.waitingBytes);
      partition.waitingBytes = 0;
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
    SortedRows sorter = sorted;
    if (sorter != null) {
      writeSorted(sorter);
    }
    end();
  }

  private void writeSorted(SortedRows sorter) {
    int[] last = {-1};
    sorter.drain(
        (number, rows) -> {
          if (last[0] >= 0 && last[0] != number) {
            numbered.get(last[0]).output.finish();
          }
          last[0] = number;
          numbered.get(number).output.write(rows);
        });
    if (last[0] >= 0) {
      numbered.get(last[0]).output.finish();
    }
  }

  private void end() {
    partitions.clear();
    numbered.clear();
    writing.clear();
    reservation.close();
    SortedRows sorter = sorted;
    if (sorter != null) {
      sorter.close();
    }
  }

  void abort() {
    for (Partition partition : partitions.values()) {
      partition.output.abort();
    }
    end();
  }

  /** One partition: its files, the rows that wait for them, and those of the current batch. */
  private static final class Partition {
    final int number;
    final PartitionKey key;
    final RollingOutput output;
    final List<RowBatch> waiting = new ArrayList<>();
    long waitingBytes;
    boolean open;
    int[] rows = new int[0];
    int rowCount;

    Partition(int number, PartitionKey key, RollingOutput output) {
      this.number = number;
      this.key = key;
      this.output = output;
    }

    /** The rows noted of a batch, which are noted no more. */
    RowBatch take(RowBatch batch) {
      RowBatch taken =
          new RowBatch(batch.columns(), batch.rowCount(), new SelectionVector(rows, rowCount));
      forget();
      return taken;
    }

    void forget() {
      rows = new int[0];
      rowCount = 0;
    }

    void add(int row, int batchRows) {
      if (rowCount == rows.length) {
        rows = Arrays.copyOf(rows, Math.min(batchRows, Math.max(16, rowCount * 2)));
      }
      rows[rowCount++] = row;
    }
  }
}
