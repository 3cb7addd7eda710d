package dev.frazil.vector;

import dev.frazil.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * Byte strings as ids into a dictionary that several batches share by identity. Equal ids mean
 * equal values; different ids of one dictionary may still hold equal values.
 *
 * @param ids {@code ids[0..rowCount)} in {@code [0, dictionary.rowCount())}; 0 at a null row
 * @param dictionary holds no null
 * @param nulls see {@link ColumnVector#nulls()}
 */
public record DictionaryVector(
    int rowCount, int[] ids, BytesVector dictionary, boolean @Nullable [] nulls)
    implements ColumnVector {

  @Override
  public SqlType type() {
    return dictionary.type();
  }
}
