package dev.frazil.dml;

import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What one column gives to a z-value: bytes that are ordered as its values are, without what all
 * values have in common. For that the bounds of the files are asked, so that the first bit of each
 * column parts its values, however wide its range is (the other columns could not part any files
 * else). Immutable.
 */
final class ZColumn {
  private static final int LONG_DIGITS = 18;
  private static final int WIDE_BITS = 127;
  private static final double STEPS = 0x1p62;

  private final int place;
  private final int lengthBytes;

  /** Bytes that all values begin with, of types of bytes. */
  private final int prefixBytes;

  /** The unscaled value that wide decimals are counted from, and bits of the distance to drop. */
  private final BigInteger origin;

  private final int droppedBits;

  /** The range of floating numbers, which are spread over {@link #STEPS}; NaN where unknown. */
  private final double lowest;

  private final double width;

  /** Of the first eight bytes, unsigned. */
  private final long least;

  private final long greatest;

  /**
   * @param place of the column in a batch
   * @param variableBytes how many bytes count of a value that may have any number of them
   * @param files all that the rows are of, with their bounds
   */
  ZColumn(int place, Types.NestedField field, int variableBytes, Iterable<DataFile> files) {
    Type type = field.type();
    this.place = place;
    boolean isBytes = isBytes(type);
    this.lengthBytes = isBytes ? variableBytes : Long.BYTES;
    Bounds bounds = Bounds.of(field, files);
    this.prefixBytes = isBytes && bounds != null ? bounds.commonPrefix() : 0;
    // Bounds of bytes are taken as they are: some writers cut texts within a character.
    Object low = bounds == null || isBytes ? null : bounds.low(type);
    Object high = bounds == null || isBytes ? null : bounds.high(type);
    if (type instanceof Types.DecimalType decimal && decimal.precision() > LONG_DIGITS) {
      this.origin = low != null ? unscaled(low) : BigInteger.ONE.shiftLeft(WIDE_BITS).negate();
      int bits = high != null ? unscaled(high).subtract(origin).bitLength() : WIDE_BITS + 1;
      this.droppedBits = Math.max(0, bits - Long.SIZE);
    } else {
      this.origin = BigInteger.ZERO;
      this.droppedBits = -1;
    }
    if (low instanceof Number from && high instanceof Number to && isFloating(from)) {
      double range = to.doubleValue() - from.doubleValue();
      this.lowest = from.doubleValue();
      this.width = range > 0 && range < Double.POSITIVE_INFINITY ? range : Double.NaN;
    } else {
      this.lowest = Double.NaN;
      this.width = Double.NaN;
    }
    this.least = bounds == null ? 0 : isBytes ? head(bounds.low()) : head(bounds.low(type));
    this.greatest = bounds == null ? -1 : isBytes ? head(bounds.high()) : head(bounds.high(type));
  }

  /** Whether values of a type have an order that files can be parted by. */
  static boolean canTake(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN,
          INTEGER,
          LONG,
          FLOAT,
          DOUBLE,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMP_NANO,
          STRING,
          UUID,
          FIXED,
          BINARY,
          DECIMAL ->
          true;
      case UNKNOWN, GEOMETRY, GEOGRAPHY, STRUCT, LIST, MAP, VARIANT -> false;
    };
  }

  private static boolean isBytes(Type type) {
    return switch (type.typeId()) {
      case STRING, UUID, FIXED, BINARY -> true;
      default -> false;
    };
  }

  /** The lowest and the highest value of all files, as manifests have them. */
  private record Bounds(ByteBuffer low, ByteBuffer high) {

    /** Null where a file with values of the column lacks one. */
    static @Nullable Bounds of(Types.NestedField field, Iterable<DataFile> files) {
      @Nullable Bounds all = null;
      for (DataFile file : files) {
        ByteBuffer low = bound(file.lowerBounds(), field);
        ByteBuffer high = bound(file.upperBounds(), field);
        if (low == null || high == null) {
          if (holdsNullsOnly(file, field.fieldId())) {
            continue;
          }
          return null;
        }
        all =
            all == null
                ? new Bounds(low, high)
                : new Bounds(
                    precedes(low, all.low, field.type()) ? low : all.low,
                    precedes(all.high, high, field.type()) ? high : all.high);
      }
      return all;
    }

    private static @Nullable ByteBuffer bound(
        @Nullable Map<Integer, ByteBuffer> bounds, Types.NestedField field) {
      ByteBuffer bound = bounds == null ? null : bounds.get(field.fieldId());
      boolean isOfDate = // which the column was before
          bound != null
              && bound.remaining() < Long.BYTES
              && (field.type().typeId() == Type.TypeID.TIMESTAMP
                  || field.type().typeId() == Type.TypeID.TIMESTAMP_NANO);
      return isOfDate ? null : bound;
    }

    private static boolean holdsNullsOnly(DataFile file, int fieldId) {
      Long values = file.valueCounts() == null ? null : file.valueCounts().get(fieldId);
      Long nulls = file.nullValueCounts() == null ? null : file.nullValueCounts().get(fieldId);
      return values != null && values.equals(nulls);
    }

    private static boolean precedes(ByteBuffer first, ByteBuffer second, Type type) {
      if (isBytes(type)) {
        return compareUnsigned(first, second) < 0;
      }
      Object one = Conversions.fromByteBuffer(type, first);
      Object other = Conversions.fromByteBuffer(type, second);
      if (one instanceof BigDecimal decimal) {
        return decimal.compareTo((BigDecimal) other) < 0;
      }
      return Long.compareUnsigned(ordered(one), ordered(other)) < 0;
    }

    private static int compareUnsigned(ByteBuffer first, ByteBuffer second) {
      int different = first.mismatch(second);
      boolean both = different >= 0 && different < Math.min(first.remaining(), second.remaining());
      return both
          ? Byte.compareUnsigned(
              first.get(first.position() + different), second.get(second.position() + different))
          : Integer.compare(first.remaining(), second.remaining());
    }

    int commonPrefix() {
      int different = low.mismatch(high);
      return different < 0 ? low.remaining() : different;
    }

    Object low(Type type) {
      return Conversions.fromByteBuffer(type, low);
    }

    Object high(Type type) {
      return Conversions.fromByteBuffer(type, high);
    }
  }

  private static BigInteger unscaled(Object decimal) {
    return ((BigDecimal) decimal).unscaledValue();
  }

  int lengthBytes() {
    return lengthBytes;
  }

  /**
   * Puts the bytes of a row down.
   *
   * @param into of {@link #lengthBytes}; zeros for null, as in Spark
   */
  void put(List<ColumnVector> columns, int row, byte[] into) {
    Arrays.fill(into, (byte) 0);
    ColumnVector vector = columns.get(place);
    if (vector.isNull(row)) {
      return;
    }
    if (vector instanceof DictionaryVector values) {
      putBytes(values.dictionary(), values.ids()[row], into);
    } else if (vector instanceof BytesVector values) {
      putBytes(values, row, into);
    } else {
      Object value = VectorValues.read(vector, row);
      putHead(head(Objects.requireNonNull(value)), into);
    }
  }

  private void putBytes(BytesVector vector, int row, byte[] into) {
    int from = Math.min(vector.offsets()[row] + prefixBytes, vector.offsets()[row + 1]);
    ByteBuffer rest = ByteBuffer.wrap(vector.data(), from, vector.offsets()[row + 1] - from);
    putHead(head(rest, 0), into);
    for (int i = Long.BYTES; i < Math.min(into.length, rest.remaining()); i++) {
      into[i] = rest.get(rest.position() + i);
    }
  }

  private void putHead(long head, byte[] into) {
    long within = Long.compareUnsigned(head, least) < 0 ? least : head;
    within = Long.compareUnsigned(within, greatest) > 0 ? greatest : within;
    long distance = within - least;
    long bits = distance == 0 ? 0 : distance << Long.numberOfLeadingZeros(greatest - least);
    for (int i = 0; i < Math.min(into.length, Long.BYTES); i++) {
      into[i] = (byte) (bits >>> (Long.SIZE - Byte.SIZE * (i + 1)));
    }
  }

  private long head(ByteBuffer bytes) {
    return head(bytes, prefixBytes);
  }

  /** The first eight bytes behind others, with zeros for those that there are not. */
  private static long head(ByteBuffer bytes, int skipped) {
    long head = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      int at = bytes.position() + skipped + i;
      head = head << Byte.SIZE | (at < bytes.limit() ? bytes.get(at) & 0xff : 0);
    }
    return head;
  }

  private long head(Object value) {
    if (!Double.isNaN(width) && value instanceof Number number && isFloating(number)) {
      double distance = number.doubleValue() - lowest; // of NaN, too, which comes last
      return distance <= width ? (long) (Math.max(0, distance) / width * STEPS) : (long) STEPS;
    }
    if (droppedBits < 0) {
      return ordered(value);
    }
    BigInteger distance =
        unscaled(value).subtract(origin).max(BigInteger.ZERO).shiftRight(droppedBits);
    return distance.bitLength() > Long.SIZE ? -1 : distance.longValue();
  }

  private static boolean isFloating(Object value) {
    return value instanceof Float || value instanceof Double;
  }

  /** Unsigned numbers that are ordered as the values. */
  private static long ordered(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    } else if (isFloating(value)) {
      long bits = Double.doubleToLongBits(((Number) value).doubleValue() + 0.0); // one zero only
      return bits ^ (bits >> (Long.SIZE - 1) | Long.MIN_VALUE);
    } else if (value instanceof BigDecimal decimal) {
      return decimal.unscaledValue().longValue() ^ Long.MIN_VALUE;
    }
    return ((Number) value).longValue() ^ Long.MIN_VALUE;
  }
}
