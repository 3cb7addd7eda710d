package dev.frazil.plan;

import java.util.List;
import java.util.function.IntFunction;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/**
 * Lets what reads the row of a join read its sides: columns of the row itself, and the variables by
 * which sub-queries call it, at any depth. One expression or tree at a time.
 */
final class JoinRows extends RexShuttle {
  private final @Nullable IntFunction<RexNode> columns;
  private final Variables variables;

  /** What a field of a variable becomes. */
  interface Variables {
    /** The field of the side; null where the variable stands for another row. */
    @Nullable RexNode field(CorrelationId id, int index);
  }

  /**
   * @param columns what a column of the row becomes; null where only variables read it
   * @param variables what a field of a variable becomes
   */
  JoinRows(@Nullable IntFunction<RexNode> columns, Variables variables) {
    this.columns = columns;
    this.variables = variables;
  }

  /** A tree that reads the row by its variables alone. */
  RelNode within(RelNode tree) {
    JoinRows inner = columns == null ? this : new JoinRows(null, variables);
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            return super.visit(node).accept(inner);
          }
        });
  }

  @Override
  public RexNode visitInputRef(RexInputRef reference) {
    return columns == null ? reference : columns.apply(reference.getIndex());
  }

  @Override
  public RexNode visitFieldAccess(RexFieldAccess access) {
    if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
      RexNode replaced = variables.field(variable.id, access.getField().getIndex());
      return replaced == null ? access : replaced;
    }
    return super.visitFieldAccess(access);
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery query) {
    List<RexNode> operands = query.getOperands().stream().map(each -> each.accept(this)).toList();
    return query.clone(query.getType(), operands).clone(within(query.rel));
  }
}
