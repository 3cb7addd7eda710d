package dev.frazil.engine;

import dev.frazil.catalog.TableBranch;
import dev.frazil.plan.TableResolver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;

/** Remembers the tables that were found through it. One thread. */
final class WatchedTables implements TableResolver {
  private final TableResolver tables;
  private final Map<TableIdentifier, Table> found = new HashMap<>();
  private final Map<TableIdentifier, ViewMetadata> foundViews = new HashMap<>();
  private final Set<TableIdentifier> missingBranches = new HashSet<>();
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

  /** Branches that were looked for and are not there. */
  Set<TableIdentifier> missingBranches() {
    return missingBranches;
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
  public Map<String, String> properties(Namespace schema) {
    listed = true;
    return tables.properties(schema);
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
    if (table.isPresent()) {
      found.put(identifier, table.get());
    } else if (TableBranch.isBranch(identifier)) {
      missingBranches.add(identifier);
    }
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
