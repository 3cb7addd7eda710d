package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** GROUP BY. Arguments that need another type are cast below, results above. */
final class AggregateConverter {
  private final RexConverter expressions;

  AggregateConverter(RexConverter expressions) {
    this.expressions = expressions;
  }

  PhysicalNode convert(Aggregate aggregate, PhysicalNode input, List<Column> columns) {
    AddedColumns inputs = new AddedColumns(input, expressions.folder());
    List<Integer> keys = aggregate.getGroupSet().asList();
    List<List<Integer>> groupingSets = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      groupingSets.add(set.asList());
    }
    List<AggregateCall> calls = new ArrayList<>();
    List<Column> aggregateColumns = new ArrayList<>(columns.subList(0, keys.size()));
    List<ScalarExpression> results = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      results.add(new InputReference(i, columns.get(i).type()));
    }
    boolean isPlain = true;
    int position = keys.size();
    for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
      Column column = columns.get(position++);
      if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
        results.add(expressions.convert(call.rexList.get(0), column.type()));
        isPlain = false;
        continue;
      }
      AggregateCall converted = call(call, column.type(), inputs);
      SqlType type = converted.type();
      // Two names of one function, as stddev and stddev_samp, are one call.
      int known = calls.indexOf(converted);
      int place = known < 0 ? calls.size() : known;
      ScalarExpression result = new InputReference(keys.size() + place, type);
      if (known < 0) {
        aggregateColumns.add(new Column(column.name(), type, column.nullable()));
        calls.add(converted);
      } else {
        isPlain = false;
      }
      if (call.getAggregation().getKind() == SqlKind.SUM0) {
        ScalarExpression zero =
            expressions.folder().cast(new Literal(0, Primitive.INTEGER), type, false);
        result = new Call(ScalarFunction.COALESCE, List.of(result, zero), type);
      }
      isPlain &= result instanceof InputReference && type.equals(column.type());
      results.add(expressions.folder().cast(result, column.type(), false));
    }
    PhysicalNode grouped =
        new PhysicalNode.Aggregate(
            inputs.node(), keys, groupingSets, calls, aggregateColumns, Double.NaN);
    return isPlain ? grouped : new PhysicalNode.Project(grouped, results, columns);
  }

  private static AggregateCall call(
      org.apache.calcite.rel.core.AggregateCall call, SqlType declared, AddedColumns inputs) {
    if (call.distinctKeys != null) {
      throw EngineException.unsupported("WITHIN DISTINCT");
    }
    return call(
        call.getAggregation(),
        call.getArgList(),
        call.isDistinct(),
        call.filterArg,
        RelConverter.sortKeys(call.getCollation()),
        declared,
        inputs);
  }

  /**
   * An aggregate over columns.
   *
   * @param filter an input column, or -1
   * @param order of the rows, empty where none is asked for
   * @param declared the type that Calcite gives it; the call may have another one
   */
  static AggregateCall call(
      SqlAggFunction aggregate,
      List<Integer> columns,
      boolean isDistinct,
      int filter,
      List<SortKey> order,
      SqlType declared,
      AddedColumns inputs) {
    if (aggregate instanceof LibraryAggregate ours) {
      return LibraryAggregateConverter.call(
          ours, columns, isDistinct, filter, order, declared, inputs);
    }
    if (!order.isEmpty()) {
      throw EngineException.unsupported("ORDER BY inside of " + aggregate.getName());
    }
    AggregateFunction function = function(aggregate);
    List<Integer> arguments = columns;
    if (arguments.size() > 1 && function != AggregateFunction.GROUPING) {
      throw EngineException.unsupported(aggregate.getName() + " of several arguments");
    }
    SqlType type = declared;
    if (!arguments.isEmpty() && function != AggregateFunction.GROUPING) {
      int argument = arguments.get(0);
      SqlType argumentType = inputs.type(argument);
      SqlType wanted = argumentType;
      switch (function) {
        case SUM -> {
          type = sumType(argumentType);
          wanted = argumentType == Primitive.REAL ? Primitive.DOUBLE : argumentType;
        }
        case AVG -> {
          if (IntervalAggregates.isAverage(declared)) {
            wanted = IntervalAggregates.averaged();
            type = IntervalAggregates.AVERAGE;
            break;
          }
          boolean isDecimal = argumentType instanceof DecimalType;
          boolean isExact = isDecimal || TypeRules.isInteger(argumentType);
          type = isDecimal ? declared : Primitive.DOUBLE;
          wanted = isExact ? argumentType : Primitive.DOUBLE;
        }
        case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> {
          type = Primitive.DOUBLE;
          wanted = Primitive.DOUBLE;
        }
        case MIN, MAX, SINGLE_VALUE, ANY_VALUE -> type = argumentType;
        case COUNT, GROUPING -> type = Primitive.BIGINT;
        case BOOL_AND, BOOL_OR -> type = Primitive.BOOLEAN;
        default -> throw EngineException.internal(function + " is no aggregate of Calcite's");
      }
      arguments = List.of(inputs.as(argument, wanted));
    } else if (function == AggregateFunction.COUNT || function == AggregateFunction.GROUPING) {
      type = Primitive.BIGINT;
    }
    boolean distinct =
        isDistinct && function != AggregateFunction.MIN && function != AggregateFunction.MAX;
    return new AggregateCall(function, arguments, distinct, filter, type);
  }

  private static SqlType sumType(SqlType argument) {
    if (argument instanceof DecimalType decimal) {
      return new DecimalType(DecimalType.MAX_PRECISION, decimal.scale());
    }
    return TypeRules.isInteger(argument) ? Primitive.BIGINT : Primitive.DOUBLE;
  }

  private static AggregateFunction function(SqlAggFunction aggregate) {
    SqlKind kind = aggregate.getKind();
    String name = aggregate.getName();
    return switch (kind) {
      case COUNT -> AggregateFunction.COUNT;
      case SUM, SUM0 -> AggregateFunction.SUM;
      case AVG -> AggregateFunction.AVG;
      case MIN ->
          name.equals("EVERY") || name.equals("BOOL_AND")
              ? AggregateFunction.BOOL_AND
              : AggregateFunction.MIN;
      case MAX ->
          name.equals("SOME") || name.equals("BOOL_OR")
              ? AggregateFunction.BOOL_OR
              : AggregateFunction.MAX;
      case SINGLE_VALUE -> AggregateFunction.SINGLE_VALUE;
      case ANY_VALUE -> AggregateFunction.ANY_VALUE;
      case STDDEV_POP -> AggregateFunction.STDDEV_POP;
      case STDDEV_SAMP -> AggregateFunction.STDDEV_SAMP;
      case VAR_POP -> AggregateFunction.VAR_POP;
      case VAR_SAMP -> AggregateFunction.VAR_SAMP;
      case GROUPING, GROUPING_ID -> AggregateFunction.GROUPING;
      default -> throw EngineException.unsupported("the aggregate " + name);
    };
  }
}
