package dev.frazil.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * One change of the root. Each says what must hold in the root that it is applied to; where that no
 * longer holds, another commit came first.
 */
public sealed interface RootChange {

  /** Applies the change, or says why it no longer can be. */
  Optional<String> applyTo(DatabaseRoot.Draft draft);

  /** A new name in an existing namespace. */
  record CreateRelation(TableIdentifier identifier, TablePointer pointer) implements RootChange {
    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      if (!draft.namespaces().containsKey(identifier.namespace())) {
        return Optional.of("the schema " + identifier.namespace() + " was dropped");
      }
      TablePointer there = draft.relations().putIfAbsent(identifier, pointer);
      return there == null
          ? Optional.empty()
          : Optional.of("the " + there.kind().label() + " " + identifier + " was created");
    }
  }

  /** New metadata for a name whose metadata is the expected one. */
  record ReplaceRelation(
      TableIdentifier identifier, String expectedMetadataLocation, TablePointer pointer)
      implements RootChange {
    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      Optional<String> moved = unmoved(draft, identifier, expectedMetadataLocation);
      if (moved.isEmpty()) {
        draft.relations().put(identifier, pointer);
      }
      return moved;
    }
  }

  /** Takes a name away, whatever was committed to that very table meanwhile. */
  record DropRelation(TableIdentifier identifier, String uuid) implements RootChange {
    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      TablePointer there = draft.relations().get(identifier);
      if (there == null || !there.uuid().equals(uuid)) {
        return Optional.of(identifier + " was dropped or created again");
      }
      draft.relations().remove(identifier);
      return Optional.empty();
    }
  }

  /** A new namespace. */
  record CreateNamespace(Namespace namespace, Map<String, String> properties)
      implements RootChange {
    public CreateNamespace {
      properties = Map.copyOf(properties);
      DatabaseRootFormat.requireReadable(namespace, properties);
    }

    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      return draft.namespaces().putIfAbsent(namespace, properties) == null
          ? Optional.empty()
          : Optional.of("the schema " + namespace + " was created");
    }
  }

  /** Takes a namespace away that holds nothing. */
  record DropNamespace(Namespace namespace) implements RootChange {
    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      if (draft.relations().keySet().stream()
          .anyMatch(identifier -> identifier.namespace().equals(namespace))) {
        return Optional.of("a table was created in the schema " + namespace);
      }
      return draft.namespaces().remove(namespace) == null
          ? Optional.of("the schema " + namespace + " was dropped")
          : Optional.empty();
    }
  }

  /** New properties for a namespace whose properties are the expected ones. */
  record ReplaceProperties(
      Namespace namespace, Map<String, String> expected, Map<String, String> properties)
      implements RootChange {
    public ReplaceProperties {
      expected = Map.copyOf(expected);
      properties = Map.copyOf(properties);
      DatabaseRootFormat.requireReadable(namespace, properties);
    }

    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      if (!expected.equals(draft.namespaces().get(namespace))) {
        return Optional.of("the schema " + namespace + " was changed or dropped");
      }
      draft.namespaces().put(namespace, properties);
      return Optional.empty();
    }
  }

  /**
   * Puts all schemas, tables and views in the place of those that are there, which must be the
   * expected ones.
   */
  record ReplaceAll(
      Map<Namespace, Map<String, String>> expectedNamespaces,
      Map<TableIdentifier, TablePointer> expectedRelations,
      Map<Namespace, Map<String, String>> namespaces,
      Map<TableIdentifier, TablePointer> relations)
      implements RootChange {
    public ReplaceAll {
      expectedNamespaces = Map.copyOf(expectedNamespaces);
      expectedRelations = Map.copyOf(expectedRelations);
      namespaces = Map.copyOf(namespaces);
      relations = Map.copyOf(relations);
    }

    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      if (!draft.namespaces().equals(expectedNamespaces)
          || !draft.relations().equals(expectedRelations)) {
        return Optional.of("another commit changed the database");
      }
      draft.namespaces().clear();
      draft.namespaces().putAll(namespaces);
      draft.relations().clear();
      draft.relations().putAll(relations);
      return Optional.empty();
    }
  }

  /** Changes nothing: the metadata of a table that was only read must be the expected one. */
  record Unmoved(TableIdentifier identifier, String expectedMetadataLocation)
      implements RootChange {
    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      return unmoved(draft, identifier, expectedMetadataLocation);
    }
  }

  /**
   * Changes nothing: a name that was looked up must still belong to the same table.
   *
   * @param uuid of what had the name; null where nothing had it
   */
  record Named(TableIdentifier identifier, @Nullable String uuid) implements RootChange {
    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      TablePointer there = draft.relations().get(identifier);
      if (Objects.equals(uuid, there == null ? null : there.uuid())) {
        return Optional.empty();
      }
      return Optional.of(
          identifier + (uuid == null ? " was created" : " was dropped or created again"));
    }
  }

  /** Changes nothing: a table that is to be given a name must not have one. */
  record Unnamed(String uuid) implements RootChange {
    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      return draft.relations().entrySet().stream()
          .filter(there -> there.getValue().uuid().equals(uuid))
          .findFirst()
          .map(there -> "the table was given the name " + there.getKey());
    }
  }

  /** Changes nothing: a schema that was looked up must be there as before, or not. */
  record NamedSchema(Namespace namespace, boolean there) implements RootChange {
    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      if (draft.namespaces().containsKey(namespace) == there) {
        return Optional.empty();
      }
      return Optional.of("the schema " + namespace + (there ? " was dropped" : " was created"));
    }
  }

  /** Changes nothing: there must be the same schemas and tables, which were listed. */
  record Listed(Set<Namespace> namespaces, Map<TableIdentifier, String> uuids)
      implements RootChange {
    public Listed {
      namespaces = Set.copyOf(namespaces);
      uuids = Map.copyOf(uuids);
    }

    /** What a root holds. */
    public static Listed of(DatabaseRoot root) {
      Map<TableIdentifier, String> uuids = new HashMap<>();
      root.relations().forEach((identifier, pointer) -> uuids.put(identifier, pointer.uuid()));
      return new Listed(root.namespaces().keySet(), uuids);
    }

    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      boolean same =
          namespaces.equals(draft.namespaces().keySet())
              && uuids.size() == draft.relations().size()
              && draft.relations().entrySet().stream()
                  .allMatch(there -> there.getValue().uuid().equals(uuids.get(there.getKey())));
      return same
          ? Optional.empty()
          : Optional.of("tables or schemas, which were listed, were created or dropped");
    }
  }

  /**
   * Takes a place in the queue of the tables' writers, behind those whose claims the writer saw.
   * Whoever finds others has to look again before it tries again: many that came at once would keep
   * the one in front from its commit until the last of them stands in the queue.
   */
  record JoinQueue(TableClaim claim, List<TableClaim> seen) implements RootChange {
    public JoinQueue {
      seen = List.copyOf(seen);
    }

    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      if (!draft.claims().equals(seen)) {
        return Optional.of("others took or left a place in the queue");
      }
      draft.claims().add(claim);
      return Optional.empty();
    }
  }

  /**
   * Gives up a place in the queue, and removes others' whose time has run out. An edit that holds
   * it waits for those who are in front.
   *
   * @param own the place of the writer, null if it has none
   * @param tables what the writer waits for
   */
  record LeaveQueue(@Nullable String own, Set<TableIdentifier> tables, Set<String> expired)
      implements RootChange {
    public LeaveQueue {
      tables = Set.copyOf(tables);
      expired = Set.copyOf(expired);
    }

    @Override
    public Optional<String> applyTo(DatabaseRoot.Draft draft) {
      draft.claims().removeIf(there -> there.id().equals(own) || expired.contains(there.id()));
      return Optional.empty();
    }
  }

  private static Optional<String> unmoved(
      DatabaseRoot.Draft draft, TableIdentifier identifier, String expectedMetadataLocation) {
    TablePointer there = draft.relations().get(identifier);
    if (there == null) {
      return Optional.of(identifier + " was dropped");
    }
    return there.metadataLocation().equals(expectedMetadataLocation)
        ? Optional.empty()
        : Optional.of("another commit changed " + identifier);
  }
}
