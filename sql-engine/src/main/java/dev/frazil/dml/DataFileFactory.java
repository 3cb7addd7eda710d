package dev.frazil.dml;

import dev.frazil.catalog.PropertyValues;
import dev.frazil.error.EngineException;
import dev.frazil.parquet.ParquetBatchWriter;
import dev.frazil.parquet.ParquetWriterOptions;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.ObjectStore.UploadStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/**
 * Names and opens the files of one table, as the table's {@code write.*} properties say: location
 * provider, format, compression, row group and target size. One thread.
 */
final class DataFileFactory {
  /** Object names have at most 1,024 bytes, folders and files of most systems 255. */
  private static final int MAX_PATH_LENGTH = 500;

  private static final int MAX_FOLDER_LENGTH = 200;

  /**
   * What {@code LocationGuard} refuses, now or after decoding: a percent sign, control, climbing.
   */
  private static final Pattern ODD_PATH =
      Pattern.compile("%25|%[01]|%7F|%5C|\\.\\.|=\\.?(/|$)", Pattern.CASE_INSENSITIVE);

  private final Table table;
  private final Schema schema;
  private final ObjectStore store;
  private final LocationProvider locations;
  private final ParquetWriterOptions options;
  private final long targetFileBytes;

  /** What other writers may be told to write; a table may hold files of all of them. */
  private static final Set<String> FORMATS = Set.of("parquet", "avro", "orc");

  /**
   * @param schema the columns to write: those of the table, more may follow
   * @throws EngineException 0A000 for a table that wants a format or is partitioned by a transform
   *     which Iceberg's specification does not know, or that names a class of its own to place
   *     files
   */
  DataFileFactory(Table table, Schema schema, ObjectStore store) {
    this.table = table;
    this.schema = schema;
    this.store = store;
    Map<String, String> properties = table.properties();
    this.locations = locations(table);
    requireKnownTransforms(table);
    PropertyValues.requireWritable(table.name(), properties);
    String format =
        properties.getOrDefault(
            TableProperties.DEFAULT_FILE_FORMAT, TableProperties.DEFAULT_FILE_FORMAT_DEFAULT);
    if (!FORMATS.contains(format.toLowerCase(Locale.ROOT))) {
      throw EngineException.unsupported(
          "writing table "
              + table.name()
              + " in the format '"
              + format
              + "' ("
              + TableProperties.DEFAULT_FILE_FORMAT
              + ")");
    }
    this.options = new ParquetWriterOptions(properties, MetricsConfig.forTable(table));
    this.targetFileBytes =
        PropertyUtil.propertyAsLong(
            properties,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
  }

  private static void requireKnownTransforms(Table table) {
    for (PartitionField field : table.spec().fields()) {
      try {
        field.transform().bind(table.schema().findType(field.sourceId()));
      } catch (UnsupportedOperationException e) {
        throw EngineException.unsupported(
            "writing table "
                + table.name()
                + ", which is partitioned by the transform '"
                + field.transform()
                + "' of the column "
                + table.schema().findColumnName(field.sourceId())
                + ",");
      }
    }
  }

  /** Where the table's files go; no class that a property names is ever loaded. */
  static LocationProvider locations(Table table) {
    if (table.properties().containsKey(TableProperties.WRITE_LOCATION_PROVIDER_IMPL)) {
      throw EngineException.unsupported(
          "writing to table "
              + table.name()
              + ", whose property '"
              + TableProperties.WRITE_LOCATION_PROVIDER_IMPL
              + "' names a class,");
    }
    return table.locationProvider();
  }

  /** At which size a file is closed and the next one begun. */
  long targetFileBytes() {
    return targetFileBytes;
  }

  /**
   * The place of a new file. The folders of a partition are for people only: where its values are
   * long or hold what no path should, the file stands beside them.
   */
  static String location(
      LocationProvider locations, PartitionSpec spec, @Nullable StructLike partition, String name) {
    if (partition == null || spec.isUnpartitioned()) {
      return locations.newDataLocation(name);
    }
    String path = spec.partitionToPath(partition);
    boolean isLong =
        path.length() > MAX_PATH_LENGTH
            || Arrays.stream(path.split("/"))
                .anyMatch(folder -> folder.length() > MAX_FOLDER_LENGTH);
    return isLong || ODD_PATH.matcher(path).find()
        ? locations.newDataLocation(name)
        : locations.newDataLocation(spec, partition, name);
  }

  /** Opens a new data file of a partition of the table's current spec. */
  DataFileOutput open(@Nullable PartitionKey partition) {
    PartitionSpec spec = table.spec();
    String name = Ids.system().uuid() + ".parquet";
    String location = location(locations, spec, partition, name);
    UploadStream stream = store.create(location);
    ParquetBatchWriter writer = new ParquetBatchWriter(stream, schema, options);
    return new DataFileOutput(location, spec, table.sortOrder(), partition, stream, writer);
  }
}
