package dev.frazil.kernel;

import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.StructVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 64-bit hashes of rows. Equal values of one type (in the sense of {@link CompareKernels#equal})
 * hash equally, whether held in a {@link BytesVector} or a {@link DictionaryVector}; values of
 * different types do not. All 64 bits are mixed. Not stable between releases: never stored.
 */
public final class HashKernels {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NULL_HASH = 0x5851F42D4C957F2DL;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private HashKernels() {}

  /**
   * {@code hashes[i]} becomes the hash of row {@code positions[i]} over all keys.
   *
   * @param positions rows, or null for rows {@code 0..count}
   */
  public static void hash(
      List<ColumnVector> keys, int @Nullable [] positions, int count, long[] hashes) {
    Arrays.fill(hashes, 0, count, keys.size());
    for (ColumnVector key : keys) {
      combine(key, positions, count, hashes);
    }
  }

  /** Mixes row {@code positions[i]} of one more key into {@code hashes[i]}. */
  public static void combine(
      ColumnVector key, int @Nullable [] positions, int count, long[] hashes) {
    boolean[] nulls = key.nulls();
    if (key instanceof LongVector vector && nulls == null) {
      combineLongs(vector.values(), positions, count, hashes);
    } else if (key instanceof IntVector vector && nulls == null) {
      combineInts(vector.values(), positions, count, hashes);
    } else if (key instanceof DictionaryVector vector && vector.dictionary().rowCount() <= count) {
      long[] entries = entryHashes(vector.dictionary());
      int[] ids = vector.ids();
      for (int i = 0; i < count; i++) {
        int row = positions == null ? i : positions[i];
        long value = nulls != null && nulls[row] ? NULL_HASH : entries[ids[row]];
        hashes[i] = mix(hashes[i], value);
      }
    } else {
      for (int i = 0; i < count; i++) {
        hashes[i] = mix(hashes[i], hash(key, positions == null ? i : positions[i]));
      }
    }
  }

  /** The hash of one value, before it is mixed with those of other keys. */
  public static long hash(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return NULL_HASH;
    }
    if (vector instanceof LongVector v) {
      return v.values()[row];
    } else if (vector instanceof IntVector v) {
      return v.values()[row];
    } else if (vector instanceof BytesVector v) {
      return hashBytes(v.data(), v.offsets()[row], v.lengthBytes(row));
    } else if (vector instanceof DictionaryVector v) {
      return hash(v.dictionary(), v.ids()[row]);
    } else if (vector instanceof Int128Vector v) {
      return mix(v.high()[row], v.low()[row]);
    } else if (vector instanceof DoubleVector v) {
      // adding 0.0 turns -0.0 into 0.0; doubleToLongBits makes all NaN one
      return Double.doubleToLongBits(v.values()[row] + 0.0d);
    } else if (vector instanceof FloatVector v) {
      return Float.floatToIntBits(v.values()[row] + 0.0f);
    } else if (vector instanceof BooleanVector v) {
      return v.values()[row] ? 1 : 0;
    } else if (vector instanceof ListVector v) {
      return hashRange(v.elements(), v.offsets()[row], v.offsets()[row + 1]);
    } else if (vector instanceof MapVector v) {
      long keys = hashRange(v.keys(), v.offsets()[row], v.offsets()[row + 1]);
      return mix(keys, hashRange(v.mapValues(), v.offsets()[row], v.offsets()[row + 1]));
    }
    long hash = 0;
    for (ColumnVector field : ((StructVector) vector).fields()) {
      hash = mix(hash, hash(field, row));
    }
    return hash;
  }

  /** The hash of {@code data[offset..offset + length)}. */
  public static long hashBytes(byte[] data, int offset, int length) {
    long hash = length * MULTIPLIER;
    int end = offset + length;
    int at = offset;
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash, (long) LONGS.get(data, at));
    }
    if (at < end) {
      long tail = 0;
      for (int shift = 0; at < end; at++, shift += 8) {
        tail |= (data[at] & 0xFFL) << shift;
      }
      hash = mix(hash, tail);
    }
    return hash;
  }

  private static long[] entryHashes(BytesVector dictionary) {
    long[] hashes = new long[dictionary.rowCount()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = hashBytes(dictionary.data(), dictionary.offsets()[i], dictionary.lengthBytes(i));
    }
    return hashes;
  }

  private static void combineLongs(
      long[] values, int @Nullable [] positions, int count, long[] hashes) {
    if (positions == null) {
      for (int i = 0; i < count; i++) {
        hashes[i] = mix(hashes[i], values[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        hashes[i] = mix(hashes[i], values[positions[i]]);
      }
    }
  }

  private static void combineInts(
      int[] values, int @Nullable [] positions, int count, long[] hashes) {
    if (positions == null) {
      for (int i = 0; i < count; i++) {
        hashes[i] = mix(hashes[i], values[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        hashes[i] = mix(hashes[i], values[positions[i]]);
      }
    }
  }

  private static long hashRange(ColumnVector vector, int from, int to) {
    long hash = (long) to - from;
    for (int row = from; row < to; row++) {
      hash = mix(hash, hash(vector, row));
    }
    return hash;
  }

  /** Folds a value into a hash: xor, multiply, fold the upper half down, twice. */
  private static long mix(long hash, long value) {
    long mixed = (Long.rotateLeft(hash, 23) ^ value) * MULTIPLIER;
    mixed = (mixed ^ (mixed >>> 32)) * MULTIPLIER;
    return mixed ^ (mixed >>> 29);
  }
}
