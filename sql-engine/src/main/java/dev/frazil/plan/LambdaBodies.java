package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of lambdas with something else in the place of their parameters. A parameter hides
 * columns, and parameters of lambdas around its own, of the same name.
 */
final class LambdaBodies {
  /** What all copies in a statement may have: they double with each lambda around another. */
  private static final int MAX_COPIED_NODES = 100_000;

  private int copiedNodes;

  /** The body, with copies of {@code values} for the parameters. */
  SqlNode bind(SqlLambda lambda, List<SqlCall> values) {
    Map<String, SqlCall> byName = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      byName.put(name(lambda.getParameters().get(i)), values.get(i));
    }
    if (byName.size() < values.size()) {
      throw new EngineException(
          SqlState.SYNTAX_ERROR, "a lambda names each of its parameters differently: " + lambda);
    }
    return visited(lambda.getExpression(), new Binding(byName));
  }

  private static String name(SqlNode parameter) {
    return parameter.toString().toLowerCase(Locale.ROOT);
  }

  private static SqlNode visited(SqlNode node, SqlShuttle shuttle) {
    SqlNode visited = node.accept(shuttle);
    if (visited == null) {
      throw EngineException.internal("a lambda vanished");
    }
    return visited;
  }

  private final class Binding extends SqlShuttle {
    private final Map<String, SqlCall> values;

    Binding(Map<String, SqlCall> values) {
      this.values = values;
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier identifier) {
      SqlCall value =
          identifier.isStar() ? null : values.get(identifier.names.get(0).toLowerCase(Locale.ROOT));
      if (value == null) {
        return identifier;
      }
      SqlParserPos position = identifier.getParserPosition();
      SqlNode bound = visited(value, new Copy(position));
      for (String field : identifier.names.subList(1, identifier.names.size())) {
        bound =
            SqlStdOperatorTable.DOT.createCall(position, bound, new SqlIdentifier(field, position));
      }
      return bound;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (call.getOperator() instanceof LambdaParameter) {
        return call; // of a lambda around this one: what it holds is not of this body
      }
      if (call instanceof SqlLambda inner) {
        Map<String, SqlCall> visible = new HashMap<>(values);
        inner.getParameters().forEach(parameter -> visible.remove(name(parameter)));
        return new SqlLambda(
            inner.getParserPosition(),
            inner.getParameters(),
            visited(inner.getExpression(), new Binding(visible)));
      }
      if (call.isA(SqlKind.QUERY)) {
        throw EngineException.unsupported("a sub-query in a lambda");
      } else if (call.getKind() == SqlKind.OVER) {
        throw EngineException.unsupported("a window function in a lambda");
      } else if (FunctionTable.INSTANCE.isAggregate(call)) {
        throw EngineException.unsupported("an aggregate in a lambda");
      }
      if (call.getKind() == SqlKind.DOT) {
        return call.getOperator()
            .createCall(call.getParserPosition(), visited(call.operand(0), this), call.operand(1));
      }
      return super.visit(call);
    }
  }

  /** Nodes of its own at every place: Calcite tells them apart, changes them, and says where. */
  private final class Copy extends SqlShuttle {
    private final SqlParserPos position;

    Copy(SqlParserPos position) {
      this.position = position;
    }

    private void count() {
      copiedNodes++;
      if (copiedNodes > MAX_COPIED_NODES) {
        throw new EngineException(
            SqlState.LIMIT_EXCEEDED,
            "too many functions with lambdas inside each other's arrays: compute the inner ones in"
                + " a sub-query");
      }
    }

    @Override
    public SqlNode visit(SqlLiteral literal) {
      count();
      return literal.clone(position);
    }

    @Override
    public SqlNode visit(SqlIdentifier identifier) {
      count();
      return identifier.clone(position);
    }

    @Override
    public SqlNode visit(SqlDynamicParam parameter) {
      count();
      return parameter.clone(position);
    }

    @Override
    public SqlNode visit(SqlNodeList list) {
      count();
      return new SqlNodeList(copies(list), position);
    }

    @Override
    public SqlNode visit(SqlCall call) {
      count();
      return call.getOperator()
          .createCall(
              call.getFunctionQuantifier(),
              position,
              copies(call.getOperandList()).toArray(new @Nullable SqlNode[0]));
    }

    private List<@Nullable SqlNode> copies(List<@Nullable SqlNode> nodes) {
      List<@Nullable SqlNode> copies = new ArrayList<>();
      for (SqlNode node : nodes) {
        copies.add(node == null ? null : node.accept(this));
      }
      return copies;
    }
  }
}
