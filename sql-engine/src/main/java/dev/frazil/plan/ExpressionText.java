package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarExpression.Parameter;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** An expression as people write it, for EXPLAIN. */
final class ExpressionText {
  private ExpressionText() {}

  static String of(ScalarExpression expression, List<Column> columns) {
    if (expression instanceof InputReference reference) {
      return reference.index() < columns.size()
          ? columns.get(reference.index()).name()
          : "$" + reference.index();
    } else if (expression instanceof Literal literal) {
      return literal(literal);
    } else if (expression instanceof Parameter parameter) {
      return "?" + (parameter.index() + 1);
    } else if (expression instanceof ScalarExpression.OuterReference outer) {
      return "$" + outer.slot();
    } else if (expression instanceof Cast cast) {
      return (cast.safe() ? "TRY_CAST(" : "CAST(")
          + of(cast.operand(), columns)
          + " AS "
          + cast.type().sqlName()
          + ")";
    } else if (expression instanceof Call call) {
      return call(call, columns);
    }
    return expression.toString();
  }

  private static String call(Call call, List<Column> columns) {
    List<String> operands =
        call.operands().stream().map(operand -> operand(operand, columns)).toList();
    String infix =
        switch (call.function()) {
          case AND -> " AND ";
          case OR -> " OR ";
          case EQUAL -> " = ";
          case NOT_EQUAL -> " <> ";
          case LESS -> " < ";
          case LESS_OR_EQUAL -> " <= ";
          case GREATER -> " > ";
          case GREATER_OR_EQUAL -> " >= ";
          case ADD -> " + ";
          case SUBTRACT -> " - ";
          case MULTIPLY -> " * ";
          case DIVIDE -> " / ";
          case CONCAT -> " || ";
          case LIKE -> " LIKE ";
          case ILIKE -> " ILIKE ";
          default -> null;
        };
    if (infix != null) {
      return String.join(infix, operands);
    }
    return switch (call.function()) {
      case LIBRARY ->
          ((Literal) call.operands().get(0)).value()
              + "("
              + String.join(", ", operands.subList(1, operands.size()))
              + ")";
      case LAMBDA ->
          ((Literal) call.operands().get(0)).value()
              + "("
              + String.join(", ", operands.subList(2, operands.size()))
              + ")";
      case LAMBDA_PARAMETER -> "$" + operands.get(0) + "." + operands.get(1);
      case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE ->
          operands.get(0) + " " + call.function().name().replace('_', ' ');
      case IN ->
          operands.get(0) + " IN (" + String.join(", ", operands.subList(1, operands.size())) + ")";
      default ->
          call.function().name().toLowerCase(Locale.ROOT) + "(" + String.join(", ", operands) + ")";
    };
  }

  private static String operand(ScalarExpression operand, List<Column> columns) {
    String text = of(operand, columns);
    boolean isInfix =
        operand instanceof Call call
            && switch (call.function()) {
              case AND, OR, ADD, SUBTRACT, MULTIPLY, DIVIDE -> true;
              default -> false;
            };
    return isInfix ? "(" + text + ")" : text;
  }

  private static String literal(Literal literal) {
    Object value = literal.value();
    if (value == null) {
      return "NULL";
    }
    if (value instanceof String text) {
      return "'" + text.replace("'", "''") + "'";
    }
    if (value instanceof byte[] bytes) {
      return "X'" + HexFormat.of().formatHex(bytes) + "'";
    }
    if (literal.type() == Primitive.DATE) {
      return "DATE '" + LocalDate.ofEpochDay((Integer) value) + "'";
    }
    if (literal.type() == Primitive.TIME) {
      return "TIME '" + LocalTime.ofNanoOfDay((Long) value * 1000) + "'";
    }
    if (Timestamps.isTimestamp(literal.type())) {
      ChronoUnit unit = Timestamps.isNano(literal.type()) ? ChronoUnit.NANOS : ChronoUnit.MICROS;
      String text = Instant.EPOCH.plus((Long) value, unit).toString();
      return "TIMESTAMP '"
          + (Timestamps.hasZone(literal.type()) ? text : text.substring(0, text.length() - 1))
          + "'";
    }
    return value.toString();
  }
}
