package dev.frazil.exec.join;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.SpillFile;
import dev.frazil.kernel.HashKernels;
import dev.frazil.type.SqlType;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one side of a join in temporary files, by the radix of the key's hash: rows that match
 * lie in partitions of the same number. Thread-safe.
 */
final class JoinPartitions implements AutoCloseable {
  static final int MAX_LEVEL = 5;
  private static final int RADIX_BITS = 4;
  static final int COUNT = 1 << RADIX_BITS;

  private final List<Integer> keys;
  private final int shift;
  private final List<SpillFile> files = new ArrayList<>();

  /**
   * @param level how often the rows were split before; each level uses other bits of the hash
   */
  JoinPartitions(QueryContext context, List<SqlType> types, List<Integer> keys, int level) {
    this.keys = keys;
    this.shift = Long.SIZE - RADIX_BITS * (level + 1);
    for (int i = 0; i < COUNT; i++) {
      files.add(new SpillFile(context, types));
    }
  }

  /** Adds the rows alive. */
  void append(RowBatch batch) {
    int count = batch.selectedCount();
    int[] rows = RowBatches.positions(batch);
    long[] hashes = new long[count];
    HashKernels.hash(JoinTable.keyColumns(batch, keys), rows, count, hashes);
    int[][] partitions = new int[COUNT][];
    int[] counts = new int[COUNT];
    for (int k = 0; k < count; k++) {
      int partition = (int) (hashes[k] >>> shift) & (COUNT - 1);
      if (counts[partition] == 0) {
        partitions[partition] = new int[count];
      }
      partitions[partition][counts[partition]++] = rows[k];
    }
    for (int partition = 0; partition < COUNT; partition++) {
      if (counts[partition] > 0) {
        RowBatch part = RowBatches.gather(batch, partitions[partition], counts[partition]);
        SpillFile file = files.get(partition);
        synchronized (file) {
          file.append(part);
        }
      }
    }
  }

  SpillFile file(int partition) {
    return files.get(partition);
  }

  @Override
  public void close() {
    files.forEach(SpillFile::close);
  }
}
