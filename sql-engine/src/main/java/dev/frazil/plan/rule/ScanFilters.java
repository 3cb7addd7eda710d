package dev.frazil.plan.rule;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.plan.ScanColumn;
import dev.frazil.type.PredicateValues;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.Primitive;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Predicates in Iceberg's terms, to skip files, row groups and pages. What comes out keeps every
 * row that the predicate keeps, and may keep more: parts that Iceberg has no word for are left out.
 */
public final class ScanFilters {
  private final List<ScanColumn> columns;

  private ScanFilters(List<ScanColumn> columns) {
    this.columns = columns;
  }

  /**
   * The filter of a scan. Parts with parameters are left out: their values come with an execution.
   *
   * @param predicate over the columns; null for none
   */
  public static Expression of(List<ScanColumn> columns, @Nullable ScalarExpression predicate) {
    ScanFilters filters = new ScanFilters(columns);
    Expression all = Expressions.alwaysTrue();
    for (ScalarExpression part : dev.frazil.plan.rule.Expressions.conjuncts(predicate)) {
      Expression converted = filters.convert(part);
      if (converted != null) {
        all = Expressions.and(all, converted);
      }
    }
    return all;
  }

  private @Nullable Expression convert(ScalarExpression predicate) {
    if (predicate instanceof InputReference reference) {
      String name = name(reference);
      return name == null ? null : Expressions.equal(name, true);
    }
    if (!(predicate instanceof Call call)) {
      return null;
    }
    return switch (call.function()) {
      case AND -> and(call);
      case OR -> or(call);
      case NOT -> not(call.operands().get(0));
      case IS_NULL -> isNull(call, true);
      case IS_NOT_NULL -> isNull(call, false);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison(call);
      case IN -> in(call, false);
      case LIKE -> like(call);
      case STARTS_WITH -> startsWith(call);
      default -> null;
    };
  }

  private @Nullable Expression and(Call call) {
    Expression all = null;
    for (ScalarExpression operand : call.operands()) {
      Expression part = convert(operand);
      if (part != null) {
        all = all == null ? part : Expressions.and(all, part);
      }
    }
    return all;
  }

  private @Nullable Expression or(Call call) {
    Expression any = null;
    for (ScalarExpression operand : call.operands()) {
      Expression part = convert(operand);
      if (part == null) {
        return null;
      }
      any = any == null ? part : Expressions.or(any, part);
    }
    return any;
  }

  /** Only what is exact may be negated. */
  private @Nullable Expression not(ScalarExpression operand) {
    if (operand instanceof InputReference reference) {
      String name = name(reference);
      return name == null ? null : Expressions.equal(name, false);
    }
    return operand instanceof Call call && call.function() == ScalarFunction.IN
        ? in(call, true)
        : null;
  }

  private @Nullable Expression isNull(Call call, boolean wanted) {
    String name = name(call.operands().get(0));
    if (name == null) {
      return null;
    }
    return wanted ? Expressions.isNull(name) : Expressions.notNull(name);
  }

  private @Nullable Expression comparison(Call call) {
    ScalarFunction function = call.function();
    ScalarExpression column = call.operands().get(0);
    ScalarExpression constant = call.operands().get(1);
    if (!(column instanceof InputReference)) {
      ScalarExpression swap = column;
      column = constant;
      constant = swap;
      function =
          switch (function) {
            case LESS -> ScalarFunction.GREATER;
            case LESS_OR_EQUAL -> ScalarFunction.GREATER_OR_EQUAL;
            case GREATER -> ScalarFunction.LESS;
            case GREATER_OR_EQUAL -> ScalarFunction.LESS_OR_EQUAL;
            default -> function;
          };
    }
    String name = name(column);
    Object value = value(constant, column.type());
    if (name == null || value == null || mayHoldForNaN(function, column.type())) {
      return null;
    }
    return switch (function) {
      case EQUAL -> ZeroBounds.in(name, List.of(value));
      case NOT_EQUAL -> Expressions.notEqual(name, value);
      case LESS -> Expressions.lessThan(name, value);
      case LESS_OR_EQUAL -> ZeroBounds.atMost(name, value);
      case GREATER -> Expressions.greaterThan(name, value);
      case GREATER_OR_EQUAL -> Expressions.greaterThanOrEqual(name, value);
      default -> null;
    };
  }

  /** NaN is greater than every number, and no bound of a file tells of it. */
  private static boolean mayHoldForNaN(ScalarFunction function, SqlType type) {
    return isFloating(type)
        && (function == ScalarFunction.GREATER
            || function == ScalarFunction.GREATER_OR_EQUAL
            || function == ScalarFunction.NOT_EQUAL);
  }

  private static boolean isFloating(SqlType type) {
    return type == Primitive.DOUBLE || type == Primitive.REAL;
  }

  private @Nullable Expression in(Call call, boolean negated) {
    ScalarExpression column = call.operands().get(0);
    String name = name(column);
    if (name == null || (negated && isFloating(column.type()))) {
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (ScalarExpression operand : call.operands().subList(1, call.operands().size())) {
      Object value = value(operand, column.type());
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return negated ? Expressions.notIn(name, values.toArray()) : ZeroBounds.in(name, values);
  }

  private @Nullable Expression like(Call call) {
    String name = name(call.operands().get(0));
    Object pattern = value(call.operands().get(1), Primitive.VARCHAR);
    if (name == null || !(pattern instanceof String text) || call.operands().size() > 2) {
      return null;
    }
    int wildcard = 0;
    while (wildcard < text.length()
        && text.charAt(wildcard) != '%'
        && text.charAt(wildcard) != '_') {
      wildcard++;
    }
    String prefix = text.substring(0, wildcard);
    if (prefix.isEmpty() || prefix.indexOf('\\') >= 0) {
      return null;
    }
    return wildcard == text.length()
        ? Expressions.equal(name, prefix)
        : Expressions.startsWith(name, prefix);
  }

  private @Nullable Expression startsWith(Call call) {
    String name = name(call.operands().get(0));
    Object prefix = value(call.operands().get(1), Primitive.VARCHAR);
    return name != null && prefix instanceof String text && !text.isEmpty()
        ? Expressions.startsWith(name, text)
        : null;
  }

  /** The name of a plain column of the table, or null. */
  private @Nullable String name(ScalarExpression expression) {
    if (expression instanceof InputReference reference
        && columns.get(reference.index()) instanceof ScanColumn.TableColumn column
        && column.column().name().indexOf('.') < 0
        && (column.column().type() instanceof Primitive
            || column.column().type() instanceof SqlType.DecimalType
            || column.column().type() instanceof FixedType)) {
      return column.column().name();
    }
    return null;
  }

  /** The value as Iceberg's literals want it; null for NULL, NaN and what is not constant. */
  private @Nullable Object value(ScalarExpression expression, SqlType type) {
    if (!(expression instanceof Literal literal) || !literal.type().equals(type)) {
      return null;
    }
    Object value = literal.value();
    if ((value instanceof Double number && number.isNaN())
        || (value instanceof Float real && real.isNaN())) {
      return null;
    }
    if (!(value instanceof byte[] bytes)) {
      return value == null ? null : PredicateValues.of(value, type);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return type == Primitive.UUID ? new UUID(buffer.getLong(), buffer.getLong()) : buffer;
  }
}
