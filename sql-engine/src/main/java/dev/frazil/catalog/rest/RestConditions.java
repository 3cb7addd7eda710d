package dev.frazil.catalog.rest;

import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.TablePointer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What a commit relies on, looked at right before it is sent: a server takes no conditions on other
 * tables. Stateless.
 */
final class RestConditions {
  private RestConditions() {}

  /** Whether a change changes nothing, and only says what must hold. */
  static boolean isCondition(RootChange change) {
    return change instanceof RootChange.Unmoved
        || change instanceof RootChange.Named
        || change instanceof RootChange.Unnamed
        || change instanceof RootChange.NamedSchema
        || change instanceof RootChange.Listed
        || change instanceof RootChange.LeaveQueue;
  }

  /** Why a change can no longer be made; empty where it can. */
  static Optional<String> moved(RootChange change, DatabaseRoot now) {
    if (change instanceof RootChange.Unmoved unmoved) {
      return unmoved(now, unmoved.identifier(), unmoved.expectedMetadataLocation());
    } else if (change instanceof RootChange.ReplaceRelation replace) {
      return unmoved(now, replace.identifier(), replace.expectedMetadataLocation());
    } else if (change instanceof RootChange.Named named) {
      return named(now, named.identifier(), named.uuid());
    } else if (change instanceof RootChange.DropRelation drop) {
      return named(now, drop.identifier(), drop.uuid());
    } else if (change instanceof RootChange.CreateRelation create) {
      return now.namespaces().containsKey(create.identifier().namespace())
          ? named(now, create.identifier(), null)
          : Optional.of("the schema " + create.identifier().namespace() + " was dropped");
    } else if (change instanceof RootChange.Unnamed unnamed) {
      return unnamed(now, unnamed.uuid());
    } else if (change instanceof RootChange.NamedSchema schema) {
      return now.namespaces().containsKey(schema.namespace()) == schema.there()
          ? Optional.empty()
          : Optional.of("the schema " + schema.namespace() + " was created or dropped");
    } else if (change instanceof RootChange.Listed listed) {
      return listed(now, listed);
    } else if (change instanceof RootChange.CreateNamespace create) {
      return now.namespaces().containsKey(create.namespace())
          ? Optional.of("the schema " + create.namespace() + " was created")
          : Optional.empty();
    } else if (change instanceof RootChange.DropNamespace drop) {
      return now.namespaces().containsKey(drop.namespace())
          ? Optional.empty()
          : Optional.of("the schema " + drop.namespace() + " was dropped");
    } else if (change instanceof RootChange.ReplaceProperties replace) {
      return replace.expected().equals(now.namespaces().get(replace.namespace()))
          ? Optional.empty()
          : Optional.of("the schema " + replace.namespace() + " was changed or dropped");
    }
    return Optional.empty();
  }

  private static Optional<String> unmoved(
      DatabaseRoot now, TableIdentifier identifier, String expectedMetadataLocation) {
    TablePointer there = now.relations().get(identifier);
    if (there == null) {
      return Optional.of(identifier + " was dropped");
    }
    return there.metadataLocation().equals(expectedMetadataLocation)
        ? Optional.empty()
        : Optional.of("another commit changed " + identifier);
  }

  private static Optional<String> named(
      DatabaseRoot now, TableIdentifier identifier, @Nullable String uuid) {
    TablePointer there = now.relations().get(identifier);
    if (Objects.equals(uuid, there == null ? null : there.uuid())) {
      return Optional.empty();
    }
    return Optional.of(
        identifier + (uuid == null ? " was created" : " was dropped or created again"));
  }

  private static Optional<String> unnamed(DatabaseRoot now, String uuid) {
    return now.relations().entrySet().stream()
        .filter(there -> there.getValue().uuid().equals(uuid))
        .findFirst()
        .map(there -> "the table was given the name " + there.getKey());
  }

  private static Optional<String> listed(DatabaseRoot now, RootChange.Listed listed) {
    boolean same =
        listed.namespaces().equals(now.namespaces().keySet())
            && listed.uuids().keySet().equals(now.relations().keySet());
    if (same) {
      for (Map.Entry<TableIdentifier, String> each : listed.uuids().entrySet()) {
        TablePointer there = now.relations().get(each.getKey());
        same &= there != null && there.uuid().equals(each.getValue());
      }
    }
    return same
        ? Optional.empty()
        : Optional.of("tables or schemas, which were listed, were created or dropped");
  }
}
