package dev.frazil.maintenance;

import dev.frazil.catalog.FrozenTableOperations;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.jspecify.annotations.Nullable;

/**
 * A table as new files of it are to be written: with the order and size that a call asks for.
 *
 * @param order null for that of the table
 */
record RewriteTarget(Table table, long fileBytes, @Nullable SortOrder order) {

  /** A table for a writer, never to be committed to. */
  Table written() {
    TableMetadata metadata = ((HasTableOperations) table).operations().current();
    TableMetadata.Builder wanted =
        TableMetadata.buildFrom(metadata)
            .setProperties(
                Map.of(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, Long.toString(fileBytes)));
    if (order != null) {
      wanted.setDefaultSortOrder(order);
    }
    return new BaseTable(new FrozenTableOperations(table.io(), wanted.build()), table.name());
  }

  /** A file may only name an order that the table knows. */
  DataFile known(DataFile file) {
    Integer orderId = file.sortOrderId();
    if (orderId == null || table.sortOrders().containsKey(orderId)) {
      return file;
    }
    PartitionSpec spec = Objects.requireNonNull(table.specs().get(file.specId()));
    return DataFiles.builder(spec).copy(file).withSortOrder(SortOrder.unsorted()).build();
  }
}
