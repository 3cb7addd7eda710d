package dev.frazil.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;

/** Tables of an in-memory catalog; their data files are claims without content. */
final class FakeTables implements TableResolver {
  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private Namespace current = Namespace.of("main");

  FakeTables() {
    catalog.initialize("fake", Map.of());
    catalog.createNamespace(current);
  }

  /** Runs DDL: CREATE SCHEMA, CREATE TABLE, USE. */
  FakeTables run(String... statements) {
    for (String sql : statements) {
      PlannedStatement planned = new SqlFrontend(this).plan(sql, PlanSettings.defaults());
      if (planned instanceof PlannedStatement.CreateTable create) {
        create(create.identifier(), create.schema(), create.partitioning());
      } else if (planned instanceof PlannedStatement.CreateSchema create) {
        catalog.createNamespace(create.schema());
      } else if (planned instanceof PlannedStatement.UseSchema use) {
        current = use.schema();
      } else {
        throw new IllegalArgumentException(sql);
      }
    }
    return this;
  }

  Table create(TableIdentifier identifier, Schema schema, PartitionSpec partitioning) {
    return catalog.createTable(identifier, schema, partitioning, Map.of("format-version", "2"));
  }

  /** Claims rows. */
  Table rows(String table, long rowCount) {
    Table loaded = catalog.loadTable(TableIdentifier.of(current, table));
    DataFile file =
        DataFiles.builder(PartitionSpec.unpartitioned())
            .withPath("memory://" + table + "/" + rowCount + ".parquet")
            .withFileSizeInBytes(rowCount)
            .withRecordCount(rowCount)
            .build();
    loaded.newAppend().appendFile(file).commit();
    return loaded;
  }

  PlannedStatement plan(String sql) {
    return new SqlFrontend(this).plan(sql, PlanSettings.defaults());
  }

  @Override
  public Namespace currentSchema() {
    return current;
  }

  @Override
  public List<Namespace> schemas() {
    return catalog.listNamespaces();
  }

  @Override
  public List<TableIdentifier> tables(Namespace schema) {
    return catalog.namespaceExists(schema) ? catalog.listTables(schema) : List.of();
  }

  @Override
  public Optional<Table> load(TableIdentifier identifier) {
    return catalog.tableExists(identifier)
        ? Optional.of(catalog.loadTable(identifier))
        : Optional.empty();
  }
}
