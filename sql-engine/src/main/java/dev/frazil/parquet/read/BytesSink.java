package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.BytesTarget;
import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.encoding.ValueDecoder;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Byte strings. As long as all values of a batch come from one dictionary they stay ids into it;
 * the first value that does not turns the batch into plain bytes.
 */
final class BytesSink extends VectorSink {
  private static final int BYTES_PER_VALUE_GUESS = 16;

  private int capacity;
  private int[] ids = new int[0];
  private @Nullable BytesVector dictionary;
  private @Nullable BytesTarget bytes;

  /** Flags of the rows that are ids, kept for turning them into bytes; null rows hold id 0. */
  private boolean @Nullable [] idNulls;

  BytesSink(SqlType type) {
    super(type);
  }

  @Override
  VectorSink fresh() {
    return new BytesSink(type);
  }

  @Override
  void begin(int rows) {
    capacity = rows;
    if (!reusesArray(ids.length, rows)) {
      ids = new int[0];
    }
    dictionary = null;
    bytes = null;
    idNulls = null;
    size = 0;
  }

  @Override
  void reserve(int rows) {
    // Strings grow while they are read.
  }

  @Override
  void decode(ValueDecoder decoder, int count) {
    decoder.readBytes(plainBytes(), count);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // dictionaries are shared by identity
  void gather(int[] source, int count, ColumnVector from) {
    BytesVector values = (BytesVector) from;
    checkIds(source, count, values.rowCount());
    if (bytes == null && (dictionary == null || dictionary == values)) {
      dictionary = values;
      if (ids.length - size < count) {
        ids = Arrays.copyOf(ids, Math.max(capacity, Math.max(ids.length * 2, size + count)));
      }
      System.arraycopy(source, 0, ids, size, count);
      return;
    }
    plainBytes().appendAll(values.data(), values.offsets(), source, 0, count);
  }

  private static void checkIds(int[] ids, int count, int limit) {
    int maximum = 0;
    int signs = 0;
    for (int i = 0; i < count; i++) {
      maximum = Math.max(maximum, ids[i]);
      signs |= ids[i];
    }
    if (count > 0 && (maximum >= limit || signs < 0)) {
      throw new MalformedDataException("a dictionary of " + limit + " values has no id " + maximum);
    }
  }

  private BytesTarget plainBytes() {
    BytesTarget target = bytes;
    if (target == null) {
      target = new BytesTarget(capacity, capacity * BYTES_PER_VALUE_GUESS, this::take);
      BytesVector from = dictionary;
      if (from != null) {
        boolean[] nulls = idNulls;
        if (nulls == null) {
          target.appendAll(from.data(), from.offsets(), ids, 0, size);
        } else {
          nulls = Arrays.copyOf(nulls, size);
          int[] present = new int[size];
          int count = 0;
          for (int i = 0; i < size; i++) {
            if (!nulls[i]) {
              present[count++] = ids[i];
            }
          }
          target.appendAll(from.data(), from.offsets(), present, 0, count);
          target.spread(count, size, nulls, 0);
        }
        dictionary = null;
      } else if (size > 0) {
        // Only nulls so far, of pages whose values nobody wanted.
        target.spread(0, size, Objects.requireNonNull(idNulls), 0);
      }
      bytes = target;
    }
    return target;
  }

  @Override
  void spread(int present, int rows, boolean[] nulls, int nullsFrom) {
    if (bytes != null) {
      bytes.spread(present, rows, nulls, nullsFrom);
      return;
    }
    if (ids.length - size < rows) {
      ids = Arrays.copyOf(ids, Math.max(capacity, Math.max(ids.length * 2, size + rows)));
    }
    int source = size + present;
    for (int i = rows - 1; i >= 0; i--) {
      ids[size + i] = nulls[nullsFrom + i] ? 0 : ids[--source];
    }
    boolean[] kept = idNulls == null ? new boolean[ids.length] : idNulls;
    if (kept.length < size + rows) {
      kept = Arrays.copyOf(kept, ids.length);
    }
    System.arraycopy(nulls, nullsFrom, kept, size, rows);
    idNulls = kept;
  }

  @Override
  ColumnVector finish(boolean @Nullable [] nulls) {
    BytesVector from = dictionary;
    if (from != null && from.rowCount() > 0) {
      return new DictionaryVector(size, ids, from, nulls);
    }
    dictionary = null;
    BytesTarget target = plainBytes();
    if (target.count() < size) {
      // Only nulls, read as ids into an empty dictionary.
      target = new BytesTarget(size, 0);
    }
    return new BytesVector(type, size, target.data(), target.offsets(), nulls);
  }
}
