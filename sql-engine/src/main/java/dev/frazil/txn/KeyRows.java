package dev.frazil.txn;

import dev.frazil.memory.MemoryBudget;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a statement wrote and nobody else may have written meanwhile. Immutable.
 *
 * @param columns of the key, of the table itself
 * @param filter rows that may hold one of the keys, by bounds
 * @param values the keys, each as {@link dev.frazil.vector.VectorValues} reads its columns, none
 *     with a null; null where they are many
 * @param files that the statement wrote, which hold the keys
 * @param memory what reading them again counts on
 */
public record KeyRows(
    List<Types.NestedField> columns,
    Expression filter,
    @Nullable List<List<Object>> values,
    List<DataFile> files,
    MemoryBudget memory) {
  public KeyRows {
    columns = List.copyOf(columns);
    files = List.copyOf(files);
  }
}
