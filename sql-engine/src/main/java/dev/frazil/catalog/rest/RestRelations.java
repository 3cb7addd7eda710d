package dev.frazil.catalog.rest;

import dev.frazil.catalog.RelationsOnDemand;
import dev.frazil.catalog.TablePointer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** The tables and views of one read point. Each is as it was when it was first asked for. */
final class RestRelations extends RelationsOnDemand {
  private final RestResources resources;
  private final RestViews views;
  private final Map<Namespace, Map<String, String>> schemas;
  private final Map<TablePointer.Kind, List<TableIdentifier>> names =
      new EnumMap<>(TablePointer.Kind.class);

  RestRelations(
      RestResources resources, RestViews views, Map<Namespace, Map<String, String>> schemas) {
    this.resources = resources;
    this.views = views;
    this.schemas = schemas;
  }

  @Override
  protected Optional<TablePointer> find(TableIdentifier identifier) {
    if (identifier.namespace().isEmpty()) {
      return Optional.empty();
    }
    Optional<TablePointer> table = resources.table(identifier).map(RestRelations::pointer);
    return table.isPresent() ? table : views.pointer(identifier);
  }

  static TablePointer pointer(LoadedTable table) {
    return new TablePointer(TablePointer.Kind.TABLE, table.location(), table.metadata().uuid());
  }

  @Override
  protected Collection<TableIdentifier> list() {
    List<TableIdentifier> all = new ArrayList<>();
    for (TablePointer.Kind kind : TablePointer.Kind.values()) {
      all.addAll(names(kind));
    }
    return all;
  }

  @Override
  public synchronized Collection<TableIdentifier> names(TablePointer.Kind kind) {
    return names.computeIfAbsent(
        kind, wanted -> List.copyOf(resources.names(wanted, schemas.keySet())));
  }
}
