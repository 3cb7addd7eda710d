package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the parsed query of another engine: refuses (0A000) constructs that are not on its
 * lists, and writes out where nulls come in an order. What depends on types is left to {@link
 * ForeignMeaning}. The lists hold what ISO 9075-2 defines and both engines keep to.
 */
final class ForeignSyntax extends SqlBasicVisitor<@Nullable Void> {
  private static final Set<SqlKind> KNOWN =
      Set.of(
          SqlKind.SELECT,
          SqlKind.ORDER_BY,
          SqlKind.WITH,
          SqlKind.WITH_ITEM,
          SqlKind.JOIN,
          SqlKind.AS,
          SqlKind.UNION,
          SqlKind.INTERSECT,
          SqlKind.EXCEPT,
          SqlKind.VALUES,
          SqlKind.ROW,
          SqlKind.DESCENDING,
          SqlKind.NULLS_FIRST,
          SqlKind.NULLS_LAST,
          SqlKind.OVER,
          SqlKind.WINDOW,
          SqlKind.PRECEDING,
          SqlKind.FOLLOWING,
          SqlKind.EXISTS,
          SqlKind.SCALAR_QUERY,
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.CASE,
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.BETWEEN,
          SqlKind.LIKE,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_TRUE,
          SqlKind.IS_NOT_TRUE,
          SqlKind.IS_FALSE,
          SqlKind.IS_NOT_FALSE,
          SqlKind.IS_DISTINCT_FROM,
          SqlKind.IS_NOT_DISTINCT_FROM,
          SqlKind.CAST,
          SqlKind.PLUS,
          SqlKind.MINUS,
          SqlKind.TIMES,
          SqlKind.DIVIDE,
          SqlKind.MOD,
          SqlKind.PLUS_PREFIX,
          SqlKind.MINUS_PREFIX,
          SqlKind.FILTER,
          SqlKind.GROUPING_SETS,
          SqlKind.ROLLUP,
          SqlKind.CUBE,
          SqlKind.EXTRACT);

  /** Functions by the names that texts have for them. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "||",
          "abs",
          "avg",
          "char_length",
          "character_length",
          "coalesce",
          "count",
          "day",
          "dense_rank",
          "first_value",
          "lag",
          "last_value",
          "lead",
          "length",
          "lower",
          "max",
          "min",
          "month",
          "nullif",
          "rank",
          "row_number",
          "substring",
          "sum",
          "upper",
          "year");

  private static final Set<String> TYPES =
      Set.of(
          "BOOLEAN", "INTEGER", "INT", "BIGINT", "DOUBLE", "DECIMAL", "DATE", "VARCHAR", "STRING");

  private static final Set<String> FIELDS = Set.of("YEAR", "MONTH", "DAY");

  private final ForeignDialect dialect;

  ForeignSyntax(ForeignDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    String name = call.getOperator().getName();
    if (call instanceof SqlAsofJoin
        || !(KNOWN.contains(call.getKind()) || FUNCTIONS.contains(name.toLowerCase(Locale.ROOT)))) {
      throw EngineException.unsupported(
          (name.matches("\\w+") ? name.toUpperCase(Locale.ROOT) : "\"" + name + "\"")
              + " in the query of another engine");
    }
    switch (call.getKind()) {
      case LIKE -> checkPattern(call);
      case ORDER_BY -> order(((SqlOrderBy) call).orderList);
      case WINDOW -> order(((SqlWindow) call).getOrderList());
      default -> checkOperands(call, name);
    }
    return super.visit(call);
  }

  private void order(SqlNodeList items) {
    if (dialect != ForeignDialect.SPARK) {
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      SqlNode item = items.get(i);
      SqlKind kind = item.getKind();
      if (kind != SqlKind.DESCENDING && kind != SqlKind.NULLS_FIRST && kind != SqlKind.NULLS_LAST) {
        items.set(i, SqlStdOperatorTable.NULLS_FIRST.createCall(item.getParserPosition(), item));
      }
    }
  }

  /** A backslash is an escape to Spark, and a character to Trino. */
  private static void checkPattern(SqlCall like) {
    SqlNode pattern = like.operand(1);
    boolean isPlain =
        like.operandCount() == 2
            && like.getOperator().getName().endsWith("LIKE")
            && pattern instanceof SqlLiteral literal
            && String.valueOf(literal.toValue()).indexOf('\\') < 0;
    if (!isPlain) {
      throw EngineException.unsupported(
          like.getOperator().getName() + " with anything but a plain pattern, of another engine");
    }
  }

  private static void checkOperands(SqlCall call, String name) {
    if (name.equalsIgnoreCase("substring")) {
      for (int i = 1; i < call.operandCount(); i++) {
        boolean isPlace =
            call.operand(i) instanceof SqlLiteral literal
                && String.valueOf(literal.toValue()).matches("[1-9][0-9]{0,8}");
        if (!isPlace) {
          throw EngineException.unsupported(
              "SUBSTRING with anything but positive constants, of another engine");
        }
      }
    } else if (call.getKind() == SqlKind.EXTRACT
        && !FIELDS.contains(call.operand(0).toString().toUpperCase(Locale.ROOT))) {
      throw EngineException.unsupported("EXTRACT of " + call.operand(0) + ", of another engine");
    }
  }

  @Override
  public @Nullable Void visit(SqlIdentifier name) {
    if (name.isSimple()
        && !name.isComponentQuoted(0)
        && name.getSimple().equalsIgnoreCase("current_schema")) {
      throw EngineException.unsupported("CURRENT_SCHEMA in the query of another engine");
    }
    return null;
  }

  @Override
  public @Nullable Void visit(SqlDataTypeSpec type) {
    String name = String.valueOf(type.getTypeName()).toUpperCase(Locale.ROOT);
    boolean isCut =
        name.equals("VARCHAR")
            && type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
            && basic.getPrecision() >= 0;
    if (isCut || !TYPES.contains(name)) {
      throw EngineException.unsupported("the type " + name + " of another engine");
    }
    return null;
  }

  @Override
  public @Nullable Void visit(SqlLiteral literal) {
    boolean isTime =
        literal instanceof SqlUnknownLiteral unknown && !unknown.tag.equalsIgnoreCase("DATE");
    if (isTime && dialect == ForeignDialect.SPARK) {
      // Its TIMESTAMP has a zone, or not, by the settings of the session.
      throw EngineException.unsupported(
          ((SqlUnknownLiteral) literal).tag + " '...' of the dialect spark");
    }
    if (literal instanceof SqlIntervalLiteral interval
        && !FIELDS.contains(
            String.valueOf(
                    interval
                        .getValueAs(SqlIntervalLiteral.IntervalValue.class)
                        .getIntervalQualifier())
                .toUpperCase(Locale.ROOT))) {
      throw EngineException.unsupported("an interval of other than years, months or days");
    }
    return null;
  }
}
