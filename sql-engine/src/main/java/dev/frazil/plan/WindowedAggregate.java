package dev.frazil.plan;

import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate that collects rows over a window, with an ORDER BY or FILTER of its own, for which
 * Calcite's windows have no place: its operands are the arguments, the sort keys, and a condition.
 */
final class WindowedAggregate extends SqlAggFunction {
  private final LibraryAggregate aggregate;
  private final int argumentCount;
  private final List<Direction> order;

  /** How a sort key sorts. */
  private record Direction(boolean descending, boolean nullsFirst) {}

  private WindowedAggregate(
      LibraryAggregate aggregate, int argumentCount, List<Direction> order, boolean filtered) {
    // windows are told apart by the text of their calls
    super(
        aggregate.getName() + "$" + argumentCount + order + filtered,
        null,
        SqlKind.OTHER_FUNCTION,
        binding ->
            aggregate.result(
                binding.getTypeFactory(), binding.collectOperandTypes().subList(0, argumentCount)),
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        true,
        Optionality.FORBIDDEN);
    this.aggregate = aggregate;
    this.argumentCount = argumentCount;
    this.order = order;
  }

  /** An OVER with such a call; the OVER itself where its aggregate needs none. */
  static SqlCall rewrite(SqlCall over) {
    SqlCall windowed = over.operand(0);
    SqlNode filter = windowed.getKind() == SqlKind.FILTER ? windowed.operand(1) : null;
    SqlCall inner = OrderedAggregates.rewrite(filter == null ? windowed : windowed.operand(0));
    boolean isOrdered = inner.getKind() == SqlKind.WITHIN_GROUP;
    SqlCall call = isOrdered ? inner.operand(0) : inner;
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    LibraryAggregate aggregate = AggregateLibrary.find(name);
    if (aggregate == null || !(isOrdered || (filter != null && name.equals("ARRAY_AGG")))) {
      return over;
    }
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    List<Direction> order = new ArrayList<>();
    if (isOrdered) {
      for (SqlNode key : (SqlNodeList) inner.operand(1)) {
        operands.add(sortKey(key, order));
      }
    }
    if (filter != null) {
      operands.add(filter);
    }
    WindowedAggregate operator =
        new WindowedAggregate(aggregate, call.operandCount(), order, filter != null);
    SqlLiteral quantifier = call.getFunctionQuantifier();
    return SqlStdOperatorTable.OVER.createCall(
        over.getParserPosition(),
        operator.createCall(quantifier, call.getParserPosition(), operands),
        over.operand(1));
  }

  /** The value of a key, whose direction goes to the list. */
  private static SqlNode sortKey(SqlNode key, List<Direction> order) {
    boolean descending = false;
    boolean nullsFirst = false;
    SqlNode value = key;
    while (value instanceof SqlCall call
        && (call.getKind() == SqlKind.DESCENDING
            || call.getKind() == SqlKind.NULLS_FIRST
            || call.getKind() == SqlKind.NULLS_LAST)) {
      descending |= call.getKind() == SqlKind.DESCENDING;
      nullsFirst |= call.getKind() == SqlKind.NULLS_FIRST;
      value = call.operand(0);
    }
    order.add(new Direction(descending, nullsFirst));
    return value;
  }

  /** The aggregate of input columns. */
  AggregateCall call(
      List<Integer> columns, boolean isDistinct, SqlType declared, AddedColumns inputs) {
    int end = argumentCount + order.size();
    List<SortKey> keys = new ArrayList<>();
    for (int i = argumentCount; i < end; i++) {
      Direction direction = order.get(i - argumentCount);
      boolean isConstant = inputs.expression(columns.get(i)) instanceof Literal;
      if (!isConstant) {
        keys.add(new SortKey(columns.get(i), direction.descending(), direction.nullsFirst()));
      }
    }
    int filter = columns.size() > end ? inputs.as(columns.get(end), Primitive.BOOLEAN) : -1;
    return LibraryAggregateConverter.call(
        aggregate, columns.subList(0, argumentCount), isDistinct, filter, keys, declared, inputs);
  }

  /** Without looking for a function of this name. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return validateOperands(validator, scope, call);
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
    SqlCall call = binding.getCall();
    SqlCall plain =
        aggregate.createCall(
            call.getFunctionQuantifier(),
            call.getParserPosition(),
            call.getOperandList().subList(0, argumentCount));
    return aggregate.checkOperandTypes(
        new SqlCallBinding(binding.getValidator(), binding.getScope(), plain), throwOnFailure);
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlOperandCountRanges.from(argumentCount);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WindowedAggregate same && same.getName().equals(getName());
  }

  @Override
  public int hashCode() {
    return getName().hashCode();
  }
}
