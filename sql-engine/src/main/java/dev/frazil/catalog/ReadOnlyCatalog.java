package dev.frazil.catalog;

import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.BaseMetastoreCatalog;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** A {@link HadoopFolderCatalog} as a standard Iceberg catalog: every write is 0A000. */
final class ReadOnlyCatalog extends BaseMetastoreCatalog {
  private final HadoopFolderCatalog database;

  ReadOnlyCatalog(HadoopFolderCatalog database) {
    this.database = database;
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    return new BaseTable(newTableOps(identifier), identifier.toString());
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    TableMetadata metadata =
        database
            .load(identifier)
            .orElseThrow(() -> new NoSuchTableException("Table does not exist: %s", identifier));
    return new FrozenTableOperations(database.io(), metadata);
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    return database.snapshot().root().relations().keySet().stream()
        .filter(identifier -> identifier.namespace().equals(namespace))
        .sorted(Comparator.comparing(TableIdentifier::name))
        .toList();
  }

  @Override
  public TableBuilder buildTable(TableIdentifier identifier, org.apache.iceberg.Schema schema) {
    throw database.readOnlyFailure();
  }

  @Override
  public Table registerTable(TableIdentifier identifier, String metadataFileLocation) {
    throw database.readOnlyFailure();
  }

  @Override
  protected String defaultWarehouseLocation(TableIdentifier identifier) {
    throw database.readOnlyFailure();
  }

  @Override
  public boolean dropTable(TableIdentifier identifier, boolean purge) {
    throw database.readOnlyFailure();
  }

  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    throw database.readOnlyFailure();
  }
}
