package dev.frazil.txn;

import dev.frazil.catalog.TableLocations;
import dev.frazil.error.EngineException;
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
record FrozenTableOperations(FileIO io, TableMetadata current) implements TableOperations {

  @Override
  public TableMetadata refresh() {
    return current;
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    throw EngineException.internal("a table is changed through its transaction only");
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
