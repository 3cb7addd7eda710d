package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;

/** A column that a scan produces. */
public sealed interface ScanColumn {
  Column column();

  /** A column of the table, by Iceberg field id. */
  record TableColumn(int fieldId, Column column) implements ScanColumn {}

  /** The location of the data file ({@code _file}, varchar). */
  record FileLocation(Column column) implements ScanColumn {}

  /** The row's position in its data file ({@code _pos}, bigint, from 0, deleted rows counted). */
  record RowPosition(Column column) implements ScanColumn {}

  /** The id of the partition spec that the data file was written with ({@code _spec_id}). */
  record SpecId(Column column) implements ScanColumn {}

  /** The partition of the data file, in the fields of all specs ({@code _partition}, a row). */
  record Partition(Column column) implements ScanColumn {}

  /** What a row keeps as long as it lives ({@code _row_id}, bigint; null where none was given). */
  record RowId(Column column) implements ScanColumn {}

  /**
   * The sequence number of the commit that changed the row last ({@code
   * _last_updated_sequence_number}, bigint; null before the commit).
   */
  record LastUpdated(Column column) implements ScanColumn {}
}
