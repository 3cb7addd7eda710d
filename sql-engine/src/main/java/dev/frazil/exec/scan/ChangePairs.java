package dev.frazil.exec.scan;

import dev.frazil.exec.group.GroupTable;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes updates of the rows of one key that went and came: the row before, then the row after. Such
 * that have become what they were are no change. One thread.
 */
final class ChangePairs {
  private static final String BEFORE = "update_before";
  private static final String AFTER = "update_after";

  private final ChangeIdentity identity;
  private final ChangeReading reading;

  ChangePairs(ChangeIdentity identity, ChangeReading reading) {
    this.identity = identity;
    this.reading = reading;
  }

  /** The changes: the deleted rows, the updated ones in pairs, the new ones. */
  Iterator<ChangeStep.Batch> of(List<RowBatch> before, List<RowBatch> after) {
    int lost = before.stream().mapToInt(RowBatch::rowCount).sum();
    List<RowBatch> batches = new ArrayList<>(before);
    batches.addAll(after);
    if (batches.isEmpty()) {
      return List.<ChangeStep.Batch>of().iterator();
    }
    RowBatch all = RowBatches.concat(batches);
    int count = all.rowCount();
    int[] keys =
        numbers(
            all,
            identity.keys().stream().mapToInt(Integer::intValue).toArray(),
            GroupTable.Nulls.SKIP);
    int[] contents = numbers(all, identity.columns(), GroupTable.Nulls.GROUP);
    int[] rowOfKey = new int[count];
    Arrays.fill(rowOfKey, -1);
    for (int row = 0; row < lost; row++) {
      if (keys[row] >= 0) {
        rowOfKey[keys[row]] = row;
      }
    }
    boolean[] isPaired = new boolean[count];
    List<String> types = new ArrayList<>();
    int[] order = new int[count];
    int placed = 0;
    for (int row = lost; row < count; row++) {
      int partner = keys[row] < 0 ? -1 : rowOfKey[keys[row]];
      if (partner < 0) {
        continue;
      }
      rowOfKey[keys[row]] = -1;
      isPaired[row] = true;
      isPaired[partner] = true;
      if (contents[row] != contents[partner]) {
        order[placed++] = partner;
        order[placed++] = row;
        types.add(BEFORE);
        types.add(AFTER);
      }
    }
    for (int row = 0; row < count; row++) {
      if (!isPaired[row]) {
        order[placed++] = row;
        types.add(row < lost ? ChangeStep.DELETE : ChangeStep.INSERT);
      }
    }
    return batches(all, order, placed, types);
  }

  private static Iterator<ChangeStep.Batch> batches(
      RowBatch all, int[] order, int placed, List<String> types) {
    int size = RowBatch.TARGET_ROWS;
    return IntStream.range(0, (placed + size - 1) / size)
        .mapToObj(
            batch -> {
              int from = batch * size;
              int to = Math.min(placed, from + size);
              VectorBuilder kinds = VectorBuilder.of(Primitive.VARCHAR);
              types.subList(from, to).forEach(kinds::appendText);
              return new ChangeStep.Batch(
                  RowBatches.gather(all, Arrays.copyOfRange(order, from, to), to - from),
                  kinds.build());
            })
        .iterator();
  }

  private int[] numbers(RowBatch rows, int[] columns, GroupTable.Nulls nulls) {
    List<ColumnVector> keys = new ArrayList<>();
    for (int column : columns) {
      keys.add(ChangeKeys.key(rows.column(column)));
    }
    List<SqlType> types = keys.stream().map(ColumnVector::type).toList();
    GroupTable groups = GroupTable.create(types, nulls);
    int[] numbers = new int[rows.rowCount()];
    groups.assign(keys, null, rows.rowCount(), numbers);
    reading.reservation().grow(groups.sizeBytes());
    return numbers;
  }
}
