package dev.frazil.plan;

import static org.apache.calcite.util.Static.RESOURCE;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlAbstractGroupFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.AggregatingSelectScope;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlQualified;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's validator with our functions and liberties, and with a type for every parameter: that
 * of its context, else that of another operand beside it, else bigint in arithmetic and varchar
 * anywhere else.
 */
final class FrazilValidator extends FromValidator {
  private final Set<SqlNode> settled = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The columns of USING or NATURAL of joins whose condition is written out. */
  private final IdentityHashMap<SqlJoin, @Nullable List<String>> merged = new IdentityHashMap<>();

  private boolean typing;
  private boolean inWindow;

  /** From the begin of a HAVING until its types are known. */
  private boolean atHaving;

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
  public SqlTypeMappingRule getTypeMappingRule() {
    return CastRules.INSTANCE;
  }

  @Override
  protected void validateSelect(SqlSelect select, RelDataType targetRowType) {
    new RowFieldPaths(this).qualify(select);
    super.validateSelect(select, targetRowType);
  }

  @Override
  public RelDataType deriveType(SqlValidatorScope scope, SqlNode node) {
    RelDataType field =
        getValidatedNodeTypeIfKnown(node) == null ? RowFields.type(node, this, scope) : null;
    if (field != null) {
      setValidatedNodeType(node, field);
    }
    return super.deriveType(scope, node);
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
    if (join.getConditionType() == JoinConditionType.ON) {
      refuseRow(join.getCondition(), getJoinScope(join), "ON");
    }
    CommonColumns common = new CommonColumns(this);
    common.validate(join);
    SqlNode condition = common.condition(join);
    if (condition != null) {
      merged.put(join, super.usingNames(join));
      SqlParserPos position = join.getParserPosition();
      join.setOperand(1, SqlLiteral.createBoolean(false, position));
      join.setOperand(4, JoinConditionType.ON.symbol(position));
      SqlNode expanded = expand(condition, getJoinScope(join));
      join.setOperand(5, expanded);
      validateWhereOrOn(getJoinScope(join), expanded, "ON");
    }
  }

  @Override
  public @Nullable List<String> usingNames(SqlJoin join) {
    return merged.containsKey(join) ? merged.get(join) : super.usingNames(join);
  }

  @Override
  protected void validateWhereClause(SqlSelect select) {
    SqlNode where = select.getWhere();
    if (where != null && select.getFrom() instanceof SqlJoin join) {
      select.setWhere(new MergedColumns(this, join).expand(where, List.of()));
    }
    super.validateWhereClause(select);
    refuseRow(select.getWhere(), getWhereScope(select), "WHERE");
  }

  /** A row of one field passes for its field with Calcite, but it is no condition. */
  private void refuseRow(@Nullable SqlNode condition, SqlValidatorScope scope, String clause) {
    if (condition != null && deriveType(scope, condition).isStruct()) {
      throw newValidationError(condition, RESOURCE.condMustBeBoolean(clause));
    }
  }

  @Override
  protected void validateGroupClause(SqlSelect select) {
    if (select.getGroup() != null && select.getFrom() instanceof SqlJoin join) {
      MergedColumns columns = new MergedColumns(this, join);
      select.setGroupBy((SqlNodeList) columns.expand(select.getGroup(), List.of()));
    }
    super.validateGroupClause(select);
  }

  @Override
  protected RelDataType validateSelectList(
      SqlNodeList items, SqlSelect select, RelDataType targetRowType) {
    if (select.getFrom() instanceof SqlJoin join) {
      select.setSelectList(new MergedColumns(this, join).expandItems(items));
    }
    return super.validateSelectList(select.getSelectList(), select, targetRowType);
  }

  @Override
  protected void validateHavingClause(SqlSelect select) {
    SqlNode having = select.getHaving();
    if (having != null && select.getFrom() instanceof SqlJoin join) {
      select.setHaving(new MergedColumns(this, join).expand(having, List.of()));
    }
    atHaving = having != null;
    super.validateHavingClause(select);
    refuseRow(select.getHaving(), getHavingScope(select), "HAVING");
  }

  @Override
  protected void validateOrderList(SqlSelect select) {
    SqlNodeList order = select.getOrderList();
    if (order != null && select.getFrom() instanceof SqlJoin join) {
      List<String> results = MergedColumns.resultNames(select);
      select.setOrderBy((SqlNodeList) new MergedColumns(this, join).expand(order, results));
    }
    if (select.getOrderList() != null) {
      typeParameters(select.getOrderList(), getOrderScope(select));
    }
    super.validateOrderList(select);
  }

  /** Calcite leaves the parameters of ORDER BY and WINDOW without a type. */
  private void typeParameters(SqlNodeList expressions, SqlValidatorScope scope) {
    for (SqlNode expression : expressions) {
      if (SqlParameters.contains(expression)) {
        inferUnknownTypes(unknownType, scope, expression);
      }
    }
  }

  @Override
  protected void validateWindowClause(SqlSelect select) {
    for (SqlNode window : select.getWindowList()) {
      typeParameters(((SqlWindow) window).getPartitionList(), getFromScope(select));
      typeParameters(((SqlWindow) window).getOrderList(), getFromScope(select));
    }
    super.validateWindowClause(select);
  }

  @Override
  protected void validateValues(
      SqlCall values, RelDataType targetRowType, SqlValidatorScope scope) {
    for (SqlNode row : values.getOperandList()) {
      SqlNode window = WindowedCalls.first(row);
      if (window != null) {
        throw newValidationError(window, RESOURCE.windowedAggregateIllegalInClause("VALUES"));
      }
    }
    if (!targetRowType.isStruct()) {
      new ParameterTypes(this).typeRows(values.getOperandList(), scope);
    }
    super.validateValues(values, targetRowType, scope);
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
    if (settled.contains(node)) {
      return;
    }
    // Beside a NULL alone a parameter has no type, either.
    if (node instanceof SqlDynamicParam
        && (inferredType.equals(unknownType)
            || inferredType.getSqlTypeName() == SqlTypeName.NULL)) {
      if (getValidatedNodeTypeIfKnown(node) == null) {
        typeParameter(node, typeFactory.createSqlType(SqlTypeName.VARCHAR));
      }
      return;
    }
    boolean isHaving = atHaving;
    atHaving = false;
    if (node instanceof SqlCall call && !node.isA(SqlKind.QUERY) && !typing) {
      typing = true;
      try {
        if (scope instanceof AggregatingSelectScope groups) {
          WindowedCalls.type(call, groups, this);
        }
        new ParameterTypes(this).typeFromSiblings(call, scope);
      } finally {
        typing = false;
      }
    }
    super.inferUnknownTypes(inferredType, scope, node);
    if (isHaving) {
      // Implicit casts are in the keys of GROUP BY already, which HAVING is compared with next.
      deriveType(scope, node);
    }
  }

  /** Gives a parameter its type. */
  void typeParameter(SqlNode node, RelDataType type) {
    super.inferUnknownTypes(type, getEmptyScope(), node);
  }

  /** Gives a parameter a type that Calcite is not to change any more. */
  void settleParameter(SqlNode node, RelDataType type) {
    typeParameter(node, type);
    settled.add(node);
  }

  @Override
  public void validatePivot(SqlPivot pivot) {
    PivotParameters.type(pivot, this, getJoinScope(pivot));
    super.validatePivot(pivot);
  }

  @Override
  public void validateWindow(SqlNode window, SqlValidatorScope scope, @Nullable SqlCall call) {
    boolean around = inWindow;
    inWindow = true;
    super.validateWindow(window, scope, call);
    inWindow = around;
  }

  @Override
  public void validateAggregateParams(
      SqlCall call,
      @Nullable SqlNode filter,
      @Nullable SqlNodeList distinct,
      @Nullable SqlNodeList order,
      SqlValidatorScope scope) {
    super.validateAggregateParams(call, filter, distinct, order, scope);
    SelectScope select = SqlValidatorUtil.getEnclosingSelectScope(scope);
    if (order != null && select != null) {
      for (SqlNode key : order) {
        // the translation of some operators asks for it
        deriveType(getWhereScope(select.getNode()), key);
      }
    }
    if (!inWindow) {
      OuterAggregates.refuse(call, scope, this);
    }
  }

  /** Calcite leaves the parameters of UNNEST without a type. */
  @Override
  public void validateCall(SqlCall call, SqlValidatorScope scope) {
    if (call.getKind() == SqlKind.UNNEST) {
      inferUnknownTypes(unknownType, scope, call);
      for (SqlNode collection : call.getOperandList()) {
        if (SqlUtil.isNullLiteral(collection, false)) {
          throw new EngineException(
              SqlState.DATATYPE_MISMATCH, "UNNEST takes an array or a map, not NULL: CAST it");
        }
      }
    }
    if (call.getOperator() instanceof SqlAbstractGroupFunction grouping
        && SqlValidatorUtil.getEnclosingSelectScope(scope) == null) {
      throw newValidationError(call, RESOURCE.groupingInWrongClause(grouping.getName()));
    }
    if (call.getKind() == SqlKind.FLOOR || call.getKind() == SqlKind.CEIL) {
      SqlNode rounded = call.operand(0);
      if (SqlTypeName.INTERVAL_TYPES.contains(deriveType(scope, rounded).getSqlTypeName())) {
        throw EngineException.unsupported(call.getOperator().getName() + " of an interval");
      }
    }
    super.validateCall(call, scope);
  }
}
