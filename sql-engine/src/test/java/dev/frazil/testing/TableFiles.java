package dev.frazil.testing;

import dev.frazil.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/**
 * Small tables of long values for tests of commits: each value is one data file, a text object
 * registered with exact bounds. What matters is that files and pointers survive, not their format.
 */
public final class TableFiles {
  /** One column, {@code id bigint}. */
  public static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

  /** Held, because loggers are weakly reachable: Iceberg logs every commit at INFO. */
  private static final java.util.logging.Logger ICEBERG =
      java.util.logging.Logger.getLogger("org.apache.iceberg");

  static {
    ICEBERG.setLevel(java.util.logging.Level.WARNING);
  }

  private TableFiles() {}

  /** Writes a data file that holds one value. */
  public static DataFile write(ObjectStore store, Table table, long value, String name) {
    String location = table.location() + "/data/" + name + ".txt";
    byte[] body = Long.toString(value).getBytes(StandardCharsets.UTF_8);
    store.put(location, body);
    var bound = Conversions.toByteBuffer(Types.LongType.get(), value);
    return DataFiles.builder(table.spec())
        .withPath(location)
        .withFormat(org.apache.iceberg.FileFormat.PARQUET)
        .withFileSizeInBytes(body.length)
        .withMetrics(
            new Metrics(
                1L,
                null,
                java.util.Map.of(1, 1L),
                java.util.Map.of(1, 0L),
                null,
                java.util.Map.of(1, bound),
                java.util.Map.of(1, bound)))
        .build();
  }

  /** All values of a table, read from its data files, sorted, duplicates kept. */
  public static List<Long> read(ObjectStore store, Table table) {
    List<Long> values = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        byte[] body = new byte[(int) task.file().fileSizeInBytes()];
        store.readFully(task.file().location(), 0, body, 0, body.length);
        values.add(Long.parseLong(new String(body, StandardCharsets.UTF_8)));
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    values.sort(null);
    return values;
  }

  /** All values of a table by the bounds in its manifests, without opening data files. */
  public static List<Long> registered(Table table) {
    List<Long> values = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().includeColumnStats().planFiles()) {
      for (FileScanTask task : tasks) {
        values.add(value(task.file()));
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return values;
  }

  /** The value of a data file that was planned with its statistics. */
  public static long value(DataFile file) {
    return Conversions.fromByteBuffer(Types.LongType.get(), file.lowerBounds().get(1));
  }
}
