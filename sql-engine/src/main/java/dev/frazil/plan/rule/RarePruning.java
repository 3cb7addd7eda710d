package dev.frazil.plan.rule;

import dev.frazil.plan.Apply;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.RareNode;
import dev.frazil.plan.Unnest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@link ColumnPruning} of the nodes that few statements have. */
final class RarePruning {
  private final ColumnPruning pruning;

  RarePruning(ColumnPruning pruning) {
    this.pruning = pruning;
  }

  Pruned prune(RareNode node, BitSet wanted) {
    if (node instanceof Apply apply) {
      return apply(apply, wanted);
    }
    return node instanceof Unnest unnest ? unnest(unnest, wanted) : whole(node);
  }

  private Pruned apply(Apply apply, BitSet wanted) {
    int leftCount = apply.left().columnCount();
    int rightCount = apply.right().columnCount();
    BitSet neededLeft = wanted.get(0, leftCount);
    apply.bindings().forEach(binding -> neededLeft.set(binding.column()));
    Pruned left = pruning.trimmed(apply.left(), neededLeft);
    Pruned right = pruning.trimmed(apply.right(), wanted.get(leftCount, leftCount + rightCount));
    List<Apply.Binding> bindings =
        apply.bindings().stream()
            .map(binding -> new Apply.Binding(binding.slot(), left.newIndex()[binding.column()]))
            .toList();
    return new Pruned(
        new Apply(left.node(), right.node(), apply.kind(), bindings),
        Pruned.sideBySide(left, leftCount, right, rightCount));
  }

  private Pruned unnest(Unnest unnest, BitSet wanted) {
    int inputCount = unnest.input().columnCount();
    BitSet passed = wanted.get(0, inputCount);
    unnest.collections().forEach(each -> passed.or(Expressions.references(each)));
    Pruned input = pruning.trimmed(unnest.input(), passed);
    Set<Integer> unread = new HashSet<>();
    for (int column = passed.nextSetBit(0); column >= 0; column = passed.nextSetBit(column + 1)) {
      if (!wanted.get(column)) {
        unread.add(input.newIndex()[column]);
      }
    }
    Unnest pruned =
        unnest.over(input.node(), unnest.collections().stream().map(input::map).toList(), unread);
    int[] newIndex = java.util.Arrays.copyOf(input.newIndex(), unnest.columnCount());
    for (int i = inputCount; i < newIndex.length; i++) {
      newIndex[i] = input.node().columnCount() + i - inputCount;
    }
    return new Pruned(pruned, newIndex);
  }

  /** All columns stay, in their order. */
  private Pruned whole(RareNode rare) {
    List<PhysicalNode> inputs = new ArrayList<>();
    for (PhysicalNode input : rare.inputs()) {
      inputs.add(pruning.apply(input));
    }
    BitSet all = new BitSet();
    all.set(0, rare.columnCount());
    return new Pruned(rare.withInputs(inputs), Pruned.positions(all, rare.columnCount()));
  }
}
