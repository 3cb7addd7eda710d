package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarExpression.OuterReference;
import dev.frazil.plan.ScalarExpression.Parameter;
import dev.frazil.plan.rule.ConstantFolder;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** Calcite's expressions to ours. Collects the types of the parameters. One per statement. */
final class RexConverter {
  private final ConstantFolder folder;
  private final RexCallConverter calls;
  private final PlanSettings settings;
  private final Map<Integer, SqlType> parameters = new TreeMap<>();
  private final Correlations correlations = new Correlations();
  private @Nullable SubQueryInput subQueries;

  RexConverter(PlanSettings settings) {
    this.settings = settings;
    this.folder = new ConstantFolder(settings.timeZone());
    this.calls = new RexCallConverter(this, folder);
  }

  ConstantFolder folder() {
    return folder;
  }

  /** The types of the parameters met so far, by number. */
  Map<Integer, SqlType> parameters() {
    return parameters;
  }

  ScalarExpression convert(RexNode node) {
    if (node instanceof RexInputRef reference) {
      return new InputReference(reference.getIndex(), CalciteTypes.toSql(reference.getType()));
    } else if (node instanceof RexLiteral literal) {
      return RexLiterals.convert(literal);
    } else if (node instanceof RexDynamicParam parameter) {
      if (RexCallConverter.isInterval(parameter)) {
        throw EngineException.unsupported(
            "an interval as a parameter (multiply one by a number: ? * INTERVAL '1' DAY)");
      }
      return parameter(parameter.getIndex(), CalciteTypes.toSql(parameter.getType()));
    } else if (node instanceof RexOver) {
      throw EngineException.unsupported("a window function (OVER)");
    } else if (node instanceof RexSubQuery query) {
      return subQuery(query);
    } else if (node instanceof RexCall call) {
      return calls.convert(call);
    } else if (node instanceof RexFieldAccess access) {
      return field(access);
    } else if (node instanceof RexCorrelVariable) {
      throw EngineException.unsupported("a correlated sub-query of this form");
    }
    throw EngineException.unsupported("the expression " + node);
  }

  /** A parameter of a type; the statement expects the widest type that one is used with. */
  Parameter parameter(int index, SqlType type) {
    parameters.merge(index, type, RexConverter::wider);
    return new Parameter(index, type);
  }

  private static SqlType wider(SqlType left, SqlType right) {
    SqlType common = TypeRules.common(left, right);
    return common == null ? left : common;
  }

  PlanSettings settings() {
    return settings;
  }

  Correlations correlations() {
    return correlations;
  }

  /** Runs a conversion whose sub-queries add their columns to {@code input}. */
  <T> T within(@Nullable SubQueryInput input, Supplier<T> conversion) {
    SubQueryInput outer = subQueries;
    subQueries = input;
    try {
      return conversion.get();
    } finally {
      subQueries = outer;
    }
  }

  private ScalarExpression subQuery(RexSubQuery query) {
    SubQueryInput input = subQueries;
    if (input == null) {
      throw EngineException.unsupported("a sub-query in this place");
    }
    return input.value(query);
  }

  /** Compares in a type that holds both sides. */
  ScalarExpression compare(ScalarFunction function, ScalarExpression left, ScalarExpression right) {
    return calls.compare(function, left, right);
  }

  private ScalarExpression field(RexFieldAccess access) {
    if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
      return new OuterReference(
          correlations.slot(variable.id, access.getField().getIndex()),
          CalciteTypes.toSql(access.getType()));
    }
    ScalarExpression row = convert(access.getReferenceExpr());
    return new Call(
        ScalarFunction.FIELD,
        List.of(row, new Literal(access.getField().getIndex(), Primitive.INTEGER)),
        CalciteTypes.toSql(access.getType()));
  }

  List<ScalarExpression> convert(List<RexNode> nodes) {
    List<ScalarExpression> converted = new ArrayList<>(nodes.size());
    for (RexNode node : nodes) {
      converted.add(convert(node));
    }
    return converted;
  }

  /** Converts and brings to a type. */
  ScalarExpression convert(RexNode node, SqlType type) {
    if (type == Primitive.VARCHAR && RexCallConverter.isInterval(node)) {
      return ShownIntervals.of(convert(node), node.getType());
    }
    return folder.cast(convert(node), type, false);
  }
}
