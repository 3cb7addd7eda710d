package dev.frazil.type;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.iceberg.types.EdgeAlgorithm;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Iceberg types to SQL types and back. Both directions are exact: what maps to a SQL type maps back
 * to the same Iceberg type, but for field ids, documentation and nullability, which SQL types do
 * not have. Stateless.
 */
public final class TypeMapping {
  private TypeMapping() {}

  /** The SQL type of an Iceberg type; {@code 0A000} where there is none. */
  public static SqlType toSql(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> Primitive.BOOLEAN;
      case INTEGER -> Primitive.INTEGER;
      case LONG -> Primitive.BIGINT;
      case FLOAT -> Primitive.REAL;
      case DOUBLE -> Primitive.DOUBLE;
      case DATE -> Primitive.DATE;
      case TIME -> Primitive.TIME;
      case TIMESTAMP -> Timestamps.of(false, ((Types.TimestampType) type).shouldAdjustToUTC());
      case TIMESTAMP_NANO ->
          Timestamps.of(true, ((Types.TimestampNanoType) type).shouldAdjustToUTC());
      case UNKNOWN -> Primitive.UNKNOWN;
      case STRING -> Primitive.VARCHAR;
      case UUID -> Primitive.UUID;
      case BINARY -> Primitive.VARBINARY;
      case FIXED -> new FixedType(((Types.FixedType) type).length());
      case DECIMAL -> {
        Types.DecimalType decimal = (Types.DecimalType) type;
        yield new DecimalType(decimal.precision(), decimal.scale());
      }
      case LIST -> new ArrayType(toSql(type.asListType().elementType()));
      case MAP ->
          new MapType(toSql(type.asMapType().keyType()), toSql(type.asMapType().valueType()));
      case STRUCT -> {
        List<Field> fields = new ArrayList<>();
        for (Types.NestedField field : type.asStructType().fields()) {
          fields.add(new Field(field.name(), toSql(field.type())));
        }
        yield new RowType(fields);
      }
      case GEOMETRY -> new GeospatialType(((Types.GeometryType) type).crs(), "");
      case GEOGRAPHY -> {
        Types.GeographyType geography = (Types.GeographyType) type;
        yield new GeospatialType(
            geography.crs(), geography.algorithm().name().toLowerCase(Locale.ROOT));
      }
      case VARIANT -> Primitive.VARIANT;
    };
  }

  /**
   * The Iceberg type of a SQL type, nested fields optional and numbered from 1. Fit for a new
   * table, whose ids the catalog assigns afresh.
   */
  public static Type toIceberg(SqlType type) {
    AtomicInteger lastId = new AtomicInteger();
    return toIceberg(type, lastId::incrementAndGet);
  }

  /** The Iceberg type of a SQL type, nested fields optional and numbered by {@code nextFieldId}. */
  public static Type toIceberg(SqlType type, IntSupplier nextFieldId) {
    if (type instanceof Primitive primitive) {
      return primitiveToIceberg(primitive);
    } else if (type instanceof DecimalType decimal) {
      return Types.DecimalType.of(decimal.precision(), decimal.scale());
    } else if (type instanceof FixedType fixed) {
      return Types.FixedType.ofLength(fixed.lengthBytes());
    } else if (type instanceof GeospatialType geospatial) {
      return geospatial.isGeography()
          ? Types.GeographyType.of(geospatial.crs(), EdgeAlgorithm.fromName(geospatial.edges()))
          : Types.GeometryType.of(geospatial.crs());
    } else if (type instanceof ArrayType array) {
      int elementId = nextFieldId.getAsInt();
      return Types.ListType.ofOptional(elementId, toIceberg(array.element(), nextFieldId));
    } else if (type instanceof MapType map) {
      int keyId = nextFieldId.getAsInt();
      int valueId = nextFieldId.getAsInt();
      return Types.MapType.ofOptional(
          keyId, valueId, toIceberg(map.key(), nextFieldId), toIceberg(map.value(), nextFieldId));
    } else if (type instanceof RowType row) {
      List<Types.NestedField> fields = new ArrayList<>();
      for (Field field : row.fields()) {
        int fieldId = nextFieldId.getAsInt();
        fields.add(
            Types.NestedField.optional(
                fieldId, field.name(), toIceberg(field.type(), nextFieldId)));
      }
      return Types.StructType.of(fields);
    }
    throw EngineException.internal("no Iceberg type for " + type);
  }

  private static Type primitiveToIceberg(Primitive primitive) {
    return switch (primitive) {
      case BOOLEAN -> Types.BooleanType.get();
      case INTEGER -> Types.IntegerType.get();
      case BIGINT -> Types.LongType.get();
      case REAL -> Types.FloatType.get();
      case DOUBLE -> Types.DoubleType.get();
      case DATE -> Types.DateType.get();
      case TIME -> Types.TimeType.get();
      case TIMESTAMP -> Types.TimestampType.withoutZone();
      case TIMESTAMP_WITH_TIME_ZONE -> Types.TimestampType.withZone();
      case TIMESTAMP_NANO -> Types.TimestampNanoType.withoutZone();
      case TIMESTAMP_NANO_WITH_TIME_ZONE -> Types.TimestampNanoType.withZone();
      case VARCHAR -> Types.StringType.get();
      case VARBINARY -> Types.BinaryType.get();
      case UUID -> Types.UUIDType.get();
      case VARIANT -> Types.VariantType.get();
      case UNKNOWN -> Types.UnknownType.get();
    };
  }
}
