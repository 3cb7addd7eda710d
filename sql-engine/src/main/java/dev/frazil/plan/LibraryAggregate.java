package dev.frazil.plan;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.util.Optionality;

/** An aggregate of ours as Calcite sees it. */
final class LibraryAggregate extends SqlAggFunction {
  private final AggregateFunction function;
  private final ResultType result;

  /** The type of the result from those of the arguments; nullable unless it is a count. */
  interface ResultType {
    RelDataType of(RelDataTypeFactory factory, List<RelDataType> arguments);
  }

  /**
   * @param heedsOrder whether ORDER BY may stand with it
   */
  LibraryAggregate(
      String name,
      AggregateFunction function,
      ResultType result,
      SqlOperandTypeChecker arguments,
      boolean heedsOrder) {
    super(
        name,
        null,
        SqlKind.OTHER_FUNCTION,
        binding ->
            result(function, result, binding.getTypeFactory(), binding.collectOperandTypes()),
        null,
        arguments,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        heedsOrder ? Optionality.OPTIONAL : Optionality.FORBIDDEN);
    this.function = function;
    this.result = result;
  }

  private static RelDataType result(
      AggregateFunction function,
      ResultType result,
      RelDataTypeFactory factory,
      List<RelDataType> arguments) {
    RelDataType type = result.of(factory, arguments);
    boolean hasElements = type.getComponentType() != null;
    if (hasElements && arguments.stream().anyMatch(ShownIntervals::isInterval)) {
      ShownIntervals.refuseArray(type, function.name());
    }
    return factory.createTypeWithNullability(type, !isCount(function));
  }

  /** The type of the result for arguments of these types. */
  RelDataType result(RelDataTypeFactory factory, List<RelDataType> arguments) {
    return result(function, result, factory, arguments);
  }

  private static boolean isCount(AggregateFunction function) {
    return function == AggregateFunction.COUNT
        || function == AggregateFunction.REGR_COUNT
        || function == AggregateFunction.APPROX_COUNT_DISTINCT;
  }

  AggregateFunction function() {
    return function;
  }

  @Override
  public boolean allowsFilter() {
    return true;
  }
}
