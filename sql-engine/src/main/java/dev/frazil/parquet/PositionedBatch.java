package dev.frazil.parquet;

import dev.frazil.vector.RowBatch;

/**
 * Rows that stand next to each other in a file.
 *
 * @param batch columns in the order of the requests, without a selection
 * @param firstRowPosition position in the file, from 0, of row 0 of the batch: what position
 *     deletes name
 */
public record PositionedBatch(RowBatch batch, long firstRowPosition) {}
