package dev.frazil.catalog;

import java.util.Map;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * What a {@link PointerStore} holds at a time. Of a catalog that is asked for each table alone, the
 * maps are {@link OnDemandMap}s, and each entry is of the moment when it was first asked for.
 *
 * @param namespaces with their properties
 * @param relations tables and views
 */
public record PointerView(
    Map<Namespace, Map<String, String>> namespaces,
    Map<TableIdentifier, StoredPointer> relations) {}
