package dev.frazil.catalog.rest;

import dev.frazil.catalog.MapOnDemand;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.jspecify.annotations.Nullable;

/** The schemas of one read point, with their properties. */
final class RestSchemas extends MapOnDemand<Namespace, Map<String, String>> {
  private final RestResources resources;

  RestSchemas(RestResources resources) {
    this.resources = resources;
  }

  @Override
  protected Optional<Map<String, String>> find(Namespace schema) {
    return resources.namespace(schema);
  }

  @Override
  protected Collection<Namespace> list() {
    return resources.namespaces();
  }

  @Override
  protected @Nullable Namespace key(Object object) {
    return object instanceof Namespace schema ? schema : null;
  }
}
