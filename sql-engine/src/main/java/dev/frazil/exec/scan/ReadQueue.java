package dev.frazil.exec.scan;

import dev.frazil.parquet.Morsel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files and the morsels that a scan has still to read: in the order in which they were planned,
 * or, where only the first rows of an order are wanted, the most promising first, and without those
 * that come too late. Guarded by the lock of its scan.
 */
final class ReadQueue {
  private final ArrayDeque<ScanFile> files = new ArrayDeque<>();
  private final ArrayDeque<MorselOfFile> morsels = new ArrayDeque<>();
  private @Nullable FirstRowFiles first;

  /** How many morsels of a row group were not left out, while none of them was taken. */
  private final Map<List<Object>, Integer> untouched = new HashMap<>();

  /** Begins with these files. */
  void start(List<ScanFile> planned, @Nullable FirstRowFiles firstRows) {
    first = firstRows;
    files.addAll(firstRows == null ? planned : firstRows.inOrder(planned));
  }

  /** The next file that is wanted; null when there is none. */
  @Nullable ScanFile pollFile() {
    ScanFile next = files.poll();
    while (next != null && first != null && !first.mayHold(next)) {
      first.countSkipped();
      next = files.poll();
    }
    return next;
  }

  /**
   * The next morsel that is wanted; null when there is none.
   *
   * @param skipped given those that are not
   */
  @Nullable MorselOfFile pollMorsel(Consumer<MorselOfFile> skipped) {
    MorselOfFile next = morsels.poll();
    while (next != null && first != null && !first.mayHold(next.least())) {
      skipped.accept(next);
      if (untouched.merge(next.rowGroup(), -1, Integer::sum) == 0) {
        first.countSkippedRowGroup();
      }
      next = morsels.poll();
    }
    if (next != null && first != null) {
      untouched.put(next.rowGroup(), Integer.MAX_VALUE);
    }
    return next;
  }

  /** Adds the morsels of a file that was opened. */
  void add(OpenDataFile file) {
    FirstRowFiles rows = first;
    if (rows == null) {
      for (Morsel morsel : file.morsels()) {
        morsels.add(new MorselOfFile(file, morsel, 0));
      }
      return;
    }
    List<MorselOfFile> added = new ArrayList<>();
    for (Morsel morsel : file.morsels()) {
      MorselOfFile own = new MorselOfFile(file, morsel, rows.least(file, morsel.rowGroup()));
      untouched.merge(own.rowGroup(), 1, Integer::sum);
      added.add(own);
    }
    if (rows.isBackward()) {
      Collections.reverse(added);
    }
    List<MorselOfFile> all = new ArrayList<>(morsels);
    all.addAll(added);
    all.sort(Comparator.comparingLong(MorselOfFile::least));
    morsels.clear();
    morsels.addAll(all);
  }

  int morselCount() {
    return morsels.size();
  }

  /** The next morsels, at most so many, which stay. */
  List<MorselOfFile> nextMorsels(int most) {
    return morsels.stream().limit(most).toList();
  }

  /** Drops everything; the morsels that were left. */
  List<MorselOfFile> clear() {
    files.clear();
    List<MorselOfFile> left = List.copyOf(morsels);
    morsels.clear();
    return left;
  }
}
