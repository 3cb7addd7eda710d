package dev.frazil.txn;

import dev.frazil.datafile.DataFiles;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.parquet.DataFileScanner;
import dev.frazil.parquet.Morsel;
import dev.frazil.parquet.PositionedBatch;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.RowBatch;
import java.util.List;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Reads columns of files that others added to a table. One thread. */
final class AddedRows {
  private final ObjectStore store;
  private final TableMetadata metadata;
  private final MemoryBudget memory;
  private final @Nullable NameMapping nameMapping;

  /**
   * @param metadata the table with the files
   */
  AddedRows(ObjectStore store, TableMetadata metadata, MemoryBudget memory) {
    this.store = store;
    this.metadata = metadata;
    this.memory = memory;
    String mapping = metadata.property(TableProperties.DEFAULT_NAME_MAPPING, null);
    this.nameMapping = mapping == null ? null : NameMappingParser.fromJson(mapping);
  }

  /**
   * Whether any batch of rows passes; rows that do not satisfy {@code pruning} may be left out. Of
   * rows that were deleted again nothing is known.
   */
  boolean any(
      DataFile file,
      List<Types.NestedField> columns,
      Expression pruning,
      Predicate<RowBatch> test) {
    List<ColumnRequest> requests = columns.stream().map(ColumnRequest::new).toList();
    try (DataFileScanner scanner =
        DataFiles.open(store, file, requests, metadata.schema(), pruning, nameMapping, memory)) {
      for (Morsel morsel : scanner.morsels()) {
        try (BatchReader reader = scanner.read(morsel)) {
          for (PositionedBatch read = reader.next(); read != null; read = reader.next()) {
            if (test.test(read.batch())) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }
}
