package dev.frazil.parquet.prune;

import dev.frazil.parquet.format.SchemaNode;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column that a pruning expression refers to.
 *
 * @param leaf null when the file lacks the column
 */
public record PrunedColumn(Types.NestedField field, @Nullable SchemaNode leaf) {}
