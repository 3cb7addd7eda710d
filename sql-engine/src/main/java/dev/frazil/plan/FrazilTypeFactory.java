package dev.frazil.plan;

import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.GeospatialType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Makes Calcite's types; text is UTF-8. One per statement. */
final class FrazilTypeFactory extends SqlTypeFactoryImpl {
  FrazilTypeFactory() {
    super(FrazilTypeSystem.INSTANCE);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public RelDataType createSqlType(SqlTypeName name) {
    if (name == SqlTypeName.GEOMETRY) {
      // Calcite's own casts, as between elements of an array of which some may be null
      return canonize(new GeospatialDataType(GeospatialType.GEOMETRY, false));
    }
    return isInterval(name) ? interval(name) : super.createSqlType(name);
  }

  @Override
  public RelDataType createSqlType(SqlTypeName name, int precision) {
    return isInterval(name) ? interval(name) : super.createSqlType(name, precision);
  }

  @Override
  public RelDataType createSqlType(SqlTypeName name, int precision, int scale) {
    return isInterval(name) ? interval(name) : super.createSqlType(name, precision, scale);
  }

  /** Of variants and bare nulls, which Calcite takes for the latter where a row holds them. */
  private @Nullable RelDataType variant(List<RelDataType> types) {
    boolean isVariant = false;
    boolean isNullable = false;
    for (RelDataType type : types) {
      boolean isNull = type.getSqlTypeName() == SqlTypeName.NULL;
      if (!isNull && type.getSqlTypeName() != SqlTypeName.VARIANT) {
        return null;
      }
      isVariant |= !isNull;
      isNullable |= isNull || type.isNullable();
    }
    return isVariant
        ? createTypeWithNullability(createSqlType(SqlTypeName.VARIANT), isNullable)
        : null;
  }

  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    return type instanceof GeospatialDataType geospatial
        ? canonize(geospatial.withNullability(nullable))
        : super.createTypeWithNullability(type, nullable);
  }

  /** Of geometries in one system of coordinates that; there is no other. */
  private @Nullable RelDataType commonGeometry(List<RelDataType> types) {
    RelDataType common = null;
    for (RelDataType type : types) {
      if (type.getSqlTypeName() == SqlTypeName.NULL) {
        continue;
      }
      RelDataType nullable = createTypeWithNullability(type, true);
      if (common != null && !common.equals(nullable)) {
        return null;
      }
      common = nullable;
    }
    return common == null || types.stream().anyMatch(RelDataType::isNullable)
        ? common
        : createTypeWithNullability(common, false);
  }

  private static boolean isMixedOrNull(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.NULL || MixedIntervals.isMixed(type);
  }

  private static boolean isInterval(SqlTypeName name) {
    return SqlTypeName.INTERVAL_TYPES.contains(name);
  }

  /**
   * Calcite asks for the interval of a bare NULL by its name alone, and fails over what it gets.
   */
  private RelDataType interval(SqlTypeName name) {
    return createSqlIntervalType(
        new SqlIntervalQualifier(name.getStartUnit(), name.getEndUnit(), SqlParserPos.ZERO));
  }

  /**
   * Of decimals the one with most digits after the point: Calcite gives some of them up when 38
   * digits do not hold all, and {@code sum(price) = 0.125} would compare rounded numbers. A value
   * that does not fit is an error when it comes. Of dates and timestamps the type that holds all:
   * Calcite has none for a date beside a timestamp, and takes the zone from one that has it.
   */
  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mappingRule) {
    if (types.stream().anyMatch(GeospatialDataType.class::isInstance)) {
      return commonGeometry(types);
    }
    RelDataType time = TimeMixes.widest(types, this);
    if (time != null) {
      return time;
    }
    RelDataType variant = variant(types);
    if (variant != null) {
      return variant;
    }
    RelDataType common = super.leastRestrictive(types, mappingRule);
    if (common != null && MixedIntervals.isMixed(common)) {
      // an interval of one kind would have to become one of both where nothing tells so
      return types.stream().allMatch(FrazilTypeFactory::isMixedOrNull) ? common : null;
    }
    if (common == null || common.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return common;
    }
    int scale = common.getScale();
    for (RelDataType type : types) {
      if (type.getSqlTypeName() == SqlTypeName.DECIMAL) {
        scale = Math.max(scale, type.getScale());
      }
    }
    return scale == common.getScale()
        ? common
        : createTypeWithNullability(
            createSqlType(SqlTypeName.DECIMAL, DecimalType.MAX_PRECISION, scale),
            common.isNullable());
  }
}
