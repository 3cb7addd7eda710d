package dev.frazil.exec.scan;

import dev.frazil.exec.group.GroupTable;
import dev.frazil.exec.group.KeySet;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the keys of equality delete files. Those of one integer column are only hashed where they
 * turn out to lie too far apart for a bit each. One thread.
 */
final class DeletedKeyBuilder {
  private final GroupTable table;
  private final boolean integers;
  private long[] keys = new long[0];
  private int count;
  private boolean hasNull;

  /**
   * @param types of the columns that are compared
   */
  DeletedKeyBuilder(List<SqlType> types) {
    PhysicalKind kind = types.get(0).kind();
    integers = types.size() == 1 && (kind == PhysicalKind.INT || kind == PhysicalKind.LONG);
    table = GroupTable.create(integers ? List.of(Primitive.BIGINT) : types, GroupTable.Nulls.GROUP);
  }

  /** Bytes held. */
  long sizeBytes() {
    return table.sizeBytes() + (long) keys.length * Long.BYTES;
  }

  void add(List<ColumnVector> columns, int rows) {
    ColumnVector column = columns.get(0);
    if (!integers) {
      table.assign(columns, null, rows, new int[rows]);
      return;
    }
    if (keys.length - count < rows) {
      keys = Arrays.copyOf(keys, Math.max(Math.addExact(count, rows), keys.length * 2));
    }
    boolean @Nullable [] nulls = column.nulls();
    if (nulls == null && column instanceof LongVector longs) {
      System.arraycopy(longs.values(), 0, keys, count, rows);
      count += rows;
      return;
    }
    for (int row = 0; row < rows; row++) {
      if (nulls != null && nulls[row]) {
        hasNull = true;
      } else {
        keys[count++] =
            column instanceof IntVector ints
                ? ints.values()[row]
                : ((LongVector) column).values()[row];
      }
    }
  }

  /**
   * The keys, after which none may be added.
   *
   * @param room whether so many bytes may be taken
   * @param reserved takes bytes (53200)
   */
  DeletedKeySet build(LongPredicate room, LongConsumer reserved) {
    if (!integers) {
      return new DeletedKeySet(table, null, false);
    }
    LongVector column = new LongVector(Primitive.BIGINT, count, keys, null);
    KeySet near = KeySet.of(column, room);
    if (count > 0 && (near == null || !near.isExact())) {
      long before = table.sizeBytes();
      table.assign(List.of(column), null, count, new int[count]);
      reserved.accept(table.sizeBytes() - before);
    }
    return new DeletedKeySet(table, near, hasNull);
  }
}
