package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table as a statement reads it: never moves, cannot be committed to. Immutable.
 *
 * @param io metadata and manifests
 * @param current what the table is
 * @param committedSequenceNumber commits after this one are those of the transaction that reads,
 *     and may get other sequence numbers and row ids when it commits
 */
public record FrozenTableOperations(FileIO io, TableMetadata current, long committedSequenceNumber)
    implements TableOperations {

  /** A table that was committed as it is. */
  public FrozenTableOperations(FileIO io, TableMetadata current) {
    this(io, current, Long.MAX_VALUE);
  }

  /** Whether a file of the table is there for others to see, so that its rows have their ids. */
  public static boolean isCommitted(Table table, DataFile file) {
    Long sequenceNumber = file.dataSequenceNumber();
    return !(table instanceof HasTableOperations own)
        || !(own.operations() instanceof FrozenTableOperations frozen)
        || (sequenceNumber != null && sequenceNumber <= frozen.committedSequenceNumber);
  }

  @Override
  public TableMetadata refresh() {
    return current;
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    throw new EngineException(
        SqlState.READ_ONLY_TRANSACTION,
        "this view of the table at "
            + current.location()
            + " is read-only: a table is changed through its transaction");
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return TableLocations.metadataFile(current, fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return TableLocations.provider(current);
  }
}
