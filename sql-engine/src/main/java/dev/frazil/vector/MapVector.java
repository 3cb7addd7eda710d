package dev.frazil.vector;

import dev.frazil.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * Maps: row {@code i} holds entries {@code [offsets[i], offsets[i + 1])}.
 *
 * @param offsets at least {@code rowCount + 1} ascending offsets; a null row is empty
 * @param nulls see {@link ColumnVector#nulls()}
 */
public record MapVector(
    SqlType type,
    int rowCount,
    int[] offsets,
    ColumnVector keys,
    ColumnVector mapValues,
    boolean @Nullable [] nulls)
    implements ColumnVector {}
