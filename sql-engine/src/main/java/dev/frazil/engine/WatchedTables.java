package dev.frazil.engine;

import dev.frazil.plan.TableResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;

/** Remembers the tables that were found through it. One thread. */
final class WatchedTables implements TableResolver {
  private final TableResolver tables;
  private final Map<TableIdentifier, Table> found = new HashMap<>();
  private final Map<TableIdentifier, ViewMetadata> foundViews = new HashMap<>();
  private boolean listed;

  WatchedTables(TableResolver tables) {
    this.tables = tables;
  }

  Map<TableIdentifier, Table> found() {
    return found;
  }

  Map<TableIdentifier, ViewMetadata> foundViews() {
    return foundViews;
  }

  /** Whether somebody asked which schemas or tables there are. */
  boolean listed() {
    return listed;
  }

  @Override
  public Namespace currentSchema() {
    return tables.currentSchema();
  }

  @Override
  public List<Namespace> schemas() {
    listed = true;
    return tables.schemas();
  }

  @Override
  public List<TableIdentifier> tables(Namespace schema) {
    listed = true;
    return tables.tables(schema);
  }

  @Override
  public Optional<Table> load(TableIdentifier identifier) {
    Table known = found.get(identifier);
    if (known != null) {
      // A table that several views read is one table.
      return Optional.of(known);
    }
    Optional<Table> table = tables.load(identifier);
    table.ifPresent(present -> found.put(identifier, present));
    return table;
  }

  @Override
  public List<TableIdentifier> views(Namespace schema) {
    listed = true;
    return tables.views(schema);
  }

  @Override
  public Optional<ViewMetadata> view(TableIdentifier identifier) {
    Optional<ViewMetadata> view = tables.view(identifier);
    view.ifPresent(present -> foundViews.put(identifier, present));
    return view;
  }
}
