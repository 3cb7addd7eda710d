package dev.frazil.parquet.write;

import java.util.List;
import org.apache.iceberg.types.Type.PrimitiveType;
import org.apache.parquet.format.SchemaElement;

/**
 * A leaf of the schema that is written.
 *
 * @param ordinal among all leaves
 * @param path names from below the root
 */
record LeafColumn(
    int ordinal,
    int fieldId,
    List<String> path,
    PrimitiveType type,
    SchemaElement element,
    int maxDefinition,
    int maxRepetition) {

  boolean repeated() {
    return maxRepetition > 0;
  }

  String name() {
    return String.join(".", path);
  }
}
