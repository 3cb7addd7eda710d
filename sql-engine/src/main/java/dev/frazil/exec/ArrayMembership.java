package dev.frazil.exec;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarExpression.Parameter;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code value = ANY(?)} or {@code value <> ALL(?)}, whose array is known when the statement runs:
 * an IN list, and its negation, of any length.
 *
 * @param elements those that are not null, in the form of {@link dev.frazil.vector.VectorValues},
 *     of the type of the value
 * @param holdsNull whether the array also has a null
 * @param negated {@code <> ALL}
 */
public record ArrayMembership(
    ScalarExpression value, List<Object> elements, boolean holdsNull, boolean negated) {

  /** Null for any other expression, for an array that is null, and for elements of another type. */
  public static @Nullable ArrayMembership of(Call call, QueryContext context) {
    if (call.function() != ScalarFunction.LIBRARY || call.operands().size() != 4) {
      return null;
    }
    boolean isAny = isText(call.operands().get(0), "compare_any");
    boolean isAll = isText(call.operands().get(0), "compare_all");
    if (!(isAny && isText(call.operands().get(1), "="))
        && !(isAll && isText(call.operands().get(1), "<>"))) {
      return null;
    }
    ScalarExpression value = call.operands().get(2);
    if (!(call.operands().get(3) instanceof Parameter array)
        || !array.type().equals(new SqlType.ArrayType(value.type()))
        || array.index() >= context.parameters().size()
        || !(context.parameters().get(array.index()) instanceof List<?> given)) {
      return null;
    }
    List<Object> elements = new ArrayList<>();
    for (Object element : given) {
      if (element != null) {
        elements.add(element);
      }
    }
    return new ArrayMembership(value, elements, elements.size() < given.size(), isAll);
  }

  private static boolean isText(ScalarExpression expression, String text) {
    return expression instanceof Literal literal && text.equals(literal.value());
  }
}
