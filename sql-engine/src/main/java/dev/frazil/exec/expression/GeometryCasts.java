package dev.frazil.exec.expression;

import dev.frazil.geometry.WellKnownBytes;
import dev.frazil.geometry.WellKnownText;
import dev.frazil.geometry.WellKnownTextParser;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.type.SqlType.Primitive;
import org.jspecify.annotations.Nullable;

/**
 * Geometries from and to their text (WKT) and bytes (WKB). None changes its system of coordinates
 * or its edges.
 */
final class GeometryCasts {
  private GeometryCasts() {}

  static @Nullable RowConversion of(SqlType from, SqlType to) {
    if (to == Primitive.VARCHAR) {
      return (source, row, result) -> {
        ByteSlice bytes = ByteSlice.of(source, row);
        result.appendText(
            WellKnownText.of(bytes.data(), bytes.from(), bytes.from() + bytes.lengthBytes()));
      };
    } else if (to == Primitive.VARBINARY) {
      return (source, row, result) -> {
        ByteSlice bytes = ByteSlice.of(source, row);
        result.appendBytes(bytes.data(), bytes.from(), bytes.lengthBytes());
      };
    } else if (from == Primitive.VARCHAR && to instanceof GeospatialType) {
      return (source, row, result) ->
          result.appendBytes(WellKnownTextParser.parse(ByteSlice.of(source, row).text()));
    } else if ((from == Primitive.VARBINARY || from instanceof SqlType.FixedType)
        && to instanceof GeospatialType) {
      return (source, row, result) -> {
        ByteSlice bytes = ByteSlice.of(source, row);
        WellKnownBytes.check(bytes.data(), bytes.from(), bytes.from() + bytes.lengthBytes());
        result.appendBytes(bytes.data(), bytes.from(), bytes.lengthBytes());
      };
    }
    return null;
  }
}
