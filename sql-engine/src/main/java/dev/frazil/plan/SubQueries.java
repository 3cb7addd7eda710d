package dev.frazil.plan;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql2rel.RelDecorrelator;

/**
 * Turns sub-queries in expressions into joins: IN and EXISTS in a WHERE by our own rule, which
 * gives semi- and anti-joins; the rest by Calcite's rule and decorrelator. What stays correlated is
 * refused later. A statement without sub-queries loads none of this.
 */
final class SubQueries {

  RelNode remove(RelNode relation) {
    RelNode result = relation;
    if (containsSubQuery(result)) {
      result = new SemiJoins().apply(result);
    }
    if (containsSubQuery(result)) {
      result = removeByRule(result);
    }
    return containsCorrelate(result)
        ? RelDecorrelator.decorrelateQuery(
            result, RelFactories.LOGICAL_BUILDER.create(result.getCluster(), null))
        : result;
  }

  static boolean containsSubQuery(RelNode relation) {
    AtomicBoolean found = new AtomicBoolean();
    relation.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            boolean here =
                (node instanceof Filter filter && RexUtil.SubQueryFinder.containsSubQuery(filter))
                    || (node instanceof Project project
                        && RexUtil.SubQueryFinder.containsSubQuery(project))
                    || (node instanceof Join join && RexUtil.SubQueryFinder.containsSubQuery(join));
            if (here) {
              found.set(true);
            }
            return found.get() ? node : super.visit(node);
          }
        });
    return found.get();
  }

  private static boolean containsCorrelate(RelNode relation) {
    AtomicBoolean found = new AtomicBoolean();
    relation.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            if (node instanceof Correlate) {
              found.set(true);
            }
            return found.get() ? node : super.visit(node);
          }
        });
    return found.get();
  }

  private static RelNode removeByRule(RelNode relation) {
    HepProgram program =
        HepProgram.builder()
            .addRuleInstance(SubQueryRemoveRule.Config.FILTER.toRule())
            .addRuleInstance(SubQueryRemoveRule.Config.PROJECT.toRule())
            .addRuleInstance(SubQueryRemoveRule.Config.JOIN.toRule())
            .build();
    HepPlanner planner = new HepPlanner(program);
    planner.setExecutor(IdlePlanner.FOLDS_NOTHING);
    planner.setRoot(relation);
    return planner.findBestExp();
  }
}
