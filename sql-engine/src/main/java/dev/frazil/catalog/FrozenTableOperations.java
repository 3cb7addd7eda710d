package dev.frazil.catalog;

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
public record FrozenTableOperations(FileIO io, TableMetadata current) implements TableOperations {

  @Override
  public TableMetadata refresh() {
    return current;
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    throw EngineException.internal(
        "a frozen table cannot be committed to; change it through its transaction");
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
