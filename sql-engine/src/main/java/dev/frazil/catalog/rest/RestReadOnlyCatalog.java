package dev.frazil.catalog.rest;

import dev.frazil.catalog.FrozenTableOperations;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import java.util.List;
import org.apache.iceberg.BaseMetastoreCatalog;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/**
 * A {@link RestDatabase} as a standard Iceberg catalog: every write is 0A000, since Iceberg's own
 * client of such servers is the one for that.
 */
final class RestReadOnlyCatalog extends BaseMetastoreCatalog {
  private final RestDatabase database;

  RestReadOnlyCatalog(RestDatabase database) {
    this.database = database;
  }

  @Override
  public Table loadTable(TableIdentifier identifier) {
    return new BaseTable(newTableOps(identifier), identifier.toString());
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    TablePointer pointer =
        database
            .snapshot()
            .root()
            .table(identifier)
            .orElseThrow(() -> new NoSuchTableException("Table does not exist: %s", identifier));
    return new FrozenTableOperations(database.io(), database.metadata(identifier, pointer));
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    return database.snapshot().root().names(TablePointer.Kind.TABLE).stream()
        .filter(identifier -> identifier.namespace().equals(namespace))
        .toList();
  }

  private static EngineException refused() {
    return EngineException.unsupported(
        "a change through Iceberg's Catalog in a REST catalog (Iceberg's RESTCatalog does that)");
  }

  @Override
  public TableBuilder buildTable(TableIdentifier identifier, Schema schema) {
    throw refused();
  }

  @Override
  public Table registerTable(TableIdentifier identifier, String metadataFileLocation) {
    throw refused();
  }

  @Override
  protected String defaultWarehouseLocation(TableIdentifier identifier) {
    throw refused();
  }

  @Override
  public boolean dropTable(TableIdentifier identifier, boolean purge) {
    throw refused();
  }

  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    throw refused();
  }
}
