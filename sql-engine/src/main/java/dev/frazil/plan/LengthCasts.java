package dev.frazil.plan;

import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LibraryFunction;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * {@code CAST(x AS VARCHAR(n))} and {@code CHAR(n)}: types have no length here, so the cast is one
 * to varchar and a call of LEFT, as ISO 9075 cuts in an explicit cast. Blanks at the end of a CHAR
 * do not count, as in PostgreSQL. Likewise SMALLINT and TINYINT, which are integers within bounds.
 */
final class LengthCasts {
  private LengthCasts() {}

  /** The cast itself where it has no length, else what stands for it. */
  static SqlCall rewrite(SqlCall cast) {
    if (!(cast.operand(1) instanceof SqlDataTypeSpec type)
        || !(type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic)
        || type.getCollectionsTypeName() != null) {
      return cast;
    }
    String name = basic.getTypeName().getSimple().toUpperCase(Locale.ROOT);
    if (name.equals("SMALLINT") || name.equals("TINYINT")) {
      return narrow(cast, type, name.equals("SMALLINT") ? Short.MAX_VALUE : Byte.MAX_VALUE);
    }
    boolean isChar = name.equals("CHAR");
    int length = isChar ? Math.max(1, basic.getPrecision()) : basic.getPrecision();
    if (!(isChar || name.equals("VARCHAR")) || length < 0) {
      return cast;
    }
    SqlParserPos position = cast.getParserPosition();
    SqlDataTypeSpec varchar =
        new SqlDataTypeSpec(
            new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, type.getParserPosition()),
            type.getParserPosition());
    SqlNode text = cast.getOperator().createCall(position, cast.operand(0), varchar);
    SqlLiteral count = SqlLiteral.createExactNumeric(Integer.toString(length), position);
    SqlCall cut = function("left").createCall(position, text, count);
    return isChar ? function("rtrim").createCall(position, cut) : cut;
  }

  /** A smaller integer is an integer within bounds. */
  private static SqlCall narrow(SqlCall cast, SqlDataTypeSpec type, int max) {
    SqlParserPos position = cast.getParserPosition();
    SqlDataTypeSpec bigint =
        new SqlDataTypeSpec(
            new SqlBasicTypeNameSpec(SqlTypeName.BIGINT, type.getParserPosition()),
            type.getParserPosition());
    return function("integer_within")
        .createCall(
            position,
            cast.getOperator().createCall(position, cast.operand(0), bigint),
            SqlLiteral.createExactNumeric(Integer.toString(-max - 1), position),
            SqlLiteral.createExactNumeric(Integer.toString(max), position),
            SqlLiteral.createBoolean(cast.getKind() == SqlKind.SAFE_CAST, position));
  }

  private static LibraryOperator function(String name) {
    LibraryFunction function = FunctionLibrary.find(name);
    return new LibraryOperator(Objects.requireNonNull(function));
  }
}
