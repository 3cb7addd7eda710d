package dev.frazil.plan;

import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of {@code (a, b)} with {@code (x, y)}, field by field, in three-valued logic (ISO
 * 9075-2, 8.2): the first fields that are not equal decide, and an unknown one before them leaves
 * it unknown.
 */
final class RowComparisons {
  private final RexCallConverter calls;
  private final ConstantFolder folder;

  RowComparisons(RexCallConverter calls, ConstantFolder folder) {
    this.calls = calls;
    this.folder = folder;
  }

  /** The comparison, or null unless both are rows written out, of as many fields. */
  @Nullable ScalarExpression compare(
      ScalarFunction function, ScalarExpression left, ScalarExpression right) {
    List<ScalarExpression> a = fields(left);
    List<ScalarExpression> b = fields(right);
    if (a == null || b == null || a.size() != b.size() || a.isEmpty()) {
      return null;
    }
    return switch (function) {
      case EQUAL, IS_NOT_DISTINCT_FROM -> junction(ScalarFunction.AND, function, a, b);
      case NOT_EQUAL, IS_DISTINCT_FROM -> junction(ScalarFunction.OR, function, a, b);
      case LESS, LESS_OR_EQUAL -> order(function, ScalarFunction.LESS, a, b);
      case GREATER, GREATER_OR_EQUAL -> order(function, ScalarFunction.GREATER, a, b);
      default -> throw new IllegalArgumentException("no comparison: " + function);
    };
  }

  /** A row of values. */
  static Call row(List<ScalarExpression> values) {
    List<SqlType.Field> fields = new ArrayList<>();
    for (ScalarExpression value : values) {
      fields.add(new SqlType.Field("f" + fields.size(), value.type()));
    }
    return new Call(ScalarFunction.ROW_CONSTRUCTOR, values, new RowType(fields));
  }

  /** The fields of a row that is written out, converted as the row is. */
  private @Nullable List<ScalarExpression> fields(ScalarExpression row) {
    if (row instanceof Call call && call.function() == ScalarFunction.ROW_CONSTRUCTOR) {
      return call.operands();
    } else if (row instanceof Cast cast && cast.type() instanceof RowType type) {
      List<ScalarExpression> inner = fields(cast.operand());
      if (inner == null) {
        return null;
      }
      List<ScalarExpression> converted = new ArrayList<>();
      for (ScalarExpression field : inner) {
        SqlType wanted = type.fields().get(converted.size()).type();
        converted.add(folder.cast(field, wanted, cast.safe()));
      }
      return converted;
    }
    return null;
  }

  private ScalarExpression junction(
      ScalarFunction junction,
      ScalarFunction comparison,
      List<ScalarExpression> a,
      List<ScalarExpression> b) {
    List<ScalarExpression> parts = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      parts.add(calls.compare(comparison, a.get(i), b.get(i)));
    }
    return folder.call(junction, parts, Primitive.BOOLEAN);
  }

  /** {@code a1 < b1 OR (a1 = b1 AND (a2 < b2 OR ...))}; the last field may be equal. */
  private ScalarExpression order(
      ScalarFunction last,
      ScalarFunction strict,
      List<ScalarExpression> a,
      List<ScalarExpression> b) {
    int end = a.size() - 1;
    ScalarExpression result = calls.compare(last, a.get(end), b.get(end));
    for (int i = end - 1; i >= 0; i--) {
      ScalarExpression equal = calls.compare(ScalarFunction.EQUAL, a.get(i), b.get(i));
      result =
          folder.call(
              ScalarFunction.OR,
              List.of(
                  calls.compare(strict, a.get(i), b.get(i)),
                  folder.call(ScalarFunction.AND, List.of(equal, result), Primitive.BOOLEAN)),
              Primitive.BOOLEAN);
    }
    return result;
  }
}
