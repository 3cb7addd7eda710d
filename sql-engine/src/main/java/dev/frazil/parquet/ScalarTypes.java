package dev.frazil.parquet;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import java.util.Locale;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.EdgeInterpolationAlgorithm;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.jspecify.annotations.Nullable;

/**
 * The SQL type that a column of a file states by itself, without a table's schema. Source: Apache
 * Parquet, LogicalTypes.md.
 */
final class ScalarTypes {
  private ScalarTypes() {}

  static SqlType of(SchemaNode node, String location) {
    SqlType type = node.isLeaf() && !node.isRepeated() ? scalar(node.element()) : null;
    if (type == null) {
      SchemaElement element = node.element();
      throw EngineException.unsupported(
          "column "
              + node.path()
              + " of "
              + location
              + ", "
              + (node.isLeaf()
                  ? element.getType()
                      + (element.isSetLogicalType() ? " " + element.getLogicalType() : "")
                  : "a nested column")
              + ", where a scalar is wanted,");
    }
    return type;
  }

  private static @Nullable SqlType scalar(SchemaElement element) {
    LogicalType logical = element.isSetLogicalType() ? element.getLogicalType() : null;
    ConvertedType converted = element.isSetConverted_type() ? element.getConverted_type() : null;
    if (logical != null && logical.isSetDECIMAL()) {
      return new SqlType.DecimalType(
          logical.getDECIMAL().getPrecision(), logical.getDECIMAL().getScale());
    }
    if (converted == ConvertedType.DECIMAL) {
      return new SqlType.DecimalType(element.getPrecision(), element.getScale());
    }
    return switch (element.getType()) {
      case BOOLEAN -> Primitive.BOOLEAN;
      case INT32 -> int32(logical, converted);
      case INT64 -> int64(logical, converted);
      case INT96 -> Primitive.TIMESTAMP_WITH_TIME_ZONE; // as Iceberg and Spark hold it
      case FLOAT -> Primitive.REAL;
      case DOUBLE -> Primitive.DOUBLE;
      case BYTE_ARRAY ->
          logical != null && (logical.isSetGEOMETRY() || logical.isSetGEOGRAPHY())
              ? geospatial(logical)
              : isText(logical, converted) ? Primitive.VARCHAR : Primitive.VARBINARY;
      case FIXED_LEN_BYTE_ARRAY ->
          logical == null
              ? new SqlType.FixedType(element.getType_length())
              : logical.isSetUUID() ? Primitive.UUID : null;
    };
  }

  private static SqlType geospatial(LogicalType logical) {
    if (logical.isSetGEOMETRY()) {
      String crs = logical.getGEOMETRY().getCrs();
      return new GeospatialType(crs == null ? GeospatialType.DEFAULT_CRS : crs, "");
    }
    String crs = logical.getGEOGRAPHY().getCrs();
    EdgeInterpolationAlgorithm edges = logical.getGEOGRAPHY().getAlgorithm();
    return new GeospatialType(
        crs == null ? GeospatialType.DEFAULT_CRS : crs,
        edges == null ? GeospatialType.DEFAULT_EDGES : edges.name().toLowerCase(Locale.ROOT));
  }

  private static @Nullable SqlType int32(
      @Nullable LogicalType logical, @Nullable ConvertedType converted) {
    if (converted == ConvertedType.UINT_32
        || (logical != null
            && logical.isSetINTEGER()
            && !logical.getINTEGER().isIsSigned()
            && logical.getINTEGER().getBitWidth() == 32)) {
      return Primitive.BIGINT;
    }
    if (converted == ConvertedType.DATE || (logical != null && logical.isSetDATE())) {
      return Primitive.DATE;
    }
    return converted == ConvertedType.TIME_MILLIS || (logical != null && logical.isSetTIME())
        ? Primitive.TIME
        : Primitive.INTEGER;
  }

  private static @Nullable SqlType int64(
      @Nullable LogicalType logical, @Nullable ConvertedType converted) {
    if (converted == ConvertedType.UINT_64
        || (logical != null
            && logical.isSetINTEGER()
            && !logical.getINTEGER().isIsSigned()
            && logical.getINTEGER().getBitWidth() == 64)) {
      return null;
    }
    if (logical != null && logical.isSetTIMESTAMP()) {
      return Timestamps.of(
          logical.getTIMESTAMP().getUnit().isSetNANOS(),
          logical.getTIMESTAMP().isIsAdjustedToUTC());
    }
    if (converted == ConvertedType.TIMESTAMP_MICROS
        || converted == ConvertedType.TIMESTAMP_MILLIS) {
      return Primitive.TIMESTAMP_WITH_TIME_ZONE;
    }
    return converted == ConvertedType.TIME_MICROS || (logical != null && logical.isSetTIME())
        ? Primitive.TIME
        : Primitive.BIGINT;
  }

  private static boolean isText(@Nullable LogicalType logical, @Nullable ConvertedType converted) {
    return (logical != null
            && (logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON()))
        || converted == ConvertedType.UTF8
        || converted == ConvertedType.ENUM
        || converted == ConvertedType.JSON;
  }
}
