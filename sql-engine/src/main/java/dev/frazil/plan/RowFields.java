package dev.frazil.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a row that is no column, as in {@code (r).x} and {@code a[1].x}: Calcite takes the
 * first whose name is the same but for its case, and the exact one is meant.
 */
final class RowFields {
  private RowFields() {}

  /** The type of such a field; null for whatever else, which Calcite sees rightly. */
  static @Nullable RelDataType type(SqlNode node, SqlValidator validator, SqlValidatorScope scope) {
    if (!(node instanceof SqlCall dot) || dot.getKind() != SqlKind.DOT) {
      return null;
    }
    RelDataType row = validator.deriveType(scope, dot.operand(0));
    RelDataTypeField field = row.isStruct() ? exact(row, dot) : null;
    return field == null
        ? null
        : validator
            .getTypeFactory()
            .createTypeWithNullability(
                field.getType(), row.isNullable() || field.getType().isNullable());
  }

  /** The field as an expression. */
  static RexNode toRex(SqlRexContext context, SqlCall dot) {
    RexNode row = context.convertExpression(dot.operand(0));
    RelDataTypeField field = exact(row.getType(), dot);
    return field == null
        ? context.getRexBuilder().makeFieldAccess(row, dot.operand(1).toString(), false)
        : context.getRexBuilder().makeFieldAccess(row, field.getIndex());
  }

  private static @Nullable RelDataTypeField exact(RelDataType row, SqlCall dot) {
    return row.getField(dot.operand(1).toString(), true, false);
  }
}
