package dev.frazil.orc;

import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Finds Iceberg fields in a struct: by field id; a field without one by the table's name mapping;
 * in a file that has no ids at all, and without a mapping, by name. Immutable. Source: Iceberg
 * spec, "Column Projection" and "Name Mapping Serialization".
 */
final class OrcFields {
  private final @Nullable NameMapping mapping;
  private final boolean hasIds;

  OrcFields(OrcType root, @Nullable NameMapping mapping) {
    this.mapping = mapping;
    this.hasIds = root.hasIds();
  }

  /** Whether the file was written for an Iceberg table. */
  boolean hasIds() {
    return hasIds;
  }

  /** The type of the wanted field; null where the struct has none. */
  @Nullable OrcType find(OrcType struct, Types.NestedField wanted) {
    for (OrcType field : struct.children()) {
      if (isWanted(field, wanted)) {
        return field;
      }
    }
    return null;
  }

  private boolean isWanted(OrcType field, Types.NestedField wanted) {
    Integer id = field.fieldId();
    if (id != null) {
      return id == wanted.fieldId();
    }
    if (mapping == null) {
      return !hasIds && field.name().equals(wanted.name());
    }
    MappedField mapped = mapping.find(wanted.fieldId());
    return mapped != null && mapped.names().contains(field.name());
  }
}
