package dev.frazil.txn;

import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.SchemaName;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.Comparator;
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
  private final Set<Namespace> created = new LinkedHashSet<>();
  private final Set<Namespace> dropped = new LinkedHashSet<>();

  TransactionSchemas(DatabaseRoot root) {
    this.root = root;
  }

  /** All schemas, sorted by name. */
  List<Namespace> list() {
    Set<Namespace> schemas = new LinkedHashSet<>(root.namespaces().keySet());
    schemas.removeAll(dropped);
    schemas.addAll(created);
    return schemas.stream().sorted(Comparator.comparing(SchemaName::text)).toList();
  }

  private boolean has(Namespace schema) {
    return created.contains(schema)
        || (root.namespaces().containsKey(schema) && !dropped.contains(schema));
  }

  /** Whether this transaction made or dropped a schema of that name. */
  boolean own(Namespace schema) {
    return created.contains(schema) || dropped.contains(schema);
  }

  void create(Namespace schema) {
    if (has(schema)) {
      throw new EngineException(
          SqlState.DUPLICATE_SCHEMA, "the schema " + schema + " exists already");
    }
    if (!dropped.remove(schema)) {
      created.add(schema);
    }
  }

  /** Drops a schema that is there and holds nothing. */
  void drop(Namespace schema) {
    if (!created.remove(schema)) {
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
    return !created.isEmpty() || !dropped.isEmpty();
  }

  List<RootChange> changes() {
    List<RootChange> changes = new ArrayList<>();
    dropped.forEach(schema -> changes.add(new RootChange.DropNamespace(schema)));
    created.forEach(schema -> changes.add(new RootChange.CreateNamespace(schema, Map.of())));
    return changes;
  }

  /** What was made and dropped at one moment. */
  record Mark(Set<Namespace> created, Set<Namespace> dropped) {}

  Mark mark() {
    return new Mark(new LinkedHashSet<>(created), new LinkedHashSet<>(dropped));
  }

  void returnTo(Mark mark) {
    created.clear();
    created.addAll(mark.created());
    dropped.clear();
    dropped.addAll(mark.dropped());
  }
}
