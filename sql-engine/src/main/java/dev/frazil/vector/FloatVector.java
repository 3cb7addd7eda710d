package dev.frazil.vector;

import dev.frazil.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * 32-bit floating point.
 *
 * @param values {@code values[0..rowCount)}; what stands at a null row is undefined
 * @param nulls see {@link ColumnVector#nulls()}
 */
public record FloatVector(SqlType type, int rowCount, float[] values, boolean @Nullable [] nulls)
    implements ColumnVector {}
