package dev.frazil.vector;

import dev.frazil.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * 64-bit integers, times, timestamps (microseconds) and unscaled decimals up to precision 18.
 *
 * @param values {@code values[0..rowCount)}; what stands at a null row is undefined
 * @param nulls see {@link ColumnVector#nulls()}
 */
public record LongVector(SqlType type, int rowCount, long[] values, boolean @Nullable [] nulls)
    implements ColumnVector {}
