/**
 * Column chunks to vectors: pages are decompressed, their levels and values decoded in bulk into
 * the arrays of the batch, nested columns put together from their leaves.
 */
@NullMarked
package dev.frazil.parquet.read;

import org.jspecify.annotations.NullMarked;
