package dev.frazil.exec.scan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.TableHandle;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.StructVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column that equality deletes compare: one of the table, or a field within rows (Iceberg spec,
 * "Equality Delete Files"). Values are equal as Iceberg's own reader has it: NaN is equal to NaN,
 * and the two zeros are not equal.
 *
 * @param column of the table, with nothing in it but the way to the field
 * @param path the places of the field within rows; empty for the column itself
 * @param leaf the type that is compared
 */
record KeyColumn(Types.NestedField column, List<Integer> path, Type leaf) {

  /**
   * The column of that id, in the schema or, if it was dropped since, in an older one.
   *
   * <p>Errors: 0A000 for a field within a list or a map, XX001 where there never was one.
   */
  static KeyColumn of(TableHandle table, Schema schema, int fieldId) {
    if (schema.asStruct().field(fieldId) == null) {
      KeyColumn nested = nested(schema, fieldId);
      if (nested != null) {
        return nested;
      }
      for (Schema older : table.table().schemas().values()) {
        nested = older.asStruct().field(fieldId) == null ? nested(older, fieldId) : null;
        if (nested != null) {
          return nested;
        }
      }
    }
    Types.NestedField column = ScanFiles.field(table, schema, fieldId);
    return new KeyColumn(column, List.of(), column.type());
  }

  private static @Nullable KeyColumn nested(Schema schema, int fieldId) {
    if (schema.findField(fieldId) == null) {
      return null;
    }
    Types.NestedField column = TypeUtil.select(schema, Set.of(fieldId)).columns().get(0);
    List<Integer> path = new ArrayList<>();
    Types.NestedField field = column;
    while (field.fieldId() != fieldId) {
      if (!field.type().isStructType()) {
        throw EngineException.unsupported(
            "an equality delete by a field within the list or map " + column.name());
      }
      path.add(0);
      field = field.type().asStructType().fields().get(0);
    }
    return new KeyColumn(column, path, field.type());
  }

  boolean isNested() {
    return !path.isEmpty();
  }

  /** The type of the values that are compared. */
  SqlType comparedType() {
    if (leaf.typeId() == Type.TypeID.DOUBLE) {
      return Primitive.BIGINT;
    }
    return leaf.typeId() == Type.TypeID.FLOAT ? Primitive.INTEGER : TypeMapping.toSql(leaf);
  }

  /** The values to compare in the rows of a column. */
  ColumnVector compared(ColumnVector rows) {
    ColumnVector values = rows;
    for (int place : path) {
      values = ((StructVector) values).fields().get(place);
    }
    if (values instanceof DoubleVector doubles) {
      long[] bits = new long[doubles.rowCount()];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Double.doubleToLongBits(doubles.values()[i]);
      }
      return new LongVector(Primitive.BIGINT, bits.length, bits, doubles.nulls());
    } else if (values instanceof FloatVector floats) {
      int[] bits = new int[floats.rowCount()];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Float.floatToIntBits(floats.values()[i]);
      }
      return new IntVector(Primitive.INTEGER, bits.length, bits, floats.nulls());
    }
    return values;
  }
}
