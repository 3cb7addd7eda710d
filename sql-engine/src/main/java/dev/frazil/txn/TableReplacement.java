package dev.frazil.txn;

import java.util.function.UnaryOperator;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table anew under its identity, as Iceberg's replace transaction does. Rows that are
 * written afterwards are written for the columns and partitions of the first run: where a later one
 * would number them otherwise, it fails.
 */
final class TableReplacement implements PendingUpdate<TableMetadata> {
  private final TransactionTableOperations operations;
  private final UnaryOperator<TableMetadata> replacement;
  private @Nullable TableMetadata first;

  TableReplacement(
      TransactionTableOperations operations, UnaryOperator<TableMetadata> replacement) {
    this.operations = operations;
    this.replacement = replacement;
  }

  @Override
  public TableMetadata apply() {
    return replacement.apply(operations.current());
  }

  @Override
  public void commit() {
    TableMetadata base = operations.current();
    TableMetadata replaced = replacement.apply(base);
    TableMetadata before = first;
    boolean same =
        before == null
            || (before.schema().sameSchema(replaced.schema())
                && before.defaultSpecId() == replaced.defaultSpecId()
                && before.spec().equals(replaced.spec())
                && before.formatVersion() == replaced.formatVersion());
    if (!same) {
      throw new CommitFailedException("its definition was changed by another transaction");
    }
    first = replaced;
    operations.commit(base, replaced);
  }
}
