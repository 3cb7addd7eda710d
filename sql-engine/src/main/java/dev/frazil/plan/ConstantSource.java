package dev.frazil.plan;

import org.jspecify.annotations.Nullable;

/**
 * Computes what a plan depends on before there is one: the times and versions of {@code FOR ... AS
 * OF} that are no literals. A plan for which it was asked holds for one execution. One thread.
 */
public interface ConstantSource {
  /** The answer while the values of the parameters are not known. */
  Object UNKNOWN = new Object();

  /**
   * The only value of a query of one row and column that reads no table: null, or of the Java type
   * that {@link ScalarExpression.Literal} names for its type; {@link #UNKNOWN} if it has parameters
   * whose values are not known yet.
   */
  @Nullable Object value(PlannedStatement.Query query);
}
