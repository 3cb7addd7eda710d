package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.RunLengthDecoder;
import dev.frazil.parquet.encoding.ValueDecoder;
import org.jspecify.annotations.Nullable;

/**
 * An opened data page: exactly one of {@code ids} and {@code values} is there.
 *
 * @param valueCount entries, nulls included
 * @param repetition null when the column is not nested in lists
 * @param definition null when the column is required
 * @param ids ids into the chunk's dictionary
 */
record DataPage(
    int valueCount,
    @Nullable RunLengthDecoder repetition,
    @Nullable RunLengthDecoder definition,
    @Nullable RunLengthDecoder ids,
    @Nullable ValueDecoder values) {}
