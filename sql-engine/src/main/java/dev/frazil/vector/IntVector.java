package dev.frazil.vector;

import dev.frazil.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * 32-bit integers and dates (days since 1970-01-01).
 *
 * @param values {@code values[0..rowCount)}; what stands at a null row is undefined
 * @param nulls see {@link ColumnVector#nulls()}
 */
public record IntVector(SqlType type, int rowCount, int[] values, boolean @Nullable [] nulls)
    implements ColumnVector {}
