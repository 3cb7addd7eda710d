package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** Parameters among the values of PIVOT. */
final class PivotParameters {
  private PivotParameters() {}

  /** A value is the name of its columns as well, which a parameter is not. */
  static void requireNames(SqlPivot pivot) {
    for (SqlNode value : pivot.inList) {
      if (value.getKind() != SqlKind.AS && SqlParameters.contains(value)) {
        throw new EngineException(
            SqlState.SYNTAX_ERROR, "a parameter in the IN of PIVOT wants a name: ? AS name");
      }
    }
  }

  /** They have the types of the columns that are compared with them. */
  static void type(SqlPivot pivot, FrazilValidator validator, SqlValidatorScope scope) {
    pivot.forEachNameValues(
        (alias, values) -> {
          for (int i = 0; i < Math.min(values.size(), pivot.axisList.size()); i++) {
            if (values.get(i) instanceof SqlDynamicParam parameter) {
              validator.settleParameter(
                  parameter, validator.deriveType(scope, pivot.axisList.get(i)));
            } else if (SqlParameters.contains(values.get(i))) {
              validator.inferUnknownTypes(
                  validator.deriveType(scope, pivot.axisList.get(i)), scope, values.get(i));
            }
          }
        });
  }
}
