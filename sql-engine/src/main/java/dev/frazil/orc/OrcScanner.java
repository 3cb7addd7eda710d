package dev.frazil.orc;

import dev.frazil.memory.MemoryBudget;
import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.parquet.DataFileScanner;
import dev.frazil.parquet.LongBounds;
import dev.frazil.parquet.Morsel;
import dev.frazil.parquet.ScanStatistics;
import dev.frazil.parquet.format.FileBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.prune.PruningExpression;
import dev.frazil.storage.ObjectStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns of one ORC file; each stripe is a morsel. Of a stripe only the streams of these
 * columns are read. Thread-safe: several threads may each read their own morsels. Errors: XX001 not
 * an ORC file or a damaged one, 0A000 encrypted, a codec or a type that is not read, 53200, and
 * what {@link ObjectStore} throws.
 */
public final class OrcScanner implements DataFileScanner {
  private final FileBytes bytes;
  private final OrcFooter footer;
  private final OrcFields columns;
  private final List<Types.NestedField> fields;
  private final MemoryBudget budget;
  private final ScanStatistics statistics;
  private final Schema schema;
  private final PruningExpression pruning;
  private @Nullable StripePruner pruner;

  private OrcScanner(
      FileBytes bytes,
      OrcFooter footer,
      OrcFields columns,
      List<Types.NestedField> fields,
      Schema schema,
      PruningExpression pruning,
      MemoryBudget budget,
      ScanStatistics statistics) {
    this.bytes = bytes;
    this.footer = footer;
    this.columns = columns;
    this.fields = fields;
    this.budget = budget;
    this.statistics = statistics;
    this.schema = schema;
    this.pruning = pruning;
  }

  /**
   * Opens a file: reads its tail.
   *
   * @param lengthBytes the file's length, as its manifest entry states it
   * @param rowCount likewise; a file of more rows is damaged
   * @param requests the wanted columns, in output order; may be empty
   * @param schema the table's schema, against which {@code pruning} is (or will be) bound
   * @param pruning stripes without a row that satisfies it may be left out
   * @param mapping ids for fields that carry none
   * @param budget counts the buffers of open morsels
   */
  public static OrcScanner open(
      ObjectStore store,
      String location,
      long lengthBytes,
      long rowCount,
      List<ColumnRequest> requests,
      Schema schema,
      Expression pruning,
      @Nullable NameMapping mapping,
      MemoryBudget budget) {
    ScanStatistics statistics = new ScanStatistics();
    FileBytes bytes = new FileBytes(store, location, lengthBytes, statistics::addRead);
    try (ReadMemory memory = new ReadMemory(budget, location)) {
      OrcFooter footer = OrcFooter.read(bytes, memory);
      if (footer.rowCount() > rowCount) {
        throw CorruptOrc.error(
            location,
            "it holds "
                + footer.rowCount()
                + " rows, more than the "
                + rowCount
                + " that its manifest tells");
      }
      return new OrcScanner(
          bytes,
          footer,
          new OrcFields(footer.root(), mapping),
          requests.stream().map(ColumnRequest::field).toList(),
          schema,
          new PruningExpression(pruning, schema),
          budget,
          statistics);
    }
  }

  /**
   * Refuses a file that lacks a wanted column although there must be values in it.
   *
   * @param holdsValues whether the file's manifest tells of values other than null, by field id
   */
  public void expectColumns(IntPredicate holdsValues) {
    new ExpectedFields(footer.location(), columns, holdsValues).check(fields, footer.root());
  }

  @Override
  public List<Morsel> morsels() {
    List<Morsel> morsels = new ArrayList<>();
    StripePruner statisticsOfStripes = pruner();
    for (OrcFooter.Stripe stripe : footer.stripes()) {
      if (stripe.rowCount() > 0 && statisticsOfStripes.mayMatch(stripe.ordinal())) {
        long end = stripe.firstRow() + stripe.rowCount();
        morsels.add(
            new Morsel(stripe.ordinal(), List.of(new Morsel.RowRange(stripe.firstRow(), end))));
      }
    }
    statistics.addRowGroups(footer.stripes().size(), footer.stripes().size() - morsels.size());
    return morsels;
  }

  private synchronized StripePruner pruner() {
    StripePruner known = pruner;
    if (known == null) {
      Set<Integer> ids = new HashSet<>(pruning.fieldIds());
      fields.forEach(field -> ids.add(field.fieldId()));
      List<Types.NestedField> asked =
          pruning.isTrivial() && footer.stripes().size() <= 1
              ? List.of()
              : schema.columns().stream().filter(field -> ids.contains(field.fieldId())).toList();
      try (ReadMemory memory = new ReadMemory(budget, footer.location())) {
        known = StripePruner.read(bytes, footer, columns, asked, pruning, memory);
      }
      pruner = known;
    }
    return known;
  }

  @Override
  public BatchReader read(Morsel morsel) {
    return new StripeReader(
        bytes,
        footer,
        columns,
        footer.stripes().get(morsel.rowGroup()),
        fields,
        new ReadMemory(budget, footer.location()));
  }

  @Override
  public @Nullable LongBounds bounds(int rowGroup, Types.NestedField field) {
    return pruner().bounds(rowGroup, field.fieldId());
  }

  @Override
  public ScanStatistics statistics() {
    return statistics;
  }

  /** Ends the use of the file; its readers hold the memory. */
  @Override
  public void close() {}
}
