package dev.frazil.dml;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.StructVector;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Refuses nulls (23502) in required fields, nested ones included. */
final class NotNullCheck {
  private final String table;
  private final List<Types.NestedField> columns;

  NotNullCheck(String table, List<Types.NestedField> columns) {
    this.table = table;
    this.columns = columns;
  }

  /** Looks at the rows alive of a batch whose columns are those of the table. */
  void check(RowBatch batch) {
    for (int i = 0; i < columns.size(); i++) {
      Types.NestedField field = columns.get(i);
      ColumnVector vector = batch.column(i);
      if (field.isRequired()) {
        refuseNull(field.name(), vector, batch.selection());
      }
      if (needsDescent(field.type())) {
        SelectionVector selection = batch.selection();
        for (int k = 0; k < batch.selectedCount(); k++) {
          int row = selection == null ? k : selection.positions()[k];
          checkNested(field.name(), field.type(), vector, row);
        }
      }
    }
  }

  private void refuseNull(String name, ColumnVector vector, @Nullable SelectionVector selection) {
    boolean[] nulls = vector.nulls();
    if (nulls == null) {
      return;
    }
    int count = selection == null ? vector.rowCount() : selection.count();
    for (int k = 0; k < count; k++) {
      if (nulls[selection == null ? k : selection.positions()[k]]) {
        throw violation(name);
      }
    }
  }

  private EngineException violation(String name) {
    return new EngineException(
        SqlState.NOT_NULL_VIOLATION,
        "the column '"
            + name
            + "' of table "
            + table
            + " is NOT NULL, but a row has null there; give it a value");
  }

  /** Whether a field somewhere below the type is required. Map keys always are. */
  private static boolean needsDescent(Type type) {
    if (type.isPrimitiveType() || !type.isNestedType()) {
      return false;
    }
    for (Types.NestedField child : type.asNestedType().fields()) {
      if (child.isRequired() || needsDescent(child.type())) {
        return true;
      }
    }
    return false;
  }

  private void checkNested(String path, Type type, ColumnVector vector, int row) {
    if (vector.isNull(row) || !type.isNestedType()) {
      return;
    }
    if (vector instanceof StructVector struct) {
      List<Types.NestedField> fields = type.asStructType().fields();
      for (int i = 0; i < fields.size(); i++) {
        checkField(path + "." + fields.get(i).name(), fields.get(i), struct.fields().get(i), row);
      }
    } else if (vector instanceof ListVector list) {
      Types.NestedField element = type.asListType().fields().get(0);
      for (int i = list.offsets()[row]; i < list.offsets()[row + 1]; i++) {
        checkField(path + ".element", element, list.elements(), i);
      }
    } else if (vector instanceof MapVector map) {
      List<Types.NestedField> fields = type.asMapType().fields();
      for (int i = map.offsets()[row]; i < map.offsets()[row + 1]; i++) {
        checkField(path + ".key", fields.get(0), map.keys(), i);
        checkField(path + ".value", fields.get(1), map.mapValues(), i);
      }
    }
  }

  private void checkField(String path, Types.NestedField field, ColumnVector vector, int row) {
    if (field.isRequired() && vector.isNull(row)) {
      throw violation(path);
    }
    checkNested(path, field.type(), vector, row);
  }
}
