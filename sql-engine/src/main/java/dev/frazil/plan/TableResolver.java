package dev.frazil.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/** What the planner asks of the session: names to tables, at the transaction's read point. */
public interface TableResolver {

  /** The namespace where unqualified names live. */
  Namespace currentSchema();

  /** What the text calls this database in front of names of schemas; null for nothing. */
  default @Nullable String catalogName() {
    return null;
  }

  /** All namespaces. */
  List<Namespace> schemas();

  /** The properties of a namespace, its comment among them; empty where it does not exist. */
  default Map<String, String> properties(Namespace schema) {
    return Map.of();
  }

  /** The tables of a namespace; empty where it does not exist. */
  List<TableIdentifier> tables(Namespace schema);

  /** The table, own uncommitted changes included; empty where there is none. Exact names. */
  Optional<Table> load(TableIdentifier identifier);

  /** The views of a namespace; empty where it does not exist. */
  default List<TableIdentifier> views(Namespace schema) {
    return List.of();
  }

  /** The view, own uncommitted changes included; empty where there is none. Exact names. */
  default Optional<ViewMetadata> view(TableIdentifier identifier) {
    return Optional.empty();
  }
}
