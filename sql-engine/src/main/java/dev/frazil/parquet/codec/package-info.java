/** Compression of pages. */
@NullMarked
package dev.frazil.parquet.codec;

import org.jspecify.annotations.NullMarked;
