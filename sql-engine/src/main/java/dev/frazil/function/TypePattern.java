package dev.frazil.function;

import dev.frazil.type.CommonType;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import dev.frazil.type.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type in a signature: a type of SQL, {@code interval} (of months, days and microseconds; in the
 * engine a decimal), {@code text} (anything that has a text form, as text), {@code any} (anything
 * as it is), {@code geospatial} (a geometry or geography), a letter that stands for any type
 * ({@code N}: a number, {@code X}: an exact number, {@code D}: a date or timestamp, any other
 * letter: no restriction), or an array, map or row of such.
 */
record TypePattern(String name, List<TypePattern> parameters) {
  private static final int NO = -1;
  private static final String GEOSPATIAL = "geospatial";

  boolean isVariable() {
    return name.length() == 1;
  }

  /** Takes what comes, as it is. */
  boolean isAny() {
    return name.equals("any");
  }

  /** Whether it is one type of SQL, whatever the call. */
  boolean isConcrete() {
    return !isVariable()
        && !isAny()
        && !name.equals("interval")
        && !name.equals(GEOSPATIAL)
        && parameters.stream().allMatch(TypePattern::isConcrete);
  }

  /** How far an argument is from this; negative if it does not fit. Binds the letters. */
  int bind(SqlType actual, Map<String, SqlType> variables) {
    boolean isInterval = name.equals("interval");
    if (actual.equals(Signature.INTERVAL) || (isInterval && actual != Primitive.UNKNOWN)) {
      return isInterval && actual.equals(Signature.INTERVAL) ? 0 : NO;
    }
    if (isVariable()) {
      return bindVariable(actual, variables);
    }
    if (isAny()) {
      return 9;
    }
    if (actual == Primitive.UNKNOWN) {
      return 1;
    }
    if (name.equals("array")) {
      return actual instanceof ArrayType array
          ? parameters.get(0).bind(array.element(), variables)
          : NO;
    } else if (name.equals("map")) {
      if (!(actual instanceof MapType map)) {
        return NO;
      }
      int key = parameters.get(0).bind(map.key(), variables);
      int value = parameters.get(1).bind(map.value(), variables);
      return key < 0 || value < 0 ? NO : key + value;
    } else if (name.equals("row")) {
      return bindRow(actual, variables);
    } else if (name.equals("text")) {
      boolean hasText = actual instanceof Primitive || CommonType.isNumeric(actual);
      boolean isOther = actual == Primitive.VARBINARY || actual == Primitive.VARIANT;
      return actual == Primitive.VARCHAR ? 0 : hasText && !isOther ? 8 : NO;
    }
    if (name.equals(GEOSPATIAL)) {
      return actual instanceof GeospatialType ? 0 : NO;
    }
    return distance(actual, primitive());
  }

  private int bindRow(SqlType actual, Map<String, SqlType> variables) {
    if (!(actual instanceof RowType row) || row.fields().size() != parameters.size()) {
      return NO;
    }
    int total = 0;
    for (int i = 0; i < parameters.size(); i++) {
      int field = parameters.get(i).bind(row.fields().get(i).type(), variables);
      if (field < 0) {
        return NO;
      }
      total += field;
    }
    return total;
  }

  private int bindVariable(SqlType actual, Map<String, SqlType> variables) {
    boolean fits =
        actual == Primitive.UNKNOWN
            || switch (name) {
              case "N" -> CommonType.isNumeric(actual);
              case "X" -> CommonType.isNumeric(actual) && !CommonType.isFloating(actual);
              case "D" -> actual == Primitive.DATE || Timestamps.isTimestamp(actual);
              default -> true;
            };
    SqlType before = variables.getOrDefault(name, Primitive.UNKNOWN);
    SqlType both = fits ? CommonType.of(before, actual) : null;
    if (both == null) {
      return NO;
    }
    variables.put(name, both);
    // a type that is asked for by name is nearer than one that is merely allowed
    return 2;
  }

  /** The type once the letters are known; a letter that nothing bound is a type of nulls. */
  SqlType resolve(Map<String, SqlType> variables) {
    if (isVariable()) {
      return variables.getOrDefault(name, Primitive.UNKNOWN);
    }
    return switch (name) {
      case "array" -> new ArrayType(parameters.get(0).resolve(variables));
      case "map" ->
          new MapType(parameters.get(0).resolve(variables), parameters.get(1).resolve(variables));
      case "row" -> {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
          fields.add(new Field("f" + (i + 1), parameters.get(i).resolve(variables)));
        }
        yield new RowType(fields);
      }
      default -> primitive();
    };
  }

  /** The one type that a name stands for. */
  private SqlType primitive() {
    return switch (name) {
      case "boolean" -> Primitive.BOOLEAN;
      case "integer" -> Primitive.INTEGER;
      case "bigint" -> Primitive.BIGINT;
      case "real" -> Primitive.REAL;
      case "double" -> Primitive.DOUBLE;
      case "decimal", "interval" -> new SqlType.DecimalType(SqlType.DecimalType.MAX_PRECISION, 0);
      case "numeric" -> new SqlType.DecimalType(SqlType.DecimalType.MAX_PRECISION, 10);
      case "date" -> Primitive.DATE;
      case "time" -> Primitive.TIME;
      case "timestamp" -> Primitive.TIMESTAMP;
      case "timestamptz" -> Primitive.TIMESTAMP_WITH_TIME_ZONE;
      case "timestamp_ns" -> Primitive.TIMESTAMP_NANO;
      case "timestamptz_ns" -> Primitive.TIMESTAMP_NANO_WITH_TIME_ZONE;
      case "varchar", "text", "any" -> Primitive.VARCHAR;
      case "varbinary" -> Primitive.VARBINARY;
      case "uuid" -> Primitive.UUID;
      case "variant" -> Primitive.VARIANT;
      case "geometry", GEOSPATIAL -> GeospatialType.GEOMETRY;
      case "geography" -> GeospatialType.GEOGRAPHY;
      default -> throw new IllegalStateException("no type of a signature: " + name);
    };
  }

  private static int distance(SqlType from, SqlType to) {
    if (from.equals(to)) {
      return 0;
    }
    if (CommonType.isNumeric(from) && CommonType.isNumeric(to)) {
      int steps = rank(to) - rank(from);
      return steps > 0 ? steps : NO;
    }
    if (to == Primitive.TIMESTAMP) {
      return from == Primitive.DATE ? 1 : NO;
    } else if (to == Primitive.TIMESTAMP_WITH_TIME_ZONE) {
      return from == Primitive.DATE ? 2 : from == Primitive.TIMESTAMP ? 1 : NO;
    }
    return to == Primitive.VARBINARY && from instanceof FixedType ? 1 : NO;
  }

  private static int rank(SqlType type) {
    if (type == Primitive.INTEGER) {
      return 0;
    } else if (type == Primitive.BIGINT) {
      return 1;
    } else if (type == Primitive.REAL) {
      return 4;
    }
    return type == Primitive.DOUBLE ? 5 : 3;
  }

  @Override
  public String toString() {
    String shown = name.equals("timestamptz") ? "timestamp with time zone" : name;
    if (name.equals(GEOSPATIAL)) {
      shown = "geometry";
    } else if (name.equals("text")) {
      shown = "varchar";
    } else if (name.equals("numeric")) {
      shown = "decimal(38, 10)";
    } else if (name.equals("timestamp_ns") || name.equals("timestamptz_ns")) {
      shown = primitive().sqlName();
    }
    return parameters.isEmpty()
        ? shown
        : shown
            + "("
            + String.join(", ", parameters.stream().map(TypePattern::toString).toList())
            + ")";
  }

  /** The type to take for a parameter of the statement that nothing else tells about. */
  @Nullable SqlType known() {
    return switch (name) {
      case "array", "map", "row", "interval" -> null;
      default ->
          switch (name) {
            case "N" -> Primitive.DOUBLE;
            case "X" -> Primitive.BIGINT;
            case "D" -> Primitive.TIMESTAMP;
            default -> isVariable() ? null : primitive();
          };
    };
  }
}
