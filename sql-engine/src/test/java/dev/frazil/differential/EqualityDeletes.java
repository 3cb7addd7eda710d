package dev.frazil.differential;

import dev.frazil.differential.Fragment.Dialect;
import dev.frazil.differential.TableContents.Field;
import dev.frazil.differential.TableContents.Step;
import dev.frazil.testing.DuckDbRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.StructLikeMap;

/**
 * Writes equality deletes, which Frazil reads and never writes: Parquet files by DuckDB, one for
 * each partition that has data files, or one for all where a table was never partitioned.
 */
final class EqualityDeletes {
  private final Table table;
  private final DuckDbRunner duckDb;

  EqualityDeletes(Table table, DuckDbRunner duckDb) {
    this.table = table;
    this.duckDb = duckDb;
  }

  PendingUpdate<?> commit(Step.EqualityDelete step) {
    RowDelta delta = table.newRowDelta();
    try {
      for (Map.Entry<PartitionSpec, Set<StructLike>> entry : partitions().entrySet()) {
        for (StructLike partition : entry.getValue()) {
          delta.addDeletes(write(step, entry.getKey(), partition));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return delta;
  }

  private Map<PartitionSpec, Set<StructLike>> partitions() throws IOException {
    Map<Integer, StructLikeMap<Boolean>> found = new TreeMap<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        DataFile file = task.file();
        found
            .computeIfAbsent(
                file.specId(), id -> StructLikeMap.create(table.specs().get(id).partitionType()))
            .put(file.partition(), true);
      }
    }
    Map<PartitionSpec, Set<StructLike>> partitions = new java.util.LinkedHashMap<>();
    found.forEach(
        (id, keys) -> partitions.put(table.specs().get(id), new HashSet<>(keys.keySet())));
    return partitions;
  }

  private DeleteFile write(Step.EqualityDelete step, PartitionSpec spec, StructLike partition)
      throws IOException {
    Path data = Path.of(table.location(), "data");
    Files.createDirectories(data);
    Path file = data.resolve("equality-" + UUID.randomUUID() + ".parquet");
    duckDb.execute(
        "COPY (SELECT "
            + step.columns().stream()
                .map(c -> "CAST(" + c.name() + " AS " + c.type().duckDbName() + ") AS " + c.name())
                .collect(Collectors.joining(", "))
            + " FROM (VALUES "
            + step.keys().stream()
                .map(
                    key ->
                        key.stream()
                            .map(value -> value.text(Dialect.DUCKDB))
                            .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "))
            + ") AS v ("
            + step.columns().stream().map(Field::name).collect(Collectors.joining(", "))
            + ")) TO '"
            + file
            + "' (FORMAT parquet, FIELD_IDS {"
            + step.columns().stream()
                .map(column -> column.name() + ": " + id(column))
                .collect(Collectors.joining(", "))
            + "})");
    return FileMetadata.deleteFileBuilder(spec)
        .ofEqualityDeletes(step.columns().stream().mapToInt(this::id).toArray())
        .withPath(file.toString())
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(Files.size(file))
        .withRecordCount(step.keys().size())
        .withPartition(partition)
        .build();
  }

  private int id(Field column) {
    return table.schema().findField(column.name()).fieldId();
  }
}
