/**
 * Row changes: from batches to data and delete files that a transaction can commit.
 *
 * <p>{@code InsertWriter} checks NOT NULL, sends rows to the partitions of the table's spec ({@code
 * PartitionedRows}: rows wait in memory by partition, so that any order of input makes few files)
 * and rolls files at their target size. {@code RowChangeExecutor} takes UPDATE, DELETE and MERGE
 * apart into rows that come and rows that go. For those that go it chooses a {@code FileChange} for
 * each file: to mark them ({@code PositionDeleteWriter} on format version 2, {@code
 * DeletionVectorWriter} on version 3) or to write the others anew ({@code CarriedRows}). {@code
 * RowLineage} keeps the ids of rows of version 3. {@code SortedRows} brings rows into the order of
 * the table, or of its partitions where there are many. Files are durable when their writer has
 * finished, and visible when a transaction commits them.
 */
@NullMarked
package dev.frazil.dml;

import org.jspecify.annotations.NullMarked;
