package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * UUIDs: 16 bytes, big-endian.
 *
 * @param asText whether {@code getObject} gives text
 */
record UuidAccessor(boolean asText) implements ColumnAccessor {
  @Override
  public SqlType type() {
    return SqlType.Primitive.UUID;
  }

  @Override
  public Object toObject(ColumnVector vector, int row) {
    UUID uuid = toUuid(toBytes(vector, row));
    return asText ? uuid.toString() : uuid;
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return toUuid(toBytes(vector, row)).toString();
  }

  @Override
  public byte[] toBytes(ColumnVector vector, int row) {
    return ByteCells.bytes(vector, row);
  }

  static UUID toUuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  static byte[] toBytes(UUID value) {
    return ByteBuffer.allocate(16)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits())
        .array();
  }
}
