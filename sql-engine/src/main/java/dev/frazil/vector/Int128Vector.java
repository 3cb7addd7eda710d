package dev.frazil.vector;

import dev.frazil.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * Unscaled decimals of precision 19 to 38 as two's complement 128-bit integers.
 *
 * @param high the upper 64 bits, signed
 * @param low the lower 64 bits, unsigned
 * @param nulls see {@link ColumnVector#nulls()}
 */
public record Int128Vector(
    SqlType type, int rowCount, long[] high, long[] low, boolean @Nullable [] nulls)
    implements ColumnVector {}
