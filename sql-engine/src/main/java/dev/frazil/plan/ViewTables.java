package dev.frazil.plan;

import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a session as the query of a view names them: unqualified names live where they did
 * when the view was made, and the catalog that it names, if it names one, is this database.
 */
record ViewTables(TableResolver tables, Namespace currentSchema, @Nullable String catalogName)
    implements TableResolver {

  @Override
  public List<Namespace> schemas() {
    return tables.schemas();
  }

  @Override
  public List<TableIdentifier> tables(Namespace schema) {
    return tables.tables(schema);
  }

  @Override
  public Optional<Table> load(TableIdentifier identifier) {
    return tables.load(identifier);
  }

  @Override
  public List<TableIdentifier> views(Namespace schema) {
    return tables.views(schema);
  }

  @Override
  public Optional<ViewMetadata> view(TableIdentifier identifier) {
    return tables.view(identifier);
  }
}
