package dev.frazil.txn;

import dev.frazil.catalog.TablePointer;
import java.util.Map;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** The tables that a transaction itself has dropped. */
final class OwnDrops {
  private OwnDrops() {}

  /**
   * The one that others know by a name, whatever its case; null for none.
   *
   * @param dropped the names that are free within the transaction: those of tables that it renamed
   *     among them
   */
  static @Nullable TableIdentifier find(
      TableIdentifier wanted,
      Map<TableIdentifier, TablePointer> dropped,
      Map<TableIdentifier, TableWork> works) {
    for (Map.Entry<TableIdentifier, TablePointer> entry : dropped.entrySet()) {
      TableIdentifier name = entry.getKey();
      boolean isRenamed = works.values().stream().anyMatch(work -> work.isOf(name));
      boolean isTable = entry.getValue().kind() == TablePointer.Kind.TABLE && !isRenamed;
      if (isTable && name.toString().equalsIgnoreCase(wanted.toString())) {
        return name;
      }
    }
    return null;
  }
}
