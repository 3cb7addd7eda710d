package dev.frazil.examples.spark;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.jdbc.JdbcDialect;
import org.apache.spark.sql.jdbc.JdbcDialects;
import org.apache.spark.sql.jdbc.JdbcType;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MetadataBuilder;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * Tells Spark's JDBC source the types of Frazil. Call {@link #register} once before the first read
 * or write; URLs of other databases are not touched.
 *
 * <p>Without it Spark refuses tables with arrays, maps, uuids and timestamps with time zone, and
 * writes {@code TEXT}, {@code BLOB} and {@code BIT(1)}. With it a {@code timestamp} is a {@code
 * TIMESTAMP_NTZ} and a {@code timestamp with time zone} a {@code TIMESTAMP}, as in Spark's own
 * tables of Iceberg; uuids, maps and rows are read as text. Source: {@code
 * org.apache.spark.sql.jdbc.JdbcDialect} of Spark 4.0.
 */
public final class FrazilSparkDialect extends JdbcDialect {
  private static final long serialVersionUID = 1;

  /** What both compute alike, to the last digit; an average of decimals is not among it. */
  private static final Set<String> FUNCTIONS =
      Set.of("MIN", "MAX", "SUM", "COUNT", "ABS", "COALESCE");

  /** Makes Spark use this dialect for every URL of Frazil. */
  public static void register() {
    JdbcDialects.registerDialect(new FrazilSparkDialect());
  }

  @Override
  public boolean canHandle(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("jdbc:iceberg:");
  }

  @Override
  public Option<DataType> getCatalystType(
      int sqlType, String typeName, int size, MetadataBuilder metadata) {
    return Option.apply(
        switch (sqlType) {
          case Types.REAL -> DataTypes.FloatType;
          case Types.TIMESTAMP -> DataTypes.TimestampNTZType;
          case Types.TIMESTAMP_WITH_TIMEZONE -> DataTypes.TimestampType;
          case Types.ARRAY -> type(typeName);
          // A uuid, a map, a row: their text.
          case Types.OTHER, Types.JAVA_OBJECT, Types.STRUCT, Types.NULL -> DataTypes.StringType;
          default -> null; // as Spark has it
        });
  }

  /** The type of Spark for the name of one of Frazil, for instance {@code array(integer)}. */
  static DataType type(String name) {
    if (name.startsWith("array(")) {
      return DataTypes.createArrayType(type(name.substring("array(".length(), name.length() - 1)));
    }
    if (name.startsWith("decimal(")) {
      String[] digits = name.substring("decimal(".length(), name.length() - 1).split(",", -1);
      return DataTypes.createDecimalType(
          Integer.parseInt(digits[0].strip()), Integer.parseInt(digits[1].strip()));
    }
    return switch (name) {
      case "boolean" -> DataTypes.BooleanType;
      case "integer" -> DataTypes.IntegerType;
      case "bigint" -> DataTypes.LongType;
      case "real" -> DataTypes.FloatType;
      case "double" -> DataTypes.DoubleType;
      case "date" -> DataTypes.DateType;
      case "timestamp" -> DataTypes.TimestampNTZType;
      case "timestamp with time zone" -> DataTypes.TimestampType;
      default -> DataTypes.StringType;
    };
  }

  @Override
  public Option<JdbcType> getJDBCType(DataType type) {
    return Option.apply(jdbcType(type));
  }

  private static @Nullable JdbcType jdbcType(DataType type) {
    if (type instanceof ArrayType array) {
      JdbcType element = jdbcType(array.elementType());
      return element == null
          ? null
          : new JdbcType("array(" + element.databaseTypeDefinition() + ")", Types.ARRAY);
    }
    if (type instanceof DecimalType decimal) {
      return new JdbcType(
          "decimal(" + decimal.precision() + "," + decimal.scale() + ")", Types.DECIMAL);
    }
    if (type.equals(DataTypes.BooleanType)) {
      return new JdbcType("boolean", Types.BOOLEAN);
    } else if (type.equals(DataTypes.ByteType)
        || type.equals(DataTypes.ShortType)
        || type.equals(DataTypes.IntegerType)) {
      return new JdbcType("integer", Types.INTEGER);
    } else if (type.equals(DataTypes.LongType)) {
      return new JdbcType("bigint", Types.BIGINT);
    } else if (type.equals(DataTypes.FloatType)) {
      return new JdbcType("real", Types.REAL);
    } else if (type.equals(DataTypes.DoubleType)) {
      return new JdbcType("double", Types.DOUBLE);
    } else if (type.equals(DataTypes.StringType)) {
      return new JdbcType("varchar", Types.VARCHAR);
    } else if (type.equals(DataTypes.BinaryType)) {
      return new JdbcType("varbinary", Types.VARBINARY);
    } else if (type.equals(DataTypes.DateType)) {
      return new JdbcType("date", Types.DATE);
    } else if (type.equals(DataTypes.TimestampNTZType)) {
      return new JdbcType("timestamp", Types.TIMESTAMP);
    } else if (type.equals(DataTypes.TimestampType)) {
      return new JdbcType("timestamp with time zone", Types.TIMESTAMP_WITH_TIMEZONE);
    }
    return null; // as Spark has it
  }

  /** Literals of a filter. A point in time names its zone: the text of Spark's own would not. */
  @Override
  public Object compileValue(Object value) {
    if (value instanceof Timestamp timestamp) {
      return compileValue(timestamp.toInstant());
    } else if (value instanceof Instant instant) {
      return "CAST('" + instant + "' AS TIMESTAMP WITH TIME ZONE)";
    } else if (value instanceof LocalDateTime clock) {
      return "CAST('" + clock + "' AS TIMESTAMP)";
    }
    return super.compileValue(value);
  }

  @Override
  public boolean isSupportedFunction(String name) {
    return FUNCTIONS.contains(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public String quoteIdentifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** {@code TRUNCATE} empties one table, so overwriting may truncate instead of dropping. */
  @Override
  public Option<Object> isCascadingTruncateTable() {
    return Option.apply(false);
  }

  @Override
  public boolean supportsLimit() {
    return true;
  }

  @Override
  public boolean supportsOffset() {
    return true;
  }
}
