package dev.frazil.vector;

import dev.frazil.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * Lists: row {@code i} holds elements {@code [offsets[i], offsets[i + 1])}.
 *
 * @param offsets at least {@code rowCount + 1} ascending offsets; a null row is empty
 * @param nulls see {@link ColumnVector#nulls()}
 */
public record ListVector(
    SqlType type, int rowCount, int[] offsets, ColumnVector elements, boolean @Nullable [] nulls)
    implements ColumnVector {}
