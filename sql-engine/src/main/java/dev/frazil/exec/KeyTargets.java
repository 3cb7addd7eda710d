package dev.frazil.exec;

import dev.frazil.exec.group.KeySet;
import dev.frazil.exec.join.HashJoinSource.KeyTarget;
import dev.frazil.exec.scan.TableScanSource;
import dev.frazil.exec.sort.FirstRows;
import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.SetOperator;
import dev.frazil.plan.SortKey;
import dev.frazil.type.PhysicalKind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the scans that can do without rows whose key a join did not find on its right side. A row
 * that the join would drop for its key may be dropped anywhere below, in every input that the key
 * comes from: through projections, grouping by the key, and joins, where equal columns of the other
 * side carry the key as well. Used by one thread.
 */
final class KeyTargets {
  private final IdentityHashMap<TableScan, @Nullable TableScanSource> scans =
      new IdentityHashMap<>();

  private record Target(TableScanSource scan, int column) {}

  /** Makes a scan known; one that stands in the plan twice is no target. */
  void add(TableScan scan, TableScanSource source) {
    scans.put(scan, scans.containsKey(scan) ? null : source);
  }

  /** What a join may tell of the keys of its right side. */
  KeyTarget of(HashJoin join) {
    List<List<Target>> targets = new ArrayList<>();
    for (int column : join.leftKeys()) {
      List<Target> found = new ArrayList<>();
      PhysicalKind kind = join.left().columns().get(column).type().kind();
      if (kind == PhysicalKind.INT || kind == PhysicalKind.LONG) {
        collect(join.left(), column, found);
      }
      targets.add(found);
    }
    return new KeyTarget() {
      @Override
      public boolean wants(int key) {
        return !targets.get(key).isEmpty();
      }

      @Override
      public void restrict(int key, KeySet keys) {
        targets.get(key).forEach(target -> target.scan().restrict(target.column(), keys));
      }
    };
  }

  /** Lets the scan below a top-n know how far its rows reach; null if that cannot be told it. */
  @Nullable FirstRows firstRows(Sort sort) {
    SortKey key = sort.keys().get(0);
    PhysicalNode node = sort.input();
    int column = key.column();
    while (true) {
      if (node instanceof Filter filter) {
        node = filter.input();
      } else if (node instanceof Project project
          && project.expressions().get(column) instanceof InputReference input) {
        node = project.input();
        column = input.index();
      } else {
        break;
      }
    }
    TableScanSource source = node instanceof TableScan scan ? scans.get(scan) : null;
    if (source == null || ((TableScan) node).limit() >= 0) {
      return null;
    }
    FirstRows first =
        new FirstRows(
            new SortKey(column, key.descending(), key.nullsFirst()), sort.keys().size() == 1);
    source.restrict(first);
    return first;
  }

  private void collect(PhysicalNode node, int column, List<Target> found) {
    if (node instanceof TableScan scan) {
      TableScanSource source = scans.get(scan);
      if (source != null && scan.limit() < 0) {
        found.add(new Target(source, column));
      }
    } else if (node instanceof Filter filter) {
      collect(filter.input(), column, found);
    } else if (node instanceof Project project) {
      if (project.expressions().get(column) instanceof InputReference input) {
        collect(project.input(), input.index(), found);
      }
    } else if (node instanceof Aggregate aggregate) {
      if (column < aggregate.groupKeys().size()) {
        int key = aggregate.groupKeys().get(column);
        if (aggregate.groupingSets().stream().allMatch(set -> set.contains(key))) {
          collect(aggregate.input(), key, found);
        }
      }
    } else if (node instanceof HashJoin join) {
      collectJoin(join, column, found);
    } else if (node instanceof NestedLoopJoin join) {
      int left = join.kind().givesRightOnly() ? 0 : join.left().columnCount();
      if (column < left) {
        collect(join.left(), column, found);
      } else {
        collect(join.right(), column - left, found);
      }
    } else if (node instanceof Sort sort) {
      if (sort.offset() == null && sort.limit() == null) {
        collect(sort.input(), column, found);
      }
    } else if (node instanceof SetOperation operation) {
      if (operation.operator() == SetOperator.UNION) {
        operation.inputs().forEach(input -> collect(input, column, found));
      }
    }
  }

  private void collectJoin(HashJoin join, int output, List<Target> found) {
    int column = join.kind().givesRightOnly() ? join.left().columnCount() + output : output;
    int left = join.left().columnCount();
    int key =
        column < left ? join.leftKeys().indexOf(column) : join.rightKeys().indexOf(column - left);
    if (column < left || key >= 0) {
      collect(join.left(), column < left ? column : join.leftKeys().get(key), found);
    }
    // NOT IN looks at all keys of its right side
    if ((column >= left || key >= 0) && join.kind() != JoinKind.NULL_AWARE_ANTI) {
      collect(join.right(), column >= left ? column - left : join.rightKeys().get(key), found);
    }
  }
}
