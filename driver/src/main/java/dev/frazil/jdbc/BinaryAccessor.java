package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import java.util.HexFormat;

/** Varbinary and fixed; as text in lower-case hexadecimal. */
record BinaryAccessor(SqlType type) implements ColumnAccessor {
  @Override
  public Object toObject(ColumnVector vector, int row) {
    return toBytes(vector, row);
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return HexFormat.of().formatHex(toBytes(vector, row));
  }

  @Override
  public byte[] toBytes(ColumnVector vector, int row) {
    return ByteCells.bytes(vector, row);
  }
}
