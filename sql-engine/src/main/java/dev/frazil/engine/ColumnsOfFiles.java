package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/**
 * Which data files of a table are older than one of its columns. Readers, Iceberg's too, take a
 * file without a required column for a broken one, even where all of its rows are deleted.
 */
final class ColumnsOfFiles {
  private final Table table;

  /** What the table was when files of a sequence number were written; version 1 has no numbers. */
  private final Map<Long, Schema> schemas = new HashMap<>();

  ColumnsOfFiles(Table table) {
    this.table = table;
    for (Snapshot snapshot : table.snapshots()) {
      @Nullable Integer schema = snapshot.schemaId();
      if (snapshot.sequenceNumber() > 0 && schema != null && table.schemas().containsKey(schema)) {
        schemas.put(snapshot.sequenceNumber(), table.schemas().get(schema));
      }
    }
  }

  /**
   * 55000 where a file, of whichever branch, is older than the column, and the column is not known
   * without it.
   */
  void require(TableIdentifier identifier, String column) {
    int id = table.schema().findField(column).fieldId();
    if (table.schema().findField(id).initialDefault() != null) {
      return;
    }
    table
        .refs()
        .forEach(
            (name, ref) -> {
              if (ref.isBranch()) {
                require(identifier, column, id, name);
              }
            });
  }

  private void require(TableIdentifier identifier, String column, int id, String branch) {
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useRef(branch).includeColumnStats().planFiles()) {
      for (FileScanTask task : tasks) {
        if (task.file().recordCount() > 0 && isOlder(task.file(), id)) {
          throw new EngineException(
              SqlState.OBJECT_NOT_IN_STATE,
              "table "
                  + identifier
                  + ": the column '"
                  + column
                  + "' would be NOT NULL, but a file is older than it, of which all rows are"
                  + " deleted: CALL system.rewrite_data_files first");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isOlder(DataFile file, int id) {
    @Nullable Long sequence = file.fileSequenceNumber();
    @Nullable Schema schema = sequence == null ? null : schemas.get(sequence);
    if (schema != null) {
      return schema.findField(id) == null;
    }
    @Nullable Map<Integer, Long> counts = file.valueCounts();
    return counts != null && !counts.isEmpty() && !counts.containsKey(id);
  }
}
