package dev.frazil.exec.file;

import com.fasterxml.jackson.core.JsonParser;
import dev.frazil.exec.QueryContext;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import java.io.IOException;

/**
 * A column, or a part of one, that is collected from the texts of a file: a scalar from its text,
 * an array, map or row from JSON. One thread.
 */
abstract sealed class TextColumn
    permits ScalarColumn, VariantColumn, ListColumn, MapColumn, StructColumn, UnknownColumn {

  static TextColumn of(String name, SqlType type, FilePlace place, QueryContext context) {
    if (type instanceof SqlType.ArrayType array) {
      return new ListColumn(name, array, place, context);
    } else if (type instanceof SqlType.MapType map) {
      return new MapColumn(name, map, place, context);
    } else if (type instanceof SqlType.RowType row) {
      return new StructColumn(name, row, place, context);
    }
    if (type == SqlType.Primitive.VARIANT) {
      return new VariantColumn(name, place);
    }
    if (type == SqlType.Primitive.UNKNOWN) {
      return new UnknownColumn(name, place);
    }
    return new ScalarColumn(name, type, place, context);
  }

  abstract void appendNull();

  /** The value that begins at the parser's token; leaves the parser at its last token. */
  abstract void append(JsonParser parser) throws IOException;

  /** Text of a field: of an array, map or row it is JSON. */
  abstract void append(String text) throws IOException;

  /** Hands over what was collected. */
  abstract ColumnVector build();
}
