package dev.frazil.orc;

import java.util.List;
import java.util.function.IntPredicate;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * Columns that a file must have, as its manifest counts values in them. A footer has no checksum,
 * and with one damaged field id a whole column would read as null.
 *
 * @param location of the file
 * @param holdsValues whether the manifest tells of values other than null, by field id
 */
record ExpectedFields(String location, OrcFields fields, IntPredicate holdsValues) {

  /** Looks for fields and what is nested in them: {@code XX001} for one that is gone. */
  void check(List<Types.NestedField> wanted, OrcType struct) {
    if (!fields.hasIds() || struct.kind() != OrcType.Kind.STRUCT) {
      return;
    }
    for (Types.NestedField field : wanted) {
      OrcType found = fields.find(struct, field);
      if (found != null) {
        checkWithin(field.type(), found);
      } else if (holds(field)) {
        throw CorruptOrc.error(
            location,
            "it lacks the column "
                + field.name()
                + " (field id "
                + field.fieldId()
                + "), of which its manifest counts values");
      }
    }
  }

  private void checkWithin(Type type, OrcType stored) {
    if (type.isStructType()) {
      check(type.asStructType().fields(), stored);
    } else if (type.isListType() && stored.kind() == OrcType.Kind.LIST) {
      checkWithin(type.asListType().elementType(), stored.children().get(0));
    } else if (type.isMapType() && stored.kind() == OrcType.Kind.MAP) {
      checkWithin(type.asMapType().keyType(), stored.children().get(0));
      checkWithin(type.asMapType().valueType(), stored.children().get(1));
    }
  }

  private boolean holds(Types.NestedField field) {
    return holdsValues.test(field.fieldId())
        || (field.type().isNestedType()
            && TypeUtil.getProjectedIds(field.type()).stream().anyMatch(holdsValues::test));
  }
}
