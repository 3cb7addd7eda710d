package dev.frazil.plan.stats;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.TableHandle;
import dev.frazil.txn.CallerThread;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.iceberg.BlobMetadata;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.puffin.StandardBlobTypes;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of the columns of a snapshot, by field id: bounds, nulls and widths of ranges from
 * its manifests, numbers of distinct values from the table's metadata, where a writer of Puffin
 * sketches noted them. Of a table of many files a few of them stand for all: some of each of a few
 * manifests, as a statement may need few manifests itself. What was found is kept, for neither
 * snapshots nor files of statistics ever change.
 */
final class SnapshotStatistics {
  private static final long MOST_FILES = 256;
  private static final int SAMPLED_MANIFESTS = 4;
  private static final int SNAPSHOTS_KEPT = 256;
  private static final String DISTINCT_VALUES = "ndv";
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");

  private static final Map<Key, Map<Integer, ColumnStatistics>> KEPT =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Map<Integer, ColumnStatistics>> eldest) {
          return size() > SNAPSHOTS_KEPT;
        }
      };

  /**
   * @param columns not the id of a schema: what is rolled back leaves its id to another one
   * @param noted the files of statistics, which may come to a snapshot at any time
   */
  private record Key(
      String location, long snapshotId, Types.StructType columns, List<String> noted) {}

  private SnapshotStatistics() {}

  /** The statistics of a column; null if nothing is known. */
  static @Nullable ColumnStatistics of(TableHandle handle, int fieldId) {
    Long snapshotId = handle.snapshotId();
    if (snapshotId == null) {
      return null;
    }
    Table table = handle.table();
    List<String> noted = table.statisticsFiles().stream().map(StatisticsFile::path).toList();
    Key key = new Key(table.location(), snapshotId, handle.schema().asStruct(), noted);
    Map<Integer, ColumnStatistics> known;
    synchronized (KEPT) {
      known = KEPT.get(key);
    }
    if (known == null) {
      known = read(handle, snapshotId);
      synchronized (KEPT) {
        KEPT.put(key, known);
      }
    }
    return known.get(fieldId);
  }

  private static Map<Integer, ColumnStatistics> read(TableHandle handle, long snapshotId) {
    Table table = handle.table();
    Schema schema = handle.schema();
    Map<Integer, Double> distinct = distinctValues(table, snapshotId);
    Snapshot snapshot = table.snapshot(snapshotId);
    Sums files = new Sums(schema);
    long count = fileCount(snapshot);
    boolean sampled = false;
    try {
      if (snapshot != null && count > MOST_FILES) {
        sampled = true;
        readSome(table, snapshot, files);
      } else if (count >= 0) {
        readAll(table, snapshotId, files);
      }
    } catch (IOException e) {
      throw new EngineException(
          SqlState.IO_ERROR,
          "closing the manifests of the table " + handle.identifier() + " failed",
          e);
    }
    double most = sampled ? TableStatistics.of(handle).rowCount() : files.rows;
    Map<Integer, ColumnStatistics> columns = new HashMap<>();
    for (Types.NestedField field : schema.columns()) {
      ColumnSums sum = files.columns.getOrDefault(field.fieldId(), new ColumnSums());
      double noted = distinct.getOrDefault(field.fieldId(), Double.NaN);
      ColumnStatistics statistics = sum.statistics(field.type(), files.rows, most, noted, sampled);
      if (statistics != null) {
        columns.put(field.fieldId(), statistics);
      }
    }
    return Map.copyOf(columns);
  }

  private static void readAll(Table table, long snapshotId, Sums sums) throws IOException {
    try (CloseableIterable<FileScanTask> files =
        CallerThread.planned(table.newScan().useSnapshot(snapshotId).includeColumnStats(), table)
            .planFiles()) {
      for (FileScanTask task : files) {
        sums.add(task.file());
      }
    }
  }

  /** Manifests evenly apart, the first and the last among them, and of each the first files. */
  private static void readSome(Table table, Snapshot snapshot, Sums sums) throws IOException {
    List<ManifestFile> manifests =
        snapshot.dataManifests(table.io()).stream()
            .filter(manifest -> manifest.hasAddedFiles() || manifest.hasExistingFiles())
            .toList();
    int count = Math.min(SAMPLED_MANIFESTS, manifests.size());
    for (int i = 0; i < count; i++) {
      int place = count == 1 ? 0 : (int) ((long) i * (manifests.size() - 1) / (count - 1));
      try (ManifestReader<DataFile> files =
              ManifestFiles.read(manifests.get(place), table.io(), table.specs());
          CloseableIterator<DataFile> each = files.iterator()) {
        for (long read = 0; read < MOST_FILES / count && each.hasNext(); read++) {
          sums.add(each.next());
        }
      }
    }
  }

  /** Data files, as the writer of the snapshot counted them; negative where it did not. */
  private static long fileCount(@Nullable Snapshot snapshot) {
    String count =
        snapshot == null || snapshot.summary() == null
            ? null
            : snapshot.summary().get(SnapshotSummary.TOTAL_DATA_FILES_PROP);
    return count != null && WHOLE_NUMBER.matcher(count).matches() ? Long.parseLong(count) : -1;
  }

  /**
   * What statistics files say of this snapshot, else of another: an older number is a guess too.
   */
  private static Map<Integer, Double> distinctValues(Table table, long snapshotId) {
    Map<Integer, Double> distinct = new HashMap<>();
    for (StatisticsFile file : table.statisticsFiles()) {
      for (BlobMetadata blob : file.blobMetadata()) {
        String value = blob.properties() == null ? null : blob.properties().get(DISTINCT_VALUES);
        if (value == null
            || blob.fields().size() != 1
            || !blob.type().equals(StandardBlobTypes.APACHE_DATASKETCHES_THETA_V1)) {
          continue;
        }
        int fieldId = blob.fields().get(0);
        if (WHOLE_NUMBER.matcher(value).matches()
            && (file.snapshotId() == snapshotId || !distinct.containsKey(fieldId))) {
          distinct.put(fieldId, Math.max(1, Double.parseDouble(value)));
        }
      }
    }
    return distinct;
  }

  /** Of all columns, over the files. */
  private static final class Sums {
    final Map<Integer, ColumnSums> columns = new HashMap<>();
    private final Schema schema;
    double rows;

    Sums(Schema schema) {
      this.schema = schema;
    }

    void add(DataFile file) {
      rows += file.recordCount();
      for (Types.NestedField field : schema.columns()) {
        if (field.type().isPrimitiveType()) {
          columns.computeIfAbsent(field.fieldId(), id -> new ColumnSums()).add(file, field);
        }
      }
    }
  }

  /** Of one column, over the files. */
  private static final class ColumnSums {
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private double nulls;
    private boolean hasBounds = true;
    private boolean hasNulls = true;

    void add(DataFile file, Types.NestedField field) {
      int id = field.fieldId();
      Long nullCount = file.nullValueCounts() == null ? null : file.nullValueCounts().get(id);
      if (nullCount == null) {
        hasNulls = false;
      } else {
        nulls += nullCount;
        if (nullCount == file.recordCount()) {
          return;
        }
      }
      double low = number(file.lowerBounds(), field);
      double high = number(file.upperBounds(), field);
      if (low <= high) {
        least = Math.min(least, low);
        greatest = Math.max(greatest, high);
      } else {
        hasBounds = false;
      }
    }

    private static double number(
        @Nullable Map<Integer, ByteBuffer> bounds, Types.NestedField field) {
      ByteBuffer bound = bounds == null ? null : bounds.get(field.fieldId());
      if (bound == null) {
        return Double.NaN;
      }
      return switch (field.type().typeId()) {
        case INTEGER, LONG, FLOAT, DOUBLE, DATE, TIME, TIMESTAMP, TIMESTAMP_NANO, DECIMAL -> {
          Object value = Conversions.fromByteBuffer(field.type(), bound);
          yield value instanceof BigDecimal decimal
              ? decimal.doubleValue()
              : ((Number) value).doubleValue();
        }
        default -> Double.NaN;
      };
    }

    /**
     * @param rows those of the files
     * @param most those of the table
     */
    @Nullable ColumnStatistics statistics(
        Type type, double rows, double most, double noted, boolean sampled) {
      boolean ranged = hasBounds && least <= greatest && Double.isFinite(greatest - least);
      if (!ranged && Double.isNaN(noted) && (rows == 0 || !hasNulls)) {
        return null;
      }
      double distinct = noted;
      if (Double.isNaN(distinct) && ranged && rows > 0) {
        double step =
            switch (type.typeId()) {
              case INTEGER, LONG, DATE -> 1;
              case DECIMAL -> Math.pow(10, -((Types.DecimalType) type).scale());
              default -> 0;
            };
        distinct =
            step == 0 ? Double.NaN : Math.min(most, Math.rint((greatest - least) / step) + 1);
      }
      return new ColumnStatistics(
          ranged ? least : Double.NaN,
          ranged ? greatest : Double.NaN,
          hasNulls && rows > 0 ? nulls / rows : Double.NaN,
          distinct,
          sampled);
    }
  }
}
