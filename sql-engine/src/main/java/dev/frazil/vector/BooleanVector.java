package dev.frazil.vector;

import dev.frazil.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * Booleans, and columns of unknown type (all null).
 *
 * @param values {@code values[0..rowCount)}; what stands at a null row is undefined
 * @param nulls see {@link ColumnVector#nulls()}
 */
public record BooleanVector(
    SqlType type, int rowCount, boolean[] values, boolean @Nullable [] nulls)
    implements ColumnVector {}
