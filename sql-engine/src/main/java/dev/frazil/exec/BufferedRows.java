package dev.frazil.exec;

import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Batches held in memory, compacted, with a count of their bytes in which a dictionary that several
 * batches share counts once. One thread.
 */
public final class BufferedRows {
  private final List<RowBatch> batches = new ArrayList<>();
  private final Set<BytesVector> dictionaries = Collections.newSetFromMap(new IdentityHashMap<>());
  private long rowCount;
  private long sizeBytes;

  /** Adds the rows alive. */
  public void add(RowBatch batch) {
    RowBatch compact = RowBatches.compact(batch);
    batches.add(compact);
    rowCount += compact.rowCount();
    for (ColumnVector column : compact.columns()) {
      if (column instanceof DictionaryVector vector) {
        sizeBytes += vector.ids().length * 5L;
        if (dictionaries.add(vector.dictionary())) {
          sizeBytes += RowBatches.memoryBytes(vector.dictionary());
        }
      } else {
        sizeBytes += RowBatches.memoryBytes(column);
      }
    }
  }

  public List<RowBatch> batches() {
    return batches;
  }

  public long rowCount() {
    return rowCount;
  }

  /** Bytes of heap that the batches take. */
  public long sizeBytes() {
    return sizeBytes;
  }

  public void clear() {
    batches.clear();
    dictionaries.clear();
    rowCount = 0;
    sizeBytes = 0;
  }
}
