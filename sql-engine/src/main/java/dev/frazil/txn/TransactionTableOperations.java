package dev.frazil.txn;

import dev.frazil.catalog.TableLocations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * The metadata of one table while a transaction changes it: commits of Iceberg's updates land in
 * memory only. One thread at a time.
 */
final class TransactionTableOperations implements TableOperations {
  private final FileIO io;
  private TableMetadata current;

  TransactionTableOperations(FileIO io, TableMetadata start) {
    this.io = io;
    this.current = start;
  }

  /** Starts over from what another commit made of the table. */
  void restartFrom(TableMetadata base) {
    this.current = base;
  }

  @Override
  public TableMetadata current() {
    return current;
  }

  @Override
  public TableMetadata refresh() {
    return current;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Iceberg's contract: the very object that was handed out
  public void commit(TableMetadata base, TableMetadata metadata) {
    if (base != current) {
      throw new CommitFailedException("the table changed within the transaction");
    }
    current = metadata;
  }

  @Override
  public FileIO io() {
    return io;
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
