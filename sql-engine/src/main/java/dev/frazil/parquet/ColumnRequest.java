package dev.frazil.parquet;

import org.apache.iceberg.types.Types;

/**
 * A wanted column: found in a file by the field's Iceberg id, delivered in the field's type. The
 * file may hold a narrower type (int for long, float for double, a decimal of lower precision). A
 * column that the file lacks is delivered as the field's initial default, or as nulls.
 */
public record ColumnRequest(Types.NestedField field) {}
