package dev.frazil.parquet.read;

import dev.frazil.parquet.format.CorruptFile;
import dev.frazil.parquet.format.SchemaNode;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Columns that a file must have, as its manifest counts values in them. A footer has no checksum,
 * and with one damaged field id a whole column would read as null.
 *
 * @param holdsValues whether the manifest tells of values other than null, by field id
 */
public record ExpectedColumns(ColumnBinder binder, IntPredicate holdsValues) {

  /** Looks for the fields and what is nested in them: {@code XX001} for one that is gone. */
  public void check(List<Types.NestedField> fields) {
    if (binder.hasIds()) {
      fields.forEach(field -> check(field, binder.column(field)));
    }
  }

  private void check(Types.NestedField field, @Nullable SchemaNode node) {
    if (node != null) {
      checkWithin(field.type(), node);
    } else if (holds(field)) {
      throw CorruptFile.error(
          binder.footer().location(),
          "it lacks the column "
              + field.name()
              + " (field id "
              + field.fieldId()
              + "), of which its manifest counts values");
    }
  }

  private void checkWithin(Type type, SchemaNode node) {
    if (node.isLeaf()) {
      return;
    }
    switch (type.typeId()) {
      case STRUCT ->
          type.asStructType().fields().forEach(child -> check(child, binder.child(node, child)));
      case LIST ->
          checkWithin(type.asListType().elementType(), binder.element(binder.repeated(node), node));
      case MAP -> {
        List<SchemaNode> entry = binder.repeated(node).children();
        if (entry.size() == 2) {
          checkWithin(type.asMapType().keyType(), entry.get(0));
          checkWithin(type.asMapType().valueType(), entry.get(1));
        }
      }
      default -> {}
    }
  }

  private boolean holds(Types.NestedField field) {
    return holdsValues.test(field.fieldId())
        || (field.type().isNestedType()
            && TypeUtil.getProjectedIds(field.type()).stream().anyMatch(holdsValues::test));
  }
}
