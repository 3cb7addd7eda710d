package dev.frazil.parquet;

import dev.frazil.memory.MemoryBudget;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.parquet.prune.PrunedColumn;
import dev.frazil.parquet.prune.PruningExpression;
import dev.frazil.parquet.prune.RowGroupPruner;
import dev.frazil.parquet.read.ColumnBinder;
import dev.frazil.parquet.read.DictionaryCache;
import dev.frazil.parquet.read.ExpectedColumns;
import dev.frazil.parquet.read.RowGroupColumns;
import dev.frazil.vector.RowBatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
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
public final class ParquetScanner implements DataFileScanner {
  /** Uncompressed bytes that a batch aims at, by the averages of its row group. */
  private static final long TARGET_BATCH_BYTES = 4L << 20;

  private final ParquetFile file;
  private final List<Types.NestedField> fields;
  private final ColumnBinder binder;
  private final Schema schema;
  private final PruningExpression expression;
  private final MemoryBudget budget;
  private final DictionaryCache dictionaries = new DictionaryCache();
  private final Map<Integer, AtomicInteger> openMorsels = new ConcurrentHashMap<>();
  private @Nullable MorselPlanner plan;

  /**
   * @param requests the wanted columns, in output order; may be empty (batches then have rows only)
   * @param schema the table's schema, against which {@code pruning} is (or will be) bound
   * @param pruning {@code Expressions.alwaysTrue()} to read all; bound or not
   * @param nameMapping ids for files that carry none; without it such columns are found by position
   * @param budget counts the buffers of open morsels
   */
  public ParquetScanner(
      ParquetFile file,
      List<ColumnRequest> requests,
      Schema schema,
      Expression pruning,
      @Nullable NameMapping nameMapping,
      MemoryBudget budget) {
    this.file = file;
    this.fields = requests.stream().map(ColumnRequest::field).toList();
    this.binder = new ColumnBinder(file.footer(), nameMapping);
    this.schema = schema;
    this.budget = budget;
    this.expression = new PruningExpression(pruning, schema);
  }

  /**
   * Refuses a file that lacks a wanted column although there must be values in it.
   *
   * @param holdsValues whether the file's manifest tells of values other than null, by field id
   */
  public void expectColumns(IntPredicate holdsValues) {
    new ExpectedColumns(binder, holdsValues).check(fields);
  }

  @Override
  public List<Morsel> morsels() {
    return List.copyOf(plan().morsels());
  }

  @Override
  public @Nullable LongBounds bounds(int rowGroup, Types.NestedField field) {
    SchemaNode leaf = binder.column(field);
    return leaf == null || !leaf.isLeaf() || leaf.maxRepetition() > 0
        ? null
        : RowGroupPruner.longBounds(
            file.footer().chunk(rowGroup, leaf), new PrunedColumn(field, leaf));
  }

  private synchronized MorselPlanner plan() {
    MorselPlanner known = plan;
    if (known == null) {
      try (ReadMemory memory = memory()) {
        known = new MorselPlanner(file, binder, fields, schema, expression, memory);
        known.plan();
      }
      for (Morsel morsel : known.morsels()) {
        openMorsels
            .computeIfAbsent(morsel.rowGroup(), rowGroup -> new AtomicInteger())
            .incrementAndGet();
      }
      plan = known;
    }
    return known;
  }

  @Override
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
    ReadMemory memory = memory();
    RowGroupColumns columns =
        new RowGroupColumns(
            file.bytes(),
            binder,
            rowGroup,
            fields,
            new RowGroupColumns.PageSelection(locations, starts, ends),
            dictionaries,
            memory);
    return new MorselBatchReader(
        columns,
        morsel.ranges(),
        base,
        batchRows(rowGroup),
        () -> {
          memory.close();
          ended(rowGroup);
        });
  }

  private ReadMemory memory() {
    return new ReadMemory(budget, file.footer().location());
  }

  /** Rows of a batch: fewer than usual where rows are long. */
  private int batchRows(int rowGroup) {
    long bytes = 0;
    for (Types.NestedField field : fields) {
      SchemaNode node = binder.column(field);
      bytes += node == null ? 0 : plainBytes(rowGroup, node);
    }
    long rowBytes = bytes / Math.max(1, file.footer().rowGroups().get(rowGroup).getNum_rows());
    return (int)
        Math.max(1, Math.min(RowBatch.TARGET_ROWS, TARGET_BATCH_BYTES / Math.max(1, rowBytes)));
  }

  private long plainBytes(int rowGroup, SchemaNode node) {
    if (node.isLeaf()) {
      return Math.max(
          0, file.footer().chunk(rowGroup, node).metadata().getTotal_uncompressed_size());
    }
    long bytes = 0;
    for (SchemaNode child : node.children()) {
      bytes += plainBytes(rowGroup, child);
    }
    return bytes;
  }

  /** The last morsel of a row group takes its dictionaries with it. */
  private void ended(int rowGroup) {
    AtomicInteger open = openMorsels.get(rowGroup);
    if (open != null && open.decrementAndGet() == 0) {
      dictionaries.drop(rowGroup);
    }
  }

  @Override
  public ScanStatistics statistics() {
    return file.statistics();
  }

  @Override
  public void close() {
    file.close();
  }
}
