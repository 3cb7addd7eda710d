package dev.frazil.exec;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.ScalarExpression;
import org.jspecify.annotations.Nullable;

/**
 * OFFSET and LIMIT of one execution.
 *
 * @param offset rows to skip, not negative
 * @param limit rows to keep after that, {@link #ALL} for no limit
 */
public record RowLimit(long offset, long limit) {
  /** No limit. */
  public static final long ALL = Long.MAX_VALUE;

  /** The bound values of a sort; 22023 for a negative one. A null limit is none. */
  static RowLimit of(PhysicalNode.Sort sort, QueryContext context) {
    Long offset = value("OFFSET", sort.offset(), context);
    Long limit = value("LIMIT", sort.limit(), context);
    return new RowLimit(offset == null ? 0 : offset, limit == null ? ALL : limit);
  }

  private static @Nullable Long value(
      String clause, @Nullable ScalarExpression expression, QueryContext context) {
    Object value;
    if (expression instanceof ScalarExpression.Literal literal) {
      value = literal.value();
    } else if (expression instanceof ScalarExpression.Parameter parameter) {
      value = context.parameters().get(parameter.index());
    } else if (expression == null) {
      value = null;
    } else {
      throw EngineException.unsupported(clause + " with an expression");
    }
    if (value == null) {
      return null;
    }
    long rows = ((Number) value).longValue();
    if (rows < 0) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE, clause + " is " + rows + ", but must not be negative");
    }
    return rows;
  }

  /** Whether all rows pass. */
  boolean isAll() {
    return offset == 0 && limit == ALL;
  }

  /** Rows that must be seen before the limit is reached; {@link #ALL} when that is all of them. */
  public long rowsNeeded() {
    return limit == ALL || offset > ALL - limit ? ALL : offset + limit;
  }
}
