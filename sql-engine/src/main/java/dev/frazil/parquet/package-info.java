/**
 * Parquet files to batches and back, without Hadoop. This package is the public face; {@code
 * docs/parquet.md} explains the sub-packages, which only this one uses.
 */
@NullMarked
package dev.frazil.parquet;

import org.jspecify.annotations.NullMarked;
