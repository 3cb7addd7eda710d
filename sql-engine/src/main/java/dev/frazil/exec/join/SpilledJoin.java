package dev.frazil.exec.join;

import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.join.ProbeOperator.NullKeys;
import dev.frazil.vector.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Joins pairs of partition files one after the other, each as a join one level deeper; block by
 * block where no key is left to split by.
 */
final class SpilledJoin implements Operator {
  private final JoinPlan plan;
  private final JoinPartitions left;
  private final JoinPartitions right;
  private final QueryContext context;
  private final int level;
  private final NullKeys nullKeys;
  private int nextPartition;
  private @Nullable HashJoinSource join;
  private @Nullable Operator output;

  SpilledJoin(
      JoinPlan plan,
      JoinPartitions left,
      JoinPartitions right,
      QueryContext context,
      int level,
      NullKeys nullKeys) {
    this.plan = plan;
    this.left = left;
    this.right = right;
    this.context = context;
    this.level = level;
    this.nullKeys = nullKeys;
  }

  @Override
  public @Nullable RowBatch next() {
    while (true) {
      context.cancellation().check();
      Operator current = output;
      if (current == null) {
        if (nextPartition == JoinPartitions.COUNT) {
          return null;
        }
        current = open(nextPartition++);
      }
      RowBatch batch = current.next();
      if (batch != null) {
        return batch;
      }
      closePart();
    }
  }

  private Operator open(int partition) {
    if (plan.rightKeys().isEmpty() || level >= JoinPartitions.MAX_LEVEL) {
      Operator blocks =
          new BlockJoin(plan, left.file(partition), right.file(partition), context, nullKeys);
      output = blocks;
      return blocks;
    }
    HashJoinSource part =
        HashJoinSource.ofPartition(
            plan,
            HashJoinSource.rowsOf(left.file(partition)),
            HashJoinSource.rowsOf(right.file(partition)),
            context,
            level + 1,
            nullKeys);
    join = part;
    part.prepare();
    Operator opened = part.worker();
    output = opened;
    return opened;
  }

  private void closePart() {
    Operator current = output;
    HashJoinSource part = join;
    output = null;
    join = null;
    if (current != null) {
      current.close();
    }
    if (part != null) {
      part.close();
    }
  }

  @Override
  public void close() {
    closePart();
    left.close();
    right.close();
  }
}
