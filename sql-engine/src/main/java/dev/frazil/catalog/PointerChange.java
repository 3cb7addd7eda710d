package dev.frazil.catalog;

import java.util.Map;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** One change of a {@link PointerStore}, with what must hold at that very moment. */
public sealed interface PointerChange {

  /** A new name, which must be free, for tables and for views. */
  record Create(TableIdentifier identifier, StoredPointer pointer) implements PointerChange {}

  /** New metadata for a name whose metadata is the expected one. */
  record Replace(TableIdentifier identifier, String expected, StoredPointer pointer)
      implements PointerChange {}

  /** Takes a name away whose metadata is the expected one. */
  record Drop(TableIdentifier identifier, StoredPointer expected) implements PointerChange {}

  /** Another name, which must be free, for what has the expected metadata. */
  record Rename(TableIdentifier from, TableIdentifier to, StoredPointer expected)
      implements PointerChange {}

  /** Changes nothing: the metadata of a name must be the expected one. */
  record Stay(TableIdentifier identifier, StoredPointer expected) implements PointerChange {}

  /** A new schema. */
  record CreateNamespace(Namespace namespace, Map<String, String> properties)
      implements PointerChange {
    public CreateNamespace {
      properties = Map.copyOf(properties);
    }
  }

  /** Takes a schema away that holds nothing. */
  record DropNamespace(Namespace namespace) implements PointerChange {}

  /** New properties for a schema whose properties are the expected ones. */
  record ReplaceProperties(
      Namespace namespace, Map<String, String> expected, Map<String, String> properties)
      implements PointerChange {
    public ReplaceProperties {
      expected = Map.copyOf(expected);
      properties = Map.copyOf(properties);
    }
  }
}
