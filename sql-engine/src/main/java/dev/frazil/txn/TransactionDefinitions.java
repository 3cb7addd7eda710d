package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.TableBranch;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The schemas, tables and views of the database as they are within a transaction, its own changes
 * included, and their creation, replacement, renaming and dropping. Rows are changed by {@link
 * RowChanges}, the definition of a table that stays by {@link Transaction#update}.
 *
 * <p>Errors: 25000 after the transaction's end, 25006 a change although read-only, 3F000, 42P01,
 * 42P06, 42P07, 2BP01, 0A000 where the catalog cannot do it, or not together with what was done
 * before.
 */
public final class TransactionDefinitions {
  private final Transaction transaction;
  private final DatabaseCatalog catalog;
  private final TransactionTables tables;

  TransactionDefinitions(
      Transaction transaction, DatabaseCatalog catalog, TransactionTables tables) {
    this.transaction = transaction;
    this.catalog = catalog;
    this.tables = tables;
  }

  /** All schemas, sorted by name. */
  public List<Namespace> schemas() {
    transaction.open();
    return tables.schemas().list();
  }

  /** The tables of a schema, sorted by name; empty without such a schema. */
  public List<TableIdentifier> tables(Namespace schema) {
    return tables(table -> table.namespace().equals(schema));
  }

  /** The tables that satisfy a test, sorted by schema and name. */
  public List<TableIdentifier> tables(Predicate<TableIdentifier> wanted) {
    transaction.open();
    return tables.tables(wanted);
  }

  /** Creates a schema; 42P06 where it exists. */
  public void createSchema(Namespace schema) {
    createSchema(schema, Map.of());
  }

  /** As above, with properties. */
  public void createSchema(Namespace schema, Map<String, String> properties) {
    transaction.writable();
    SingleChange.require(catalog, tables, null);
    tables.schemas().create(schema, properties);
  }

  /** The properties of a schema; none where it does not exist. */
  public Map<String, String> schemaProperties(Namespace schema) {
    transaction.open();
    return tables.schemas().properties(schema);
  }

  /** Gives a schema other properties; 3F000. Conflicts with every other change of these. */
  public void changeSchema(Namespace schema, Map<String, String> properties) {
    transaction.writable();
    SingleChange.require(catalog, tables, null);
    tables.schemas().change(schema, properties);
  }

  /** Drops an empty schema; 3F000 where there is none, 2BP01 where it holds tables. */
  public void dropSchema(Namespace schema) {
    transaction.writable();
    SingleChange.require(catalog, tables, null);
    tables.dropSchema(schema);
  }

  /** Creates a table, visible to others with the commit; 3F000, 42P07. */
  public Table createTable(
      TableIdentifier identifier,
      Schema schema,
      PartitionSpec spec,
      SortOrder sortOrder,
      Map<String, String> properties) {
    return createTable(identifier, schema, spec, sortOrder, properties, null);
  }

  /**
   * As above, in a folder that the caller chose.
   *
   * @param location null for a folder of the database's choice
   */
  public Table createTable(
      TableIdentifier identifier,
      Schema schema,
      PartitionSpec spec,
      SortOrder sortOrder,
      Map<String, String> properties,
      @Nullable String location) {
    transaction.writable();
    tables.requireFree(identifier);
    SingleChange.require(catalog, tables, null);
    String folder =
        location == null
            ? catalog.newTableLocation(identifier)
            : catalog.chosenTableLocation(location);
    tables.create(
        identifier,
        TableMetadata.newTableMetadata(
            schema, spec, sortOrder, folder, MaintenanceSettings.withDefault(properties)));
    return transaction.load(identifier).orElseThrow();
  }

  /**
   * Makes a table anew: its identity and its snapshots stay, its rows go. Conflicts with every
   * concurrent change of its rows or of its definition.
   *
   * @param replacement what becomes of its metadata
   */
  public Table replaceTable(TableIdentifier identifier, UnaryOperator<TableMetadata> replacement) {
    TableWork work = transaction.work(identifier);
    BranchWork rows = work.branch(TableBranch.branch(identifier));
    rows.makeExclusive();
    rows.relyOnPartitioning();
    work.run(catalog, () -> new TableReplacement(work.operations(), replacement));
    return transaction.load(identifier).orElseThrow();
  }

  /**
   * Takes a table that stands already, given by its metadata file, into the database under a new
   * name; 3F000, 42P07, XX001 for a file that is not metadata, 55000 for a table that the database
   * has.
   */
  public Table registerTable(TableIdentifier identifier, String metadataLocation) {
    transaction.writable();
    tables.requireFree(identifier);
    SingleChange.require(catalog, tables, null);
    tables.register(identifier, metadataLocation);
    return transaction.load(identifier).orElseThrow();
  }

  /**
   * Makes a table over the files of one of another database, in a folder of its own; 3F000, 42P07.
   * What it is made of is not its own, so that no maintenance deletes it ({@code gc.enabled}).
   */
  public Table snapshotTable(TableIdentifier identifier, TableMetadata source) {
    transaction.writable();
    tables.requireFree(identifier);
    SingleChange.require(catalog, tables, null);
    tables.adopt(identifier, TableSnapshot.metadata(source, catalog.newTableLocation(identifier)));
    return transaction.load(identifier).orElseThrow();
  }

  /** Drops a table; its files stay until maintenance finds that nothing points to them. */
  public void dropTable(TableIdentifier identifier) {
    transaction.requireChangeable(identifier);
    SingleChange.requireAlone(catalog, tables, identifier);
    tables.drop(identifier);
  }

  /**
   * Takes back that this transaction dropped a table, which is then as others know it.
   *
   * @param committedName as others know it, whatever its case
   * @return false if it has dropped none of that name
   */
  public boolean undrop(TableIdentifier committedName, TableIdentifier name) {
    transaction.writable();
    return tables.undrop(committedName, name);
  }

  /** The views as they are now within this transaction. */
  public TransactionViews views() {
    transaction.open();
    return tables.views();
  }

  /** As {@link #views}, to change them. */
  public TransactionViews changedViews() {
    transaction.writable();
    return tables.views();
  }

  /** Gives a table another name, also in another schema; 42P01, 3F000, 42P07. */
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    transaction.writable();
    SingleChange.requireNames(catalog, tables);
    tables.rename(from, to);
  }

  /** The identities of the tables and views of others that a commit would drop. */
  public Set<String> droppedRelations() {
    Set<String> uuids = new HashSet<>();
    for (RootChange change : tables.definitionChanges()) {
      if (change instanceof RootChange.DropRelation drop) {
        uuids.add(drop.uuid());
      }
    }
    // What is only renamed is dropped under one name and made under another.
    tables.changedTables().forEach(work -> uuids.remove(work.operations().current().uuid()));
    return uuids;
  }
}
