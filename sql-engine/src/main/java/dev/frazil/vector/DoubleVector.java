package dev.frazil.vector;

import dev.frazil.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * 64-bit floating point.
 *
 * @param values {@code values[0..rowCount)}; what stands at a null row is undefined
 * @param nulls see {@link ColumnVector#nulls()}
 */
public record DoubleVector(SqlType type, int rowCount, double[] values, boolean @Nullable [] nulls)
    implements ColumnVector {}
