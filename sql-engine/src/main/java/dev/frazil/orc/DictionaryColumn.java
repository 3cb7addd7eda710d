package dev.frazil.orc;

import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import org.jspecify.annotations.Nullable;

/** Strings by their numbers in the dictionary of the stripe, which is read with the first rows. */
final class DictionaryColumn extends OrcColumn {
  private final IntegerReader in;
  private final Dictionary source;
  private final ReadMemory stripeMemory;
  private @Nullable BytesVector dictionary;

  /**
   * Where the dictionary is.
   *
   * @param size its strings
   * @param isPadded whether spaces at their end are none of theirs
   */
  record Dictionary(
      SqlType type, int size, IntegerReader lengths, StreamInput bytes, boolean isPadded) {}

  DictionaryColumn(
      @Nullable BooleanRuns present,
      BatchMemory memory,
      IntegerReader in,
      Dictionary source,
      ReadMemory stripeMemory) {
    super(present, memory);
    this.in = in;
    this.source = source;
    this.stripeMemory = stripeMemory;
  }

  @Override
  ColumnVector values(int rows, boolean @Nullable [] nulls, int count) {
    BytesVector strings = dictionary();
    memory().take(rows, Integer.BYTES + Long.BYTES);
    long[] values = new long[rows];
    in.read(values, count);
    if (count == 0) {
      byte[] none = new byte[0];
      return new BytesVector(strings.type(), rows, none, new int[rows + 1], nulls);
    }
    int[] ids = new int[rows];
    int next = 0;
    for (int i = 0; i < rows; i++) {
      if (nulls == null || !nulls[i]) {
        long id = values[next++];
        if (id < 0 || id >= strings.rowCount()) {
          throw new MalformedDataException(
              "string " + id + " of a dictionary of " + strings.rowCount());
        }
        ids[i] = (int) id;
      }
    }
    return new DictionaryVector(rows, ids, strings, nulls);
  }

  private BytesVector dictionary() {
    BytesVector known = dictionary;
    if (known == null) {
      int size = source.size();
      stripeMemory.take((size + 1L) * Integer.BYTES);
      int[] offsets = new int[size + 1];
      new Lengths(source.lengths(), OrcLimits.MAX_VECTOR_BYTES).read(offsets, size, null);
      byte[] data = BytesColumn.read(source.bytes(), offsets[size], new BatchMemory(stripeMemory));
      if (source.isPadded()) {
        BytesColumn.trim(data, offsets, size);
      }
      known = new BytesVector(source.type(), size, data, offsets, null);
      dictionary = known;
    }
    return known;
  }

  @Override
  void skipValues(long count) {
    in.skip(count);
  }
}
