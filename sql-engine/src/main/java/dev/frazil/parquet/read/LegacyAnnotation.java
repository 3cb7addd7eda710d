package dev.frazil.parquet.read;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf means, also of files that say it by the older {@code ConvertedType} alone. Source:
 * Apache Parquet, LogicalTypes.md, "backward compatibility".
 */
final class LegacyAnnotation {
  private LegacyAnnotation() {}

  /** The logical type of a leaf; null if it has none. */
  static @Nullable LogicalType of(SchemaElement element) {
    ConvertedType converted = element.getConverted_type();
    if (element.isSetLogicalType() || converted == null) {
      return element.getLogicalType();
    }
    return switch (converted) {
      case UTF8 -> LogicalType.STRING(new StringType());
      case DATE -> LogicalType.DATE(new DateType());
      case DECIMAL ->
          LogicalType.DECIMAL(new DecimalType(element.getScale(), element.getPrecision()));
      case INT_8 -> integer(8, true);
      case INT_16 -> integer(16, true);
      case INT_32 -> integer(32, true);
      case INT_64 -> integer(64, true);
      case UINT_8 -> integer(8, false);
      case UINT_16 -> integer(16, false);
      case UINT_32 -> integer(32, false);
      case UINT_64 -> integer(64, false);
      case TIME_MILLIS -> LogicalType.TIME(new TimeType(true, millis()));
      case TIME_MICROS -> LogicalType.TIME(new TimeType(true, micros()));
      case TIMESTAMP_MILLIS -> LogicalType.TIMESTAMP(new TimestampType(true, millis()));
      case TIMESTAMP_MICROS -> LogicalType.TIMESTAMP(new TimestampType(true, micros()));
      case MAP, MAP_KEY_VALUE, LIST, ENUM, JSON, BSON, INTERVAL -> null;
    };
  }

  private static LogicalType integer(int bits, boolean isSigned) {
    return LogicalType.INTEGER(new IntType((byte) bits, isSigned));
  }

  private static TimeUnit millis() {
    return TimeUnit.MILLIS(new MilliSeconds());
  }

  private static TimeUnit micros() {
    return TimeUnit.MICROS(new MicroSeconds());
  }
}
