package dev.frazil.exec.aggregate;

import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets each combination of a group and argument values pass once. What it has seen is a set in
 * memory; once that is told to grow no more, combinations that are not in it go to files, to pass
 * when the set is given up. One thread.
 */
public final class DistinctRows implements AutoCloseable {
  private final List<SqlType> types = new ArrayList<>();
  private GroupTable table;
  private @Nullable DistinctFiles later;

  /** Bytes of the set before it took the newest rows. */
  private long earlierSizeBytes;

  /** Rows that passed: row numbers and their groups, {@code [0, count)}. */
  public record Passed(int[] rows, int[] groups, int count) {}

  /** Who takes what passes from files: the argument columns, and their rows that passed. */
  interface Target {
    void add(List<ColumnVector> arguments, Passed passed);
  }

  /** Nothing passed yet. */
  public DistinctRows(List<SqlType> argumentTypes) {
    types.add(Primitive.INTEGER);
    types.addAll(argumentTypes);
    table = newTable();
  }

  private GroupTable newTable() {
    return GroupTable.create(types, GroupTable.Nulls.SKIP);
  }

  /** The rows that are new, those with a null left out: no aggregate counts them. */
  public Passed pass(List<ColumnVector> arguments, int[] rows, int count, int[] groups) {
    List<ColumnVector> keys = new ArrayList<>();
    keys.add(new IntVector(Primitive.INTEGER, count, groups, null));
    for (ColumnVector argument : arguments) {
      keys.add(VectorGather.gather(argument, rows, count));
    }
    int[] combinations = new int[count];
    DistinctFiles files = later;
    if (files != null) {
      table.finder().find(keys, null, count, combinations);
      files.appendAbsent(keys, combinations, count);
      return new Passed(combinations, groups, 0);
    }
    earlierSizeBytes = table.sizeBytes();
    int known = table.groupCount();
    table.assign(keys, null, count, combinations);
    int[] newRows = new int[count];
    int[] newGroups = new int[count];
    int passed = 0;
    for (int k = 0; k < count; k++) {
      // Numbers rise in order of first appearance, nulls have none.
      if (combinations[k] >= known) {
        newRows[passed] = rows[k];
        newGroups[passed++] = groups[k];
        known = combinations[k] + 1;
      }
    }
    return new Passed(newRows, newGroups, passed);
  }

  /** Lets the set grow no more. */
  void stopGrowing(QueryContext context, int level) {
    if (later == null) {
      later = new DistinctFiles(context, types, level);
    }
  }

  /** Whether the set grows no more. */
  boolean usesFiles() {
    return later != null;
  }

  /**
   * All combinations, those that are in files perhaps several times: a column of group numbers,
   * then the arguments.
   */
  void forEach(Consumer<RowBatch> consumer) {
    int total = table.groupCount();
    for (int from = 0; from < total; from += RowBatch.TARGET_ROWS) {
      int count = Math.min(RowBatch.TARGET_ROWS, total - from);
      consumer.accept(new RowBatch(table.keys(from, count), count));
    }
    if (later != null) {
      later.forEach(consumer);
    }
  }

  /** Lets pass what went to files; the set is given up before. */
  void passLater(QueryContext context, Target target) {
    DistinctFiles files = later;
    if (files == null) {
      return;
    }
    giveUp();
    for (int i = 0; i < DistinctFiles.COUNT; i++) {
      try (DistinctRows part = new DistinctRows(types.subList(1, types.size()));
          MemoryReservation reservation = context.memory().open("DISTINCT")) {
        Operator reader = files.reader(i);
        RowBatch batch = reader.next();
        while (batch != null) {
          context.cancellation().check();
          part.passBatch(batch, target);
          part.account(context, reservation, files.level() + 1);
          batch = reader.next();
        }
        part.giveUp();
        reservation.shrink(reservation.bytes());
        part.passLater(context, target);
      }
    }
  }

  /** Bytes of the set. */
  public long sizeBytes() {
    return table.sizeBytes();
  }

  /** Drops the set: this takes no more rows. */
  void giveUp() {
    table = newTable();
  }

  private void passBatch(RowBatch batch, Target target) {
    List<ColumnVector> arguments = batch.columns().subList(1, batch.columns().size());
    int count = batch.rowCount();
    int[] groups = ((IntVector) batch.column(0)).values();
    target.add(arguments, pass(arguments, VectorGather.range(0, count), count, groups));
  }

  private void account(QueryContext context, MemoryReservation reservation, int level) {
    long more = wantedBytes() - reservation.bytes();
    if (later == null && more > 0 && !reservation.tryGrow(more)) {
      if (level > DistinctFiles.MAX_LEVEL) {
        reservation.grow(more);
      }
      stopGrowing(context, level);
    }
  }

  /**
   * Bytes to reserve: while the set grows, room for its larger copy as well, so that what is
   * reserved when it is stopped suffices for what it has become.
   */
  long wantedBytes() {
    return later == null
        ? 2 * table.sizeBytes()
        : Math.min(table.sizeBytes(), 2 * earlierSizeBytes);
  }

  @Override
  public void close() {
    if (later != null) {
      later.close();
    }
  }
}
