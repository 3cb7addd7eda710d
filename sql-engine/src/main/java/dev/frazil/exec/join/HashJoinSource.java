package dev.frazil.exec.join;

import dev.frazil.error.EngineException;
import dev.frazil.exec.BatchSource;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.SerialSource;
import dev.frazil.exec.WorkerThreads;
import dev.frazil.exec.expression.Evaluator;
import dev.frazil.exec.expression.ExpressionEvaluator;
import dev.frazil.exec.group.KeySet;
import dev.frazil.exec.join.ProbeOperator.NullKeys;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A join: builds a table of the right rows, then each worker of the left source probes it. The keys
 * of the right rows narrow the scans on the left that they come from. A right side that does not
 * fit the memory budget is split by key into temporary files, and the left side after it (a Grace
 * hash join); each pair of files is joined as a join of its own.
 */
public final class HashJoinSource implements BatchSource {
  private final JoinPlan plan;
  private final BatchSource left;
  private final BatchSource right;
  private final QueryContext context;
  private final KeyTarget target;
  private final int level;
  private final BuildSide build;
  private final MemoryReservation keySets;
  private @Nullable NullKeys nullKeys;
  private @Nullable JoinTable table;
  private @Nullable UnmatchedRows unmatched;
  private @Nullable SpilledJoin spilled;
  private boolean nothing;

  /** Who is told the right keys before the left side starts. */
  public interface KeyTarget {
    /** Whether it makes use of the key with that ordinal. */
    boolean wants(int key);

    /** Left rows whose key with that ordinal is not in the set are not wanted. */
    void restrict(int key, KeySet keys);

    /** Makes use of nothing. */
    KeyTarget NOBODY =
        new KeyTarget() {
          @Override
          public boolean wants(int key) {
            return false;
          }

          @Override
          public void restrict(int key, KeySet keys) {}
        };
  }

  /**
   * @param target told only where rows with other keys cannot come out
   */
  public HashJoinSource(
      HashJoin node, BatchSource left, BatchSource right, QueryContext context, KeyTarget target) {
    this(JoinPlan.of(node), left, right, context, target, 0, null);
  }

  public HashJoinSource(
      NestedLoopJoin node, BatchSource left, BatchSource right, QueryContext context) {
    this(JoinPlan.of(node), left, right, context, KeyTarget.NOBODY, 0, null);
  }

  /** One partition of a join that was split. */
  static HashJoinSource ofPartition(
      JoinPlan plan,
      BatchSource left,
      BatchSource right,
      QueryContext context,
      int level,
      NullKeys nullKeys) {
    return new HashJoinSource(plan, left, right, context, KeyTarget.NOBODY, level, nullKeys);
  }

  private HashJoinSource(
      JoinPlan plan,
      BatchSource left,
      BatchSource right,
      QueryContext context,
      KeyTarget target,
      int level,
      @Nullable NullKeys nullKeys) {
    this.plan = plan;
    this.left = left;
    this.right = right;
    this.context = context;
    this.target = target;
    this.level = level;
    this.nullKeys = nullKeys;
    this.build = new BuildSide(plan, context, level);
    this.keySets = context.memory().open("the keys of a join");
  }

  @Override
  public void prepare() {
    build.collect(right);
    JoinPartitions partitions = build.spilled();
    if (partitions != null) {
      if (nullKeys == null) {
        nullKeys = new NullKeys(build.anyNullKey(), false);
      }
      prepareSpilled(partitions, nullKeys);
      return;
    }
    JoinTable built = build.table();
    table = built;
    unmatched = new UnmatchedRows(plan, built);
    if (nullKeys == null) {
      nullKeys = new NullKeys(build.anyNullKey(), built.rowCount() == 0);
    }
    nothing =
        (plan.needsMatch() && built.rowCount() == 0)
            || (plan.kind() == JoinKind.NULL_AWARE_ANTI && nullKeys.anyNull());
    if (nothing) {
      return;
    }
    if (plan.needsMatch()) {
      narrowLeft(built);
    }
    left.prepare();
  }

  private void narrowLeft(JoinTable built) {
    for (int key = 0; key < plan.rightKeys().size(); key++) {
      if (target.wants(key)) {
        // It only spares work: where memory is short the scan goes without.
        KeySet keys = KeySet.of(built.rows().column(plan.rightKeys().get(key)), keySets::tryGrow);
        if (keys != null) {
          target.restrict(key, keys);
        }
      }
    }
  }

  private void prepareSpilled(JoinPartitions rightParts, NullKeys keys) {
    left.prepare();
    JoinPartitions leftParts =
        new JoinPartitions(context, plan.leftTypes(), plan.leftKeys(), level);
    spilled = new SpilledJoin(plan, leftParts, rightParts, context, level, keys);
    List<Operator> workers = new ArrayList<>();
    int count = left.parallelism();
    try {
      for (int i = 0; i < count; i++) {
        workers.add(left.worker());
      }
      WorkerThreads.run(count, left::stop, i -> partition(workers.get(i), leftParts));
    } finally {
      workers.forEach(Operator::close);
      left.close();
    }
  }

  private void partition(Operator worker, JoinPartitions parts) {
    RowBatch batch = worker.next();
    while (batch != null) {
      context.cancellation().check();
      parts.append(batch);
      batch = worker.next();
    }
  }

  @Override
  public void reuseBatches() {
    // rows that go to files are gathered there first: only a probe lets go of its batch
    if (spilled == null && !nothing) {
      left.reuseBatches();
    }
  }

  @Override
  public int parallelism() {
    return spilled != null || nothing ? 1 : left.parallelism();
  }

  @Override
  public Operator worker() {
    SpilledJoin files = spilled;
    if (files != null) {
      return files;
    }
    JoinTable built = table;
    UnmatchedRows rest = unmatched;
    NullKeys keys = nullKeys;
    if (built == null || rest == null || keys == null) {
      throw EngineException.internal("a join is probed before it is built");
    }
    ScalarExpression residual = plan.residual();
    Evaluator condition = residual == null ? null : ExpressionEvaluator.compile(residual, context);
    Operator input = nothing ? NO_ROWS : left.worker();
    return new ProbeOperator(
        plan, input, built, keys, condition, rest.forWorker(), context.cancellation());
  }

  private static final Operator NO_ROWS =
      new Operator() {
        @Override
        public @Nullable RowBatch next() {
          return null;
        }

        @Override
        public void close() {}
      };

  @Override
  public void stop() {
    right.stop();
    left.stop();
  }

  @Override
  public void close() {
    left.close();
    right.close();
    build.close();
    keySets.close();
    SpilledJoin files = spilled;
    if (files != null) {
      files.close();
    }
    table = null;
  }

  /** One file of rows as a source. */
  static BatchSource rowsOf(dev.frazil.exec.SpillFile file) {
    return new SerialSource(file.reader());
  }
}
