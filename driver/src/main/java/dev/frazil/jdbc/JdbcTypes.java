package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.type.Timestamps;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What JDBC says of each SQL type: code, class, precision, scale, width. */
final class JdbcTypes {
  /** Precision reported for text and bytes without a limit. */
  static final int UNLIMITED = Integer.MAX_VALUE;

  private JdbcTypes() {}

  /** The constant of {@link Types}. */
  static int code(SqlType type) {
    if (type instanceof SqlType.Primitive primitive) {
      return switch (primitive) {
        case BOOLEAN -> Types.BOOLEAN;
        case INTEGER -> Types.INTEGER;
        case BIGINT -> Types.BIGINT;
        case REAL -> Types.REAL;
        case DOUBLE -> Types.DOUBLE;
        case DATE -> Types.DATE;
        case TIME -> Types.TIME;
        case TIMESTAMP, TIMESTAMP_NANO -> Types.TIMESTAMP;
        case TIMESTAMP_WITH_TIME_ZONE, TIMESTAMP_NANO_WITH_TIME_ZONE ->
            Types.TIMESTAMP_WITH_TIMEZONE;
        case VARCHAR -> Types.VARCHAR;
        case VARBINARY -> Types.VARBINARY;
        case UUID, VARIANT -> Types.OTHER;
        case UNKNOWN -> Types.NULL;
      };
    }
    if (type instanceof SqlType.DecimalType) {
      return Types.DECIMAL;
    }
    if (type instanceof SqlType.FixedType) {
      return Types.BINARY;
    }
    if (type instanceof SqlType.GeospatialType) {
      return Types.OTHER;
    }
    if (type instanceof SqlType.ArrayType) {
      return Types.ARRAY;
    }
    return type instanceof SqlType.RowType ? Types.STRUCT : Types.JAVA_OBJECT;
  }

  /**
   * The name without digits and lengths, as {@code getTypeInfo} has it: clients write those behind
   * it, from the columns beside it.
   */
  static String name(SqlType type) {
    if (type instanceof SqlType.DecimalType) {
      return "decimal";
    }
    return type instanceof SqlType.FixedType ? "fixed" : type.sqlName();
  }

  /** The class of the objects that {@code getObject(int)} gives. */
  static Class<?> javaClass(SqlType type) {
    if (type instanceof SqlType.Primitive primitive) {
      return switch (primitive) {
        case BOOLEAN -> Boolean.class;
        case INTEGER -> Integer.class;
        case BIGINT -> Long.class;
        case REAL -> Float.class;
        case DOUBLE -> Double.class;
        case DATE -> Date.class;
        case TIME -> Time.class;
        case TIMESTAMP, TIMESTAMP_NANO -> Timestamp.class;
        case TIMESTAMP_WITH_TIME_ZONE, TIMESTAMP_NANO_WITH_TIME_ZONE -> OffsetDateTime.class;
        case VARCHAR, VARIANT -> String.class;
        case VARBINARY -> byte[].class;
        case UUID -> UUID.class;
        case UNKNOWN -> Object.class;
      };
    }
    if (type instanceof SqlType.DecimalType) {
      return BigDecimal.class;
    }
    if (type instanceof SqlType.FixedType) {
      return byte[].class;
    }
    if (type instanceof SqlType.GeospatialType) {
      return String.class;
    }
    if (type instanceof SqlType.ArrayType) {
      return Array.class;
    }
    return type instanceof SqlType.RowType ? Struct.class : Map.class;
  }

  /** Digits of a number, characters of text and of dates, bytes of binaries; 0 where none apply. */
  static int precision(SqlType type) {
    if (type instanceof SqlType.Primitive primitive) {
      return switch (primitive) {
        case BOOLEAN -> 1;
        case INTEGER -> 10;
        case BIGINT -> 19;
        case REAL -> 7;
        case DOUBLE -> 15;
        case DATE -> 10;
        case TIME -> 15;
        case TIMESTAMP -> 26;
        case TIMESTAMP_WITH_TIME_ZONE -> 32;
        case TIMESTAMP_NANO -> 29;
        case TIMESTAMP_NANO_WITH_TIME_ZONE -> 35;
        case VARCHAR, VARBINARY, VARIANT -> UNLIMITED;
        case UUID -> 36;
        case UNKNOWN -> 0;
      };
    }
    if (type instanceof SqlType.DecimalType decimal) {
      return decimal.precision();
    }
    if (type instanceof SqlType.GeospatialType) {
      return UNLIMITED;
    }
    return type instanceof SqlType.FixedType fixed ? fixed.lengthBytes() : 0;
  }

  /** Digits after the point, also of seconds. */
  static int scale(SqlType type) {
    if (type instanceof SqlType.DecimalType decimal) {
      return decimal.scale();
    }
    return Timestamps.isNano(type) ? 9 : hasSeconds(type) ? 6 : 0;
  }

  /** Whether its values have digits behind a point, of a number or of seconds. */
  static boolean hasDigits(SqlType type) {
    return numeric(type) || hasSeconds(type);
  }

  /** The most bytes of a text or of bytes; null for other types. */
  static @Nullable Integer octets(SqlType type) {
    if (type instanceof SqlType.FixedType fixed) {
      return fixed.lengthBytes();
    }
    boolean unlimited = type == SqlType.Primitive.VARCHAR || type == SqlType.Primitive.VARBINARY;
    return unlimited ? Integer.valueOf(UNLIMITED) : null;
  }

  static boolean hasSeconds(SqlType type) {
    return type == SqlType.Primitive.TIME || Timestamps.isTimestamp(type);
  }

  /** Characters that the text of a value takes at most. */
  static int displaySize(SqlType type) {
    if (type instanceof SqlType.Primitive primitive) {
      return switch (primitive) {
        case BOOLEAN -> 5;
        case INTEGER -> 11;
        case BIGINT -> 20;
        case REAL -> 15;
        case DOUBLE -> 24;
        case UNKNOWN -> 4;
        case DATE,
            TIME,
            TIMESTAMP,
            TIMESTAMP_WITH_TIME_ZONE,
            TIMESTAMP_NANO,
            TIMESTAMP_NANO_WITH_TIME_ZONE,
            VARCHAR,
            VARBINARY,
            UUID,
            VARIANT ->
            precision(type);
      };
    }
    if (type instanceof SqlType.DecimalType decimal) {
      // A sign and a point, and a zero before the point of a number below one.
      return decimal.precision() + (decimal.precision() == decimal.scale() ? 3 : 2);
    }
    return type instanceof SqlType.FixedType fixed ? 2 * fixed.lengthBytes() : UNLIMITED;
  }

  static boolean numeric(SqlType type) {
    if (type instanceof SqlType.Primitive primitive) {
      return switch (primitive) {
        case INTEGER, BIGINT, REAL, DOUBLE -> true;
        case BOOLEAN,
            DATE,
            TIME,
            TIMESTAMP,
            TIMESTAMP_WITH_TIME_ZONE,
            TIMESTAMP_NANO,
            TIMESTAMP_NANO_WITH_TIME_ZONE,
            VARCHAR,
            VARBINARY,
            UUID,
            VARIANT,
            UNKNOWN ->
            false;
      };
    }
    return type instanceof SqlType.DecimalType;
  }
}
