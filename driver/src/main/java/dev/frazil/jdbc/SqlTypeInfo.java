package dev.frazil.jdbc;

import dev.frazil.type.SqlType;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code getTypeInfo}: the types that CREATE TABLE accepts. */
final class SqlTypeInfo {
  private static final List<SqlType> TYPES =
      List.of(
          SqlType.Primitive.BOOLEAN,
          SqlType.Primitive.INTEGER,
          SqlType.Primitive.BIGINT,
          SqlType.Primitive.REAL,
          SqlType.Primitive.DOUBLE,
          new SqlType.DecimalType(SqlType.DecimalType.MAX_PRECISION, 0),
          SqlType.Primitive.DATE,
          SqlType.Primitive.TIME,
          SqlType.Primitive.TIMESTAMP,
          SqlType.Primitive.TIMESTAMP_WITH_TIME_ZONE,
          SqlType.Primitive.VARCHAR,
          SqlType.Primitive.VARBINARY,
          SqlType.Primitive.UUID);

  private static final Set<Integer> NUMBERS =
      Set.of(Types.INTEGER, Types.BIGINT, Types.REAL, Types.DOUBLE, Types.DECIMAL);

  private static final Set<Integer> TEMPORALS =
      Set.of(Types.DATE, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE);

  /** What has a day and a time of it. */
  private static final Set<Integer> INSTANTS =
      Set.of(Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE);

  private SqlTypeInfo() {}

  /** Whether CAST turns the one into the other, by their codes in {@link Types}. */
  static boolean castable(int from, int to) {
    boolean known =
        TYPES.stream().anyMatch(type -> JdbcTypes.code(type) == from)
            && TYPES.stream().anyMatch(type -> JdbcTypes.code(type) == to);
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
            .integer("NULLABLE")
            .column("CASE_SENSITIVE", SqlType.Primitive.BOOLEAN)
            .integer("SEARCHABLE")
            .column("UNSIGNED_ATTRIBUTE", SqlType.Primitive.BOOLEAN)
            .column("FIXED_PREC_SCALE", SqlType.Primitive.BOOLEAN)
            .column("AUTO_INCREMENT", SqlType.Primitive.BOOLEAN)
            .text("LOCAL_TYPE_NAME")
            .integer(
                "MINIMUM_SCALE",
                "MAXIMUM_SCALE",
                "SQL_DATA_TYPE",
                "SQL_DATETIME_SUB",
                "NUM_PREC_RADIX");
    TYPES.stream()
        .sorted(Comparator.comparingInt(JdbcTypes::code))
        .forEach(type -> describe(rows, type));
    return rows.resultSet();
  }

  private static void describe(FixedRows rows, SqlType type) {
    boolean decimal = type instanceof SqlType.DecimalType;
    boolean text = type == SqlType.Primitive.VARCHAR;
    String name = decimal ? "decimal" : type.sqlName();
    int scale = JdbcTypes.scale(type);
    rows.row(
        name,
        JdbcTypes.code(type),
        JdbcTypes.precision(type),
        literalPrefix(type),
        literalPrefix(type) == null ? null : "'",
        decimal ? "precision,scale" : null,
        DatabaseMetaData.typeNullable,
        text,
        text ? DatabaseMetaData.typeSearchable : DatabaseMetaData.typePredBasic,
        !JdbcTypes.numeric(type),
        false,
        false,
        null,
        decimal ? 0 : scale,
        decimal ? SqlType.DecimalType.MAX_PRECISION : scale,
        null,
        null,
        10);
  }

  private static @Nullable String literalPrefix(SqlType type) {
    if (type instanceof SqlType.Primitive primitive) {
      return switch (primitive) {
        case DATE -> "DATE '";
        case TIME -> "TIME '";
        case TIMESTAMP -> "TIMESTAMP '";
        case VARCHAR -> "'";
        case VARBINARY -> "X'";
        case BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, TIMESTAMP_WITH_TIME_ZONE, UUID, UNKNOWN ->
            null;
      };
    }
    return null;
  }
}
