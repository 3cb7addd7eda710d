package dev.frazil.exec.scan;

import dev.frazil.geometry.GeometryKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.geospatial.GeospatialBound;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Values as Iceberg's rows hold them to values as vectors take them. */
public final class IcebergValues {
  private IcebergValues() {}

  /** The value of a field of {@code type}; nested ones inside and out. */
  public static @Nullable Object toEngine(@Nullable Object value, Type type) {
    if (value == null) {
      return null;
    } else if (value instanceof CharSequence text) {
      return text.toString();
    } else if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return copy;
    } else if (value instanceof GeospatialBound bound) {
      return point(bound);
    } else if (value instanceof UUID uuid) {
      return ByteBuffer.allocate(16)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    } else if (value instanceof StructLike struct) {
      List<Types.NestedField> fields = type.asStructType().fields();
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < fields.size(); i++) {
        values.add(toEngine(struct.get(i, Object.class), fields.get(i).type()));
      }
      return values;
    } else if (value instanceof Map<?, ?> map) {
      Types.MapType mapType = type.asMapType();
      Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
      map.forEach(
          (key, each) ->
              entries.put(toEngine(key, mapType.keyType()), toEngine(each, mapType.valueType())));
      return entries;
    } else if (value instanceof Collection<?> list) {
      Type element = type.asListType().elementType();
      List<@Nullable Object> elements = new ArrayList<>();
      list.forEach(each -> elements.add(toEngine(each, element)));
      return elements;
    } else if (value instanceof Number number) {
      return number(number, type);
    }
    return value;
  }

  /** Bounds of geometries are points. */
  private static byte[] point(GeospatialBound bound) {
    int group = (bound.hasZ() ? 1 : 0) + (bound.hasM() ? 2 : 0);
    ByteBuffer bytes =
        ByteBuffer.allocate(21 + (bound.hasZ() ? 8 : 0) + (bound.hasM() ? 8 : 0))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 1)
            .putInt(GeometryKind.POINT.code() + group * 1000)
            .putDouble(bound.x())
            .putDouble(bound.y());
    if (bound.hasZ()) {
      bytes.putDouble(bound.z());
    }
    if (bound.hasM()) {
      bytes.putDouble(bound.m());
    }
    return bytes.array();
  }

  /** A partition may hold a narrower number than its field says. */
  private static Object number(Number number, Type type) {
    return switch (type.typeId()) {
      case INTEGER, DATE -> number.intValue();
      case LONG, TIME, TIMESTAMP, TIMESTAMP_NANO -> number.longValue();
      case FLOAT -> number.floatValue();
      case DOUBLE -> number.doubleValue();
      default -> number;
    };
  }
}
