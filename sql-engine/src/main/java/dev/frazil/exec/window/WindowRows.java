package dev.frazil.exec.window;

import dev.frazil.kernel.CompareKernels;
import dev.frazil.plan.SortKey;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the order of a window: whole partitions, one after the other, or a piece of one. Peers
 * are rows of one partition with equal sort keys; they are never torn apart. One thread.
 */
final class WindowRows {
  private final RowBatch rows;
  private final List<SortKey> order;
  private final int[] partitionStarts;
  private final boolean continues;
  private final boolean goesOn;
  private final @Nullable PiecePlace place;
  private final Map<Integer, PresentRows> present = new HashMap<>();
  private final IdentityHashMap<Object, FrameStates> states = new IdentityHashMap<>();
  private int[] partitions = new int[0];
  private int[] peerGroups = new int[0];
  private int[] peerStarts = new int[0];

  /**
   * @param rows without a selection, at least one
   * @param continues whether the first partition began in an earlier piece
   * @param goesOn whether the last partition ends in a later piece
   */
  WindowRows(
      RowBatch rows,
      List<Integer> partitionKeys,
      List<SortKey> order,
      boolean continues,
      boolean goesOn) {
    this(rows, partitionKeys, order, continues, goesOn, null);
  }

  /** A piece of a partition that does not fit in memory. */
  static WindowRows ofPiece(
      RowBatch rows, List<SortKey> order, boolean continues, @Nullable PiecePlace place) {
    return new WindowRows(rows, List.of(), order, continues, false, place);
  }

  private WindowRows(
      RowBatch rows,
      List<Integer> partitionKeys,
      List<SortKey> order,
      boolean continues,
      boolean goesOn,
      @Nullable PiecePlace place) {
    this.rows = rows;
    this.order = order;
    this.continues = continues;
    this.goesOn = goesOn;
    this.place = place;
    int[] starts = new int[16];
    int count = 1;
    for (int row = 1; row < rows.rowCount(); row++) {
      if (!samePartition(rows, row - 1, rows, row, partitionKeys)) {
        if (count + 1 >= starts.length) {
          starts = Arrays.copyOf(starts, starts.length * 2);
        }
        starts[count++] = row;
      }
    }
    starts[count] = rows.rowCount();
    this.partitionStarts = Arrays.copyOf(starts, count + 1);
  }

  static boolean samePartition(
      RowBatch left, int leftRow, RowBatch right, int rightRow, List<Integer> partitionKeys) {
    for (int key : partitionKeys) {
      int difference =
          CompareKernels.compare(
              left.column(key), leftRow, right.column(key), rightRow, false, false);
      if (difference != 0) {
        return false;
      }
    }
    return true;
  }

  static boolean peers(
      RowBatch left, int leftRow, RowBatch right, int rightRow, List<SortKey> order) {
    for (SortKey key : order) {
      int column = key.column();
      int difference =
          CompareKernels.compare(
              left.column(column), leftRow, right.column(column), rightRow, false, false);
      if (difference != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the rows are equal in all columns; null is equal to null. */
  static boolean sameValues(RowBatch left, int leftRow, RowBatch right, int rightRow) {
    for (int column = 0; column < left.columns().size(); column++) {
      int difference =
          CompareKernels.compare(
              left.column(column), leftRow, right.column(column), rightRow, false, false);
      if (difference != 0) {
        return false;
      }
    }
    return true;
  }

  int rowCount() {
    return rows.rowCount();
  }

  RowBatch batch() {
    return rows;
  }

  ColumnVector column(int index) {
    return rows.column(index);
  }

  List<SortKey> order() {
    return order;
  }

  boolean continues() {
    return continues;
  }

  boolean goesOn() {
    return goesOn;
  }

  /** Where these rows stand in a partition that does not fit in memory; null for all others. */
  @Nullable PiecePlace place() {
    return place;
  }

  /** The place of what must be a piece. */
  PiecePlace placeInPartition() {
    PiecePlace known = place;
    if (known == null) {
      throw new IllegalStateException("these rows are no piece of a large partition");
    }
    return known;
  }

  /** The rows of a column that are not null; kept as long as these rows are. */
  PresentRows present(int column) {
    return present.computeIfAbsent(column, key -> PresentRows.of(column(key), true));
  }

  /** What an owner knows of these rows; kept as long as these rows are. */
  FrameStates states(Object owner, Supplier<FrameStates> made) {
    return states.computeIfAbsent(owner, key -> made.get());
  }

  int partitionCount() {
    return partitionStarts.length - 1;
  }

  int partitionStart(int partition) {
    return partitionStarts[partition];
  }

  /** After the last row. */
  int partitionEnd(int partition) {
    return partitionStarts[partition + 1];
  }

  /** The partition of each row, from 0. */
  int[] partitions() {
    if (partitions.length == 0) {
      int[] numbers = new int[rowCount()];
      for (int partition = 0; partition < partitionCount(); partition++) {
        Arrays.fill(numbers, partitionStart(partition), partitionEnd(partition), partition);
      }
      partitions = numbers;
    }
    return partitions;
  }

  /** The group of peers of each row, from 0, rising over all partitions. */
  int[] peerGroups() {
    findPeers();
    return peerGroups;
  }

  /** The first row of each group of peers, then the number of rows. */
  int[] peerStarts() {
    findPeers();
    return peerStarts;
  }

  private void findPeers() {
    if (peerStarts.length > 0) {
      return;
    }
    int[] groups = new int[rowCount()];
    int[] starts = new int[16];
    int count = 0;
    for (int partition = 0; partition < partitionCount(); partition++) {
      int from = partitionStart(partition);
      for (int row = from; row < partitionEnd(partition); row++) {
        if (row == from || !peers(rows, row - 1, rows, row, order)) {
          if (count + 1 >= starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
          }
          starts[count++] = row;
        }
        groups[row] = count - 1;
      }
    }
    starts[count] = rowCount();
    peerGroups = groups;
    peerStarts = Arrays.copyOf(starts, count + 1);
  }
}
