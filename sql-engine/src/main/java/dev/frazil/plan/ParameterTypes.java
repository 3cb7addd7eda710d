package dev.frazil.plan;

import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LibraryFunction;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** The type of a parameter whose context tells none: from the operands beside it. */
final class ParameterTypes {
  /** The operators whose operands a sub-query may be. */
  private static final Set<SqlKind> COMPARISONS =
      EnumSet.of(
          SqlKind.IN,
          SqlKind.NOT_IN,
          SqlKind.SOME,
          SqlKind.ALL,
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL);

  private final FrazilValidator validator;

  ParameterTypes(FrazilValidator validator) {
    this.validator = validator;
  }

  /** Gives the parameters below a call a first type, innermost calls first. */
  void typeFromSiblings(SqlCall call, SqlValidatorScope scope) {
    if (call.isA(SqlKind.QUERY) || !SqlParameters.contains(call)) {
      return;
    }
    List<SqlNode> operands = SqlParameters.operands(call);
    if (!isFunction(call)) {
      typeRows(operands, scope);
    }
    for (SqlNode operand : operands) {
      if (operand instanceof SqlCall inner) {
        typeFromSiblings(inner, scope);
      }
    }
    if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
      return;
    }
    List<SqlNode> values = call instanceof SqlCase caseCall ? results(caseCall) : operands;
    if (values.stream().noneMatch(SqlDynamicParam.class::isInstance)) {
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      SqlNode operand = values.get(i);
      if (operand instanceof SqlDynamicParam
          && validator.getValidatedNodeTypeIfKnown(operand) == null) {
        RelDataType own = ownType(call, values, i, scope);
        if (own != null) {
          validator.settleParameter(operand, own);
          continue;
        }
        RelDataType sibling = isFunction(call) ? null : sibling(call, values, i, scope);
        RelDataType type = sibling == null ? fallback(call, i, scope) : sibling;
        if (type != null) {
          validator.typeParameter(operand, type);
        }
      }
    }
  }

  /** What an operand is by its place alone, whatever stands beside it; null for anything else. */
  private @Nullable RelDataType ownType(
      SqlCall call, List<SqlNode> values, int parameter, SqlValidatorScope scope) {
    SqlTypeName besideTimes = besideTimes(call, values, parameter, scope);
    if (besideTimes != null) {
      return type(besideTimes);
    }
    SqlNode first = values.get(0);
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "LAG", "LEAD" ->
          switch (parameter) {
            case 1 -> type(SqlTypeName.INTEGER);
            case 2 -> first instanceof SqlDynamicParam ? null : valueType(first, scope);
            default -> null;
          };
      case "NTILE" -> type(SqlTypeName.INTEGER);
      case "$GROUPS" -> type(SqlTypeName.BIGINT);
      case "NTH_VALUE" -> parameter == 1 ? type(SqlTypeName.INTEGER) : null;
      case "OVERLAY" -> type(parameter < 2 ? SqlTypeName.VARCHAR : SqlTypeName.INTEGER);
      case "EXTRACT" -> validator.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 6);
      case "DATE_TRUNC" ->
          parameter == 0
              ? type(SqlTypeName.VARCHAR)
              : validator.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 6);
      case "TIMESTAMPADD", "TIMESTAMPDIFF" ->
          parameter == 1 && call.getOperator().getName().equalsIgnoreCase("TIMESTAMPADD")
              ? type(SqlTypeName.INTEGER)
              : validator.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 6);
      case "JSON_ARRAY", "JSON_OBJECT" -> type(SqlTypeName.VARCHAR);
      case "UNNEST", "CARDINALITY" ->
          validator.getTypeFactory().createArrayType(nullable(SqlTypeName.VARCHAR), -1);
      case "ITEM" -> parameter == 1 ? keyType(first, scope) : null;
      case "SUM" -> type(SqlTypeName.BIGINT);
      case "AVG",
          "APPROX_PERCENTILE",
          "APPROX_QUANTILE",
          "PERCENTILE_CONT",
          "PERCENTILE_DISC",
          "MEDIAN",
          "STDDEV",
          "STDDEV_POP",
          "STDDEV_SAMP",
          "VARIANCE",
          "VAR_POP",
          "VAR_SAMP" ->
          type(SqlTypeName.DOUBLE);
      default -> null;
    };
  }

  private RelDataType type(SqlTypeName name) {
    return validator.getTypeFactory().createSqlType(name);
  }

  private RelDataType nullable(SqlTypeName name) {
    return validator.getTypeFactory().createTypeWithNullability(type(name), true);
  }

  /** The type of what stands in the brackets behind an array or a map. */
  private @Nullable RelDataType keyType(SqlNode collection, SqlValidatorScope scope) {
    if (collection instanceof SqlDynamicParam || collection.isA(SqlKind.QUERY)) {
      return null;
    }
    RelDataType type = validator.deriveType(scope, collection);
    return switch (type.getSqlTypeName()) {
      case ARRAY -> type(SqlTypeName.INTEGER);
      case MAP -> type.getKeyType();
      default -> null;
    };
  }

  /**
   * The number of days that is added to a date, and what an interval is multiplied or divided by:
   * not of the type of the operand beside it. Null for anything else.
   */
  private @Nullable SqlTypeName besideTimes(
      SqlCall call, List<SqlNode> values, int parameter, SqlValidatorScope scope) {
    boolean isProduct = call.getKind() == SqlKind.TIMES || call.getKind() == SqlKind.DIVIDE;
    if (values.size() != 2 || !(isProduct || call.getKind() == SqlKind.PLUS)) {
      return null;
    }
    SqlNode other = values.get(1 - parameter);
    if (other instanceof SqlDynamicParam || other.isA(SqlKind.QUERY)) {
      return null;
    }
    SqlTypeName type = validator.deriveType(scope, other).getSqlTypeName();
    if (isProduct) {
      return SqlTypeName.INTERVAL_TYPES.contains(type) ? SqlTypeName.BIGINT : null;
    }
    return type == SqlTypeName.DATE ? SqlTypeName.INTEGER : null;
  }

  /** Gives the parameters of rows a first type: that of a value at the same place of another. */
  void typeRows(List<? extends SqlNode> rows, SqlValidatorScope scope) {
    for (SqlNode row : rows) {
      if (row.getKind() != SqlKind.ROW || !SqlParameters.contains(row)) {
        continue;
      }
      List<SqlNode> values = ((SqlCall) row).getOperandList();
      for (int i = 0; i < values.size(); i++) {
        SqlNode value = values.get(i);
        if (value instanceof SqlDynamicParam
            && validator.getValidatedNodeTypeIfKnown(value) == null) {
          RelDataType type = columnType(rows, i, scope);
          if (type != null) {
            validator.settleParameter(value, type);
          }
        }
      }
    }
  }

  private @Nullable RelDataType columnType(
      List<? extends SqlNode> rows, int column, SqlValidatorScope scope) {
    for (SqlNode row : rows) {
      if (row.getKind() == SqlKind.ROW && ((SqlCall) row).operandCount() > column) {
        SqlNode value = ((SqlCall) row).operand(column);
        RelDataType type = value instanceof SqlDynamicParam ? null : valueType(value, scope);
        if (type != null) {
          return type;
        }
      }
    }
    return null;
  }

  /** The type of the first value beside a parameter; of a map, keys stand beside keys. */
  private @Nullable RelDataType sibling(
      SqlCall call, List<SqlNode> values, int parameter, SqlValidatorScope scope) {
    int step = call.getKind() == SqlKind.MAP_VALUE_CONSTRUCTOR ? 2 : 1;
    RelDataType sibling = null;
    for (int i = parameter % step; i < values.size() && sibling == null; i += step) {
      SqlNode value = values.get(i);
      if (value.isA(SqlKind.QUERY) && COMPARISONS.contains(call.getKind())) {
        sibling = columnOf(validator.deriveType(scope, value));
      } else if (!(value instanceof SqlDynamicParam)) {
        sibling = valueType(value, scope);
      }
    }
    return sibling;
  }

  /** The type of a query's only column. */
  private static @Nullable RelDataType columnOf(RelDataType type) {
    if (!type.isStruct()) {
      return type;
    }
    return type.getFieldCount() == 1 ? type.getFieldList().get(0).getType() : null;
  }

  private @Nullable RelDataType valueType(SqlNode operand, SqlValidatorScope scope) {
    if (operand.isA(SqlKind.QUERY)
        || operand instanceof SqlNodeList
        || operand.getKind() == SqlKind.INTERVAL_QUALIFIER
        || (operand instanceof SqlLiteral literal
            && (literal.getTypeName() == SqlTypeName.SYMBOL
                || literal.getTypeName() == SqlTypeName.NULL))) {
      return null;
    }
    RelDataType type = validator.deriveType(scope, operand);
    boolean isUseful =
        !type.isStruct()
            && type.getSqlTypeName() != SqlTypeName.NULL
            && !type.equals(validator.getUnknownType())
            && !SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName());
    if (!isUseful) {
      return null;
    }
    return type.getSqlTypeName() == SqlTypeName.CHAR
        ? validator.getTypeFactory().createSqlType(SqlTypeName.VARCHAR)
        : type;
  }

  /** Whether the call's operands have types of their own rather than one in common. */
  private static boolean isFunction(SqlCall call) {
    return switch (call.getKind()) {
      case PLUS,
          MINUS,
          TIMES,
          DIVIDE,
          MOD,
          EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM,
          BETWEEN,
          COALESCE,
          NULLIF,
          GREATEST,
          LEAST,
          CASE,
          LIKE,
          NVL,
          IN,
          NOT_IN,
          SOME,
          ALL,
          ARRAY_VALUE_CONSTRUCTOR,
          MAP_VALUE_CONSTRUCTOR ->
          false;
      default -> !call.getOperator().getName().equals("||");
    };
  }

  /** The type of a parameter that stands among no values; null to leave it to Calcite. */
  private @Nullable RelDataType fallback(SqlCall call, int operand, SqlValidatorScope scope) {
    LibraryFunction function = library(call);
    if (function != null) {
      SqlType known = parameterType(function, call, operand, scope);
      return known == null ? null : CalciteTypes.toCalcite(known, true, validator.getTypeFactory());
    }
    SqlTypeName name =
        switch (call.getKind()) {
          case PLUS, MINUS, TIMES, DIVIDE, MOD, MINUS_PREFIX, PLUS_PREFIX -> SqlTypeName.BIGINT;
          case AND, OR, NOT, CASE, ROW, AS, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE -> null;
          default ->
              switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
                case "ABS", "FLOOR", "CEIL", "SQRT", "POWER", "POW", "EXP", "LN", "LOG10", "SIGN" ->
                    SqlTypeName.DOUBLE;
                case "ROUND", "TRUNCATE" -> operand == 0 ? SqlTypeName.DOUBLE : SqlTypeName.INTEGER;
                case "SUBSTRING" -> operand == 0 ? SqlTypeName.VARCHAR : SqlTypeName.INTEGER;
                case "ITEM" -> null;
                default -> SqlTypeName.VARCHAR;
              };
        };
    return name == null ? null : validator.getTypeFactory().createSqlType(name);
  }

  private static @Nullable LibraryFunction library(SqlCall call) {
    if (call.getOperator() instanceof LibraryOperator operator) {
      return operator.function();
    }
    boolean unresolved =
        call.getOperator() instanceof SqlUnresolvedFunction
            && !FunctionTable.INSTANCE.isBuiltIn(call.getOperator().getName());
    return unresolved
        ? FunctionLibrary.find(call.getOperator().getName().toLowerCase(Locale.ROOT))
        : null;
  }

  /** As the signature that fits the other operands has it. */
  private @Nullable SqlType parameterType(
      LibraryFunction function, SqlCall call, int operand, SqlValidatorScope scope) {
    List<SqlType> types = new ArrayList<>();
    for (SqlNode other : call.getOperandList()) {
      RelDataType type = other instanceof SqlDynamicParam ? null : valueType(other, scope);
      types.add(type == null ? SqlType.Primitive.UNKNOWN : CalciteTypes.toSql(type));
    }
    return function.parameterType(operand, types);
  }

  private static List<SqlNode> results(SqlCase call) {
    List<SqlNode> results = new ArrayList<>(call.getThenOperands().getList());
    SqlNode otherwise = call.getElseOperand();
    if (otherwise != null) {
      results.add(otherwise);
    }
    return results;
  }
}
