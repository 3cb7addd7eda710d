package dev.frazil.exec.expression;

import dev.frazil.exec.QueryContext;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Parts of a predicate that read the same columns, over batches of just those columns.
 *
 * @param columns the columns that the parts read, as the predicate numbers them
 * @param neverFails whether there is no row for which a part is an error
 */
public record ConjunctEvaluator(int[] columns, Evaluator evaluator, boolean neverFails) {

  /**
   * The conjuncts of a predicate in their order, those next to each other on the same columns as
   * one.
   */
  public static List<ConjunctEvaluator> of(ScalarExpression predicate, QueryContext context) {
    List<ScalarExpression> parts = new ArrayList<>();
    split(predicate, parts);
    List<ConjunctEvaluator> evaluators = new ArrayList<>();
    for (int i = 0; i < parts.size(); ) {
      BitSet columns = ExpressionShapes.columns(parts.get(i));
      int end = i + 1;
      while (end < parts.size() && ExpressionShapes.columns(parts.get(end)).equals(columns)) {
        end++;
      }
      List<ScalarExpression> same = parts.subList(i, end);
      ScalarExpression conjunct =
          same.size() == 1 ? same.get(0) : new Call(ScalarFunction.AND, same, Primitive.BOOLEAN);
      int[] read = columns.stream().toArray();
      evaluators.add(
          new ConjunctEvaluator(
              read,
              ExpressionEvaluator.compile(renumber(conjunct, columns), context),
              ExpressionShapes.neverFails(conjunct)));
      i = end;
    }
    return evaluators;
  }

  private static void split(ScalarExpression predicate, List<ScalarExpression> parts) {
    if (predicate instanceof Call call && call.function() == ScalarFunction.AND) {
      call.operands().forEach(operand -> split(operand, parts));
    } else {
      parts.add(predicate);
    }
  }

  /** Each column becomes its rank among the columns. */
  private static ScalarExpression renumber(ScalarExpression expression, BitSet columns) {
    if (expression instanceof InputReference reference) {
      int rank = columns.get(0, reference.index()).cardinality();
      return new InputReference(rank, reference.type());
    } else if (expression instanceof Call call) {
      List<ScalarExpression> operands =
          call.operands().stream().map(operand -> renumber(operand, columns)).toList();
      return new Call(call.function(), operands, call.type());
    } else if (expression instanceof Cast cast) {
      return new Cast(renumber(cast.operand(), columns), cast.type(), cast.safe());
    }
    return expression;
  }

  /** The rows alive for which the parts are true. */
  public SelectionVector select(RowBatch batch) {
    return evaluator.select(batch);
  }
}
