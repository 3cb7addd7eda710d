package dev.frazil.exec;

import dev.frazil.exec.group.KeySet;
import dev.frazil.exec.join.HashJoinSource.KeyTarget;
import dev.frazil.exec.scan.TableScanSource;
import dev.frazil.exec.sort.FirstRows;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.SortKey;
import dev.frazil.plan.rule.KeyPaths;
import dev.frazil.type.PhysicalKind;
import java.util.ArrayList;
import java.util.BitSet;
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
  private final IdentityHashMap<TableScan, @Nullable KeyedScan> scans = new IdentityHashMap<>();
  private final IdentityHashMap<TableScan, TableScanSource> sources = new IdentityHashMap<>();

  /** A scan that may be told which keys of a column are wanted. */
  interface KeyedScan {
    void restrict(int column, KeySet keys);
  }

  private record Target(KeyedScan scan, int column) {}

  /** Makes a scan known; one that stands in the plan twice is no target. */
  void add(TableScan scan, TableScanSource source) {
    add(scan, source::restrict);
    sources.put(scan, source);
  }

  /** Makes a scan known whose sources are made later. */
  void add(TableScan scan, KeyedScan source) {
    scans.put(scan, scans.containsKey(scan) ? null : source);
  }

  /** Tells a scan which keys are wanted. */
  void restrict(TableScan scan, int column, KeySet keys) {
    KeyedScan source = scans.get(scan);
    if (source != null) {
      source.restrict(column, keys);
    }
  }

  /** What a join may tell of the keys of its right side. */
  KeyTarget of(HashJoin join) {
    List<List<Target>> targets = new ArrayList<>();
    for (int column : join.leftKeys()) {
      List<Target> found = new ArrayList<>();
      PhysicalKind kind = join.left().columns().get(column).type().kind();
      if (kind == PhysicalKind.INT || kind == PhysicalKind.LONG) {
        BitSet columns = new BitSet();
        columns.set(column);
        collect(join.left(), columns, found);
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
    TableScanSource source =
        node instanceof TableScan scan && scans.get(scan) != null ? sources.get(scan) : null;
    if (source == null || ((TableScan) node).limit() >= 0) {
      return null;
    }
    FirstRows first =
        new FirstRows(
            new SortKey(column, key.descending(), key.nullsFirst()), sort.keys().size() == 1);
    source.restrict(first);
    return first;
  }

  private void collect(PhysicalNode node, BitSet columns, List<Target> found) {
    if (node instanceof TableScan scan) {
      KeyedScan source = scans.get(scan);
      if (source != null && scan.limit() < 0) {
        columns.stream().forEach(column -> found.add(new Target(source, column)));
      }
      return;
    }
    for (int i = 0; i < node.inputs().size(); i++) {
      BitSet below = KeyPaths.below(node, columns, i);
      if (!below.isEmpty()) {
        collect(node.inputs().get(i), below, found);
      }
    }
  }
}
