/**
 * Rows of files that belong to no table, for COPY ... FROM: CSV, JSON and Parquet.
 *
 * <p>{@code FileRowsOperator} goes from file to file; a {@code RowReader} gives the rows of one.
 * Text is collected column by column and converted by the casts of SQL, so that a value reads the
 * same here and in {@code CAST}.
 */
@NullMarked
package dev.frazil.exec.file;

import org.jspecify.annotations.NullMarked;
