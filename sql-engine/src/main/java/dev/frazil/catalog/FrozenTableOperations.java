package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table as a statement reads it: never moves, cannot be committed to. Immutable.
 *
 * @param io metadata and manifests
 * @param current what the table is
 */
public record FrozenTableOperations(FileIO io, TableMetadata current) implements TableOperations {

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
