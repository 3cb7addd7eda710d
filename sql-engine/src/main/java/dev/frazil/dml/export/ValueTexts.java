package dev.frazil.dml.export;

import dev.frazil.exec.QueryContext;
import dev.frazil.exec.expression.Evaluator;
import dev.frazil.exec.expression.ExpressionEvaluator;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.variant.VariantText;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorValues;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a scalar column, as a cast to varchar gives them; variants as JSON; bytes as {@code
 * \x} and hexadecimal digits. One thread.
 */
final class ValueTexts {
  private final boolean binary;
  private final @Nullable Evaluator cast;
  private @Nullable ColumnVector values;

  ValueTexts(SqlType type, QueryContext context) {
    this.binary = type == Primitive.VARBINARY || type instanceof SqlType.FixedType;
    this.cast =
        binary
                || type == Primitive.VARCHAR
                || type == Primitive.VARIANT
                || type == Primitive.UNKNOWN
            ? null
            : ExpressionEvaluator.compile(
                new ScalarExpression.Cast(
                    new ScalarExpression.InputReference(0, type), Primitive.VARCHAR, false),
                context);
  }

  /** Takes the values that {@link #text} is asked for next. */
  void take(ColumnVector vector) {
    Evaluator conversion = cast;
    values =
        conversion == null
            ? vector
            : conversion.evaluate(new RowBatch(List.of(vector), vector.rowCount()));
  }

  /** The text of a row; null for null. */
  @Nullable String text(int row) {
    Object value = values == null ? null : VectorValues.read(values, row);
    if (value == null) {
      return null;
    }
    if (value instanceof byte[] bytes && !binary) {
      return VariantText.json(bytes, 0);
    }
    return binary ? "\\x" + HexFormat.of().formatHex((byte[]) value) : value.toString();
  }
}
