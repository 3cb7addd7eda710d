package dev.frazil.parquet.write;

import java.util.List;
import org.apache.iceberg.types.Type.PrimitiveType;
import org.apache.parquet.format.SchemaElement;

/**
 * A leaf of the schema that is written.
 *
 * @param ordinal among all leaves
 * @param path names from below the root
 * @param part which part of its field it is
 */
record LeafColumn(
    int ordinal,
    int fieldId,
    List<String> path,
    PrimitiveType type,
    SchemaElement element,
    int maxDefinition,
    int maxRepetition,
    Part part) {

  /** A field has one leaf, but a variant two, of which the first counts its values. */
  enum Part {
    WHOLE,
    VARIANT_METADATA,
    VARIANT_VALUE
  }

  boolean repeated() {
    return maxRepetition > 0;
  }

  String name() {
    return String.join(".", path);
  }
}
