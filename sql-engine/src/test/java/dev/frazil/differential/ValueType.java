package dev.frazil.differential;

import java.util.Locale;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The type of an expression and what is known of its values.
 *
 * @param precision digits of a decimal
 * @param scale digits of a decimal after the point
 * @param bound no value is larger in magnitude; infinite where arithmetic could fail
 * @param rough whether the engines may differ in the last digits: such a value is only shown, never
 *     compared or grouped by
 */
record ValueType(Family family, int precision, int scale, double bound, boolean rough) {

  /** The types of SQL. */
  enum Family {
    BOOLEAN,
    INTEGER,
    BIGINT,
    DECIMAL,
    DOUBLE,
    REAL,
    VARCHAR,
    DATE,
    TIMESTAMP,
    TIME,
    TIMESTAMPTZ,
    VARBINARY,
    UUID,
    INTEGERS,
    TEXTS,
    STRUCT,
    MAP;

    boolean isExact() {
      return this == INTEGER || this == BIGINT || this == DECIMAL;
    }

    /** Whether there is an aggregate of this type in both engines. */
    boolean hasExtremes() {
      return this != VARBINARY && this != UUID && !isNested();
    }

    boolean isNested() {
      return this == INTEGERS || this == TEXTS || this == STRUCT || this == MAP;
    }
  }

  static final ValueType BOOLEAN = of(Family.BOOLEAN, 0);
  static final ValueType VARCHAR = of(Family.VARCHAR, 20);

  static ValueType of(Family family, double bound) {
    return new ValueType(family, 0, 0, bound, family.isNested());
  }

  static ValueType integer(double bound) {
    return of(bound <= Integer.MAX_VALUE ? Family.INTEGER : Family.BIGINT, bound);
  }

  static ValueType bigint(double bound) {
    return of(Family.BIGINT, bound);
  }

  static ValueType decimal(int precision, int scale) {
    return new ValueType(Family.DECIMAL, precision, scale, Math.pow(10, precision - scale), false);
  }

  static ValueType rough(Family family) {
    return new ValueType(family, 0, 0, Double.POSITIVE_INFINITY, true);
  }

  boolean isTame() {
    return !rough && bound < Double.POSITIVE_INFINITY;
  }

  /** Digits of an exact number before the point. */
  int wholeDigits() {
    return switch (family) {
      case INTEGER -> 10;
      case BIGINT -> 19;
      default -> precision - scale;
    };
  }

  /** As both engines write it in a table or a cast. */
  String sqlName() {
    return switch (family) {
      case DECIMAL -> "decimal(" + precision + ", " + scale + ")";
      case TIMESTAMPTZ -> "timestamp with time zone";
      case INTEGERS -> "array(integer)";
      case TEXTS -> "array(varchar)";
      case STRUCT -> "row(x integer, y varchar)";
      case MAP -> "map(varchar, integer)";
      default -> family.name().toLowerCase(Locale.ROOT);
    };
  }

  String duckDbName() {
    return switch (family) {
      case VARBINARY -> "blob";
      case INTEGERS -> "integer[]";
      case TEXTS -> "varchar[]";
      case STRUCT -> "struct(x integer, y varchar)";
      default -> sqlName();
    };
  }

  /** As Iceberg's own interface wants it. */
  Type iceberg() {
    return switch (family) {
      case BOOLEAN -> Types.BooleanType.get();
      case INTEGER -> Types.IntegerType.get();
      case BIGINT -> Types.LongType.get();
      case DECIMAL -> Types.DecimalType.of(precision, scale);
      case DOUBLE -> Types.DoubleType.get();
      case REAL -> Types.FloatType.get();
      case VARCHAR -> Types.StringType.get();
      case DATE -> Types.DateType.get();
      case TIMESTAMP -> Types.TimestampType.withoutZone();
      case TIME -> Types.TimeType.get();
      case TIMESTAMPTZ -> Types.TimestampType.withZone();
      case VARBINARY -> Types.BinaryType.get();
      case UUID -> Types.UUIDType.get();
      case INTEGERS -> Types.ListType.ofOptional(1, Types.IntegerType.get());
      case TEXTS -> Types.ListType.ofOptional(1, Types.StringType.get());
      case STRUCT ->
          Types.StructType.of(
              Types.NestedField.optional(1, "x", Types.IntegerType.get()),
              Types.NestedField.optional(2, "y", Types.StringType.get()));
      case MAP -> Types.MapType.ofOptional(1, 2, Types.StringType.get(), Types.IntegerType.get());
    };
  }
}
