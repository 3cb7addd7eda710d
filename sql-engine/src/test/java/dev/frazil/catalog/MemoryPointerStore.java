package dev.frazil.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A model of a server that keeps pointers, in memory: what several {@link PointerDatabase}s of one
 * test talk to. Thread-safe.
 */
public final class MemoryPointerStore implements PointerStore {
  private final Map<Namespace, Map<String, String>> namespaces = new HashMap<>();
  private final Map<TableIdentifier, StoredPointer> relations = new HashMap<>();
  private final int changesTogether;
  private final boolean onDemand;

  /**
   * @param onDemand whether names are asked for one by one, as of a server with many tables
   */
  public MemoryPointerStore(int changesTogether, boolean onDemand) {
    this.changesTogether = changesTogether;
    this.onDemand = onDemand;
    namespaces.put(DatabaseRoot.MAIN, Map.of());
  }

  @Override
  public String description() {
    return "a catalog in memory";
  }

  @Override
  public synchronized PointerView view() {
    if (!onDemand) {
      return new PointerView(Map.copyOf(namespaces), Map.copyOf(relations));
    }
    return new PointerView(
        new OnDemandMap<>(this::namespace, this::allNamespaces),
        new OnDemandMap<>(this::relation, this::allRelations));
  }

  private synchronized Optional<Map<String, String>> namespace(Namespace namespace) {
    return Optional.ofNullable(namespaces.get(namespace));
  }

  private synchronized Optional<StoredPointer> relation(TableIdentifier identifier) {
    return Optional.ofNullable(relations.get(identifier));
  }

  private synchronized Map<Namespace, Map<String, String>> allNamespaces() {
    return Map.copyOf(namespaces);
  }

  private synchronized Map<TableIdentifier, StoredPointer> allRelations() {
    return Map.copyOf(relations);
  }

  @Override
  public synchronized SwapOutcome swap(List<PointerChange> changes) {
    if (changes.size() > changesTogether) {
      throw new AssertionError(changes.size() + " changes at once");
    }
    Map<Namespace, Map<String, String>> schemas = new HashMap<>(namespaces);
    Map<TableIdentifier, StoredPointer> tables = new HashMap<>(relations);
    for (PointerChange change : changes) {
      if (!apply(change, schemas, tables)) {
        return new SwapOutcome.Refused(change + " does not fit");
      }
    }
    namespaces.clear();
    namespaces.putAll(schemas);
    relations.clear();
    relations.putAll(tables);
    return new SwapOutcome.Landed();
  }

  private static boolean apply(
      PointerChange change,
      Map<Namespace, Map<String, String>> schemas,
      Map<TableIdentifier, StoredPointer> tables) {
    if (change instanceof PointerChange.Create create) {
      return tables.putIfAbsent(create.identifier(), create.pointer()) == null;
    } else if (change instanceof PointerChange.Replace replace) {
      return tables.replace(
          replace.identifier(),
          new StoredPointer(replace.pointer().kind(), replace.expected()),
          replace.pointer());
    } else if (change instanceof PointerChange.Drop drop) {
      return tables.remove(drop.identifier(), drop.expected());
    } else if (change instanceof PointerChange.Stay stay) {
      return stay.expected().equals(tables.get(stay.identifier()));
    } else if (change instanceof PointerChange.Rename rename) {
      return tables.remove(rename.from(), rename.expected())
          && tables.putIfAbsent(rename.to(), rename.expected()) == null;
    } else if (change instanceof PointerChange.CreateNamespace create) {
      return schemas.putIfAbsent(create.namespace(), create.properties()) == null;
    } else if (change instanceof PointerChange.DropNamespace drop) {
      return tables.keySet().stream().noneMatch(table -> table.namespace().equals(drop.namespace()))
          && schemas.remove(drop.namespace()) != null;
    } else if (change instanceof PointerChange.ReplaceProperties replace) {
      return schemas.replace(replace.namespace(), replace.expected(), replace.properties());
    }
    throw new AssertionError(change);
  }

  @Override
  public int changesTogether() {
    return changesTogether;
  }

  @Override
  public boolean renames() {
    return true;
  }

  @Override
  public boolean holdsViews() {
    return true;
  }

  @Override
  public void prepareWrite() {}

  @Override
  public void close() {}
}
