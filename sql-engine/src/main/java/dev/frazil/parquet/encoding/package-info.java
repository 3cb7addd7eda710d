/**
 * Parquet encodings over plain byte arrays: one decoder or encoder a class, bulk calls only. Input
 * arrays are padded by {@link dev.frazil.parquet.encoding.LittleEndian#PADDING_BYTES} so that
 * eight-byte loads may run past the last value. Source: Parquet format, Encodings.md.
 */
@NullMarked
package dev.frazil.parquet.encoding;

import org.jspecify.annotations.NullMarked;
