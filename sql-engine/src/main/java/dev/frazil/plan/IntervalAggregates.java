package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.util.Optionality;

/** SUM and AVG as Calcite has them, of intervals too, which give an interval. Thread-safe. */
final class IntervalAggregates {
  static final SqlAggFunction SUM = aggregate("SUM", SqlKind.SUM, ReturnTypes.AGG_SUM);
  static final SqlAggFunction AVG = aggregate("AVG", SqlKind.AVG, ReturnTypes.AVG_AGG_FUNCTION);

  /** The mean of microseconds before it is rounded to one of them. */
  static final DecimalType AVERAGE = new DecimalType(29, 10);

  private static final SqlType AVERAGED = new DecimalType(19, 0);

  private IntervalAggregates() {}

  /**
   * Whether an AVG that is declared so is one of intervals: those of numbers are decimals and
   * doubles.
   */
  static boolean isAverage(SqlType declared) {
    if (declared == Primitive.INTEGER) {
      throw EngineException.unsupported("AVG of intervals of months");
    }
    if (declared.equals(MixedIntervals.NUMBER)) {
      throw EngineException.unsupported(
          "AVG of intervals of months and days (write sum(x) / count(x))");
    }
    return declared == Primitive.BIGINT;
  }

  /** The type in which the mean of microseconds is computed exactly. */
  static SqlType averaged() {
    return AVERAGED;
  }

  private static SqlAggFunction aggregate(
      String name, SqlKind kind, SqlReturnTypeInference result) {
    return new SqlAggFunction(
        name,
        null,
        kind,
        result,
        null,
        OperandTypes.NUMERIC.or(OperandTypes.INTERVAL),
        SqlFunctionCategory.NUMERIC,
        false,
        false,
        Optionality.FORBIDDEN) {};
  }
}
