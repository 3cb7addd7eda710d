package dev.frazil.plan;

/** The aggregate functions. */
public enum AggregateFunction {
  /** Without an argument: rows; with one: rows where it is not null. Bigint. */
  COUNT,
  /** Null over no rows; 22003 on overflow of the result type. */
  SUM,
  MIN,
  MAX,
  /** Of the result type: double for floating point, else decimal. */
  AVG,
  /** The one value; 21000 on a second row. */
  SINGLE_VALUE,
  /** Any value of the group. */
  ANY_VALUE,
  BOOL_AND,
  BOOL_OR,
  STDDEV_POP,
  STDDEV_SAMP,
  VAR_POP,
  VAR_SAMP,
  /** Which of the grouping keys are rolled up, as bits. Bigint. */
  GROUPING,
  /** Of two doubles: dependent, independent. A pair with a null does not count. Double. */
  COVAR_POP,
  COVAR_SAMP,
  CORR,
  REGR_AVGX,
  REGR_AVGY,
  REGR_INTERCEPT,
  REGR_R2,
  REGR_SLOPE,
  REGR_SXX,
  REGR_SXY,
  REGR_SYY,
  /** Pairs without a null. Bigint. */
  REGR_COUNT,
  /** Of doubles, by logarithms; 0 if one is 0. Double. */
  GEOMETRIC_MEAN,
  /** Of doubles: of the population; null for fewer than three, or if all are equal. Double. */
  SKEWNESS,
  /** Of doubles: of a sample, excess; null for fewer than four, or if all are equal. Double. */
  KURTOSIS,
  /** Of integers. Of the argument's type. */
  BIT_AND,
  BIT_OR,
  BIT_XOR,
  /** The first argument where the second is least; rows with a null there do not count. */
  MIN_BY,
  MAX_BY,
  /** Of text: value, separator. Heeds an order. */
  STRING_AGG,
  /** An array, nulls among its elements. Heeds an order. */
  ARRAY_AGG,
  /** A map of keys and values; of equal keys the first counts. Heeds an order. */
  MAP_AGG,
  /** A map of values and how often they occur. */
  HISTOGRAM,
  /** The most frequent value, the least of several. */
  MODE,
  /** Of doubles: value, fraction, whether descending. Interpolates. Double. */
  PERCENTILE_CONT,
  /** Value, fraction, whether descending. A value of the group. */
  PERCENTILE_DISC,
  /** By a HyperLogLog sketch. Bigint. */
  APPROX_COUNT_DISTINCT,
  /** Of doubles: value, fraction. By a KLL sketch. Double. */
  APPROX_PERCENTILE
}
