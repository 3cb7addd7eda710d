package dev.frazil.plan;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexUtil;

/**
 * IN and EXISTS in a WHERE become semi- and anti-joins here; what remains of sub-queries is turned
 * into joins and {@link Apply} by {@link SubQueryInput}. Calcite's own decorrelation is not used:
 * it loses rows of empty groups and counts LIMIT over all outer rows together.
 */
final class SubQueries {
  private SubQueries() {}

  static RelNode toSemiJoins(RelNode relation) {
    return containsSubQuery(relation) ? new SemiJoins().apply(relation) : relation;
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
}
