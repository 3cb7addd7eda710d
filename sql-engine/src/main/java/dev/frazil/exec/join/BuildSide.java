package dev.frazil.exec.join;

import dev.frazil.exec.BatchSource;
import dev.frazil.exec.BufferedRows;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.WorkerThreads;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BatchConcat;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the right rows of a join, in memory while the budget allows, else in {@link
 * JoinPartitions}. Each worker of the source fills a buffer of its own.
 */
final class BuildSide implements AutoCloseable {
  /** While the batches are joined to one, rows stand in memory twice. */
  private static final int COPIES = 2;

  private final JoinPlan plan;
  private final QueryContext context;
  private final int level;
  private final List<Share> shares = new ArrayList<>();
  private final MemoryReservation tableReservation;
  private volatile boolean anyNullKey;
  private @Nullable JoinPartitions partitions;

  BuildSide(JoinPlan plan, QueryContext context, int level) {
    this.plan = plan;
    this.context = context;
    this.level = level;
    this.tableReservation = context.memory().open("a join");
  }

  /** One worker's rows. */
  private final class Share {
    private final BufferedRows rows = new BufferedRows();
    private final MemoryReservation reservation = context.memory().open("a join");
    private boolean nullKey;

    void consume(Operator worker) {
      RowBatch batch = worker.next();
      while (batch != null) {
        context.cancellation().check();
        add(RowBatches.compact(batch));
        batch = worker.next();
      }
    }

    private void add(RowBatch batch) {
      for (ColumnVector key : JoinTable.keyColumns(batch, plan.rightKeys())) {
        nullKey |= key.nulls() != null && hasNull(key);
      }
      JoinPartitions files = partitions();
      if (files != null) {
        spill(files);
        files.append(batch);
        return;
      }
      rows.add(batch);
      long needed =
          COPIES * rows.sizeBytes()
              + JoinTable.overheadBytes(rows.rowCount(), plan.rightKeys().size());
      long more = needed - reservation.bytes();
      if (more > 0 && !reservation.tryGrow(more)) {
        spill(startPartitions());
      }
    }

    void spill(JoinPartitions files) {
      for (RowBatch batch : rows.batches()) {
        files.append(batch);
      }
      rows.clear();
      reservation.shrink(reservation.bytes());
    }
  }

  private static boolean hasNull(ColumnVector key) {
    for (int row = 0; row < key.rowCount(); row++) {
      if (key.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  private synchronized @Nullable JoinPartitions partitions() {
    return partitions;
  }

  private synchronized JoinPartitions startPartitions() {
    JoinPartitions files = partitions;
    if (files == null) {
      files = new JoinPartitions(context, plan.rightTypes(), plan.rightKeys(), level);
      partitions = files;
    }
    return files;
  }

  /** Reads the source to its end. */
  void collect(BatchSource source) {
    source.prepare();
    int count = source.parallelism();
    List<Operator> workers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        workers.add(source.worker());
        shares.add(new Share());
      }
      WorkerThreads.run(count, source::stop, i -> shares.get(i).consume(workers.get(i)));
    } finally {
      workers.forEach(Operator::close);
      source.close();
    }
    JoinPartitions files = partitions;
    for (Share share : shares) {
      anyNullKey |= share.nullKey;
      if (files != null) {
        share.spill(files);
      }
    }
  }

  /** Whether a key was null. */
  boolean anyNullKey() {
    return anyNullKey;
  }

  /** The partitions, where the rows did not fit. */
  @Nullable JoinPartitions spilled() {
    return partitions;
  }

  /** The table, where the rows did fit. */
  JoinTable table() {
    List<RowBatch> batches = new ArrayList<>();
    long bytes = 0;
    for (Share share : shares) {
      batches.addAll(share.rows.batches());
      bytes += share.reservation.bytes();
      share.rows.clear();
    }
    RowBatch all = batches.isEmpty() ? empty() : joined(batches);
    // The table copies the keys: by then the rows must not stand in memory twice.
    batches.clear();
    JoinTable table =
        new JoinTable(all, plan.rightKeys(), plan.keyTypes(), plan.marksRight(), context);
    for (Share share : shares) {
      share.reservation.close();
    }
    long held =
        RowBatches.memoryBytes(all)
            + JoinTable.overheadBytes(all.rowCount(), plan.rightKeys().size());
    tableReservation.grow(Math.min(held, bytes));
    return table;
  }

  private RowBatch joined(List<RowBatch> batches) {
    if (batches.size() == 1) {
      return batches.get(0);
    }
    BatchConcat concat = new BatchConcat(batches);
    long rows = batches.stream().mapToLong(RowBatch::rowCount).sum();
    Pieces.run(concat.pieceCount(), JoinTable.threads(rows, context), context, concat::fill);
    return concat.result();
  }

  private RowBatch empty() {
    List<ColumnVector> columns = new ArrayList<>();
    for (SqlType type : plan.rightTypes()) {
      columns.add(dev.frazil.vector.ConstantVectors.empty(type));
    }
    return new RowBatch(columns, 0);
  }

  @Override
  public void close() {
    for (Share share : shares) {
      share.rows.clear();
      share.reservation.close();
    }
    tableReservation.close();
    JoinPartitions files = partitions;
    if (files != null) {
      files.close();
    }
  }
}
