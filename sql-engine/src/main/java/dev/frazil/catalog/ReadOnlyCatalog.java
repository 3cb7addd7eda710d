package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.iceberg.BaseMetastoreCatalog;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** A database as a standard Iceberg catalog that refuses every write. */
final class ReadOnlyCatalog extends BaseMetastoreCatalog {
  private final DatabaseCatalog database;
  private final Supplier<EngineException> refusal;

  /**
   * @param refusal makes what a write throws
   */
  ReadOnlyCatalog(DatabaseCatalog database, Supplier<EngineException> refusal) {
    this.database = database;
    this.refusal = refusal;
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    return new BaseTable(newTableOps(identifier), identifier.toString());
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    TableMetadata metadata =
        database
            .snapshot()
            .root()
            .table(identifier)
            .map(pointer -> database.metadata(identifier, pointer))
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
    throw refusal.get();
  }

  @Override
  public Table registerTable(TableIdentifier identifier, String metadataFileLocation) {
    throw refusal.get();
  }

  @Override
  protected String defaultWarehouseLocation(TableIdentifier identifier) {
    throw refusal.get();
  }

  @Override
  public boolean dropTable(TableIdentifier identifier, boolean purge) {
    throw refusal.get();
  }

  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    throw refusal.get();
  }
}
