package dev.frazil.plan;

import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LibraryFunction;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * {@code x = ANY (array)} and {@code x <> ALL (array)} of PostgreSQL: IN and NOT IN where the array
 * is written out, which finds files and coerces texts as those do, else a function of the library.
 * {@code ARRAY[]}, which Calcite does not know.
 */
final class ArrayComparisons {
  /** An array of no elements, of no type until another type is beside it. */
  static final SqlFunction EMPTY_ARRAY =
      new SqlFunction(
          "$EMPTY_ARRAY",
          SqlKind.OTHER_FUNCTION,
          binding ->
              binding
                  .getTypeFactory()
                  .createArrayType(binding.getTypeFactory().createSqlType(SqlTypeName.NULL), -1),
          null,
          OperandTypes.NILADIC,
          SqlFunctionCategory.SYSTEM);

  private ArrayComparisons() {}

  /** What stands for the call; the call itself where it is none of these. */
  static SqlCall rewrite(SqlCall call) {
    SqlParserPos position = call.getParserPosition();
    if (call.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR && call.operandCount() == 0) {
      return EMPTY_ARRAY.createCall(position);
    }
    if (!(call.getOperator() instanceof SqlQuantifyOperator quantified)
        || !(call.operand(1) instanceof SqlNodeList list)
        || list.size() != 1) {
      return call;
    }
    SqlNode array = list.get(0);
    if (array.isA(SqlKind.QUERY) || array instanceof SqlLiteral) {
      return call;
    }
    if (array instanceof SqlCall elements
        && elements.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR
        && elements.operandCount() > 0) {
      SqlNodeList values = new SqlNodeList(elements.getOperandList(), position);
      if (quantified.equals(SqlStdOperatorTable.SOME_EQ)) {
        return SqlStdOperatorTable.IN.createCall(position, call.operand(0), values);
      } else if (quantified.equals(SqlStdOperatorTable.ALL_NE)) {
        return SqlStdOperatorTable.NOT_IN.createCall(position, call.operand(0), values);
      }
    }
    String name = quantified.getKind() == SqlKind.ALL ? "compare_all" : "compare_any";
    LibraryFunction function = Objects.requireNonNull(FunctionLibrary.find(name));
    return new LibraryOperator(function)
        .createCall(
            position,
            SqlLiteral.createCharString(quantified.comparisonKind.sql, position),
            call.operand(0),
            array);
  }
}
