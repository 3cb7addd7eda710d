package dev.frazil.exec.scan;

import dev.frazil.exec.expression.ConjunctEvaluator;
import dev.frazil.exec.group.KeySet;
import dev.frazil.exec.sort.FirstRows;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one worker of a scan asks of its rows: the predicate of the plan, and that keys are among
 * those a join found on its other side. Whichever lets fewer rows pass comes first, so that columns
 * are decoded for few rows; a key filter that lets nearly all pass is dropped. One thread.
 */
final class ScanFilters {
  private static final int BATCHES_BETWEEN_REVIEWS = 8;
  private static final double USELESS = 0.85;

  private final List<Step> steps = new ArrayList<>();
  private int batches;

  /** Keys wanted of a column of the scan. */
  record WantedKeys(int column, KeySet keys) {}

  /** Filters that stay together, and how many rows they saw and let pass. */
  private abstract static class Step {
    private long seen = 1;
    private long passed;

    abstract void apply(ScanBatch batch);

    boolean isRequired() {
      return true;
    }

    double share() {
      return (double) passed / seen;
    }

    final void run(ScanBatch batch) {
      seen += batch.selectedCount();
      apply(batch);
      passed += batch.selectedCount();
    }
  }

  private static final class Predicate extends Step {
    private final List<ConjunctEvaluator> conjuncts;

    Predicate(List<ConjunctEvaluator> conjuncts) {
      this.conjuncts = conjuncts;
    }

    @Override
    void apply(ScanBatch batch) {
      for (ConjunctEvaluator conjunct : conjuncts) {
        if (!conjunct.neverFails()) {
          // A value that is deleted for good reason must not fail the statement.
          batch.removeDeleted();
        }
        batch.keep(conjunct.select(batch.columns(conjunct.columns())));
        if (batch.selectedCount() == 0) {
          return;
        }
      }
    }
  }

  private static final class Keys extends Step {
    private final int[] columns;
    private final KeySet keys;

    Keys(WantedKeys wanted) {
      this.columns = new int[] {wanted.column()};
      this.keys = wanted.keys();
    }

    @Override
    void apply(ScanBatch batch) {
      RowBatch column = batch.columns(columns);
      SelectionVector alive = column.selection();
      int[] chosen = new int[column.selectedCount()];
      int count =
          keys.select(
              column.column(0), alive == null ? null : alive.positions(), chosen.length, chosen);
      batch.keep(new SelectionVector(chosen, count));
    }

    @Override
    boolean isRequired() {
      return false;
    }
  }

  /** That a row may still be among the first of an order. */
  private static final class First extends Step {
    private final int[] columns;
    private final FirstRows rows;
    private long[] prefixes = new long[RowBatch.TARGET_ROWS];

    First(FirstRows rows) {
      this.columns = new int[] {rows.key().column()};
      this.rows = rows;
    }

    @Override
    void apply(ScanBatch batch) {
      if (rows.limit(false) == Long.MAX_VALUE) {
        return;
      }
      RowBatch column = batch.columns(columns);
      ColumnVector values = column.column(0);
      long limit = rows.limit(values.nulls() == null && FirstRows.isExact(values.type().kind()));
      if (prefixes.length < column.rowCount()) {
        prefixes = new long[column.rowCount()];
      }
      rows.prefixes(column, prefixes);
      int[] alive = RowBatches.positions(column);
      int[] chosen = new int[column.selectedCount()];
      int count = 0;
      for (int k = 0; k < chosen.length; k++) {
        if (prefixes[alive[k]] <= limit) {
          chosen[count++] = alive[k];
        }
      }
      batch.keep(new SelectionVector(chosen, count));
    }
  }

  ScanFilters(List<ConjunctEvaluator> conjuncts, List<WantedKeys> keys, @Nullable FirstRows first) {
    if (first != null) {
      steps.add(new First(first));
    }
    keys.forEach(wanted -> steps.add(new Keys(wanted)));
    if (!conjuncts.isEmpty()) {
      steps.add(new Predicate(conjuncts));
    }
  }

  /** Leaves the rows that pass, and are not deleted. */
  void apply(ScanBatch batch) {
    for (Step step : steps) {
      if (batch.selectedCount() == 0) {
        return;
      }
      step.run(batch);
    }
    batch.removeDeleted();
    if (++batches % BATCHES_BETWEEN_REVIEWS == 0 && !steps.isEmpty()) {
      steps.removeIf(step -> !step.isRequired() && step.share() > USELESS);
      steps.sort(Comparator.comparingDouble(Step::share));
    }
  }
}
