package dev.frazil.plan;

import dev.frazil.type.SqlType.GeospatialType;
import org.apache.calcite.rel.type.RelDataTypeComparability;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/** A geometry or geography for Calcite, whose own has no system of coordinates. Immutable. */
final class GeospatialDataType extends AbstractSqlType {
  private final GeospatialType type;

  GeospatialDataType(GeospatialType type, boolean isNullable) {
    super(SqlTypeName.GEOMETRY, isNullable, null);
    this.type = type;
    computeDigest();
  }

  /** Whether a name of a type is that of one of these. */
  static boolean isNamed(String name) {
    return name.matches("(?s)(geometry|geography)(\\(.*)?");
  }

  GeospatialType type() {
    return type;
  }

  GeospatialDataType withNullability(boolean nullable) {
    return nullable == isNullable() ? this : new GeospatialDataType(type, nullable);
  }

  /** Two are equal or not; neither is less. */
  @Override
  public RelDataTypeComparability getComparability() {
    return RelDataTypeComparability.UNORDERED;
  }

  @Override
  protected void generateTypeString(StringBuilder text, boolean withDetail) {
    text.append(type.sqlName());
  }
}
