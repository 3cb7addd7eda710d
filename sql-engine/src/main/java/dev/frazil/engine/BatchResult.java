package dev.frazil.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a batch gave.
 *
 * @param counts one update count a set of values
 * @param returned the rows of RETURNING, set by set, to be closed; null for a statement without it
 */
public record BatchResult(long[] counts, @Nullable ResultCursor returned) {}
