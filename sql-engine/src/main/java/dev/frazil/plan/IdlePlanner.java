package dev.frazil.plan;

import org.apache.calcite.plan.AbstractRelOptPlanner;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The planner that Calcite's tree wants to belong to. It changes nothing: Frazil optimises its own
 * tree. Its executor folds nothing, so that no code is compiled at run time.
 */
final class IdlePlanner extends AbstractRelOptPlanner {
  static final RexExecutor FOLDS_NOTHING =
      (rexBuilder, constants, reduced) -> reduced.addAll(constants);

  private @Nullable RelNode root;

  IdlePlanner() {
    super(RelOptCostImpl.FACTORY, Contexts.empty());
    setExecutor(FOLDS_NOTHING);
  }

  @Override
  public void setRoot(RelNode rel) {
    root = rel;
  }

  @Override
  public @Nullable RelNode getRoot() {
    return root;
  }

  @Override
  public RelNode changeTraits(RelNode rel, RelTraitSet toTraits) {
    return rel;
  }

  @Override
  public RelOptPlanner chooseDelegate() {
    return this;
  }

  @Override
  public RelNode findBestExp() {
    RelNode current = root;
    if (current == null) {
      throw new IllegalStateException("no root");
    }
    return current;
  }

  @Override
  public RelNode register(RelNode rel, @Nullable RelNode equivalent) {
    return rel;
  }

  @Override
  public RelNode ensureRegistered(RelNode rel, @Nullable RelNode equivalent) {
    return rel;
  }

  @Override
  public boolean isRegistered(RelNode rel) {
    return true;
  }
}
