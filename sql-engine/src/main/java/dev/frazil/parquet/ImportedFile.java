package dev.frazil.parquet;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.parquet.format.FileFooter;
import dev.frazil.parquet.prune.FooterBounds;
import dev.frazil.parquet.read.ColumnBinder;
import dev.frazil.parquet.read.FittedColumns;
import dev.frazil.parquet.read.FittedColumns.Leaf;
import dev.frazil.parquet.write.FileMetrics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.MetricsUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.mapping.NameMapping;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file that somebody wrote, to become a data file of a table as it is: its columns fit
 * those of the table (42703, 42804, 23502, 0A000 otherwise), and its footer gives the metrics. One
 * thread.
 */
public final class ImportedFile {
  private final ParquetFile file;
  private final Schema schema;
  private final Map<Leaf, FooterBounds> columns = new LinkedHashMap<>();

  /**
   * @param mapping for files without ids, and for names that columns had before
   * @param constants values of columns that are the same in all rows, by field id; a file that has
   *     such a column must agree
   */
  public ImportedFile(
      ParquetFile file,
      Schema schema,
      NameMapping mapping,
      Map<Integer, @Nullable Object> constants) {
    this.file = file;
    this.schema = schema;
    FileFooter footer = file.footer();
    FittedColumns fitted =
        new FittedColumns(
            new ColumnBinder(footer, mapping),
            mapping,
            constants.keySet(),
            leaf -> ScalarTypes.of(leaf, footer.location()));
    for (Leaf leaf : fitted.leaves(schema.columns())) {
      FooterBounds bounds = FooterBounds.of(footer, leaf.field(), leaf.node());
      columns.put(leaf, bounds);
      boolean isTop = schema.asStruct().field(leaf.field().fieldId()) != null;
      if (isTop && leaf.field().isRequired() && !Objects.equals(bounds.nulls(), 0L)) {
        throw failure(
            SqlState.NOT_NULL_VIOLATION,
            "its column "
                + leaf.node().path()
                + (bounds.nulls() == null ? " may hold" : " holds")
                + " nulls, and is NOT NULL in the table");
      }
      int id = leaf.field().fieldId();
      if (constants.containsKey(id) && !isAlways(bounds, constants.get(id))) {
        throw failure(
            SqlState.BAD_FILE_FORMAT,
            "its column "
                + leaf.node().path()
                + " does not plainly hold the value of its folder, "
                + constants.get(id)
                + ", in all rows");
      }
    }
  }

  /** Whether a file tells the field ids of its columns. */
  public static boolean hasIds(ParquetFile file) {
    return file.footer().root().hasIds();
  }

  private static boolean isAlways(FooterBounds bounds, @Nullable Object value) {
    if (value == null) {
      return Objects.equals(bounds.nulls(), bounds.values());
    }
    return Objects.equals(bounds.nulls(), 0L)
        && (bounds.values() == 0
            || (value.equals(bounds.least()) && value.equals(bounds.greatest())));
  }

  /** What a manifest tells of the file; nothing of NaN, which footers do not count. */
  public Metrics metrics(MetricsConfig config) {
    Map<Integer, Long> sizes = new HashMap<>();
    Map<Integer, Long> values = new HashMap<>();
    Map<Integer, Long> nulls = new HashMap<>();
    Map<Integer, ByteBuffer> lower = new HashMap<>();
    Map<Integer, ByteBuffer> upper = new HashMap<>();
    columns.forEach(
        (leaf, bounds) -> {
          int id = leaf.field().fieldId();
          MetricsModes.MetricsMode mode = MetricsUtil.metricsMode(schema, config, id);
          if (mode == MetricsModes.None.get()) {
            return;
          }
          sizes.put(id, bounds.sizeBytes());
          values.put(id, bounds.values());
          if (bounds.nulls() != null) {
            nulls.put(id, bounds.nulls());
          }
          if (bounds.least() != null) {
            FileMetrics.putBounds(
                id, leaf.field().type(), mode, bounds.least(), bounds.greatest(), lower, upper);
          }
        });
    return new Metrics(file.rowCount(), sizes, values, nulls, Map.of(), lower, upper);
  }

  /** Where the row groups begin. */
  public List<Long> splitOffsets() {
    FileFooter footer = file.footer();
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < footer.rowGroups().size(); i++) {
      offsets.add(footer.chunk(i, footer.leaves().get(0)).start());
    }
    return offsets;
  }

  private EngineException failure(SqlState state, String problem) {
    return new EngineException(
        state, "the file " + file.location() + " does not fit the table: " + problem);
  }
}
