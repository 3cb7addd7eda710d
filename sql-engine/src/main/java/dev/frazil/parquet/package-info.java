/** Parquet files to batches and back, without Hadoop. */
@NullMarked
package dev.frazil.parquet;

import org.jspecify.annotations.NullMarked;
