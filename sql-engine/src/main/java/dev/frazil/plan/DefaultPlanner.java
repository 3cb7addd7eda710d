package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement.ColumnDefinition;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.rule.Expressions;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * The DEFAULT of a column of a new table. A constant becomes Iceberg's write default of the field,
 * which other engines may know; what has another value for each row or statement, or is nested,
 * stays text, in a property of the table.
 *
 * @param constant the value, or null
 * @param expression the text of what is no constant, or null
 */
record DefaultPlanner(@Nullable Literal<?> constant, @Nullable String expression) {

  /**
   * Errors: 42703 for a column, 0A000 for a sub-query, an aggregate or a parameter, 42804 for a
   * value of another type, 22xxx for one that does not fit.
   */
  static DefaultPlanner of(StatementContext context, ColumnDefinition column, Type icebergType) {
    Slice value = column.defaultValue();
    if (value == null) {
      return new DefaultPlanner(null, null);
    }
    ParsedSql parsed = context.parsed();
    String place =
        "the DEFAULT of column \""
            + column.name().text()
            + "\" ("
            + parsed.source().position(parsed.offset(value))
            + ")";
    if (parsed.holdsParameter(value)) {
      throw EngineException.unsupported("a parameter in " + place);
    }
    if (parsed.holdsKeyword(value, "select") || parsed.holdsKeyword(value, "values")) {
      throw EngineException.unsupported("a sub-query in " + place);
    }
    PhysicalNode node =
        new QueryPlanner(context)
            .translate(parsed.newConstant().add("SELECT (").addSlice(value).add(")"))
            .node();
    ScalarExpression expression = ReturningPlanner.expressions(node, "DEFAULT").get(0);
    if (!Assignments.isAssignable(expression.type(), column.type())) {
      throw new EngineException(
          SqlState.DATATYPE_MISMATCH,
          place
              + " is "
              + expression.type().sqlName()
              + " but the column is "
              + column.type().sqlName()
              + ": CAST it");
    }
    @Nullable String castType = TargetTable.castType(column.type());
    Object found =
        castType == null
                || !isStorable(icebergType)
                || changes(expression)
                || parsed.holdsKeyword(value, "current_schema") // of the session that inserts
            ? ConstantSource.UNKNOWN
            : context.constant(value, castType);
    if (found == null) {
      return new DefaultPlanner(null, null);
    }
    return found == ConstantSource.UNKNOWN || isNotFinite(found)
        ? new DefaultPlanner(null, parsed.text(value))
        : new DefaultPlanner(literal(found, column.type()), null);
  }

  /** JSON, and so the metadata of a table, has no number for it. */
  private static boolean isNotFinite(Object value) {
    return (value instanceof Double wide && !Double.isFinite(wide))
        || (value instanceof Float narrow && !Float.isFinite(narrow));
  }

  private static boolean isStorable(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN,
          INTEGER,
          LONG,
          FLOAT,
          DOUBLE,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMP_NANO,
          STRING,
          UUID,
          FIXED,
          BINARY,
          DECIMAL ->
          true;
      case GEOMETRY, GEOGRAPHY, STRUCT, LIST, MAP, VARIANT, UNKNOWN -> false;
    };
  }

  /** Whether it has another value for each row, or each statement. */
  private static boolean changes(ScalarExpression expression) {
    if (Expressions.isVolatile(expression)) {
      return true;
    }
    if (expression instanceof Cast cast) {
      return changes(cast.operand());
    }
    if (!(expression instanceof Call call)) {
      return false;
    }
    boolean ofStatement =
        call.function() == ScalarFunction.CURRENT_TIMESTAMP
            || call.function() == ScalarFunction.LOCAL_TIMESTAMP
            || call.function() == ScalarFunction.CURRENT_DATE
            || (call.function() == ScalarFunction.LIBRARY && call.operands().size() == 1);
    return ofStatement || call.operands().stream().anyMatch(DefaultPlanner::changes);
  }

  private static Literal<?> literal(Object value, SqlType type) {
    if (value instanceof Boolean flag) {
      return Literal.of(flag);
    } else if (value instanceof Integer number) {
      return Literal.of(number);
    } else if (value instanceof Long number) {
      return Timestamps.isNano(type)
          ? org.apache.iceberg.expressions.Expressions.nanos(number)
          : Literal.of(number);
    } else if (value instanceof Float number) {
      return Literal.of(number);
    } else if (value instanceof Double number) {
      return Literal.of(number);
    } else if (value instanceof BigDecimal number) {
      return Literal.of(number);
    } else if (value instanceof byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return type == Primitive.UUID
          ? Literal.of(new UUID(buffer.getLong(), buffer.getLong()))
          : Literal.of(buffer);
    }
    return Literal.of(value.toString());
  }
}
