package dev.frazil.parquet;

import dev.frazil.parquet.prune.PruningExpression;
import dev.frazil.parquet.read.ColumnBinder;
import dev.frazil.parquet.read.DictionaryCache;
import dev.frazil.parquet.read.RowGroupColumns;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.PageLocation;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns of one file, skipping row groups and pages that cannot hold a row for which the
 * pruning expression is true. Pruning is not filtering: rows that do not match may still come.
 * Thread-safe: several threads may each read their own morsels.
 */
public final class ParquetScanner {
  private final ParquetFile file;
  private final List<Types.NestedField> fields;
  private final ColumnBinder binder;
  private final Schema schema;
  private final PruningExpression expression;
  private final DictionaryCache dictionaries = new DictionaryCache();
  private final Map<Integer, AtomicInteger> openMorsels = new ConcurrentHashMap<>();
  private @Nullable MorselPlanner plan;

  /**
   * @param requests the wanted columns, in output order; may be empty (batches then have rows only)
   * @param schema the table's schema, against which {@code pruning} is (or will be) bound
   * @param pruning {@code Expressions.alwaysTrue()} to read all; bound or not
   * @param nameMapping ids for files that carry none; without it such columns are found by position
   */
  public ParquetScanner(
      ParquetFile file,
      List<ColumnRequest> requests,
      Schema schema,
      Expression pruning,
      @Nullable NameMapping nameMapping) {
    this.file = file;
    this.fields = requests.stream().map(ColumnRequest::field).toList();
    this.binder = new ColumnBinder(file.footer(), nameMapping);
    this.schema = schema;
    this.expression = new PruningExpression(pruning, schema);
  }

  /** The work that is left after pruning, in file order; the first call may read indexes. */
  public List<Morsel> morsels() {
    return List.copyOf(plan().morsels());
  }

  private synchronized MorselPlanner plan() {
    MorselPlanner known = plan;
    if (known == null) {
      known = new MorselPlanner(file, binder, fields, schema, expression);
      known.plan();
      for (Morsel morsel : known.morsels()) {
        openMorsels
            .computeIfAbsent(morsel.rowGroup(), rowGroup -> new AtomicInteger())
            .incrementAndGet();
      }
      plan = known;
    }
    return known;
  }

  /** Reads one morsel; the reader belongs to one thread at a time. */
  public BatchReader read(Morsel morsel) {
    int rowGroup = morsel.rowGroup();
    long base = file.footer().firstRows()[rowGroup];
    Map<Integer, List<PageLocation>> locations =
        plan().locations().getOrDefault(rowGroup, Map.of());
    long[] starts = new long[morsel.ranges().size()];
    long[] ends = new long[starts.length];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = morsel.ranges().get(i).start() - base;
      ends[i] = morsel.ranges().get(i).end() - base;
    }
    RowGroupColumns columns =
        new RowGroupColumns(
            file.bytes(),
            binder,
            rowGroup,
            fields,
            new RowGroupColumns.PageSelection(locations, starts, ends),
            dictionaries);
    return new MorselBatchReader(columns, morsel.ranges(), base, () -> ended(rowGroup));
  }

  /** The last morsel of a row group takes its dictionaries with it. */
  private void ended(int rowGroup) {
    AtomicInteger open = openMorsels.get(rowGroup);
    if (open != null && open.decrementAndGet() == 0) {
      dictionaries.drop(rowGroup);
    }
  }

  /** What was pruned and read for the file so far. */
  public ScanStatistics statistics() {
    return file.statistics();
  }
}
