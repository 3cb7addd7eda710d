package dev.frazil.plan;

import com.google.common.collect.ImmutableList;
import dev.frazil.error.EngineException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlQualified;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's converter of queries, with what it cannot translate told as the user's matter, and
 * without its refusal of queries in which it calls a column nullable at first and not in the end,
 * or the other way round: that is a matter of its bookkeeping, as in expressions of keys of which
 * one is rolled up, and nothing of ours depends on it.
 */
final class FrazilConverter extends SqlToRelConverter {
  /** What was grouped last in the conversion of a SELECT. */
  private final IdentityHashMap<Blackboard, RelNode> grouped = new IdentityHashMap<>();

  /** Of each variable the FROM whose rows it is for. */
  private final Map<CorrelationId, SqlValidatorScope> scopes = new HashMap<>();

  FrazilConverter(
      RelOptTable.ViewExpander views,
      SqlValidator validator,
      CatalogReader reader,
      RelOptCluster cluster,
      SqlRexConvertletTable convertlets,
      Config config) {
    super(views, validator, reader, cluster, convertlets, config);
  }

  @Override
  protected RelRoot convertQueryRecursive(
      SqlNode query, boolean top, @Nullable RelDataType targetRowType) {
    RelRoot root = super.convertQueryRecursive(query, top, targetRowType);
    RelDataType validated =
        top && validator != null ? validator.getValidatedNodeType(query) : root.rel.getRowType();
    RelNode kept = withNullability(root.rel, validated.getFieldList());
    return kept == root.rel ? root : RelRoot.of(kept, root.kind);
  }

  /** The rows of a validated query that stands in the place of a table, in no order. */
  RelNode convertTable(SqlNode query, RelDataType rowType) {
    RelNode rows = convertQueryRecursive(query, false, null).project();
    return withNullability(rows, rowType.getFieldList());
  }

  @Override
  protected RelNode convertSetOp(SqlCall call) {
    SqlNode around = validator == null ? null : validator.getNamespace(call).getEnclosingNode();
    if (!(around instanceof SqlWithItem item) || call.getKind() != SqlKind.UNION) {
      return super.convertSetOp(call);
    }
    RelNode first = convertQueryRecursive(call.operand(0), false, null).project();
    RelNode second = convertQueryRecursive(call.operand(1), false, null).project();
    boolean isAll = ((SqlSetOperator) call.getOperator()).isAll();
    RelDataType declared = validator.getValidatedNodeType(call);
    return WithUnions.convert(item.name.getSimple(), first, second, isAll, declared);
  }

  @Override
  protected RelNode createJoin(
      Blackboard blackboard, RelNode left, RelNode right, RexNode condition, JoinRelType joinType) {
    LateralJoin own = LateralJoin.of(blackboard.scope, scopes);
    if (own != null && own.readsLeft(left, right)) {
      return lateral(own, blackboard, left, right, condition, joinType);
    } else if (own != null && own.isNested()) {
      return own.plain(left, right, condition, joinType);
    }
    RelNode plain = ofOuterRows(left, right, condition, joinType);
    return plain == null ? super.createJoin(blackboard, left, right, condition, joinType) : plain;
  }

  private RelNode lateral(
      LateralJoin own,
      Blackboard blackboard,
      RelNode left,
      RelNode right,
      RexNode condition,
      JoinRelType joinType) {
    if (joinType.generatesNullsOnLeft()) {
      throw CalciteErrors.lateralOfOtherSide(joinType.name());
    }
    return own.lateral(
        left,
        right,
        condition,
        joinType,
        renamed -> {
          nameTables(blackboard, right, renamed);
          return renamed;
        });
  }

  /**
   * A join whose left side reads outer rows, as a LATERAL does that reads tables before a comma,
   * and whose condition and right side do not: Calcite would hold it for what gives these rows.
   * Null for every other join.
   */
  private @Nullable RelNode ofOuterRows(
      RelNode left, RelNode right, RexNode condition, JoinRelType joinType) {
    Set<CorrelationId> outer = RelOptUtil.getVariablesUsed(left);
    if (outer.isEmpty() || !RelOptUtil.getVariablesUsed(right).isEmpty()) {
      return null;
    }
    RelNode join = LogicalJoin.create(left, right, List.of(), condition, Set.of(), joinType);
    return outer.containsAll(RelOptUtil.getVariablesUsed(join)) ? join : null;
  }

  /** Tells Calcite which tables a changed right side is made of. */
  private void nameTables(Blackboard blackboard, RelNode right, RelNode renamed) {
    Set<RelNode> tables = Collections.newSetFromMap(new IdentityHashMap<>());
    blackboard.flatten(List.of(right), 0, new int[1], (table, offset) -> tables.add(table));
    nameTables(right, renamed, tables, createBlackboard(blackboard.scope, null, false));
  }

  /** Tells Calcite that a node with other variables is a table, as the node before was one. */
  private static void nameTables(
      RelNode before, RelNode renamed, Set<RelNode> tables, Blackboard blackboard) {
    if (tables.contains(before)) {
      blackboard.setRoot(renamed, true);
      return;
    }
    for (int i = 0; i < before.getInputs().size(); i++) {
      nameTables(before.getInput(i), renamed.getInput(i), tables, blackboard);
    }
  }

  /**
   * Calcite finds the operand of GROUPING among the keys by its type as well, which for one text is
   * nullable here and not there. A GROUPING of what is no key would count as rolled up everywhere.
   */
  @Override
  protected RelNode createAggregate(
      Blackboard blackboard,
      ImmutableBitSet groupSet,
      ImmutableList<ImmutableBitSet> groupSets,
      List<org.apache.calcite.rel.core.AggregateCall> calls) {
    List<org.apache.calcite.rel.core.AggregateCall> found = new ArrayList<>();
    for (org.apache.calcite.rel.core.AggregateCall call : calls) {
      // GROUPING_ID is GROUPING to Calcite
      boolean isGrouping = call.getAggregation().getKind() == SqlKind.GROUPING;
      found.add(
          isGrouping
              ? call.withArgList(
                  call.getArgList().stream()
                      .map(argument -> key(argument, blackboard.root(), groupSet))
                      .toList())
              : call);
    }
    RelNode groups = super.createAggregate(blackboard, groupSet, groupSets, found);
    grouped.put(blackboard, groups);
    return groups;
  }

  /**
   * A column of the rows where only groups are left, in an expression that the validator took for a
   * key and that is not found among the keys: Calcite would read the column of the groups that
   * happens to have its number.
   */
  @Override
  protected @Nullable RexNode convertExtendedExpression(SqlNode node, Blackboard blackboard) {
    if (node instanceof SqlIdentifier name && !name.isStar() && !isNullaryCall(name, blackboard)) {
      SqlValidatorScope.ResolvedImpl resolved = new SqlValidatorScope.ResolvedImpl();
      SqlQualified qualified = blackboard.scope.fullyQualify(name);
      blackboard.scope.resolve(
          qualified.prefix(), SqlNameMatchers.withCaseSensitive(true), false, resolved);
      SqlValidatorScope scope = resolved.count() == 1 ? resolved.only().scope : null;
      boolean isOwn = scope == blackboard.scope;
      if (isOwn && blackboard.root != null && grouped.get(blackboard) == blackboard.root) {
        throw EngineException.unsupported(
            "an expression of " + name + " that stands in another form in GROUP BY");
      } else if (scope != null && !isOwn) {
        return ofScope(node.accept(blackboard), scope);
      }
    }
    return super.convertExtendedExpression(node, blackboard);
  }

  /** CURRENT_DATE and its kind, which the validator leaves as names in the rows of VALUES. */
  private static boolean isNullaryCall(SqlIdentifier name, Blackboard blackboard) {
    return blackboard.getValidator().makeNullaryCall(name) != null;
  }

  /** Remembers where the variables of an expression come from. */
  private RexNode ofScope(RexNode expression, SqlValidatorScope scope) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitCorrelVariable(RexCorrelVariable variable) {
            scopes.put(variable.id, scope);
            return variable;
          }
        });
  }

  private static int key(int column, RelNode input, ImmutableBitSet keys) {
    if (keys.get(column)) {
      return column;
    }
    if (input instanceof Project project) {
      String text = withoutNullability(project.getProjects().get(column), input);
      for (int key : keys) {
        if (withoutNullability(project.getProjects().get(key), input).equals(text)) {
          return key;
        }
      }
    }
    throw EngineException.unsupported(
        "GROUPING of an expression that has another type than its copy in GROUP BY");
  }

  /** The text of an expression in which everything is nullable, without casts to that only. */
  private static String withoutNullability(RexNode expression, RelNode input) {
    RelDataTypeFactory types = input.getCluster().getTypeFactory();
    return expression
        .accept(
            new RexShuttle() {
              @Override
              public RexNode visitCall(RexCall call) {
                boolean isIdle =
                    call.getKind() == SqlKind.CAST
                        && SqlTypeUtil.equalSansNullability(
                            types, call.getType(), call.getOperands().get(0).getType());
                if (isIdle) {
                  return call.getOperands().get(0).accept(this);
                }
                RexCall inner = (RexCall) super.visitCall(call);
                return inner.clone(
                    types.createTypeWithNullability(inner.getType(), true), inner.getOperands());
              }
            })
        .toString();
  }

  /** The same columns, the first of them called nullable where {@code wanted} are. */
  private static RelNode withNullability(RelNode rel, List<RelDataTypeField> wanted) {
    RexBuilder builder = rel.getCluster().getRexBuilder();
    List<RelDataTypeField> fields = rel.getRowType().getFieldList();
    List<RexNode> expressions = new ArrayList<>();
    boolean differs = false;
    for (int i = 0; i < fields.size(); i++) {
      RelDataType type = fields.get(i).getType();
      RelDataType other = i < wanted.size() ? wanted.get(i).getType() : type;
      RexNode column = builder.makeInputRef(rel, i);
      boolean onlyNullability =
          !type.equals(other)
              && SqlTypeUtil.equalSansNullability(builder.getTypeFactory(), type, other);
      differs |= onlyNullability;
      expressions.add(onlyNullability ? builder.makeAbstractCast(other, column, false) : column);
    }
    return differs
        ? LogicalProject.create(
            rel, List.of(), expressions, rel.getRowType().getFieldNames(), Set.of())
        : rel;
  }
}
