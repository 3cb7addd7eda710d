package dev.frazil.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * One version of the root, told by what it changed: enough to go back to the one before. Immutable.
 *
 * @param version its number
 * @param madeAtMillis when it was made, by the clock of its writer, but never before the one before
 * @param commitId of the commit that made it
 * @param relations the tables and views that it changed, with their pointers of before; null for
 *     those that were not there
 * @param namespaces the schemas that it changed, with their properties of before; null for those
 *     that were not there
 */
public record RootVersion(
    long version,
    long madeAtMillis,
    String commitId,
    Map<TableIdentifier, @Nullable TablePointer> relations,
    Map<Namespace, @Nullable Map<String, String>> namespaces) {

  public RootVersion {
    relations = Collections.unmodifiableMap(new LinkedHashMap<>(relations));
    namespaces = Collections.unmodifiableMap(new LinkedHashMap<>(namespaces));
  }

  /** What a swap changes. */
  static RootVersion of(DatabaseRoot before, DatabaseRoot.Draft after, String id, long atMillis) {
    return new RootVersion(
        before.version() + 1,
        atMillis,
        id,
        changed(before.relations(), after.relations()),
        changed(before.namespaces(), after.namespaces()));
  }

  private static <K, V> Map<K, @Nullable V> changed(Map<K, V> before, Map<K, V> after) {
    Map<K, @Nullable V> changed = new LinkedHashMap<>();
    before.forEach(
        (key, value) -> {
          if (!value.equals(after.get(key))) {
            changed.put(key, value);
          }
        });
    after.forEach(
        (key, value) -> {
          if (!before.containsKey(key)) {
            changed.put(key, null);
          }
        });
    return changed;
  }

  /** Whether it changed anything but the queue of writers. */
  public boolean changesDatabase() {
    return !relations.isEmpty() || !namespaces.isEmpty();
  }

  /**
   * What it changed, in words: {@code created main.t; changed main.u}.
   *
   * @param after the tables and views that it left
   */
  public String text(Map<TableIdentifier, TablePointer> after) {
    List<String> words = new ArrayList<>();
    namespaces.forEach(
        (namespace, before) ->
            words.add(
                (before == null ? "created" : "changed or dropped") + " schema " + namespace));
    Map<String, TableIdentifier> names = new HashMap<>();
    relations
        .keySet()
        .forEach(
            name -> {
              TablePointer now = after.get(name);
              if (now != null) {
                names.put(now.uuid(), name);
              }
            });
    Map<String, TableIdentifier> namesBefore = new HashMap<>();
    relations.forEach(
        (name, before) -> {
          if (before != null) {
            namesBefore.put(before.uuid(), name);
          }
        });
    relations.forEach(
        (name, before) -> {
          TablePointer now = after.get(name);
          if (before != null && !names.containsKey(before.uuid())) {
            words.add("dropped " + name);
          }
          if (now == null) {
            return;
          }
          TableIdentifier old = namesBefore.get(now.uuid());
          if (old == null) {
            words.add("created " + name);
          } else {
            words.add(old.equals(name) ? "changed " + name : "renamed " + old + " to " + name);
          }
        });
    if (version == 1) {
      words.add("created the database");
    }
    return String.join("; ", words);
  }

  /** How much room it takes. */
  int changes() {
    return relations.size() + namespaces.size();
  }

  /** Turns what it made into what was before. */
  void undo(
      Map<TableIdentifier, TablePointer> relationsNow,
      Map<Namespace, Map<String, String>> namespacesNow) {
    putBack(relations, relationsNow);
    putBack(namespaces, namespacesNow);
  }

  private static <K, V> void putBack(Map<K, @Nullable V> changed, Map<K, V> now) {
    changed.forEach(
        (key, value) -> {
          if (value == null) {
            now.remove(key);
          } else {
            now.put(key, Objects.requireNonNull(value));
          }
        });
  }
}
