package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an outer query that a sub-query of its sub-query reads: {@code (SELECT c.z + (SELECT
 * b.y) FROM c)} over {@code b GROUP BY b.y}. Calcite numbers what a sub-query reads by the columns
 * of the groups, but in sub-queries of that it leaves the numbers of the rows before grouping.
 */
final class GroupedOuterColumns extends RelHomogeneousShuttle {
  private GroupedOuterColumns() {}

  static RelNode renumber(RelNode relation) {
    return relation.accept(new GroupedOuterColumns());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode node = super.visit(other).accept(inSubQueries(this));
    if (node.getVariablesSet().isEmpty() || node.getInputs().size() != 1) {
      return node;
    }
    Aggregate groups = groups(node.getInput(0));
    return groups == null ? node : node.accept(new Columns(node.getVariablesSet(), groups));
  }

  private static @Nullable Aggregate groups(RelNode input) {
    if (input instanceof Filter having) {
      return groups(having.getInput());
    }
    return input instanceof Aggregate aggregate ? aggregate : null;
  }

  private static RexShuttle inSubQueries(RelHomogeneousShuttle relations) {
    return new RexShuttle() {
      @Override
      public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery outer = (RexSubQuery) super.visitSubQuery(query);
        RelNode rows = outer.rel.accept(relations);
        return rows == outer.rel ? outer : outer.clone(rows);
      }
    };
  }

  /** The columns of the groups in the place of those of the rows. */
  private static final class Columns extends RexShuttle {
    private final Set<CorrelationId> ids;
    private final Aggregate groups;
    private final RexBuilder builder;

    Columns(Set<CorrelationId> ids, Aggregate groups) {
      this.ids = ids;
      this.groups = groups;
      this.builder = groups.getCluster().getRexBuilder();
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
      RexSubQuery outer = (RexSubQuery) super.visitSubQuery(query);
      RelNode rows =
          outer.rel.accept(
              new RelHomogeneousShuttle() {
                @Override
                public RelNode visit(RelNode other) {
                  return super.visit(other).accept(Columns.this);
                }
              });
      return rows == outer.rel ? outer : outer.clone(rows);
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
      if (!(access.getReferenceExpr() instanceof RexCorrelVariable variable)
          || !ids.contains(variable.id)
          || isSame(variable.getType(), groups.getRowType())) {
        return super.visitFieldAccess(access);
      }
      return builder.makeFieldAccess(
          builder.makeCorrel(groups.getRowType(), variable.id),
          key(variable.getType(), access.getField().getIndex()));
    }

    private int key(RelDataType rows, int column) {
      RelNode grouped = groups.getInput();
      List<Integer> keys = groups.getGroupSet().asList();
      for (int key = 0; key < keys.size(); key++) {
        if (isSame(rows, grouped.getRowType())) {
          if (keys.get(key) == column) {
            return key;
          }
        } else if (grouped instanceof Project project
            && isSame(rows, project.getInput().getRowType())
            && project.getProjects().get(keys.get(key)) instanceof RexInputRef reference
            && reference.getIndex() == column) {
          return key;
        }
      }
      throw EngineException.unsupported(
          "column "
              + rows.getFieldNames().get(column)
              + " of a query with GROUP BY in a sub-query of its sub-query");
    }

    private static boolean isSame(RelDataType rows, RelDataType other) {
      return rows.getFieldNames().equals(other.getFieldNames());
    }
  }
}
