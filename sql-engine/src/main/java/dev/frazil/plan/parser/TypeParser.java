package dev.frazil.plan.parser;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import dev.frazil.type.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Types as DDL writes them, in ISO, Trino or Spark form. */
final class TypeParser {
  private static final int MAX_NESTING = 32;

  private static final List<String> EDGES =
      List.of("spherical", "vincenty", "thomas", "andoyer", "karney");

  private final TokenReader reader;
  private int nesting;

  TypeParser(TokenReader reader) {
    this.reader = reader;
  }

  SqlType type() {
    if (++nesting > MAX_NESTING) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED, "a type nests deeper than " + MAX_NESTING + " levels");
    }
    SqlType type = baseType();
    while (true) {
      if (reader.accept("array")) {
        type = new ArrayType(type);
      } else if (reader.peek().isSymbol("[") && reader.peek(1).isSymbol("]")) {
        reader.next();
        reader.next();
        type = new ArrayType(type);
      } else {
        nesting--;
        return type;
      }
    }
  }

  private SqlType baseType() {
    SqlToken name = reader.peek();
    if (name.kind() != SqlToken.Kind.WORD) {
      throw reader.expected("a type");
    }
    reader.next();
    return switch (name.value()) {
      case "boolean", "bool" -> Primitive.BOOLEAN;
      case "bit" -> bit(name);
      case "tinyint", "byte", "smallint", "int", "integer", "int2", "int4" -> Primitive.INTEGER;
      case "bigint", "long", "int8" -> Primitive.BIGINT;
      case "real", "float4" -> Primitive.REAL;
      case "float" -> floatingPoint();
      case "double", "float8" -> {
        reader.accept("precision");
        yield Primitive.DOUBLE;
      }
      case "decimal", "numeric", "dec" -> decimal(name);
      case "date" -> Primitive.DATE;
      case "time" -> time(name);
      case "timestamp" -> timestamp(name);
      case "timestamptz", "timestamp_ltz" -> Primitive.TIMESTAMP_WITH_TIME_ZONE;
      case "timestamp_ntz" -> Primitive.TIMESTAMP;
      case "timestamp_ns" -> Primitive.TIMESTAMP_NANO;
      case "timestamptz_ns" -> Primitive.TIMESTAMP_NANO_WITH_TIME_ZONE;
      case "unknown" -> Primitive.UNKNOWN;
      case "varchar", "char", "string", "text" -> text();
      case "character" -> {
        reader.accept("varying");
        yield text();
      }
      case "varbinary", "bytea", "blob" -> {
        length();
        yield Primitive.VARBINARY;
      }
      case "binary", "fixed" -> fixed(name);
      case "uuid" -> Primitive.UUID;
      case "variant" -> Primitive.VARIANT;
      case "array", "list" -> {
        String closing = opening();
        SqlType element = type();
        reader.expectSymbol(closing);
        yield new ArrayType(element);
      }
      case "map" -> {
        String closing = opening();
        SqlType key = type();
        reader.expectSymbol(",");
        SqlType value = type();
        reader.expectSymbol(closing);
        yield new MapType(key, value);
      }
      case "row", "struct" -> row();
      case "geometry", "geography" -> geospatial(name);
      case "interval", "json" ->
          throw reader
              .source()
              .unsupported(name.start(), "the type " + name.value().toUpperCase(Locale.ROOT));
      default ->
          throw reader
              .source()
              .syntaxError(name.start(), "there is no type \"" + name.value() + "\"");
    };
  }

  /** One bit: what Spark and others call a boolean. */
  private SqlType bit(SqlToken name) {
    int bits = length();
    if (bits > 1 || reader.peek().is("varying")) {
      throw reader.source().unsupported(name.start(), "a type of more than one bit");
    }
    return Primitive.BOOLEAN;
  }

  private SqlType floatingPoint() {
    if (reader.peek().isSymbol("(")) {
      int offset = reader.peek().start();
      int bits = length();
      if (bits < 1 || bits > 53) {
        throw reader.source().syntaxError(offset, "the precision of FLOAT must be 1 to 53");
      }
      return bits <= 24 ? Primitive.REAL : Primitive.DOUBLE;
    }
    return Primitive.REAL;
  }

  private SqlType decimal(SqlToken name) {
    int precision = 38;
    int scale = 0;
    if (reader.acceptSymbol("(")) {
      precision = reader.wholeNumber("a precision");
      if (reader.acceptSymbol(",")) {
        scale = reader.wholeNumber("a scale");
      }
      reader.expectSymbol(")");
    }
    if (precision < 1 || precision > DecimalType.MAX_PRECISION) {
      throw reader
          .source()
          .syntaxError(
              name.start(), "the precision of a decimal must be 1 to 38, not " + precision);
    }
    if (scale > precision) {
      throw reader
          .source()
          .syntaxError(
              name.start(), "the scale of a decimal must be 0 to its precision, not " + scale);
    }
    return new DecimalType(precision, scale);
  }

  private SqlType time(SqlToken name) {
    precision(name, 6);
    if (reader.accept("without")) {
      reader.expect("time", "zone");
    } else if (reader.peek().is("with")) {
      throw reader.source().unsupported(name.start(), "the type TIME WITH TIME ZONE");
    }
    return Primitive.TIME;
  }

  private SqlType timestamp(SqlToken name) {
    boolean nano = precision(name, 9) > 6;
    if (reader.accept("without")) {
      reader.expect("time", "zone");
    } else if (reader.peek().is("with")
        && (reader.peek(1).is("time") || reader.peek(1).is("local"))) {
      reader.next();
      reader.accept("local");
      reader.expect("time", "zone");
      return Timestamps.of(nano, true);
    }
    return Timestamps.of(nano, false);
  }

  /** The digits of seconds: up to 6 are held as microseconds, more as nanoseconds. */
  private int precision(SqlToken name, int most) {
    int digits = length();
    if (digits > most) {
      throw reader
          .source()
          .unsupported(
              name.start(),
              name.value().toUpperCase(Locale.ROOT)
                  + "("
                  + digits
                  + "), only precisions up to "
                  + most);
    }
    return digits;
  }

  /** {@code geometry('srid:3857')}, {@code geography('OGC:CRS84', karney)}. */
  private SqlType geospatial(SqlToken name) {
    boolean isGeography = name.is("geography");
    GeospatialType plain = isGeography ? GeospatialType.GEOGRAPHY : GeospatialType.GEOMETRY;
    if (!reader.acceptSymbol("(")) {
      return plain;
    }
    SqlToken crs = reader.peek();
    if (crs.kind() != SqlToken.Kind.STRING || crs.value().isBlank()) {
      throw reader.expected("the system of coordinates as text, such as 'OGC:CRS84',");
    }
    reader.next();
    String edges = plain.edges();
    if (isGeography && reader.acceptSymbol(",")) {
      SqlToken algorithm = reader.next();
      edges = algorithm.value().toLowerCase(Locale.ROOT);
      if (!EDGES.contains(edges)) {
        throw reader
            .source()
            .syntaxError(algorithm.start(), "the edges of a geography are one of " + EDGES);
      }
    }
    reader.expectSymbol(")");
    return new GeospatialType(crs.value(), edges);
  }

  private SqlType text() {
    length();
    return Primitive.VARCHAR;
  }

  private SqlType fixed(SqlToken name) {
    if (!reader.peek().isSymbol("(")) {
      if (name.is("binary")) {
        return Primitive.VARBINARY;
      }
      throw reader.expected("\"(\" and a length in bytes");
    }
    int length = length();
    if (length < 1) {
      throw reader.source().syntaxError(name.start(), "the length must be at least 1");
    }
    return new FixedType(length);
  }

  private int length() {
    if (!reader.acceptSymbol("(")) {
      return -1;
    }
    int length = reader.wholeNumber("a length");
    reader.expectSymbol(")");
    return length;
  }

  private SqlType row() {
    String closing = opening();
    List<SqlType.Field> fields = new ArrayList<>();
    do {
      SqlToken field = reader.simpleName("field");
      reader.acceptSymbol(":");
      fields.add(new SqlType.Field(field.value(), type()));
      if (reader.peek().is("not")) {
        throw reader.source().unsupported(reader.peek().start(), "NOT NULL on a nested field");
      }
    } while (reader.acceptSymbol(","));
    reader.expectSymbol(closing);
    return new RowType(fields);
  }

  private String opening() {
    if (reader.acceptSymbol("<")) {
      return ">";
    }
    reader.expectSymbol("(");
    return ")";
  }
}
