package dev.frazil.exec.scan;

import dev.frazil.exec.group.GroupTable;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows two states of a table have in common, as often as both have them. First all rows of
 * both are counted, then those in common are dropped from them. One thread.
 */
final class CommonRows {
  private final int[] columns;
  private final ChangeReading reading;
  private @Nullable GroupTable table;
  private GroupTable.@Nullable Finder finder;
  private int[] surplus = new int[256]; // by group: rows before less rows after
  private long reserved;

  CommonRows(ChangeIdentity identity, ChangeReading reading) {
    this.columns = identity.versions();
    this.reading = reading;
  }

  /** Counts rows of one of the states. */
  void count(RowBatch rows, boolean isAfter) {
    List<ColumnVector> keys = new ArrayList<>();
    for (int column : columns) {
      keys.add(ChangeKeys.key(rows.column(column)));
    }
    GroupTable groups = table(keys);
    int[] numbers =
        numbers(rows, (positions, count, found) -> groups.assign(keys, positions, count, found));
    if (groups.groupCount() > surplus.length) {
      surplus = Arrays.copyOf(surplus, Math.max(groups.groupCount(), 2 * surplus.length));
    }
    for (int number : numbers) {
      surplus[number] += isAfter ? -1 : 1;
    }
    long bytes = groups.sizeBytes() + (long) surplus.length * Integer.BYTES;
    if (bytes > reserved) {
      reading.reservation().grow(bytes - reserved);
      reserved = bytes;
    }
  }

  /** Ends the counting. */
  void counted() {
    GroupTable groups = table;
    finder = groups == null ? null : groups.finder();
  }

  /** Drops from rows of one of the states those that the other has too. */
  void drop(ScanBatch batch, boolean isAfter) {
    GroupTable.Finder groups = finder;
    if (groups == null) {
      return;
    }
    RowBatch rows = batch.columns(columns);
    List<ColumnVector> keys = rows.columns().stream().map(ChangeKeys::key).toList();
    int[] numbers =
        numbers(rows, (positions, count, found) -> groups.find(keys, positions, count, found));
    int[] alive = RowBatches.positions(rows);
    int[] kept = new int[numbers.length];
    int count = 0;
    for (int i = 0; i < numbers.length; i++) {
      int left = surplus[numbers[i]];
      if (isAfter ? left < 0 : left > 0) {
        kept[count++] = alive[i];
        surplus[numbers[i]] += isAfter ? 1 : -1;
      }
    }
    batch.keep(new SelectionVector(kept, count));
  }

  private GroupTable table(List<ColumnVector> keys) {
    GroupTable known = table;
    if (known == null) {
      List<SqlType> types = keys.stream().map(ColumnVector::type).toList();
      known = GroupTable.create(types, GroupTable.Nulls.GROUP);
      table = known;
    }
    return known;
  }

  /** Writes the groups of some rows. */
  private interface Numbering {
    void number(int @Nullable [] positions, int count, int[] found);
  }

  /** The groups of the rows alive, one after the other. */
  private static int[] numbers(RowBatch rows, Numbering numbering) {
    SelectionVector selection = rows.selection();
    int[] found = new int[rows.selectedCount()];
    numbering.number(selection == null ? null : selection.positions(), found.length, found);
    return found;
  }
}
