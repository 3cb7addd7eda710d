package dev.frazil.plan.rule;

import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.RareNode;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.SetOperator;
import dev.frazil.plan.SortKey;
import dev.frazil.plan.WindowCall;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Drops the columns that nobody reads, down to the scans; merges projections on its way. */
final class ColumnPruning {
  private final Rewriter rewriter;

  ColumnPruning(ConstantFolder folder) {
    this.rewriter = new Rewriter(folder);
  }

  /** The same columns at the root, fewer below. */
  PhysicalNode apply(PhysicalNode root) {
    int count = root.columnCount();
    BitSet all = new BitSet();
    all.set(0, count);
    return exactly(prune(root, all), root.columns(), all);
  }

  /** The wanted columns in their old order and nothing else. */
  private static PhysicalNode exactly(Pruned pruned, List<Column> columns, BitSet wanted) {
    List<ScalarExpression> expressions = new ArrayList<>();
    List<Column> results = new ArrayList<>();
    boolean isSame = pruned.node().columnCount() == wanted.cardinality();
    for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
      isSame &= pruned.newIndex()[i] == expressions.size();
      expressions.add(new InputReference(pruned.newIndex()[i], columns.get(i).type()));
      results.add(columns.get(i));
    }
    return isSame ? pruned.node() : new Project(pruned.node(), expressions, results);
  }

  private Pruned prune(PhysicalNode node, BitSet wanted) {
    if (node instanceof TableScan scan) {
      return scan(scan, wanted);
    } else if (node instanceof Values values) {
      return values(values, wanted);
    } else if (node instanceof Filter filter) {
      BitSet needed = (BitSet) wanted.clone();
      needed.or(Expressions.references(filter.predicate()));
      Pruned input = prune(filter.input(), needed);
      return new Pruned(
          new Filter(input.node(), input.map(filter.predicate()), filter.estimatedRows()),
          input.newIndex());
    } else if (node instanceof Project project) {
      return project(project, wanted);
    } else if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate, wanted);
    } else if (node instanceof Window window) {
      return window(window, wanted);
    } else if (node instanceof NestedLoopJoin join) {
      return join(join, wanted);
    } else if (node instanceof Sort sort) {
      return sort(sort, wanted);
    } else if (node instanceof SetOperation operation) {
      return setOperation(operation, wanted);
    } else if (node instanceof RareNode rare) {
      return new RarePruning(this).prune(rare, wanted);
    } else if (node instanceof HashJoin) {
      throw new IllegalStateException("columns are pruned before joins get their algorithm");
    }
    throw new IllegalStateException("unknown node " + node.getClass().getSimpleName());
  }

  private static Pruned scan(TableScan scan, BitSet wanted) {
    BitSet kept = (BitSet) wanted.clone();
    ScalarExpression residual = scan.residual();
    if (residual != null) {
      kept.or(Expressions.references(residual));
    }
    int[] newIndex = Pruned.positions(kept, scan.scanColumns().size());
    List<ScanColumn> columns = new ArrayList<>();
    for (int i = 0; i < newIndex.length; i++) {
      if (kept.get(i)) {
        columns.add(scan.scanColumns().get(i));
      }
    }
    return new Pruned(
        new TableScan(
            scan.table(),
            columns,
            scan.pruning(),
            residual == null ? null : Expressions.renumber(residual, index -> newIndex[index]),
            scan.limit(),
            scan.estimatedRows()),
        newIndex);
  }

  private static Pruned values(Values values, BitSet wanted) {
    int[] newIndex = Pruned.positions(wanted, values.columnCount());
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < newIndex.length; i++) {
      if (wanted.get(i)) {
        columns.add(values.columns().get(i));
      }
    }
    List<List<ScalarExpression>> rows = new ArrayList<>();
    for (List<ScalarExpression> row : values.rows()) {
      List<ScalarExpression> kept = new ArrayList<>();
      for (int i = 0; i < newIndex.length; i++) {
        if (wanted.get(i)) {
          kept.add(row.get(i));
        }
      }
      rows.add(kept);
    }
    return new Pruned(new Values(columns, rows), newIndex);
  }

  private Pruned project(Project project, BitSet wanted) {
    Project merged = merge(project);
    BitSet needed = new BitSet();
    for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
      needed.or(Expressions.references(merged.expressions().get(i)));
    }
    Pruned input = prune(merged.input(), needed);
    List<ScalarExpression> expressions = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
      expressions.add(input.map(merged.expressions().get(i)));
      columns.add(merged.columns().get(i));
    }
    int[] newIndex = Pruned.positions(wanted, merged.columnCount());
    if (isIdentity(expressions, input.node().columnCount())) {
      return new Pruned(input.node(), newIndex);
    }
    if (input.node() instanceof Values values
        && values.rows().size() == 1
        && values.rows().get(0).stream().noneMatch(Expressions::isVolatile)) {
      List<ScalarExpression> row = new ArrayList<>();
      for (ScalarExpression expression : expressions) {
        row.add(
            rewriter.substitute(
                expression, reference -> values.rows().get(0).get(reference.index())));
      }
      return new Pruned(new Values(columns, List.of(row)), newIndex);
    }
    return new Pruned(new Project(input.node(), expressions, columns), newIndex);
  }

  /** One projection instead of two, unless that would compute something twice. */
  private Project merge(Project project) {
    Project merged = project;
    while (merged.input() instanceof Project inner && isCheapToMerge(merged, inner)) {
      List<ScalarExpression> expressions = new ArrayList<>();
      for (ScalarExpression expression : merged.expressions()) {
        expressions.add(
            rewriter.substitute(
                expression, reference -> inner.expressions().get(reference.index())));
      }
      merged = new Project(inner.input(), expressions, merged.columns());
    }
    return merged;
  }

  private static boolean isCheapToMerge(Project outer, Project inner) {
    int[] uses = new int[inner.expressions().size()];
    for (ScalarExpression expression : outer.expressions()) {
      Expressions.replaceReferences(
          expression,
          reference -> {
            uses[reference.index()]++;
            return reference;
          });
    }
    for (int i = 0; i < uses.length; i++) {
      ScalarExpression computed = inner.expressions().get(i);
      boolean isSimple =
          computed instanceof InputReference
              || Expressions.isLiteral(computed)
              || computed instanceof ScalarExpression.Parameter;
      if (uses[i] > 1 && !isSimple) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIdentity(List<ScalarExpression> expressions, int inputColumns) {
    if (expressions.size() != inputColumns) {
      return false;
    }
    for (int i = 0; i < expressions.size(); i++) {
      if (!(expressions.get(i) instanceof InputReference reference) || reference.index() != i) {
        return false;
      }
    }
    return true;
  }

  private Pruned aggregate(Aggregate aggregate, BitSet wanted) {
    int keyCount = aggregate.groupKeys().size();
    BitSet needed = new BitSet();
    aggregate.groupKeys().forEach(needed::set);
    BitSet kept = new BitSet();
    kept.set(0, keyCount);
    for (int i = 0; i < aggregate.calls().size(); i++) {
      boolean isOnly = keyCount == 0 && i == 0 && wanted.isEmpty();
      if (wanted.get(keyCount + i) || isOnly) {
        AggregateCall call = aggregate.calls().get(i);
        kept.set(keyCount + i);
        call.reads().forEach(needed::set);
      }
    }
    Pruned input = prune(aggregate.input(), needed);
    List<AggregateCall> calls = new ArrayList<>();
    List<Column> columns = new ArrayList<>(aggregate.columns().subList(0, keyCount));
    for (int i = 0; i < aggregate.calls().size(); i++) {
      if (kept.get(keyCount + i)) {
        AggregateCall call = aggregate.calls().get(i);
        calls.add(call.renumbered(index -> input.newIndex()[index]));
        columns.add(aggregate.columns().get(keyCount + i));
      }
    }
    return new Pruned(
        new Aggregate(
            input.node(),
            input.map(aggregate.groupKeys()),
            aggregate.groupingSets().stream().map(input::map).toList(),
            calls,
            columns,
            aggregate.estimatedRows()),
        Pruned.positions(kept, aggregate.columnCount()));
  }

  /** Calls that nobody reads go; a window without any is its input. */
  private Pruned window(Window window, BitSet wanted) {
    int inputCount = window.input().columnCount();
    BitSet needed = wanted.get(0, inputCount);
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < window.calls().size(); i++) {
      if (wanted.get(inputCount + i)) {
        kept.add(i);
        window.calls().get(i).reads().forEach(needed::set);
      }
    }
    if (!kept.isEmpty()) {
      window.partitionKeys().forEach(needed::set);
      window.order().forEach(key -> needed.set(key.column()));
    }
    Pruned input = prune(window.input(), needed);
    int[] newIndex = java.util.Arrays.copyOf(input.newIndex(), window.columnCount());
    java.util.Arrays.fill(newIndex, inputCount, newIndex.length, -1);
    if (kept.isEmpty()) {
      return new Pruned(input.node(), newIndex);
    }
    List<WindowCall> calls = new ArrayList<>();
    List<Column> columns = new ArrayList<>(input.node().columns());
    for (int i : kept) {
      newIndex[inputCount + i] = columns.size();
      columns.add(window.columns().get(inputCount + i));
      calls.add(window.calls().get(i).renumbered(index -> input.newIndex()[index]));
    }
    List<SortKey> order = new ArrayList<>();
    for (SortKey key : window.order()) {
      order.add(key.renumbered(index -> input.newIndex()[index]));
    }
    return new Pruned(
        new Window(input.node(), input.map(window.partitionKeys()), order, calls, columns),
        newIndex);
  }

  /** Without the columns that only a filter below needed: a join would copy them. */
  Pruned trimmed(PhysicalNode input, BitSet wanted) {
    Pruned pruned = prune(input, wanted);
    PhysicalNode exact = exactly(pruned, input.columns(), wanted);
    return exact == pruned.node()
        ? pruned
        : new Pruned(exact, Pruned.positions(wanted, input.columnCount()));
  }

  private Pruned join(NestedLoopJoin join, BitSet wanted) {
    int leftCount = join.left().columnCount();
    int rightCount = join.right().columnCount();
    BitSet needed = (BitSet) wanted.clone();
    ScalarExpression condition = join.condition();
    if (condition != null) {
      needed.or(Expressions.references(condition));
    }
    Pruned left = trimmed(join.left(), needed.get(0, leftCount));
    Pruned right = trimmed(join.right(), needed.get(leftCount, leftCount + rightCount));
    return Pruned.join(join, left, right, join.estimatedRows());
  }

  private Pruned sort(Sort sort, BitSet wanted) {
    BitSet needed = (BitSet) wanted.clone();
    for (SortKey key : sort.keys()) {
      needed.set(key.column());
    }
    Pruned input = prune(sort.input(), needed);
    List<SortKey> keys = new ArrayList<>();
    for (SortKey key : sort.keys()) {
      keys.add(new SortKey(input.newIndex()[key.column()], key.descending(), key.nullsFirst()));
    }
    return new Pruned(new Sort(input.node(), keys, sort.offset(), sort.limit()), input.newIndex());
  }

  /** UNION ALL needs what is wanted of it; the others compare whole rows. */
  private Pruned setOperation(SetOperation operation, BitSet wanted) {
    int count = operation.columnCount();
    BitSet kept = (BitSet) wanted.clone();
    if (operation.operator() != SetOperator.UNION || !operation.all()) {
      kept.set(0, count);
    }
    List<PhysicalNode> inputs = new ArrayList<>();
    for (PhysicalNode input : operation.inputs()) {
      inputs.add(exactly(prune(input, kept), input.columns(), kept));
    }
    List<Column> columns = new ArrayList<>();
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      columns.add(operation.columns().get(i));
    }
    return new Pruned(
        new SetOperation(operation.operator(), operation.all(), inputs, columns),
        Pruned.positions(kept, count));
  }
}
