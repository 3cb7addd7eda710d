package dev.frazil.plan;

import static org.apache.calcite.util.Static.RESOURCE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Puts the table's name before a path that begins with a column: {@code r.x} becomes {@code t.r.x},
 * for Calcite resolves fields of a row only below a table. A table of the name that the path begins
 * with wins, as ISO has it. Works on one SELECT, in place, before it is validated; queries inside
 * have their own turn.
 */
final class RowFieldPaths {
  private final FrazilValidator validator;
  private final SqlNameMatcher names;

  RowFieldPaths(FrazilValidator validator) {
    this.validator = validator;
    this.names = validator.getCatalogReader().nameMatcher();
  }

  void qualify(SqlSelect select) {
    SqlValidatorScope scope = validator.getWhereScope(select);
    qualifyJoins(select.getFrom());
    for (int i = 0; i < select.operandCount(); i++) {
      SqlNode operand = select.getOperandList().get(i);
      if (operand == null || operand == select.getFrom()) {
        continue;
      }
      SqlNode qualified = qualify(operand, scope);
      if (qualified != operand) {
        select.setOperand(i, qualified);
      }
    }
  }

  private void qualifyJoins(@Nullable SqlNode from) {
    if (!(from instanceof SqlJoin join)) {
      return;
    }
    qualifyJoins(join.getLeft());
    qualifyJoins(join.getRight());
    SqlNode condition = join.getCondition();
    SqlValidatorScope scope = validator.getJoinScope(join);
    if (condition != null && scope != null && join.getConditionType() == JoinConditionType.ON) {
      SqlNode qualified = qualify(condition, scope);
      if (qualified != condition) {
        join.setOperand(5, qualified);
      }
    }
  }

  private SqlNode qualify(SqlNode node, SqlValidatorScope scope) {
    if (node instanceof SqlIdentifier identifier) {
      return identifier(identifier, scope);
    } else if (node instanceof SqlNodeList list) {
      for (int i = 0; i < list.size(); i++) {
        SqlNode element = list.get(i);
        if (element != null) {
          list.set(i, qualify(element, scope));
        }
      }
    } else if (node instanceof SqlCall call && !call.isA(SqlKind.QUERY)) {
      int count = call.operandCount();
      for (int i = 0; i < count; i++) {
        SqlNode operand = call.getOperandList().get(i);
        boolean isName = call.getKind() == SqlKind.AS && i > 0;
        if (operand != null && !isName) {
          SqlNode qualified = qualify(operand, scope);
          if (qualified != operand) {
            call.setOperand(i, qualified);
          }
        }
      }
    }
    return node;
  }

  private SqlNode identifier(SqlIdentifier identifier, SqlValidatorScope scope) {
    int size = identifier.names.size();
    if (size < 2 || identifier.isStar()) {
      return identifier;
    }
    for (int prefix = size - 1; prefix > 0; prefix--) {
      SqlValidatorScope.ResolvedImpl resolved = new SqlValidatorScope.ResolvedImpl();
      scope.resolve(identifier.names.subList(0, prefix), names, false, resolved);
      if (resolved.count() > 0) {
        return identifier;
      }
    }
    Set<String> tables =
        scope.findQualifyingTableNames(identifier.names.get(0), identifier, names).keySet();
    if (tables.size() > 1) {
      throw validator.newValidationError(
          identifier, RESOURCE.columnAmbiguous(identifier.names.get(0)));
    }
    if (tables.isEmpty()) {
      return identifier;
    }
    List<String> path = new ArrayList<>(identifier.names);
    path.add(0, tables.iterator().next());
    List<SqlParserPos> positions = new ArrayList<>();
    positions.add(identifier.getComponentParserPosition(0));
    for (int i = 0; i < size; i++) {
      positions.add(identifier.getComponentParserPosition(i));
    }
    return new SqlIdentifier(path, null, identifier.getParserPosition(), positions);
  }
}
