package dev.frazil.kernel;

import dev.frazil.error.EngineException;
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
import java.util.Arrays;

/**
 * Order and equality of rows of two vectors of one type. Byte strings order by unsigned byte, which
 * for UTF-8 is the order of code points; NaN equals NaN and is the greatest number; -0.0 equals
 * 0.0; false is less than true; lists, maps and rows order element by element.
 */
public final class CompareKernels {
  private CompareKernels() {}

  /** Negative, zero or positive; neither row may be null (nulls inside nested values come last). */
  public static int compare(ColumnVector left, int leftRow, ColumnVector right, int rightRow) {
    if (left instanceof LongVector l && right instanceof LongVector r) {
      return Long.compare(l.values()[leftRow], r.values()[rightRow]);
    } else if (left instanceof IntVector l && right instanceof IntVector r) {
      return Integer.compare(l.values()[leftRow], r.values()[rightRow]);
    } else if (left instanceof DoubleVector l && right instanceof DoubleVector r) {
      return compareDoubles(l.values()[leftRow], r.values()[rightRow]);
    } else if (left instanceof Int128Vector l && right instanceof Int128Vector r) {
      int high = Long.compare(l.high()[leftRow], r.high()[rightRow]);
      return high != 0 ? high : Long.compareUnsigned(l.low()[leftRow], r.low()[rightRow]);
    } else if (left instanceof FloatVector l && right instanceof FloatVector r) {
      return compareDoubles(l.values()[leftRow], r.values()[rightRow]);
    } else if (left instanceof BooleanVector l && right instanceof BooleanVector r) {
      return Boolean.compare(l.values()[leftRow], r.values()[rightRow]);
    } else if (left instanceof DictionaryVector l) {
      return compare(l.dictionary(), l.ids()[leftRow], right, rightRow);
    } else if (right instanceof DictionaryVector r) {
      return compare(left, leftRow, r.dictionary(), r.ids()[rightRow]);
    } else if (left instanceof BytesVector l && right instanceof BytesVector r) {
      return compareBytes(l, leftRow, r, rightRow);
    }
    return compareNested(left, leftRow, right, rightRow);
  }

  /** As {@link #compare}, with nulls, in the order that a sort key asks for. */
  public static int compare(
      ColumnVector left,
      int leftRow,
      ColumnVector right,
      int rightRow,
      boolean descending,
      boolean nullsFirst) {
    boolean leftNull = left.isNull(leftRow);
    boolean rightNull = right.isNull(rightRow);
    if (leftNull || rightNull) {
      return leftNull == rightNull ? 0 : leftNull == nullsFirst ? -1 : 1;
    }
    int order = compare(left, leftRow, right, rightRow);
    return descending ? -order : order;
  }

  /** Whether two rows hold the same value; null is the same as null. */
  public static boolean equal(ColumnVector left, int leftRow, ColumnVector right, int rightRow) {
    boolean leftNull = left.isNull(leftRow);
    boolean rightNull = right.isNull(rightRow);
    if (leftNull || rightNull) {
      return leftNull == rightNull;
    }
    return compare(left, leftRow, right, rightRow) == 0;
  }

  /**
   * Clears {@code matches[i]} where row {@code leftRows[i]} of {@code left} is not the same as row
   * {@code rightRows[i]} of {@code right}; null is the same as null. Pairs already cleared are left
   * alone.
   */
  public static void retainEqual(
      ColumnVector left,
      int[] leftRows,
      ColumnVector right,
      int[] rightRows,
      int count,
      boolean[] matches) {
    boolean noNulls = left.nulls() == null && right.nulls() == null;
    if (noNulls && left instanceof LongVector l && right instanceof LongVector r) {
      long[] leftValues = l.values();
      long[] rightValues = r.values();
      for (int i = 0; i < count; i++) {
        matches[i] &= leftValues[leftRows[i]] == rightValues[rightRows[i]];
      }
    } else if (noNulls && left instanceof IntVector l && right instanceof IntVector r) {
      int[] leftValues = l.values();
      int[] rightValues = r.values();
      for (int i = 0; i < count; i++) {
        matches[i] &= leftValues[leftRows[i]] == rightValues[rightRows[i]];
      }
    } else if (sameDictionary(left, right)) {
      retainEqualIds(
          (DictionaryVector) left, leftRows, (DictionaryVector) right, rightRows, count, matches);
    } else {
      for (int i = 0; i < count; i++) {
        if (matches[i]) {
          matches[i] = equal(left, leftRows[i], right, rightRows[i]);
        }
      }
    }
  }

  /**
   * Fills {@code prefixes[0..rowCount)} with longs in the order of the values: a smaller prefix
   * means a smaller value, equal prefixes decide nothing. What stands at a null row is undefined.
   * Nested types give all zeros.
   */
  public static void orderPrefixes(ColumnVector vector, long[] prefixes) {
    int rows = vector.rowCount();
    if (vector instanceof LongVector v) {
      System.arraycopy(v.values(), 0, prefixes, 0, rows);
    } else if (vector instanceof IntVector v) {
      for (int i = 0; i < rows; i++) {
        prefixes[i] = v.values()[i];
      }
    } else if (vector instanceof DoubleVector v) {
      for (int i = 0; i < rows; i++) {
        prefixes[i] = orderedBits(v.values()[i]);
      }
    } else if (vector instanceof FloatVector v) {
      for (int i = 0; i < rows; i++) {
        prefixes[i] = orderedBits(v.values()[i]);
      }
    } else if (vector instanceof Int128Vector v) {
      for (int i = 0; i < rows; i++) {
        prefixes[i] = saturated(v.high()[i], v.low()[i]);
      }
    } else if (vector instanceof BooleanVector v) {
      for (int i = 0; i < rows; i++) {
        prefixes[i] = v.values()[i] ? 1 : 0;
      }
    } else if (vector instanceof BytesVector v) {
      for (int i = 0; i < rows; i++) {
        prefixes[i] = leadingBytes(v, i);
      }
    } else if (vector instanceof DictionaryVector v) {
      for (int i = 0; i < rows; i++) {
        prefixes[i] = leadingBytes(v.dictionary(), v.ids()[i]);
      }
    } else {
      Arrays.fill(prefixes, 0, rows, 0);
    }
  }

  /** NaN is the greatest and equals itself; zeros are equal. */
  public static int compareDoubles(double left, double right) {
    if (left < right) {
      return -1;
    }
    if (left > right) {
      return 1;
    }
    if (left == right) {
      return 0;
    }
    return Boolean.compare(Double.isNaN(left), Double.isNaN(right));
  }

  /** By unsigned byte; a prefix comes first. */
  public static int compareBytes(BytesVector left, int leftRow, BytesVector right, int rightRow) {
    return Arrays.compareUnsigned(
        left.data(),
        left.offsets()[leftRow],
        left.offsets()[leftRow + 1],
        right.data(),
        right.offsets()[rightRow],
        right.offsets()[rightRow + 1]);
  }

  @SuppressWarnings("ReferenceEquality") // dictionaries are shared by identity
  private static boolean sameDictionary(ColumnVector left, ColumnVector right) {
    return left instanceof DictionaryVector l
        && right instanceof DictionaryVector r
        && l.dictionary() == r.dictionary();
  }

  private static void retainEqualIds(
      DictionaryVector left,
      int[] leftRows,
      DictionaryVector right,
      int[] rightRows,
      int count,
      boolean[] matches) {
    for (int i = 0; i < count; i++) {
      boolean bothHold = !left.isNull(leftRows[i]) && !right.isNull(rightRows[i]);
      if (bothHold && left.ids()[leftRows[i]] == right.ids()[rightRows[i]]) {
        continue;
      }
      // different ids of one dictionary may still hold equal values
      matches[i] &= equal(left, leftRows[i], right, rightRows[i]);
    }
  }

  private static int compareNested(
      ColumnVector left, int leftRow, ColumnVector right, int rightRow) {
    if (left instanceof StructVector l && right instanceof StructVector r) {
      for (int field = 0; field < l.fields().size(); field++) {
        int order =
            compare(l.fields().get(field), leftRow, r.fields().get(field), rightRow, false, false);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    } else if (left instanceof ListVector l && right instanceof ListVector r) {
      return compareRanges(l.elements(), l.offsets(), leftRow, r.elements(), r.offsets(), rightRow);
    } else if (left instanceof MapVector l && right instanceof MapVector r) {
      int order = compareRanges(l.keys(), l.offsets(), leftRow, r.keys(), r.offsets(), rightRow);
      return order != 0
          ? order
          : compareRanges(
              l.mapValues(), l.offsets(), leftRow, r.mapValues(), r.offsets(), rightRow);
    }
    throw EngineException.internal(
        "cannot compare " + left.type().sqlName() + " with " + right.type().sqlName());
  }

  private static int compareRanges(
      ColumnVector left,
      int[] leftOffsets,
      int leftRow,
      ColumnVector right,
      int[] rightOffsets,
      int rightRow) {
    int leftCount = leftOffsets[leftRow + 1] - leftOffsets[leftRow];
    int rightCount = rightOffsets[rightRow + 1] - rightOffsets[rightRow];
    for (int i = 0; i < Math.min(leftCount, rightCount); i++) {
      int order =
          compare(left, leftOffsets[leftRow] + i, right, rightOffsets[rightRow] + i, false, false);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(leftCount, rightCount);
  }

  private static long orderedBits(double value) {
    long bits = Double.doubleToLongBits(value + 0.0d);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static long saturated(long high, long low) {
    if (high == (low >> 63)) {
      return low;
    }
    return high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  private static long leadingBytes(BytesVector vector, int row) {
    byte[] data = vector.data();
    int from = vector.offsets()[row];
    int length = Math.min(8, vector.lengthBytes(row));
    long prefix = 0;
    for (int i = 0; i < length; i++) {
      prefix |= (data[from + i] & 0xFFL) << (56 - 8 * i);
    }
    return prefix ^ Long.MIN_VALUE;
  }
}
