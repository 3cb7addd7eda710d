package dev.frazil.avro;

import dev.frazil.memory.MemoryBudget;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.parquet.BatchReader;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.parquet.DataFileScanner;
import dev.frazil.parquet.LongBounds;
import dev.frazil.parquet.Morsel;
import dev.frazil.parquet.ScanStatistics;
import dev.frazil.storage.ObjectStore;
import java.util.List;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns of one Avro file. Its rows are one morsel: where a block begins, and with which
 * row, only the blocks before it tell. Immutable and thread-safe. Errors: XX001 not an Avro file or
 * a damaged one, 0A000 a codec or a union that is not read, 53200, and what {@link ObjectStore}
 * throws.
 */
public final class AvroScanner implements DataFileScanner {
  private final ObjectStore store;
  private final String location;
  private final long lengthBytes;
  private final long rowCount;
  private final List<Types.NestedField> fields;
  private final @Nullable NameMapping mapping;
  private final MemoryBudget budget;
  private final ScanStatistics statistics = new ScanStatistics();

  /**
   * @param lengthBytes the file's length, as its manifest entry states it
   * @param rowCount likewise
   * @param requests the wanted columns, in output order; may be empty
   * @param mapping ids for fields that carry none
   * @param budget counts the buffers of open morsels
   */
  public AvroScanner(
      ObjectStore store,
      String location,
      long lengthBytes,
      long rowCount,
      List<ColumnRequest> requests,
      @Nullable NameMapping mapping,
      MemoryBudget budget) {
    this.store = store;
    this.location = location;
    this.lengthBytes = lengthBytes;
    this.rowCount = rowCount;
    this.fields = requests.stream().map(ColumnRequest::field).toList();
    this.mapping = mapping;
    this.budget = budget;
  }

  @Override
  public List<Morsel> morsels() {
    return rowCount <= 0
        ? List.of()
        : List.of(new Morsel(0, List.of(new Morsel.RowRange(0, rowCount))));
  }

  @Override
  public BatchReader read(Morsel morsel) {
    MemoryReservation memory = budget.buffers().open("reading " + location);
    AvroBytes bytes = new AvroBytes(store, location, lengthBytes, statistics::addRead, memory);
    return new AvroBatchReader(bytes, location, rowCount, fields, mapping, memory);
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
