package dev.frazil.avro;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Finds Iceberg fields in a record: by field id; a field without one by the table's name mapping;
 * in a file that has no ids at all, and without a mapping, by name. Immutable. Source: Iceberg
 * spec, "Column Projection" and "Name Mapping Serialization".
 */
final class AvroFields {
  private static final String FIELD_ID = "field-id";

  private final @Nullable NameMapping mapping;
  private final boolean byName;

  AvroFields(Schema file, @Nullable NameMapping mapping) {
    this.mapping = mapping;
    this.byName = mapping == null && !hasIds(file, 0);
  }

  /** The position in the record of the wanted field; negative where there is none. */
  int position(Schema record, Types.NestedField wanted) {
    List<Schema.Field> fields = record.getFields();
    for (int i = 0; i < fields.size(); i++) {
      if (isWanted(fields.get(i), wanted)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isWanted(Schema.Field field, Types.NestedField wanted) {
    if (field.getObjectProp(FIELD_ID) instanceof Number id) {
      return id.longValue() == wanted.fieldId();
    }
    if (byName) {
      return field.name().equals(wanted.name());
    }
    MappedField mapped = mapping == null ? null : mapping.find(wanted.fieldId());
    return mapped != null && mapped.names().contains(field.name());
  }

  private static boolean hasIds(Schema schema, int depth) {
    if (depth > AvroSkip.MAX_DEPTH) {
      return false;
    }
    return switch (schema.getType()) {
      case RECORD ->
          schema.getFields().stream()
              .anyMatch(
                  field ->
                      field.getObjectProp(FIELD_ID) instanceof Number
                          || hasIds(field.schema(), depth + 1));
      case UNION -> schema.getTypes().stream().anyMatch(branch -> hasIds(branch, depth + 1));
      case ARRAY -> hasIds(schema.getElementType(), depth + 1);
      case MAP -> hasIds(schema.getValueType(), depth + 1);
      case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, BYTES, STRING, FIXED, ENUM -> false;
    };
  }
}
