package dev.frazil.plan;

import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LibraryFunction;
import dev.frazil.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.AggregatingSelectScope;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlQualified;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator with our functions and liberties, and with a type for every parameter: that
 * of its context, else that of another operand beside it, else bigint in arithmetic and varchar
 * anywhere else.
 */
final class FrazilValidator extends SqlValidatorImpl {
  private boolean typing;

  FrazilValidator(CatalogReader reader, FrazilTypeFactory typeFactory) {
    super(
        FunctionTable.INSTANCE,
        reader,
        typeFactory,
        SqlValidator.Config.DEFAULT
            .withConformance(Dialect.INSTANCE)
            .withIdentifierExpansion(true)
            .withCallRewrite(false)
            .withTypeCoercionFactory(ComparisonCoercion::new)
            .withDefaultNullCollation(NullCollation.LAST));
  }

  @Override
  protected void validateSelect(SqlSelect select, RelDataType targetRowType) {
    new RowFieldPaths(this).qualify(select);
    super.validateSelect(select, targetRowType);
  }

  /**
   * Calcite looks for the array that an element came from by its name alone, and fails where
   * another table has a column of that name: the origin of all columns is unknown then.
   */
  @Override
  public List<@Nullable List<String>> getFieldOrigins(SqlNode query) {
    try {
      return super.getFieldOrigins(query);
    } catch (CalciteContextException e) {
      return Collections.nCopies(getValidatedNodeType(query).getFieldCount(), null);
    }
  }

  @Override
  protected void validateJoin(SqlJoin join, SqlValidatorScope scope) {
    super.validateJoin(join, scope);
    new CommonColumns(this).validate(join);
  }

  @Override
  protected void validateWhereClause(SqlSelect select) {
    SqlNode where = select.getWhere();
    if (where != null && select.getFrom() instanceof SqlJoin join) {
      select.setWhere(new MergedColumns(this, join).expand(where, List.of()));
    }
    super.validateWhereClause(select);
  }

  @Override
  protected void validateGroupClause(SqlSelect select) {
    if (select.getGroup() != null && select.getFrom() instanceof SqlJoin join) {
      MergedColumns merged = MergedColumns.ofThreeTables(this, join);
      select.setGroupBy((SqlNodeList) merged.expand(select.getGroup(), List.of()));
    }
    super.validateGroupClause(select);
  }

  @Override
  protected RelDataType validateSelectList(
      SqlNodeList items, SqlSelect select, RelDataType targetRowType) {
    if (select.getFrom() instanceof SqlJoin join) {
      select.setSelectList(MergedColumns.ofThreeTables(this, join).expandItems(items));
    }
    return super.validateSelectList(select.getSelectList(), select, targetRowType);
  }

  @Override
  protected void validateHavingClause(SqlSelect select) {
    SqlNode having = select.getHaving();
    if (having != null && select.getGroup() == null && select.getFrom() instanceof SqlJoin join) {
      select.setHaving(new MergedColumns(this, join).expand(having, List.of()));
    }
    super.validateHavingClause(select);
  }

  @Override
  protected void validateOrderList(SqlSelect select) {
    SqlNodeList order = select.getOrderList();
    if (order != null && select.getGroup() == null && select.getFrom() instanceof SqlJoin join) {
      List<String> results = MergedColumns.resultNames(select);
      select.setOrderBy((SqlNodeList) new MergedColumns(this, join).expand(order, results));
    }
    super.validateOrderList(select);
  }

  /** Called for what a star stands for: metadata columns are not shown. */
  @Override
  protected void addToSelectList(
      List<SqlNode> list,
      Set<String> aliases,
      List<Map.Entry<String, RelDataType>> fieldList,
      SqlNode expression,
      SelectScope scope,
      boolean includeSystemVars) {
    if (expression instanceof SqlIdentifier identifier
        && MetadataColumns.NAMES.contains(identifier.names.get(identifier.names.size() - 1))) {
      SqlQualified qualified = scope.fullyQualify(identifier);
      SqlValidatorTable table = qualified.namespace == null ? null : qualified.namespace.getTable();
      CatalogTable known = table == null ? null : table.unwrap(CatalogTable.class);
      if (known != null && known.isHidden(identifier.names.get(identifier.names.size() - 1))) {
        return;
      }
    }
    super.addToSelectList(list, aliases, fieldList, expression, scope, includeSystemVars);
  }

  @Override
  protected void inferUnknownTypes(
      RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
    if (node instanceof SqlDynamicParam && inferredType.equals(unknownType)) {
      if (getValidatedNodeTypeIfKnown(node) == null) {
        typeParameter(node, typeFactory.createSqlType(SqlTypeName.VARCHAR));
      }
      return;
    }
    if (node instanceof SqlCall call && !node.isA(SqlKind.QUERY) && !typing) {
      typing = true;
      try {
        if (scope instanceof AggregatingSelectScope groups) {
          typeWindowed(call, groups);
        }
        typeFromSiblings(call, scope);
      } finally {
        typing = false;
      }
    }
    super.inferUnknownTypes(inferredType, scope, node);
  }

  /**
   * Types the arguments of window functions by the groups that they see: Calcite takes them for
   * arguments of aggregates, which see rows, where a key is not null that a roll-up makes null.
   */
  private void typeWindowed(SqlCall call, AggregatingSelectScope groups) {
    if (call.isA(SqlKind.QUERY)) {
      return;
    }
    if (call.getKind() == SqlKind.OVER && call.operand(0) instanceof SqlCall function) {
      SqlCall windowed =
          function.getKind() == SqlKind.IGNORE_NULLS || function.getKind() == SqlKind.RESPECT_NULLS
              ? function.operand(0)
              : function;
      for (SqlNode argument : windowed.getOperandList()) {
        boolean isStar = argument instanceof SqlIdentifier identifier && identifier.isStar();
        if (!isStar && (argument instanceof SqlIdentifier || argument instanceof SqlCall)) {
          deriveType(groups, argument);
        }
      }
    } else {
      for (SqlNode operand : SqlParameters.operands(call)) {
        if (operand instanceof SqlCall inner) {
          typeWindowed(inner, groups);
        }
      }
    }
  }

  /** Gives the parameters below a call a first type, innermost calls first. */
  private void typeFromSiblings(SqlCall call, SqlValidatorScope scope) {
    if (call.isA(SqlKind.QUERY) || !SqlParameters.contains(call)) {
      return;
    }
    List<SqlNode> operands = SqlParameters.operands(call);
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
    RelDataType sibling = null;
    if (!isFunction(call)) {
      for (SqlNode operand : values) {
        if (!(operand instanceof SqlDynamicParam) && sibling == null) {
          sibling = valueType(operand, scope);
        }
      }
    }
    for (int i = 0; i < values.size(); i++) {
      SqlNode operand = values.get(i);
      if (operand instanceof SqlDynamicParam && getValidatedNodeTypeIfKnown(operand) == null) {
        RelDataType type = sibling == null ? fallback(call, i, scope) : sibling;
        if (type != null) {
          typeParameter(operand, type);
        }
      }
    }
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
    RelDataType type = deriveType(scope, operand);
    boolean isUseful =
        !type.isStruct()
            && type.getSqlTypeName() != SqlTypeName.NULL
            && !type.equals(unknownType)
            && !SqlTypeName.INTERVAL_TYPES.contains(type.getSqlTypeName());
    if (!isUseful) {
      return null;
    }
    return type.getSqlTypeName() == SqlTypeName.CHAR
        ? typeFactory.createSqlType(SqlTypeName.VARCHAR)
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
          NOT_IN ->
          false;
      default -> !call.getOperator().getName().equals("||");
    };
  }

  /** The type of a parameter that stands among no values; null to leave it to Calcite. */
  private @Nullable RelDataType fallback(SqlCall call, int operand, SqlValidatorScope scope) {
    LibraryFunction function = library(call);
    if (function != null) {
      SqlType known = parameterType(function, call, operand, scope);
      return known == null ? null : CalciteTypes.toCalcite(known, true, typeFactory);
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
    return name == null ? null : typeFactory.createSqlType(name);
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
    List<SqlNode> results = new java.util.ArrayList<>(call.getThenOperands().getList());
    SqlNode otherwise = call.getElseOperand();
    if (otherwise != null) {
      results.add(otherwise);
    }
    return results;
  }

  private void typeParameter(SqlNode node, RelDataType type) {
    super.inferUnknownTypes(type, getEmptyScope(), node);
  }
}
