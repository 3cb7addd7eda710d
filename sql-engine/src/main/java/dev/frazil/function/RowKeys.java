package dev.frazil.function;

import dev.frazil.error.EngineException;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.VectorBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Several values as one key. */
final class RowKeys {
  private RowKeys() {}

  static void define(Definitions library) {
    AggregateParts.define(library);
    defineRow(library);
    if (library.has("row_key")) {
      library
          .function("any, any... -> varbinary", RowKeys::append)
          .is(
              "What COUNT(DISTINCT a, b) counts: bytes that are equal where all values are; null"
                  + " if one is.")
          .example("row_key(1, 'a') = row_key(1, 'a')", "true")
          .example("row_key('a', 'bc') = row_key('ab', 'c')", "false")
          .example(
              "(SELECT count(DISTINCT a, b) FROM (VALUES (1, 'x'), (1, 'x'), (1, NULL), (2, 'x'))"
                  + " t(a, b))",
              "2");
    }
  }

  private static void defineRow(Definitions library) {
    if (library.has("row_bytes")) {
      library
          .function("any, any... -> varbinary", RowKeys::append)
          .is("What COUNT(DISTINCT (a, b)) counts: as row_key, with nulls that are equal.")
          .takesNulls()
          .example("row_bytes(1, NULL) = row_bytes(1, NULL)", "true")
          .example(
              "(SELECT count(DISTINCT (a, b)) FROM (VALUES (1, 'x'), (1, 'x'), (1, NULL), (1, NULL))"
                  + " t(a, b))",
              "2");
    }
  }

  private static void append(Arguments in, VectorBuilder out) {
    out.appendBytes(bytes(in));
  }

  /** All arguments of a row, nulls among them. */
  static byte[] bytes(Arguments in) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    for (int i = 0; i < in.count(); i++) {
      if (in.isNull(i)) {
        key.writeBytes(ByteBuffer.allocate(4).putInt(-1).array());
        continue;
      }
      byte[] value = bytes(in, i);
      key.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
      key.writeBytes(value);
      FunctionErrors.checkLength(key.size(), "row_key");
    }
    return key.toByteArray();
  }

  /** Values that are equal have equal bytes: one zero, one NaN. */
  private static byte[] bytes(Arguments in, int index) {
    ColumnVector vector = in.vector(index);
    int row = in.row();
    if (vector instanceof BooleanVector) {
      return new byte[] {(byte) (in.bool(index) ? 1 : 0)};
    } else if (vector instanceof IntVector || vector instanceof LongVector) {
      return ByteBuffer.allocate(8).putLong(in.integer(index)).array();
    } else if (vector instanceof DoubleVector || vector instanceof FloatVector) {
      double number = in.number(index);
      return ByteBuffer.allocate(8).putDouble(number == 0 ? 0 : canonical(number)).array();
    } else if (vector instanceof Int128Vector wide) {
      return ByteBuffer.allocate(16).putLong(wide.high()[row]).putLong(wide.low()[row]).array();
    } else if (vector instanceof ListVector
        || vector instanceof MapVector
        || vector instanceof StructVector) {
      throw EngineException.unsupported(
          "a key of several values with a value of type " + vector.type().sqlName());
    }
    return in.bytes(index);
  }

  private static double canonical(double number) {
    return Double.isNaN(number) ? Double.NaN : number;
  }
}
