package dev.frazil.parquet.prune;

import java.util.Arrays;
import org.apache.iceberg.expressions.BoundPredicate;
import org.apache.iceberg.expressions.Expression;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the values of a column in a row group or page.
 *
 * @param least a value that none is below, as {@link BoundValues}; null when unknown
 * @param greatest a value that none is above but NaN; null when unknown
 * @param mayHaveNulls false when there is certainly no null
 * @param onlyNulls true when there is certainly nothing else
 * @param floating whether NaN, which the engine orders above all, may stand outside of the bounds
 */
record ColumnBounds(
    @Nullable Object least,
    @Nullable Object greatest,
    boolean mayHaveNulls,
    boolean onlyNulls,
    boolean floating) {

  /** Bounds that cross are of a writer that orders values in another way, and tell nothing. */
  ColumnBounds {
    if (least != null
        && greatest != null
        && least.getClass() == greatest.getClass()
        && BoundValues.compare(least, greatest) > 0) {
      least = null;
      greatest = null;
    }
  }

  static ColumnBounds allNull() {
    return new ColumnBounds(null, null, true, true, false);
  }

  /** Whether a row may satisfy a predicate on this column. */
  boolean mayMatch(BoundPredicate<?> predicate) {
    Expression.Operation operation = predicate.op();
    return switch (operation) {
      case IS_NULL -> mayHaveNulls;
      case NOT_NULL, IS_NAN -> !onlyNulls;
      case LT, LT_EQ, GT, GT_EQ, EQ, STARTS_WITH ->
          !onlyNulls && mayMatch(operation, literal(predicate));
      case IN -> !onlyNulls && mayMatchAny(predicate);
      case NOT_NAN,
          NOT_EQ,
          NOT_IN,
          NOT_STARTS_WITH,
          TRUE,
          FALSE,
          NOT,
          AND,
          OR,
          COUNT,
          COUNT_NULL,
          COUNT_STAR,
          MAX,
          MIN ->
          true;
    };
  }

  static @Nullable Object literal(BoundPredicate<?> predicate) {
    return predicate.isLiteralPredicate()
        ? BoundValues.ofLiteral(predicate.asLiteralPredicate().literal().value())
        : null;
  }

  private boolean mayMatchAny(BoundPredicate<?> predicate) {
    if (!predicate.isSetPredicate()) {
      return true;
    }
    for (Object value : predicate.asSetPredicate().literalSet()) {
      if (mayMatch(Expression.Operation.EQ, BoundValues.ofLiteral(value))) {
        return true;
      }
    }
    return false;
  }

  private boolean mayMatch(Expression.Operation operation, @Nullable Object literal) {
    if (literal == null || (literal instanceof Double number && number.isNaN())) {
      return true;
    }
    Object lower = least;
    Object upper = greatest;
    int toLeast =
        lower != null && lower.getClass() == literal.getClass()
            ? BoundValues.compare(literal, lower)
            : 1;
    int toGreatest =
        upper != null && upper.getClass() == literal.getClass()
            ? BoundValues.compare(literal, upper)
            : -1;
    return switch (operation) {
      case LT -> toLeast > 0;
      case LT_EQ -> toLeast >= 0;
      case GT -> floating || toGreatest < 0;
      case GT_EQ -> floating || toGreatest <= 0;
      case EQ -> toLeast >= 0 && toGreatest <= 0;
      case STARTS_WITH -> mayStartWith((byte[]) literal);
      default -> true;
    };
  }

  private boolean mayStartWith(byte[] prefix) {
    if (least instanceof byte[] lower) {
      int length = Math.min(prefix.length, lower.length);
      if (Arrays.compareUnsigned(lower, 0, length, prefix, 0, prefix.length) > 0) {
        return false;
      }
    }
    if (greatest instanceof byte[] upper) {
      int length = Math.min(prefix.length, upper.length);
      return Arrays.compareUnsigned(upper, 0, length, prefix, 0, prefix.length) >= 0;
    }
    return true;
  }
}
