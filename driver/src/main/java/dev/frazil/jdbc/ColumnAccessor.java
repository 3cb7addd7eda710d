package dev.frazil.jdbc;

import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Reads cells of one type as Java values. The cell must not be null. A conversion that makes no
 * sense for the type is 22018; a value that does not fit is 22003, 22007 or 22018. Zones matter
 * only where one side has an instant and the other has none. Thread-safe.
 */
sealed interface ColumnAccessor
    permits BooleanAccessor,
        IntegerAccessor,
        FloatingAccessor,
        DecimalAccessor,
        TextAccessor,
        BinaryAccessor,
        UuidAccessor,
        VariantAccessor,
        GeometryAccessor,
        DateAccessor,
        TimeAccessor,
        TimestampAccessor,
        InstantAccessor,
        NestedAccessor {

  SqlType type();

  /** The object that {@code getObject(int)} gives. */
  Object toObject(ColumnVector vector, int row);

  String toText(ColumnVector vector, int row);

  default boolean toBoolean(ColumnVector vector, int row) throws SQLException {
    throw noConversion("boolean");
  }

  default long toLong(ColumnVector vector, int row) throws SQLException {
    throw noConversion("a whole number");
  }

  default double toDouble(ColumnVector vector, int row) throws SQLException {
    throw noConversion("a number");
  }

  default BigDecimal toDecimal(ColumnVector vector, int row) throws SQLException {
    throw noConversion("BigDecimal");
  }

  default byte[] toBytes(ColumnVector vector, int row) throws SQLException {
    throw noConversion("bytes");
  }

  default LocalDate toLocalDate(ColumnVector vector, int row, ZoneId zone) throws SQLException {
    throw noConversion("a date");
  }

  default LocalTime toLocalTime(ColumnVector vector, int row, ZoneId zone) throws SQLException {
    throw noConversion("a time");
  }

  default LocalDateTime toLocalDateTime(ColumnVector vector, int row, ZoneId zone)
      throws SQLException {
    throw noConversion("a timestamp");
  }

  default Instant toInstant(ColumnVector vector, int row, ZoneId zone) throws SQLException {
    throw noConversion("an instant");
  }

  default SQLException noConversion(String target) {
    return SqlExceptions.of(
        SqlState.INVALID_CAST,
        "a value of type " + type().sqlName() + " cannot be read as " + target);
  }

  /** The accessor of a type. */
  static ColumnAccessor of(SqlType type) {
    if (type instanceof SqlType.Primitive primitive) {
      return switch (primitive) {
        case BOOLEAN, UNKNOWN -> new BooleanAccessor(primitive);
        case INTEGER, BIGINT -> new IntegerAccessor(primitive);
        case REAL, DOUBLE -> new FloatingAccessor(primitive);
        case DATE -> new DateAccessor();
        case TIME -> new TimeAccessor();
        case TIMESTAMP, TIMESTAMP_NANO -> new TimestampAccessor(primitive);
        case TIMESTAMP_WITH_TIME_ZONE, TIMESTAMP_NANO_WITH_TIME_ZONE ->
            new InstantAccessor(primitive, false);
        case VARCHAR -> new TextAccessor();
        case VARBINARY -> new BinaryAccessor(primitive);
        case UUID -> new UuidAccessor(false);
        case VARIANT -> new VariantAccessor();
      };
    }
    if (type instanceof SqlType.DecimalType decimal) {
      return new DecimalAccessor(decimal);
    }
    if (type instanceof SqlType.FixedType) {
      return new BinaryAccessor(type);
    }
    if (type instanceof SqlType.GeospatialType geospatial) {
      return new GeometryAccessor(geospatial);
    }
    return new NestedAccessor(type, false);
  }
}
