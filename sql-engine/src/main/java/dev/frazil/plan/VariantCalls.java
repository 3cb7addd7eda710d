package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.TypeText;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Spark's {@code variant_get(v, path, 'type')} and {@code try_variant_get}: a cast of what the path
 * finds. The type is a text literal, as it decides the type of the column.
 */
final class VariantCalls {
  private static final String PATH = "variant_path";

  private VariantCalls() {}

  /** The call in Calcite's language; the same object if it is another. */
  static SqlCall rewrite(SqlCall call) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    boolean isTry = name.equals("try_variant_get");
    if (call.getOperator().getSyntax() != SqlSyntax.FUNCTION
        || !(isTry || name.equals("variant_get"))
        || call.operandCount() < 2
        || call.operandCount() > 3) {
      return call;
    }
    SqlParserPos position = call.getParserPosition();
    SqlOperator path =
        new SqlUnresolvedFunction(
            new SqlIdentifier(PATH, position),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION);
    SqlCall found = path.createCall(position, call.<SqlNode>operand(0), call.<SqlNode>operand(1));
    if (call.operandCount() == 2) {
      return found;
    }
    SqlOperator cast = isTry ? SqlLibraryOperators.TRY_CAST : SqlStdOperatorTable.CAST;
    return cast.createCall(position, List.of(found, type(call.operand(2))));
  }

  private static SqlNode type(SqlNode node) {
    String text = node instanceof SqlLiteral literal ? text(literal) : null;
    if (text == null) {
      throw new EngineException(
          SqlState.DATATYPE_MISMATCH,
          "the third argument of variant_get is the name of a type, as a literal such as 'bigint'");
    }
    try {
      SqlNode cast =
          StatementContext.parse("SELECT CAST(NULL AS " + TypeText.inCalcite(text) + ")");
      SqlNode item = ((SqlSelect) cast).getSelectList().get(0);
      return ((SqlCall) item).operand(1);
    } catch (SqlParseException e) {
      throw EngineException.internal("reading the type " + text, e);
    }
  }

  private static @Nullable String text(SqlLiteral literal) {
    return literal.getTypeName() == SqlTypeName.CHAR ? literal.getValueAs(String.class) : null;
  }
}
