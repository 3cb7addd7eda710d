package dev.frazil.exec.window;

import dev.frazil.error.EngineException;
import dev.frazil.exec.BatchSource;
import dev.frazil.exec.BufferedRows;
import dev.frazil.exec.Operator;
import dev.frazil.exec.PipelineSource;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.exec.sort.RowOrder;
import dev.frazil.exec.sort.RowSorter;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.PartitionHead;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.SortKey;
import dev.frazil.plan.WindowCall.Function;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of the rows of each partition, those with the first numbers of the window; a few more may pass,
 * all of them later in the order. Rows are held until the input ends: whenever they have doubled
 * they are sorted, the heads kept, and from then on a row must not come after the last of its
 * partition's head. Where partitions are too many to drop anything, or memory ends, all rows pass.
 * One thread.
 */
final class PartitionHeadOperator implements Operator {
  /** Held before the first look for heads. */
  static final int HELD_ROWS = 1 << 16;

  /**
   * Puts one on each worker of {@code input}.
   *
   * @param node with a head
   * @param heldRows rows that a worker holds before it first looks for heads
   */
  static BatchSource over(BatchSource input, Window node, QueryContext context, int heldRows) {
    return new PipelineSource(
        input, rows -> new PartitionHeadOperator(node, rows, context, heldRows));
  }

  /** By then, in the measure of the first look, something should have been dropped. */
  private static final int PATIENCE = 16;

  /** The rows, their copy in one piece, and the copy of what is kept. */
  private static final int COPIES = 3;

  private static final long SORTER_BYTES_A_ROW = 64;

  private final Operator input;
  private final QueryContext context;
  private final PartitionHead head;
  private final List<Integer> partitionKeys;
  private final @Nullable GroupTable table;
  private final @Nullable RowOrder order;
  private final RowOrder sorting;
  private final MemoryReservation reservation;
  private final BufferedRows rows = new BufferedRows();
  private final ArrayDeque<RowBatch> ready = new ArrayDeque<>();

  /** The partition of each row held. */
  private int[] partitions = new int[RowBatch.TARGET_ROWS];

  private int held;

  /** By partition, the prefix of the last row of its head; the greatest while that is not full. */
  private long[] last = new long[0];

  private long[] prefixes = new long[RowBatch.TARGET_ROWS];
  private int[] assigned = new int[RowBatch.TARGET_ROWS];
  private final int leastHeld;
  private int limit;
  private boolean collected;

  PartitionHeadOperator(Window node, Operator input, QueryContext context, int heldRows) {
    PartitionHead wanted = node.head();
    if (wanted == null) {
      throw EngineException.internal("a window whose rows are all wanted");
    }
    this.input = input;
    this.context = context;
    this.leastHeld = heldRows;
    this.limit = heldRows;
    this.head = wanted;
    this.partitionKeys = node.partitionKeys();
    List<Column> columns = node.input().columns();
    List<SqlType> types = partitionKeys.stream().map(key -> columns.get(key).type()).toList();
    this.table = types.isEmpty() ? null : GroupTable.create(types, GroupTable.Nulls.GROUP);
    this.order = node.order().isEmpty() ? null : new RowOrder(node.order());
    List<SortKey> keys = new ArrayList<>();
    keys.add(new SortKey(columns.size(), false, false));
    keys.addAll(node.order());
    this.sorting = new RowOrder(keys);
    this.reservation = context.memory().open("the first rows of the partitions of a window");
  }

  @Override
  public @Nullable RowBatch next() {
    if (!collected) {
      collect();
    }
    RowBatch batch = ready.poll();
    return batch == null ? input.next() : batch;
  }

  /** Goes on to the end of the input, or to where holding rows does not pay. */
  private void collect() {
    RowBatch batch = input.next();
    boolean pays = true;
    while (batch != null && pays) {
      context.cancellation().check();
      add(batch);
      if (held >= limit) {
        pays = reduce();
      }
      pays &= reserve() || (reduce() && reserve());
      batch = pays ? input.next() : null;
    }
    if (pays && held > 0) {
      reduce();
    }
    collected = true;
    ready.addAll(rows.batches());
    rows.clear();
    partitions = new int[0];
    last = new long[0];
  }

  private void add(RowBatch batch) {
    int count = batch.selectedCount();
    int[] alive = RowBatches.positions(batch);
    int[] groups = assign(batch, count);
    RowOrder within = order;
    boolean byNumber = false;
    if (within != null) {
      if (prefixes.length < batch.rowCount()) {
        prefixes = new long[batch.rowCount()];
      }
      within.prefixes(batch, prefixes);
      byNumber = head.numbering() == Function.ROW_NUMBER && within.prefixDecides(batch);
    }
    if (partitions.length < held + count) {
      partitions = Arrays.copyOf(partitions, Math.max(held + count, partitions.length * 2));
    }
    int[] kept = new int[count];
    int keptCount = 0;
    for (int k = 0; k < count; k++) {
      if (within == null || isWanted(prefixes[alive[k]], last[groups[k]], byNumber)) {
        partitions[held + keptCount] = groups[k];
        kept[keptCount++] = alive[k];
      }
    }
    if (keptCount > 0) {
      held += keptCount;
      rows.add(
          new RowBatch(batch.columns(), batch.rowCount(), new SelectionVector(kept, keptCount)));
    }
  }

  /** A full head needs no further row of the prefix of its last one, where that tells all. */
  private static boolean isWanted(long prefix, long lastPrefix, boolean prefixTellsAll) {
    return prefix < lastPrefix
        || (prefix == lastPrefix && (!prefixTellsAll || lastPrefix == Long.MAX_VALUE));
  }

  private int[] assign(RowBatch batch, int count) {
    if (assigned.length < count) {
      assigned = new int[count];
    }
    GroupTable groups = table;
    if (groups != null) {
      List<ColumnVector> keys = new ArrayList<>();
      for (int key : partitionKeys) {
        keys.add(batch.column(key));
      }
      SelectionVector selection = batch.selection();
      groups.assign(keys, selection == null ? null : selection.positions(), count, assigned);
    }
    int known = groups == null ? 1 : groups.groupCount();
    if (last.length < known) {
      int before = last.length;
      last = Arrays.copyOf(last, Math.max(known, before * 2));
      Arrays.fill(last, before, last.length, Long.MAX_VALUE);
    }
    return assigned;
  }

  /** Keeps the heads of what is held; false where that drops too little to go on. */
  private boolean reduce() {
    int before = held;
    if (before == 0) {
      return true;
    }
    RowBatch all = RowBatches.concat(rows.batches());
    List<ColumnVector> columns = new ArrayList<>(all.columns());
    columns.add(new IntVector(Primitive.INTEGER, before, Arrays.copyOf(partitions, before), null));
    int[] sorted = RowSorter.sort(new RowBatch(columns, before), sorting);
    int[] kept = heads(all, sorted);
    int[] ofKept = new int[Math.max(kept.length, RowBatch.TARGET_ROWS)];
    for (int i = 0; i < kept.length; i++) {
      ofKept[i] = partitions[kept[i]];
    }
    rows.clear();
    rows.add(RowBatches.gather(all, kept, kept.length));
    partitions = ofKept;
    held = kept.length;
    limit = Math.max(leastHeld, 2 * held);
    int groups = table == null ? 1 : table.groupCount();
    boolean hopeless = before >= leastHeld && groups > before / 10 * 9;
    return !hopeless && !(before / PATIENCE >= leastHeld && held > before / 4 * 3);
  }

  /** The rows with the first numbers of each partition, and what is the last prefix of each. */
  private int[] heads(RowBatch all, int[] sorted) {
    RowOrder within = order;
    long[] prefixOf = new long[within == null ? 0 : all.rowCount()];
    if (within != null) {
      within.prefixes(all, prefixOf);
    }
    int[] kept = new int[sorted.length];
    int keptCount = 0;
    long rowNumber = 0;
    long rank = 0;
    long denseRank = 0;
    for (int i = 0; i < sorted.length; i++) {
      int row = sorted[i];
      int partition = partitions[row];
      boolean opens = i == 0 || partitions[sorted[i - 1]] != partition;
      boolean isPeer =
          !opens && (within == null || within.compare(all, sorted[i - 1], all, row) == 0);
      rowNumber = opens ? 1 : rowNumber + 1;
      rank = isPeer ? rank : rowNumber;
      denseRank = opens ? 1 : isPeer ? denseRank : denseRank + 1;
      long number =
          switch (head.numbering()) {
            case RANK -> rank;
            case DENSE_RANK -> denseRank;
            default -> rowNumber;
          };
      if (number <= head.count()) {
        kept[keptCount++] = row;
        boolean isFull =
            (head.numbering() == Function.DENSE_RANK ? denseRank : rowNumber) >= head.count();
        if (within != null && isFull) {
          last[partition] = prefixOf[row];
        }
      }
    }
    return Arrays.copyOf(kept, keptCount);
  }

  private boolean reserve() {
    long needed =
        COPIES * rows.sizeBytes()
            + SORTER_BYTES_A_ROW * held
            + (table == null ? 0 : 2 * table.sizeBytes())
            + 2L * Long.BYTES * last.length;
    long more = needed - reservation.bytes();
    return more <= 0 || reservation.tryGrow(more);
  }

  @Override
  public void close() {
    ready.clear();
    rows.clear();
    input.close();
    reservation.close();
  }
}
