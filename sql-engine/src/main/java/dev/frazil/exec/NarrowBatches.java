package dev.frazil.exec;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands on as many rows at once as expressions above can make values of in a share of memoryLimit:
 * REPEAT or SEQUENCE make megabytes of a row, and some thousand rows of them would fill the heap. A
 * few rows at first, then by what those took. One thread.
 */
final class NarrowBatches implements Operator {
  /** Functions whose values may be much larger than what they are given. */
  private static final Set<String> EXPANDING =
      Set.of(
          "repeat",
          "lpad",
          "rpad",
          "sequence",
          "generate_series",
          "generate_array",
          "array_repeat",
          "combinations");

  private static final int FIRST_ROWS = 8;
  private static final int GROWTH = 4;
  private static final long SHARE_OF_MEMORY = 32;
  private static final long LEAST_BYTES = 1 << 18;
  private static final long MOST_BYTES = 16 << 20;

  private final Operator input;
  private final BatchMeter meter;
  private final long wantedBytes;
  private @Nullable RowBatch batch;
  private int position;
  private int rows = FIRST_ROWS;
  private int given;

  NarrowBatches(Operator input, BatchMeter meter, QueryContext context) {
    this.input = input;
    this.meter = meter;
    this.wantedBytes =
        Math.max(
            LEAST_BYTES, Math.min(MOST_BYTES, context.memory().limitBytes() / SHARE_OF_MEMORY));
  }

  /** Whether values may be much larger than their rows. */
  static boolean wantedFor(List<ScalarExpression> expressions) {
    return expressions.stream().anyMatch(NarrowBatches::expands);
  }

  private static boolean expands(ScalarExpression expression) {
    if (expression instanceof Cast cast) {
      return expands(cast.operand());
    }
    return expression instanceof Call call
        && (call.function() == ScalarFunction.LAMBDA
            || (call.function() == ScalarFunction.LIBRARY
                && call.operands().get(0) instanceof Literal name
                && EXPANDING.contains(String.valueOf(name.value())))
            || call.operands().stream().anyMatch(NarrowBatches::expands));
  }

  @Override
  public @Nullable RowBatch next() {
    long taken = meter.take();
    if (given > 0) {
      long perRow = Math.max(1, taken / given);
      long most = Math.min(RowBatch.TARGET_ROWS, (long) given * GROWTH);
      rows = (int) Math.max(1, Math.min(most, wantedBytes / perRow));
    }
    RowBatch current = batch;
    if (current == null) {
      current = input.next();
      position = 0;
      if (current == null) {
        return null;
      }
    }
    int left = current.selectedCount() - position;
    given = Math.min(rows, left);
    RowBatch part =
        given == current.selectedCount()
            ? current
            : RowBatches.compact(RowBatches.slice(current, position, given));
    position += given;
    batch = given == left ? null : current;
    return part;
  }

  @Override
  public void close() {
    input.close();
  }
}
