/**
 * Rows that become a file of their own, outside of any table: COPY ... TO as CSV, JSON and Parquet.
 * A file appears when it is whole, or not at all.
 */
@NullMarked
package dev.frazil.dml.export;

import org.jspecify.annotations.NullMarked;
