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
import dev.frazil.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
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

  private OrcScanner(
      FileBytes bytes,
      OrcFooter footer,
      OrcFields columns,
      List<Types.NestedField> fields,
      MemoryBudget budget,
      ScanStatistics statistics) {
    this.bytes = bytes;
    this.footer = footer;
    this.columns = columns;
    this.fields = fields;
    this.budget = budget;
    this.statistics = statistics;
  }

  /**
   * Opens a file: reads its tail.
   *
   * @param lengthBytes the file's length, as its manifest entry states it
   * @param rowCount likewise; a file of more rows is damaged
   * @param requests the wanted columns, in output order; may be empty
   * @param mapping ids for fields that carry none
   * @param budget counts the buffers of open morsels
   */
  public static OrcScanner open(
      ObjectStore store,
      String location,
      long lengthBytes,
      long rowCount,
      List<ColumnRequest> requests,
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
          budget,
          statistics);
    }
  }

  @Override
  public List<Morsel> morsels() {
    List<Morsel> morsels = new ArrayList<>();
    for (OrcFooter.Stripe stripe : footer.stripes()) {
      if (stripe.rowCount() > 0) {
        long end = stripe.firstRow() + stripe.rowCount();
        morsels.add(
            new Morsel(stripe.ordinal(), List.of(new Morsel.RowRange(stripe.firstRow(), end))));
      }
    }
    return morsels;
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
    return null;
  }

  @Override
  public ScanStatistics statistics() {
    return statistics;
  }

  /** Ends the use of the file; its readers hold the memory. */
  @Override
  public void close() {}
}
