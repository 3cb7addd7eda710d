package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code getTypeInfo}: the types that CREATE TABLE accepts. */
final class SqlTypeInfo {
  private static final SqlType FIXED = new SqlType.FixedType(JdbcTypes.UNLIMITED);
  private static final SqlType ARRAY = new SqlType.ArrayType(Primitive.VARCHAR);
  private static final SqlType MAP = new SqlType.MapType(Primitive.VARCHAR, Primitive.VARCHAR);
  private static final SqlType ROW = new SqlType.RowType(List.of());

  private static final List<SqlType> TYPES =
      List.of(
          Primitive.BOOLEAN,
          Primitive.INTEGER,
          Primitive.BIGINT,
          Primitive.REAL,
          Primitive.DOUBLE,
          new SqlType.DecimalType(SqlType.DecimalType.MAX_PRECISION, 0),
          Primitive.DATE,
          Primitive.TIME,
          Primitive.TIMESTAMP,
          Primitive.TIMESTAMP_WITH_TIME_ZONE,
          Primitive.TIMESTAMP_NANO,
          Primitive.TIMESTAMP_NANO_WITH_TIME_ZONE,
          Primitive.VARCHAR,
          Primitive.VARBINARY,
          FIXED,
          Primitive.UUID,
          Primitive.VARIANT,
          SqlType.GeospatialType.GEOMETRY,
          SqlType.GeospatialType.GEOGRAPHY,
          ARRAY,
          MAP,
          ROW);

  private static final Set<Integer> NUMBERS =
      Set.of(Types.INTEGER, Types.BIGINT, Types.REAL, Types.DOUBLE, Types.DECIMAL);

  private static final Set<Integer> TEMPORALS =
      Set.of(Types.DATE, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE);

  /** What has a day and a time of it. */
  private static final Set<Integer> INSTANTS =
      Set.of(Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE);

  private static final Set<Integer> NOT_CAST =
      Set.of(Types.BINARY, Types.ARRAY, Types.JAVA_OBJECT, Types.STRUCT);

  private SqlTypeInfo() {}

  /** Whether CAST turns the one into the other, by their codes in {@link Types}. */
  static boolean castable(int from, int to) {
    boolean known =
        TYPES.stream().anyMatch(type -> JdbcTypes.code(type) == from)
            && TYPES.stream().anyMatch(type -> JdbcTypes.code(type) == to)
            && !NOT_CAST.contains(from)
            && !NOT_CAST.contains(to);
    return known
        && (from == to
            || from == Types.VARCHAR
            || to == Types.VARCHAR
            || (NUMBERS.contains(from) && (NUMBERS.contains(to) || to == Types.BOOLEAN))
            || (TEMPORALS.contains(from) && TEMPORALS.contains(to))
            || (INSTANTS.contains(from) && to == Types.TIME)
            || (from == Types.TIME && INSTANTS.contains(to)));
  }

  static ResultSet resultSet() {
    FixedRows rows =
        new FixedRows()
            .text("TYPE_NAME")
            .integer("DATA_TYPE", "PRECISION")
            .text("LITERAL_PREFIX", "LITERAL_SUFFIX", "CREATE_PARAMS")
            .small("NULLABLE")
            .flag("CASE_SENSITIVE")
            .small("SEARCHABLE")
            .flag("UNSIGNED_ATTRIBUTE", "FIXED_PREC_SCALE", "AUTO_INCREMENT")
            .text("LOCAL_TYPE_NAME")
            .small("MINIMUM_SCALE", "MAXIMUM_SCALE")
            .integer("SQL_DATA_TYPE", "SQL_DATETIME_SUB", "NUM_PREC_RADIX");
    TYPES.stream()
        .sorted(Comparator.comparingInt(JdbcTypes::code))
        .forEach(type -> describe(rows, type));
    return rows.resultSet();
  }

  private static void describe(FixedRows rows, SqlType type) {
    boolean decimal = type instanceof SqlType.DecimalType;
    boolean text = type == Primitive.VARCHAR;
    boolean digits = JdbcTypes.hasDigits(type);
    int scale = JdbcTypes.scale(type);
    String prefix = literalPrefix(type);
    rows.row(
        name(type),
        JdbcTypes.code(type),
        JdbcTypes.precision(type),
        prefix,
        prefix == null ? null : prefix.startsWith("ARRAY") ? "]" : "'",
        parameters(type),
        DatabaseMetaData.typeNullable,
        text,
        text ? DatabaseMetaData.typeSearchable : DatabaseMetaData.typePredBasic,
        !JdbcTypes.numeric(type),
        false,
        false,
        name(type),
        digits ? (decimal ? 0 : scale) : null,
        digits ? (decimal ? SqlType.DecimalType.MAX_PRECISION : scale) : null,
        null,
        null,
        JdbcTypes.numeric(type) ? 10 : null);
  }

  /** The name without parameters. */
  private static String name(SqlType type) {
    String full = type.sqlName();
    int bracket = type instanceof Primitive ? -1 : full.indexOf('(');
    return bracket < 0 ? full : full.substring(0, bracket);
  }

  private static @Nullable String parameters(SqlType type) {
    if (type instanceof SqlType.DecimalType) {
      return "precision,scale";
    } else if (type instanceof SqlType.FixedType) {
      return "length";
    } else if (type instanceof SqlType.ArrayType) {
      return "element type";
    } else if (type instanceof SqlType.MapType) {
      return "key type,value type";
    }
    if (type instanceof SqlType.GeospatialType geospatial) {
      return geospatial.isGeography() ? "'crs',edges" : "'crs'";
    }
    return type instanceof SqlType.RowType ? "name type,..." : null;
  }

  private static @Nullable String literalPrefix(SqlType type) {
    if (type instanceof Primitive primitive) {
      return switch (primitive) {
        case DATE -> "DATE '";
        case TIME -> "TIME '";
        case TIMESTAMP, TIMESTAMP_NANO -> "TIMESTAMP '";
        case TIMESTAMP_WITH_TIME_ZONE, TIMESTAMP_NANO_WITH_TIME_ZONE ->
            "TIMESTAMP WITH TIME ZONE '";
        case VARCHAR -> "'";
        case VARBINARY -> "X'";
        case UUID -> "UUID '";
        case BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, VARIANT, UNKNOWN -> null;
      };
    }
    return type instanceof SqlType.FixedType
        ? "X'"
        : type instanceof SqlType.ArrayType ? "ARRAY[" : null;
  }
}
