package dev.frazil.exec.expression;

import dev.frazil.exec.CancellationToken;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The body of a lambda, computed over batches that have a row for each element: first the columns
 * of the row around it that it reads, then its parameters.
 */
final class LambdaBody {
  /** Elements computed at a time: what the columns around them are repeated for. */
  private static final int CHUNK_ELEMENTS = 16_384;

  private final int[] captured;
  private final Evaluator body;
  private final SqlType type;
  private final CancellationToken cancellation;

  private LambdaBody(int[] captured, Evaluator body, SqlType type, CancellationToken cancellation) {
    this.captured = captured;
    this.body = body;
    this.type = type;
    this.cancellation = cancellation;
  }

  /**
   * @param depth of the lambda, as its parameters name it
   */
  static LambdaBody of(ScalarExpression body, int depth, ExpressionEvaluator compiler) {
    BitSet columns = ExpressionShapes.columns(body);
    Evaluator evaluator =
        ExpressionEvaluator.compileAll(
                List.of(bind(body, depth, columns, columns.cardinality())), compiler.context())
            .get(0);
    return new LambdaBody(
        columns.stream().toArray(), evaluator, body.type(), compiler.context().cancellation());
  }

  /** Columns become their rank among those read, parameters the columns behind them. */
  private static ScalarExpression bind(
      ScalarExpression expression, int depth, BitSet columns, int parameters) {
    if (expression instanceof InputReference reference) {
      return new InputReference(columns.get(0, reference.index()).cardinality(), reference.type());
    } else if (expression instanceof Cast cast) {
      return new Cast(bind(cast.operand(), depth, columns, parameters), cast.type(), cast.safe());
    } else if (expression instanceof Call call) {
      if (call.function() == ScalarFunction.LAMBDA_PARAMETER
          && integer(call.operands().get(0)) == depth) {
        return new InputReference(parameters + integer(call.operands().get(1)), call.type());
      }
      List<ScalarExpression> operands = new ArrayList<>();
      for (ScalarExpression operand : call.operands()) {
        operands.add(bind(operand, depth, columns, parameters));
      }
      return new Call(call.function(), operands, call.type());
    }
    return expression;
  }

  private static int integer(ScalarExpression literal) {
    return literal instanceof Literal number && number.value() instanceof Integer value
        ? value
        : -1;
  }

  SqlType type() {
    return type;
  }

  /**
   * The value for each of {@code count} elements.
   *
   * @param rows the row of {@code batch} that each element belongs to
   * @param parameters a column of {@code count} rows for each parameter
   */
  ColumnVector evaluate(RowBatch batch, int[] rows, int count, List<ColumnVector> parameters) {
    cancellation.check();
    if (count == 0) {
      return VectorBuilder.of(type).build();
    }
    List<ColumnVector> columns = new ArrayList<>(captured.length + parameters.size());
    for (int column : captured) {
      columns.add(VectorGather.gather(batch.column(column), rows, count));
    }
    columns.addAll(parameters);
    ColumnVector values = body.evaluate(new RowBatch(columns, count));
    return values instanceof DictionaryVector dictionary
        ? VectorGather.flatten(dictionary)
        : values;
  }

  /** The value for each element. */
  ColumnVector evaluate(RowBatch batch, Elements elements) {
    int count = elements.count();
    int[] rows = elements.rowOfEach();
    if (count <= CHUNK_ELEMENTS) {
      return evaluate(batch, rows, count, elements.columns());
    }
    VectorBuilder values = VectorBuilder.of(type);
    for (int from = 0; from < count; from += CHUNK_ELEMENTS) {
      int length = Math.min(CHUNK_ELEMENTS, count - from);
      int[] chunkRows = new int[length];
      System.arraycopy(rows, from, chunkRows, 0, length);
      List<ColumnVector> chunk = new ArrayList<>();
      for (ColumnVector column : elements.columns()) {
        chunk.add(VectorGather.slice(column, from, length));
      }
      values.appendRange(evaluate(batch, chunkRows, length, chunk), 0, length);
    }
    return values.build();
  }
}
