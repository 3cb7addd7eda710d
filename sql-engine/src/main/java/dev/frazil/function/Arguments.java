package dev.frazil.function;

import dev.frazil.kernel.TimeZoneConversion;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Values;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.MapVector;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The arguments of a call for one row after the other, and what else a function may ask for. One
 * object an evaluator; one thread at a time.
 */
public final class Arguments {
  private static final int MAX_REMEMBERED = 256;

  private final TimeZoneConversion zone;
  private final long statementStartMicros;
  private final LongSupplier random;
  private final LongSupplier counts;
  private final LongSupplier clockMicros;
  private final Map<Object, Object> remembered = new HashMap<>();
  private List<ColumnVector> vectors = List.of();
  private int row;

  /**
   * @param zone the zone of the session
   * @param statementStartMicros microseconds since the epoch
   * @param random 64 random bits a call
   * @param counts numbers that ascend within the statement
   * @param clockMicros what time it is, in microseconds since the epoch
   */
  public Arguments(
      TimeZoneConversion zone,
      long statementStartMicros,
      LongSupplier random,
      LongSupplier counts,
      LongSupplier clockMicros) {
    this.counts = counts;
    this.zone = zone;
    this.clockMicros = clockMicros;
    this.statementStartMicros = statementStartMicros;
    this.random = random;
  }

  /** Goes to the columns of another batch. */
  public void columns(List<ColumnVector> columns) {
    vectors = columns;
  }

  /** Goes to a row. */
  public void row(int position) {
    row = position;
  }

  int count() {
    return vectors.size();
  }

  int row() {
    return row;
  }

  ColumnVector vector(int index) {
    return vectors.get(index);
  }

  boolean isNull(int index) {
    return vectors.get(index).isNull(row);
  }

  boolean bool(int index) {
    return ((BooleanVector) vectors.get(index)).values()[row];
  }

  /** An integer, a bigint, a date in days, a time or timestamp in microseconds. */
  long integer(int index) {
    return vectors.get(index) instanceof IntVector ints
        ? ints.values()[row]
        : ((LongVector) vectors.get(index)).values()[row];
  }

  /** A bigint that must lie in a range (22023). */
  int integer(int index, int min, int max, String what) {
    long value = integer(index);
    if (value < min || value > max) {
      throw FunctionErrors.argument(
          what + " must lie between " + min + " and " + max + ", not " + value);
    }
    return (int) value;
  }

  double number(int index) {
    return vectors.get(index) instanceof DoubleVector doubles
        ? doubles.values()[row]
        : ((FloatVector) vectors.get(index)).values()[row];
  }

  /** Any exact number. */
  BigDecimal exact(int index) {
    ColumnVector vector = vectors.get(index);
    int scale = vector.type() instanceof DecimalType decimal ? decimal.scale() : 0;
    return vector instanceof Int128Vector wide
        ? new BigDecimal(Int128Values.toBigInteger(wide.high()[row], wide.low()[row]), scale)
        : BigDecimal.valueOf(integer(index), scale);
  }

  UUID uuid(int index) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(index));
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  String text(int index) {
    ColumnVector vector = vectors.get(index);
    return vector instanceof DictionaryVector dictionary
        ? dictionary.dictionary().text(dictionary.ids()[row])
        : ((BytesVector) vector).text(row);
  }

  byte[] bytes(int index) {
    ColumnVector vector = vectors.get(index);
    int at = row;
    if (vector instanceof DictionaryVector dictionary) {
      at = dictionary.ids()[row];
      vector = dictionary.dictionary();
    }
    BytesVector bytes = (BytesVector) vector;
    return Arrays.copyOfRange(bytes.data(), bytes.offsets()[at], bytes.offsets()[at + 1]);
  }

  /** The elements of an array, from {@link #start} to {@link #end}; or the keys of a map. */
  ColumnVector elements(int index) {
    return vectors.get(index) instanceof ListVector list
        ? list.elements()
        : ((MapVector) vectors.get(index)).keys();
  }

  /** The values of a map, from {@link #start} to {@link #end}. */
  ColumnVector mapValues(int index) {
    return ((MapVector) vectors.get(index)).mapValues();
  }

  int start(int index) {
    return offsets(index)[row];
  }

  int end(int index) {
    return offsets(index)[row + 1];
  }

  private int[] offsets(int index) {
    return vectors.get(index) instanceof ListVector list
        ? list.offsets()
        : ((MapVector) vectors.get(index)).offsets();
  }

  TimeZoneConversion zone() {
    return zone;
  }

  /** More than at every call before within the statement; below 2 to the power of 42. */
  long nextCount() {
    return counts.getAsLong();
  }

  long statementStartMicros() {
    return statementStartMicros;
  }

  long clockMicros() {
    return clockMicros.getAsLong();
  }

  long randomBits() {
    return random.getAsLong();
  }

  /** What was made of a key before, such as a compiled pattern, or is made now. */
  @SuppressWarnings("unchecked")
  <K, V> V remember(K key, Function<K, V> maker) {
    Object known = remembered.get(key);
    if (known == null) {
      if (remembered.size() >= MAX_REMEMBERED) {
        remembered.clear();
      }
      known = maker.apply(key);
      remembered.put(key, known);
    }
    return (V) known;
  }
}
