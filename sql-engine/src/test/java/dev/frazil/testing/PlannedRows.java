package dev.frazil.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The rows of a table on a local disk as Iceberg plans its files and reads its deletion vectors,
 * and DuckDB reads its Parquet files: an opinion that no code of ours has a part in.
 */
public final class PlannedRows {
  private PlannedRows() {}

  /**
   * All rows, sorted by their text.
   *
   * @param columns as DuckDB selects them from a data file
   */
  public static List<String> of(Table table, String columns) {
    List<String> rows = new ArrayList<>();
    try (DuckDbRunner duckDb = new DuckDbRunner();
        CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        String file = task.file().location();
        StringBuilder deleted = new StringBuilder("SELECT -1");
        for (DeleteFile delete : task.deletes()) {
          deleted.append(" UNION ALL ").append(positions(delete, file));
        }
        rows.addAll(
            duckDb
                .query(
                    "SELECT %s FROM read_parquet('%s', file_row_number = true) WHERE file_row_number NOT IN (%s)"
                        .formatted(columns, file, deleted))
                .lines());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows.sort(null);
    return rows;
  }

  private static String positions(DeleteFile delete, String file) throws IOException {
    if (delete.content() != FileContent.POSITION_DELETES) {
      throw new AssertionError("equality deletes are not read here: " + delete.location());
    }
    return delete.format() == FileFormat.PUFFIN
        ? "VALUES " + vector(delete)
        : "SELECT pos FROM read_parquet('%s') WHERE file_path = '%s'"
            .formatted(delete.location(), file);
  }

  private static String vector(DeleteFile delete) throws IOException {
    byte[] blob = new byte[Math.toIntExact(Objects.requireNonNull(delete.contentSizeInBytes()))];
    try (RandomAccessFile file = new RandomAccessFile(delete.location(), "r")) {
      file.seek(Objects.requireNonNull(delete.contentOffset()));
      file.readFully(blob);
    }
    TreeSet<Long> positions = new TreeSet<>();
    PositionDeleteIndex.deserialize(blob, delete).forEach(positions::add);
    return positions.stream().map(each -> "(" + each + ")").collect(Collectors.joining(", "));
  }
}
