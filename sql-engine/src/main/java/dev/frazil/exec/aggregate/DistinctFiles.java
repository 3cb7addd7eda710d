package dev.frazil.exec.aggregate;

import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.SpillFile;
import dev.frazil.exec.group.GroupTable;
import dev.frazil.kernel.HashKernels;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Combinations of a group and argument values that a {@link DistinctRows} keeps for later, in files
 * by the radix of their hash: equal ones lie in one file. One thread.
 */
final class DistinctFiles implements AutoCloseable {
  private static final int RADIX_BITS = 4;
  static final int COUNT = 1 << RADIX_BITS;
  static final int MAX_LEVEL = 6;

  private final int level;
  private final List<SpillFile> files = new ArrayList<>();

  /**
   * @param level how often the combinations were split before; each level uses other bits
   */
  DistinctFiles(QueryContext context, List<SqlType> types, int level) {
    this.level = level;
    for (int i = 0; i < COUNT; i++) {
      files.add(new SpillFile(context, types));
    }
  }

  int level() {
    return level;
  }

  /** Adds the combinations that were not found, but for those with a null. */
  void appendAbsent(List<ColumnVector> columns, int[] found, int count) {
    int[] rows = new int[count];
    int absent = 0;
    for (int k = 0; k < count; k++) {
      if (found[k] == GroupTable.NONE && !anyNull(columns, k)) {
        rows[absent++] = k;
      }
    }
    long[] hashes = new long[absent];
    HashKernels.hash(columns, rows, absent, hashes);
    int[][] parts = new int[COUNT][];
    int[] counts = new int[COUNT];
    int shift = Long.SIZE - RADIX_BITS * (level + 1);
    for (int k = 0; k < absent; k++) {
      int part = (int) (hashes[k] >>> shift) & (COUNT - 1);
      if (counts[part] == 0) {
        parts[part] = new int[absent];
      }
      parts[part][counts[part]++] = rows[k];
    }
    for (int part = 0; part < COUNT; part++) {
      if (counts[part] > 0) {
        List<ColumnVector> gathered = new ArrayList<>();
        for (ColumnVector column : columns) {
          gathered.add(VectorGather.gather(column, parts[part], counts[part]));
        }
        files.get(part).append(new RowBatch(gathered, counts[part]));
      }
    }
  }

  private static boolean anyNull(List<ColumnVector> columns, int row) {
    for (ColumnVector column : columns) {
      if (column.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  Operator reader(int part) {
    return files.get(part).reader();
  }

  /** All combinations, duplicates among them. */
  void forEach(Consumer<RowBatch> consumer) {
    for (SpillFile file : files) {
      Operator reader = file.reader();
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        consumer.accept(RowBatches.compact(batch));
      }
    }
  }

  @Override
  public void close() {
    files.forEach(SpillFile::close);
  }
}
