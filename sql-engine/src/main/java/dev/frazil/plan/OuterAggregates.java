package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * {@code (SELECT sum(a.x) FROM b)} of an outer {@code a}: an aggregate of outer columns alone
 * belongs to the query that they are of (ISO 9075-2, 6.9), but Calcite computes it in the
 * sub-query.
 */
final class OuterAggregates {
  private OuterAggregates() {}

  static void refuse(SqlCall aggregate, SqlValidatorScope scope, SqlValidator validator) {
    SelectScope own = SqlValidatorUtil.getEnclosingSelectScope(scope);
    if (own == null) {
      return;
    }
    List<SqlIdentifier> columns = new ArrayList<>();
    for (SqlNode argument : aggregate.getOperandList()) {
      argument.accept(
          new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlIdentifier name) {
              if (!name.isStar() && validator.makeNullaryCall(name) == null) {
                columns.add(name);
              }
              return null;
            }

            @Override
            public Void visit(SqlCall call) {
              return call.isA(SqlKind.QUERY) ? null : super.visit(call);
            }
          });
    }
    if (!columns.isEmpty()
        && columns.stream().allMatch(column -> isOuter(column, own, validator))) {
      throw EngineException.unsupported(
          "an aggregate of columns of an outer query alone, "
              + aggregate.getOperator().getName()
              + " of "
              + columns.get(0)
              + " in a sub-query (compute it in the outer query)");
    }
  }

  private static boolean isOuter(SqlIdentifier column, SelectScope own, SqlValidator validator) {
    SqlValidatorScope.ResolvedImpl resolved = new SqlValidatorScope.ResolvedImpl();
    own.resolve(
        own.fullyQualify(column).prefix(),
        validator.getCatalogReader().nameMatcher(),
        false,
        resolved);
    return resolved.count() == 1 && resolved.only().scope != own;
  }
}
