package dev.frazil.jdbc;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.geometry.WellKnownBytes;
import dev.frazil.geometry.WellKnownText;
import dev.frazil.geometry.WellKnownTextParser;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.vector.ColumnVector;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * Geometries and geographies: as text WKT, as bytes WKB. Text of bytes that another writer left
 * there and that are no WKB is their hexadecimal form.
 */
record GeometryAccessor(GeospatialType type) implements ColumnAccessor {
  @Override
  public Object toObject(ColumnVector vector, int row) {
    return toText(vector, row);
  }

  @Override
  public String toText(ColumnVector vector, int row) {
    return text(ByteCells.bytes(vector, row));
  }

  @Override
  public byte[] toBytes(ColumnVector vector, int row) {
    return ByteCells.bytes(vector, row);
  }

  static String text(byte[] bytes) {
    try {
      return WellKnownText.of(bytes, 0, bytes.length);
    } catch (EngineException notAGeometry) {
      return HexFormat.of().formatHex(bytes);
    }
  }

  /** The bytes of a parameter: WKB, or WKT as a String; 22018 for what is neither. */
  static byte[] parameter(Object value, SqlType type, int index) throws SQLException {
    try {
      if (value instanceof byte[] bytes) {
        WellKnownBytes.check(bytes, 0, bytes.length);
        return bytes;
      } else if (value instanceof String text) {
        return WellKnownTextParser.parse(text);
      }
    } catch (EngineException notAGeometry) {
      throw SqlExceptions.of(
          SqlState.INVALID_CAST,
          ParameterConversion.marker(index) + ": " + notAGeometry.getMessage(),
          notAGeometry);
    }
    throw ParameterConversion.misfit(value, type, index);
  }
}
