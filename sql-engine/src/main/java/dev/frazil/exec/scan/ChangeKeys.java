package dev.frazil.exec.scan;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.RowType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.StructVector;
import java.util.ArrayList;
import java.util.List;

/** Columns as keys: maps, which are none, as rows of an array of keys and one of values. */
final class ChangeKeys {
  private ChangeKeys() {}

  static SqlType type(SqlType type) {
    if (type instanceof MapType map) {
      return new RowType(
          List.of(
              new Field("key", new ArrayType(type(map.key()))),
              new Field("value", new ArrayType(type(map.value())))));
    } else if (type instanceof ArrayType array) {
      return new ArrayType(type(array.element()));
    } else if (type instanceof RowType row) {
      return new RowType(
          row.fields().stream().map(field -> new Field(field.name(), type(field.type()))).toList());
    }
    return type;
  }

  static ColumnVector key(ColumnVector column) {
    if (column instanceof MapVector map) {
      RowType type = (RowType) type(map.type());
      return new StructVector(
          type,
          map.rowCount(),
          List.of(
              list(type.fields().get(0).type(), map, key(map.keys())),
              list(type.fields().get(1).type(), map, key(map.mapValues()))),
          map.nulls());
    } else if (column instanceof ListVector list) {
      return new ListVector(
          type(list.type()), list.rowCount(), list.offsets(), key(list.elements()), list.nulls());
    } else if (column instanceof StructVector struct) {
      List<ColumnVector> fields = new ArrayList<>();
      struct.fields().forEach(field -> fields.add(key(field)));
      return new StructVector(type(struct.type()), struct.rowCount(), fields, struct.nulls());
    }
    return column;
  }

  private static ListVector list(SqlType type, MapVector map, ColumnVector elements) {
    return new ListVector(type, map.rowCount(), map.offsets(), elements, map.nulls());
  }
}
