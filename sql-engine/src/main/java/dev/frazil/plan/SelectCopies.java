package dev.frazil.plan;

import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Expressions once more: the validator wants a node of its own at every place. */
final class SelectCopies extends SqlShuttle {
  private SelectCopies() {}

  static SqlNode of(SqlNode node) {
    SqlNode copy = node.accept(new SelectCopies());
    return copy == null ? node : copy;
  }

  /** The value in the direction and place of nulls that a key of ORDER BY has. */
  static SqlNode inside(SqlNode key, SqlNode value) {
    boolean isAround =
        key.getKind() == SqlKind.DESCENDING
            || key.getKind() == SqlKind.NULLS_FIRST
            || key.getKind() == SqlKind.NULLS_LAST;
    return isAround
        ? ((SqlCall) key)
            .getOperator()
            .createCall(key.getParserPosition(), inside(((SqlCall) key).operand(0), value))
        : value;
  }

  /** A number of rows, or the parameter for one. */
  static SqlNode bigint(SqlNode count) {
    SqlParserPos position = count.getParserPosition();
    return SqlStdOperatorTable.CAST.createCall(
        position,
        of(count),
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.BIGINT, -1, position), position));
  }

  @Override
  public SqlNode visit(SqlIdentifier name) {
    return name.clone(name.getParserPosition());
  }

  @Override
  public SqlNode visit(SqlLiteral literal) {
    return literal.clone(literal.getParserPosition());
  }

  @Override
  public SqlNode visit(SqlDynamicParam parameter) {
    return new SqlDynamicParam(parameter.getIndex(), parameter.getParserPosition());
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    CallCopyingArgHandler copying = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, copying);
    return copying.result();
  }
}
