package dev.frazil.txn;

import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.SchemaName;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;

/**
 * The schemas that one transaction sees: those of its snapshot, with what it made and dropped.
 * Errors: 3F000, 42P06. One thread at a time.
 */
final class TransactionSchemas {
  private final DatabaseRoot root;
  private final Map<Namespace, Map<String, String>> created = new LinkedHashMap<>();
  private final Map<Namespace, Map<String, String>> changed = new LinkedHashMap<>();
  private final Set<Namespace> dropped = new LinkedHashSet<>();

  TransactionSchemas(DatabaseRoot root) {
    this.root = root;
  }

  /** All schemas, sorted by name. */
  List<Namespace> list() {
    Set<Namespace> schemas = new LinkedHashSet<>(root.namespaces().keySet());
    schemas.removeAll(dropped);
    schemas.addAll(created.keySet());
    return schemas.stream().sorted(Comparator.comparing(SchemaName::text)).toList();
  }

  private boolean has(Namespace schema) {
    return created.containsKey(schema)
        || (root.namespaces().containsKey(schema) && !dropped.contains(schema));
  }

  /** Whether this transaction made or dropped a schema of that name. */
  boolean own(Namespace schema) {
    return created.containsKey(schema) || dropped.contains(schema);
  }

  void create(Namespace schema, Map<String, String> properties) {
    if (has(schema)) {
      throw new EngineException(
          SqlState.DUPLICATE_SCHEMA, "the schema " + schema + " exists already");
    }
    if (dropped.remove(schema)) {
      change(schema, properties);
    } else {
      created.put(schema, Map.copyOf(properties));
    }
  }

  /** The properties of a schema; none where it does not exist. */
  Map<String, String> properties(Namespace schema) {
    if (!has(schema)) {
      return Map.of();
    }
    Map<String, String> own = created.getOrDefault(schema, changed.get(schema));
    return own != null ? own : root.namespaces().getOrDefault(schema, Map.of());
  }

  /** Gives a schema that is there other properties. */
  void change(Namespace schema, Map<String, String> properties) {
    require(schema);
    if (created.containsKey(schema)) {
      created.put(schema, Map.copyOf(properties));
    } else if (properties.equals(root.namespaces().get(schema))) {
      changed.remove(schema);
    } else {
      changed.put(schema, Map.copyOf(properties));
    }
  }

  /** Drops a schema that is there and holds nothing. */
  void drop(Namespace schema) {
    changed.remove(schema);
    if (created.remove(schema) == null) {
      dropped.add(schema);
    }
  }

  void require(Namespace schema) {
    if (!has(schema)) {
      throw new EngineException(
          SqlState.SCHEMA_NOT_FOUND,
          "the schema " + schema + " does not exist; CREATE SCHEMA makes it");
    }
  }

  boolean changed() {
    return !created.isEmpty() || !dropped.isEmpty() || !changed.isEmpty();
  }

  List<RootChange> changes() {
    List<RootChange> changes = new ArrayList<>();
    dropped.forEach(schema -> changes.add(new RootChange.DropNamespace(schema)));
    created.forEach(
        (schema, properties) -> changes.add(new RootChange.CreateNamespace(schema, properties)));
    changed.forEach(
        (schema, properties) ->
            changes.add(
                new RootChange.ReplaceProperties(
                    schema, root.namespaces().getOrDefault(schema, Map.of()), properties)));
    return changes;
  }

  /** What was made, dropped and changed at one moment. */
  record Mark(
      Map<Namespace, Map<String, String>> created,
      Set<Namespace> dropped,
      Map<Namespace, Map<String, String>> changed) {}

  Mark mark() {
    return new Mark(
        new LinkedHashMap<>(created), new LinkedHashSet<>(dropped), new LinkedHashMap<>(changed));
  }

  void returnTo(Mark mark) {
    created.clear();
    created.putAll(mark.created());
    dropped.clear();
    dropped.addAll(mark.dropped());
    changed.clear();
    changed.putAll(mark.changed());
  }
}
