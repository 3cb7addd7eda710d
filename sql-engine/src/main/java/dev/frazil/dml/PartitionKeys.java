package dev.frazil.dml;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** Keys that tell the partition of a {@link VectorRow}. */
final class PartitionKeys {
  private PartitionKeys() {}

  /**
   * A key of a spec over rows with these columns. In format version 1 a field that was dropped
   * stays in the spec, as void; its column may be gone, and is null behind all others.
   */
  static PartitionKey of(PartitionSpec spec, Schema schema) {
    List<Types.NestedField> columns = new ArrayList<>(schema.columns());
    for (PartitionField field : spec.fields()) {
      int id = field.sourceId();
      if (schema.findField(id) == null
          && columns.stream().noneMatch(each -> each.fieldId() == id)) {
        columns.add(
            Types.NestedField.optional(id, "dropped column " + id, Types.BooleanType.get()));
      }
    }
    return new PartitionKey(
        spec, columns.size() == schema.columns().size() ? schema : new Schema(columns));
  }
}
