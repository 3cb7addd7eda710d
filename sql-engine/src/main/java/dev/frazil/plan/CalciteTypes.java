package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import dev.frazil.type.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Our types to Calcite's and back. */
final class CalciteTypes {
  private CalciteTypes() {}

  /** Calcite's type for ours. */
  static RelDataType toCalcite(SqlType type, boolean nullable, RelDataTypeFactory factory) {
    return factory.createTypeWithNullability(toCalcite(type, factory), nullable);
  }

  private static RelDataType toCalcite(SqlType type, RelDataTypeFactory factory) {
    if (Timestamps.isNano(type)) {
      return factory.createSqlType(name((Primitive) type), FrazilTypeSystem.NANOSECONDS);
    } else if (type instanceof Primitive primitive) {
      return factory.createSqlType(name(primitive));
    } else if (type instanceof DecimalType decimal) {
      return factory.createSqlType(SqlTypeName.DECIMAL, decimal.precision(), decimal.scale());
    } else if (type instanceof FixedType fixed) {
      return factory.createSqlType(SqlTypeName.BINARY, fixed.lengthBytes());
    } else if (type instanceof GeospatialType geospatial) {
      return new GeospatialDataType(geospatial, false);
    } else if (type instanceof ArrayType array) {
      return factory.createArrayType(toCalcite(array.element(), true, factory), -1);
    } else if (type instanceof MapType map) {
      return factory.createMapType(
          toCalcite(map.key(), false, factory), toCalcite(map.value(), true, factory));
    } else if (type instanceof RowType row) {
      List<RelDataType> types = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (Field field : row.fields()) {
        types.add(toCalcite(field.type(), true, factory));
        names.add(field.name());
      }
      return factory.createStructType(StructKind.FULLY_QUALIFIED, types, names);
    }
    throw EngineException.internal("no Calcite type for " + type.sqlName());
  }

  private static SqlTypeName name(Primitive primitive) {
    return switch (primitive) {
      case BOOLEAN -> SqlTypeName.BOOLEAN;
      case INTEGER -> SqlTypeName.INTEGER;
      case BIGINT -> SqlTypeName.BIGINT;
      case REAL -> SqlTypeName.REAL;
      case DOUBLE -> SqlTypeName.DOUBLE;
      case DATE -> SqlTypeName.DATE;
      case TIME -> SqlTypeName.TIME;
      case TIMESTAMP, TIMESTAMP_NANO -> SqlTypeName.TIMESTAMP;
      case TIMESTAMP_WITH_TIME_ZONE, TIMESTAMP_NANO_WITH_TIME_ZONE ->
          SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
      case VARCHAR -> SqlTypeName.VARCHAR;
      case VARBINARY -> SqlTypeName.VARBINARY;
      case UUID -> SqlTypeName.UUID;
      case VARIANT -> SqlTypeName.VARIANT;
      case UNKNOWN -> SqlTypeName.NULL;
    };
  }

  /** Our type for Calcite's; intervals count as the numbers that stand for them. */
  static SqlType toSql(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> Primitive.BOOLEAN;
      case TINYINT, SMALLINT, INTEGER -> Primitive.INTEGER;
      case BIGINT -> Primitive.BIGINT;
      case DECIMAL -> decimal(type);
      case REAL -> Primitive.REAL;
      case FLOAT, DOUBLE -> Primitive.DOUBLE;
      case DATE -> Primitive.DATE;
      case TIME -> Primitive.TIME;
      case TIMESTAMP -> Timestamps.of(isNano(type), false);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> Timestamps.of(isNano(type), true);
      case CHAR, VARCHAR, SYMBOL -> Primitive.VARCHAR;
      case VARBINARY -> Primitive.VARBINARY;
      case BINARY -> new FixedType(type.getPrecision());
      case UUID -> Primitive.UUID;
      case VARIANT -> Primitive.VARIANT;
      case GEOMETRY -> ((GeospatialDataType) type).type();
      case NULL, UNKNOWN, ANY -> Primitive.UNKNOWN;
      case ARRAY -> new ArrayType(toSql(Objects.requireNonNull(type.getComponentType())));
      case MAP ->
          new MapType(
              toSql(Objects.requireNonNull(type.getKeyType())),
              toSql(Objects.requireNonNull(type.getValueType())));
      case ROW, STRUCTURED -> {
        List<Field> fields = new ArrayList<>();
        for (RelDataTypeField field : type.getFieldList()) {
          fields.add(new Field(field.getName(), toSql(field.getType())));
        }
        yield new RowType(fields);
      }
      case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> Primitive.INTEGER;
      case INTERVAL_DAY,
          INTERVAL_DAY_HOUR,
          INTERVAL_DAY_MINUTE,
          INTERVAL_DAY_SECOND,
          INTERVAL_HOUR,
          INTERVAL_HOUR_MINUTE,
          INTERVAL_HOUR_SECOND,
          INTERVAL_MINUTE,
          INTERVAL_MINUTE_SECOND,
          INTERVAL_SECOND ->
          MixedIntervals.isMixed(type) ? MixedIntervals.NUMBER : Primitive.BIGINT;
      default -> throw EngineException.unsupported("the type " + type.getFullTypeString());
    };
  }

  private static boolean isNano(RelDataType type) {
    return type.getPrecision() > FrazilTypeSystem.MICROSECONDS;
  }

  private static SqlType decimal(RelDataType type) {
    int precision = type.getPrecision();
    if (precision < 1) {
      return new DecimalType(DecimalType.MAX_PRECISION, Math.max(type.getScale(), 0));
    }
    return new DecimalType(
        Math.min(precision, DecimalType.MAX_PRECISION), Math.max(type.getScale(), 0));
  }
}
