package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.parser.StatementParser;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import dev.frazil.type.TypeMapping;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a column gets that an INSERT does not name: an expression in a property of the table, else
 * the write default of the field, else null. See {@link DefaultPlanner}, which makes both.
 */
public final class DefaultValues {
  /** What the properties of expressions begin with; the id of the field follows. */
  static final String PREFIX = "frazil.default.";

  private static final long NANOS_PER_MICRO = 1_000;

  private DefaultValues() {}

  /** The default of a column as it would be written behind DEFAULT; null without one. */
  public static @Nullable String text(Table table, Types.NestedField field) {
    String expression = expression(table, field);
    if (expression != null) {
      return expression;
    }
    return field.writeDefault() == null
        ? null
        : DefaultText.of(field, TypeMapping.toSql(field.type()));
  }

  private static @Nullable String expression(Table table, Types.NestedField field) {
    return table.properties().get(PREFIX + field.fieldId());
  }

  /** The default of a column of the target, in its type. */
  static ScalarExpression of(QueryPlanner queries, TargetTable target, int column) {
    Types.NestedField field = target.fields().get(column);
    SqlType type = target.types().get(column);
    String expression = expression(target.handle().table(), field);
    if (expression == null) {
      return constant(field, type);
    }
    ParsedSql parsed = parse(expression);
    QueryText text = parsed.newConstant().addSlice(query(parsed));
    ScalarExpression value =
        ReturningPlanner.expressions(queries.translate(text).node(), "DEFAULT").get(0);
    return queries.expressions().folder().cast(value, type, false);
  }

  /** Appends the default of a column of the target, in its type. */
  static void addTo(QueryText text, TargetTable target, int column) {
    Types.NestedField field = target.fields().get(column);
    SqlType type = target.types().get(column);
    String expression = expression(target.handle().table(), field);
    if (expression == null) {
      addConstant(text, field, type);
      return;
    }
    ParsedSql parsed = parse(expression);
    Slice query = query(parsed);
    String rewritten =
        parsed.newConstant().addSlice(new Slice(query.from() + 1, query.to())).text();
    @Nullable String castType = TargetTable.castType(type);
    text.add(castType == null ? rewritten : "CAST(" + rewritten + " AS " + castType + ")");
  }

  /** An expression that a property holds, as a query. */
  private static ParsedSql parse(String expression) {
    ParsedSql parsed = StatementParser.parse("SELECT (" + expression + "\n)");
    if (parsed.parameterCount() > 0) {
      throw EngineException.unsupported("a parameter in DEFAULT");
    }
    return parsed;
  }

  private static Slice query(ParsedSql parsed) {
    return ((ParsedStatement.Query) parsed.statement()).slice();
  }

  /** The write default of the field as a literal; null without one. */
  static Literal constant(Types.NestedField field, SqlType type) {
    Object value = field.writeDefault();
    if (value == null) {
      return new Literal(null, type);
    }
    if (value instanceof CharSequence text && type == Primitive.VARCHAR) {
      return new Literal(text.toString(), type);
    }
    if (value instanceof UUID uuid) {
      return new Literal(
          ByteBuffer.allocate(16)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array(),
          type);
    }
    if (value instanceof ByteBuffer buffer
        && (type == Primitive.VARBINARY || type instanceof FixedType)) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return new Literal(bytes, type);
    }
    if (value instanceof Number || value instanceof Boolean) {
      return new Literal(value, type);
    }
    throw unsupported(field, type);
  }

  private static EngineException unsupported(Types.NestedField field, SqlType type) {
    return EngineException.unsupported(
        "the default value of column \"" + field.name() + "\" (" + type.sqlName() + ")");
  }

  /** Appends the write default of the field as an expression of its type; null without one. */
  private static void addConstant(QueryText text, Types.NestedField field, SqlType type) {
    Object value = constant(field, type).value();
    @Nullable String castType = TargetTable.castType(type);
    if (value == null) {
      Assignments.addNull(text, castType);
    } else if (value instanceof byte[] bytes && type != Primitive.UUID) {
      text.add("CAST(X'" + HexFormat.of().formatHex(bytes) + "' AS " + castType + ")");
    } else {
      String characters = characters(field, type, value).replace("'", "''");
      text.add("CAST('" + characters + "' AS " + castType + ")");
    }
  }

  /** What a cast reads back. */
  static String characters(Types.NestedField field, SqlType type, Object value) {
    if (value instanceof byte[] && field.writeDefault() instanceof UUID uuid) {
      return uuid.toString();
    }
    if (type == Primitive.DATE) {
      return LocalDate.ofEpochDay(((Number) value).longValue()).toString();
    }
    if (type == Primitive.TIME) {
      return LocalTime.ofNanoOfDay(((Number) value).longValue() * NANOS_PER_MICRO).toString();
    }
    if (Timestamps.isTimestamp(type)) {
      ChronoUnit unit = Timestamps.isNano(type) ? ChronoUnit.NANOS : ChronoUnit.MICROS;
      String text =
          LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
              .plus(((Number) value).longValue(), unit)
              .toString()
              .replace('T', ' ');
      return Timestamps.hasZone(type) ? text + "+00:00" : text;
    }
    return value.toString();
  }
}
