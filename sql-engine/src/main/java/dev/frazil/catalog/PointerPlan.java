package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What an edit asks of a {@link PointerStore}, given what that holds.
 *
 * @param moved what no longer holds of that on which the edit relies
 * @param changes to be made in one step
 */
record PointerPlan(Optional<String> moved, List<PointerChange> changes) {

  /** 0A000 for an edit that the store cannot make in one step. */
  static PointerPlan of(
      RootEdit edit, DatabaseRoot now, PointerStore pointers, Set<CommitGuard> disabled) {
    DatabaseRoot.Draft draft = draft(edit, now);
    Draft changes = new Draft();
    for (RootChange change : edit.changes()) {
      if (isDisabled(change, disabled)) {
        changes.add(change, draft, true);
        continue;
      }
      changes.note(change, draft);
      Optional<String> moved = change.applyTo(draft);
      if (moved.isPresent()) {
        return new PointerPlan(moved, List.of());
      }
      changes.add(change, draft, false);
    }
    return new PointerPlan(Optional.empty(), changes.finish(pointers));
  }

  /** Whether sending it twice can change nothing twice, whatever others do in between. */
  boolean isGuarded() {
    return changes.stream()
        .anyMatch(
            change ->
                change instanceof PointerChange.Replace
                    || change instanceof PointerChange.Drop
                    || change instanceof PointerChange.Rename);
  }

  private static boolean isDisabled(RootChange change, Set<CommitGuard> disabled) {
    boolean condition =
        change instanceof RootChange.Unmoved
            || change instanceof RootChange.Named
            || change instanceof RootChange.Listed;
    return (condition && disabled.contains(CommitGuard.POINTERS))
        || (change instanceof RootChange.ReplaceRelation
            && disabled.contains(CommitGuard.CONDITION));
  }

  /** Of what the edit is about alone, unless it is about everything. */
  private static DatabaseRoot.Draft draft(RootEdit edit, DatabaseRoot now) {
    if (edit.changes().stream().anyMatch(PointerPlan::isAboutAll)) {
      return now.draft();
    }
    Map<Namespace, Map<String, String>> namespaces = new LinkedHashMap<>();
    Map<TableIdentifier, TablePointer> relations = new LinkedHashMap<>();
    for (RootChange change : edit.changes()) {
      Namespace namespace = namespace(change);
      if (namespace != null) {
        Map<String, String> properties = now.namespaces().get(namespace);
        if (properties != null) {
          namespaces.put(namespace, properties);
        }
      }
      TableIdentifier identifier = identifier(change);
      if (identifier != null) {
        now.pointer(identifier).ifPresent(pointer -> relations.put(identifier, pointer));
      }
    }
    return new DatabaseRoot.Draft(namespaces, relations, new ArrayList<>());
  }

  private static boolean isAboutAll(RootChange change) {
    return change instanceof RootChange.Unnamed
        || change instanceof RootChange.Listed
        || change instanceof RootChange.DropNamespace
        || change instanceof RootChange.ReplaceAll;
  }

  private static @Nullable Namespace namespace(RootChange change) {
    if (change instanceof RootChange.CreateRelation create) {
      return create.identifier().namespace();
    } else if (change instanceof RootChange.CreateNamespace create) {
      return create.namespace();
    } else if (change instanceof RootChange.ReplaceProperties replace) {
      return replace.namespace();
    } else if (change instanceof RootChange.NamedSchema named) {
      return named.namespace();
    }
    return null;
  }

  private static @Nullable TableIdentifier identifier(RootChange change) {
    if (change instanceof RootChange.CreateRelation create) {
      return create.identifier();
    } else if (change instanceof RootChange.ReplaceRelation replace) {
      return replace.identifier();
    } else if (change instanceof RootChange.DropRelation drop) {
      return drop.identifier();
    } else if (change instanceof RootChange.Unmoved unmoved) {
      return unmoved.identifier();
    } else if (change instanceof RootChange.Named named) {
      return named.identifier();
    }
    return null;
  }

  /** The changes as they come together. */
  private static final class Draft {
    private final Map<TableIdentifier, PointerChange.Create> created = new LinkedHashMap<>();
    private final Map<TableIdentifier, StoredPointer> dropped = new LinkedHashMap<>();
    private final Map<TableIdentifier, StoredPointer> relied = new LinkedHashMap<>();
    private final List<PointerChange> others = new ArrayList<>();

    /** Before it is applied: what a drop or a condition finds. */
    void note(RootChange change, DatabaseRoot.Draft draft) {
      TableIdentifier identifier = identifier(change);
      TablePointer there = identifier == null ? null : draft.relations().get(identifier);
      if (identifier == null || there == null) {
        return;
      }
      if (change instanceof RootChange.DropRelation) {
        dropped.put(identifier, stored(there));
      } else if (change instanceof RootChange.Unmoved || change instanceof RootChange.Named) {
        relied.putIfAbsent(identifier, stored(there));
      }
    }

    /**
     * @param overThere whether to replace what is there, whatever it is: only in a test
     */
    void add(RootChange change, DatabaseRoot.Draft draft, boolean overThere) {
      if (change instanceof RootChange.CreateRelation create) {
        created.put(
            create.identifier(),
            new PointerChange.Create(create.identifier(), stored(create.pointer())));
      } else if (change instanceof RootChange.ReplaceRelation replace) {
        TablePointer there = draft.relations().get(replace.identifier());
        String expected =
            overThere && there != null
                ? there.metadataLocation()
                : replace.expectedMetadataLocation();
        others.add(
            new PointerChange.Replace(replace.identifier(), expected, stored(replace.pointer())));
      } else if (change instanceof RootChange.CreateNamespace create) {
        others.add(new PointerChange.CreateNamespace(create.namespace(), create.properties()));
      } else if (change instanceof RootChange.DropNamespace drop) {
        others.add(new PointerChange.DropNamespace(drop.namespace()));
      } else if (change instanceof RootChange.ReplaceProperties replace) {
        others.add(
            new PointerChange.ReplaceProperties(
                replace.namespace(), replace.expected(), replace.properties()));
      } else if (change instanceof RootChange.ReplaceAll) {
        throw EngineException.unsupported("RESTORE DATABASE in a catalog without a root");
      }
    }

    private static StoredPointer stored(TablePointer pointer) {
      return new StoredPointer(pointer.kind(), pointer.metadataLocation());
    }

    List<PointerChange> finish(PointerStore pointers) {
      List<PointerChange> changes = new ArrayList<>();
      dropped.forEach(
          (from, expected) -> {
            Optional<PointerChange.Create> renamed =
                created.values().stream()
                    .filter(create -> create.pointer().equals(expected))
                    .findFirst();
            if (renamed.isPresent()) {
              TableIdentifier to = renamed.get().identifier();
              created.remove(to);
              changes.add(new PointerChange.Rename(from, to, expected));
            } else {
              changes.add(new PointerChange.Drop(from, expected));
            }
          });
      others.stream()
          .filter(change -> change instanceof PointerChange.CreateNamespace)
          .forEach(changes::add);
      changes.addAll(created.values());
      others.stream()
          .filter(change -> !(change instanceof PointerChange.CreateNamespace))
          .forEach(changes::add);
      if (changes.isEmpty()) {
        return changes;
      }
      if (changes.size() > pointers.changesTogether()) {
        throw EngineException.unsupported(
            "a commit of "
                + changes.size()
                + " changes of tables or schemas in "
                + pointers.description()
                + ", which makes "
                + pointers.changesTogether()
                + " in one step,");
      }
      if (pointers.changesTogether() > 1) {
        Set<TableIdentifier> own = new HashSet<>(dropped.keySet());
        others.forEach(
            change -> {
              if (change instanceof PointerChange.Replace replace) {
                own.add(replace.identifier());
              }
            });
        relied.forEach(
            (identifier, expected) -> {
              if (!own.contains(identifier)) {
                changes.add(new PointerChange.Stay(identifier, expected));
              }
            });
      }
      return changes;
    }
  }
}
