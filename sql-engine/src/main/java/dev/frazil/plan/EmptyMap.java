package dev.frazil.plan;

import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/** {@code map()}: no entries, of no types until other types are beside it. */
final class EmptyMap {
  static final SqlFunction OPERATOR =
      new SqlFunction(
          "$EMPTY_MAP",
          SqlKind.OTHER_FUNCTION,
          binding -> type(binding.getTypeFactory()),
          null,
          OperandTypes.NILADIC,
          SqlFunctionCategory.SYSTEM);

  private EmptyMap() {}

  /** What stands for the call; the call itself where it is none of these. */
  static SqlCall rewrite(SqlCall call) {
    boolean isEmptyMap =
        call.operandCount() == 0
            && call.getOperator() instanceof SqlUnresolvedFunction
            && call.getOperator().getName().toLowerCase(Locale.ROOT).equals("map");
    return isEmptyMap ? OPERATOR.createCall(call.getParserPosition()) : call;
  }

  private static RelDataType type(RelDataTypeFactory types) {
    RelDataType none = types.createSqlType(SqlTypeName.NULL);
    return types.createMapType(none, none);
  }
}
