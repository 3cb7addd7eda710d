/**
 * Batches to Parquet files: rows are shredded into leaves, leaves into dictionary or plain pages,
 * pages into row groups with statistics, page indexes and bloom filters.
 */
@NullMarked
package dev.frazil.parquet.write;

import org.jspecify.annotations.NullMarked;
