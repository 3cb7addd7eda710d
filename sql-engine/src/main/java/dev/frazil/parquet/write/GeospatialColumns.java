package dev.frazil.parquet.write;

import dev.frazil.geometry.GeometryExtent;
import dev.frazil.type.SqlType.GeospatialType;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.geospatial.GeospatialBound;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.BoundingBox;
import org.apache.parquet.format.EdgeInterpolationAlgorithm;
import org.apache.parquet.format.GeographyType;
import org.apache.parquet.format.GeometryType;
import org.apache.parquet.format.GeospatialStatistics;
import org.apache.parquet.format.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * What files and manifests say of geometries. Of geographies there is no box: their edges may leave
 * the one around their corners. Source: Apache Parquet, Geospatial.md; Iceberg spec, Appendix D.
 */
final class GeospatialColumns {
  private GeospatialColumns() {}

  static LogicalType logicalType(Type.PrimitiveType type) {
    if (type instanceof Types.GeometryType geometry) {
      GeometryType logical = new GeometryType();
      return LogicalType.GEOMETRY(
          isDefault(geometry.crs()) ? logical : logical.setCrs(geometry.crs()));
    }
    Types.GeographyType geography = (Types.GeographyType) type;
    GeographyType logical = new GeographyType();
    logical.setAlgorithm(
        EdgeInterpolationAlgorithm.valueOf(geography.algorithm().name().toUpperCase(Locale.ROOT)));
    return LogicalType.GEOGRAPHY(
        isDefault(geography.crs()) ? logical : logical.setCrs(geography.crs()));
  }

  private static boolean isDefault(String crs) {
    return crs.equals(GeospatialType.DEFAULT_CRS);
  }

  static boolean isGeospatial(Type type) {
    return type.typeId() == Type.TypeID.GEOMETRY || type.typeId() == Type.TypeID.GEOGRAPHY;
  }

  /** Of a column chunk; null where it is not known. */
  static @Nullable GeospatialStatistics statistics(Type type, GeometryExtent extent) {
    if (!extent.isComplete() || extent.codes().isEmpty()) {
      return null;
    }
    GeospatialStatistics statistics =
        new GeospatialStatistics().setGeospatial_types(List.copyOf(extent.codes()));
    if (hasBox(type, extent)) {
      BoundingBox box =
          new BoundingBox(extent.least(0), extent.greatest(0), extent.least(1), extent.greatest(1));
      if (extent.has(2)) {
        box.setZmin(extent.least(2)).setZmax(extent.greatest(2));
      }
      if (extent.has(3)) {
        box.setMmin(extent.least(3)).setMmax(extent.greatest(3));
      }
      statistics.setBbox(box);
    }
    return statistics;
  }

  /** Whether a file has bounds of a column: a point each, in x and y. */
  static boolean hasBox(Type type, GeometryExtent extent) {
    return type.typeId() == Type.TypeID.GEOMETRY
        && extent.isComplete()
        && extent.has(0)
        && extent.has(1);
  }

  static GeospatialBound lower(GeometryExtent extent) {
    return GeospatialBound.createXY(extent.least(0), extent.least(1));
  }

  static GeospatialBound upper(GeometryExtent extent) {
    return GeospatialBound.createXY(extent.greatest(0), extent.greatest(1));
  }
}
