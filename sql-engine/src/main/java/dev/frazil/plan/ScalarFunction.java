package dev.frazil.plan;

/**
 * The functions and operators of {@link ScalarExpression.Call}. Operand types are made equal by
 * explicit casts in the plan, except where noted; the result type stands in the call. Unless said
 * otherwise a null operand gives null.
 */
public enum ScalarFunction {
  /** Three-valued, any number of operands. */
  AND,
  /** Three-valued, any number of operands. */
  OR,
  NOT,
  /** Never null. */
  IS_NULL,
  /** Never null. */
  IS_NOT_NULL,
  /** Never null. */
  IS_TRUE,
  /** Never null. */
  IS_FALSE,
  /** Never null. */
  IS_NOT_TRUE,
  /** Never null. */
  IS_NOT_FALSE,
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  /** Never null: null equals null. */
  IS_NOT_DISTINCT_FROM,
  /** Never null. */
  IS_DISTINCT_FROM,
  /** Below, at or above zero as the first of two exact numbers is less, equal or greater. */
  EXACT_ORDER,
  /** First operand among the others, three-valued. Operands 1.. are literals or expressions. */
  IN,
  /**
   * Numbers (22003 on overflow; decimals of any scale, result rescaled half up), date + integer
   * days, timestamp + interval micros (bigint) are all ADD on the physical values after casts.
   */
  ADD,
  SUBTRACT,
  MULTIPLY,
  /** 22012 on a zero divisor; integers truncate. */
  DIVIDE,
  /** Sign of the dividend; 22012 on zero. */
  MODULO,
  NEGATE,
  ABS,
  /**
   * condition, value, condition, value, ..., else. Evaluated lazily: a branch only sees its rows.
   */
  CASE,
  /** First that is not null; lazily. */
  COALESCE,
  /** Null if both are equal, else the first. */
  NULLIF,
  /** Null where computing the operand is a 22xxx. */
  TRY,
  GREATEST,
  LEAST,
  /** text, pattern, escape (optional). */
  LIKE,
  /** Case-insensitive LIKE. */
  ILIKE,
  /** text || text; also bytes. */
  CONCAT,
  UPPER,
  LOWER,
  /** text, start (1-based), length (optional); by code point. */
  SUBSTRING,
  /** In code points. */
  CHAR_LENGTH,
  OCTET_LENGTH,
  /** text, characters to strip. */
  TRIM_BOTH,
  TRIM_LEADING,
  TRIM_TRAILING,
  /** needle, text: 1-based, 0 when absent. */
  POSITION,
  REPLACE,
  STARTS_WITH,
  FLOOR,
  CEIL,
  /** value, digits (optional integer literal). */
  ROUND,
  TRUNCATE_NUMBER,
  POWER,
  SQRT,
  EXP,
  LN,
  LOG10,
  SIGN,
  EXTRACT_YEAR,
  EXTRACT_QUARTER,
  EXTRACT_MONTH,
  EXTRACT_WEEK,
  EXTRACT_DAY,
  EXTRACT_DAY_OF_WEEK,
  EXTRACT_DAY_OF_YEAR,
  EXTRACT_HOUR,
  EXTRACT_MINUTE,
  EXTRACT_SECOND,
  EXTRACT_EPOCH,
  /** unit (varchar literal), date or timestamp. */
  DATE_TRUNC,
  /** date or timestamp, months (integer): day clipped to the end of the month. */
  ADD_MONTHS,
  /** No operands: the statement's time, a timestamp with time zone. */
  CURRENT_TIMESTAMP,
  /** No operands: the statement's time in the session's zone (UTC), a timestamp. */
  LOCAL_TIMESTAMP,
  /** No operands: the date of the statement's time in the session's zone (UTC). */
  CURRENT_DATE,
  /** value, rows (bigint): the value; 21000 where there is more than one row. */
  SINGLE_ROW,
  /**
   * _file (varchar), _pos (bigint), then literals: seed (bigint, null for one of the statement),
   * rows that are drawn together (bigint), the share to draw (double, 0 to 1). Never null.
   */
  SAMPLED,
  /** row, field index (integer literal). */
  FIELD,
  /** array, 1-based index: null outside; map, key. */
  ITEM,
  CARDINALITY,
  /** Elements of one type; never null. */
  ARRAY_CONSTRUCTOR,
  /** Key, value, key, value, ... */
  MAP_CONSTRUCTOR,
  /** Fields in order. */
  ROW_CONSTRUCTOR,
  /**
   * Name (varchar literal) of a function in {@link dev.frazil.function.FunctionLibrary}, then its
   * arguments in the types of its signature. The name of a volatile function is followed by {@link
   * #VOLATILE_MARK} and a number, so that two calls of it are not equal.
   */
  LIBRARY,
  /**
   * Name (varchar literal) of a {@link dev.frazil.function.LambdaFunction}, the depth of its
   * lambdas (integer literal), its values, then the bodies of its lambdas: expressions that are
   * computed once an element, over the columns of the input and {@link #LAMBDA_PARAMETER}s.
   */
  LAMBDA,
  /**
   * Depth (integer literal) of the lambda around it that it is a parameter of, then its number
   * among the parameters from 0 (integer literal).
   */
  LAMBDA_PARAMETER;

  /** Between the name of a volatile function and the number of the call. */
  public static final String VOLATILE_MARK = "#";
}
