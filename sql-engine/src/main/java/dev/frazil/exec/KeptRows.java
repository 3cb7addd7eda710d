package dev.frazil.exec;

import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.vector.RowBatch;
import org.jspecify.annotations.Nullable;

/** The rows of a plan that several runs read: in memory where they fit, else computed each time. */
final class KeptRows implements RowSupply, AutoCloseable {
  private static final int SHARE_OF_BUDGET = 4;

  private final PhysicalNode node;
  private final QueryContext context;
  private final MemoryReservation reservation;
  private @Nullable BufferedRows rows;
  private boolean tooLarge;

  KeptRows(PhysicalNode node, QueryContext context) {
    this.node = node;
    this.context = context;
    this.reservation = context.memory().open("the rows that a sub-query reads again and again");
  }

  /** All the rows, for one reader; nothing runs before its first batch. */
  @Override
  public BatchSource source() {
    return new SerialSource(new Reader());
  }

  private synchronized Operator open() {
    if (!tooLarge && rows == null) {
      fill();
    }
    BufferedRows known = rows;
    return known == null
        ? new ExchangeOperator(new PlanOperators(context).source(node), context)
        : new Replay(known.batches());
  }

  private void fill() {
    BufferedRows buffered = new BufferedRows();
    long most = context.memory().limitBytes() / SHARE_OF_BUDGET;
    try (Operator operator =
        new ExchangeOperator(new PlanOperators(context).source(node), context)) {
      RowBatch batch = operator.next();
      while (batch != null) {
        buffered.add(batch);
        long more = buffered.sizeBytes() - reservation.bytes();
        if (buffered.sizeBytes() > most || !reservation.tryGrow(more)) {
          tooLarge = true;
          reservation.shrink(reservation.bytes());
          return;
        }
        batch = operator.next();
      }
    }
    rows = buffered;
  }

  @Override
  public synchronized void close() {
    rows = null;
    reservation.close();
  }

  private final class Reader implements Operator {
    private @Nullable Operator opened;

    @Override
    public @Nullable RowBatch next() {
      Operator operator = opened;
      if (operator == null) {
        operator = open();
        opened = operator;
      }
      return operator.next();
    }

    @Override
    public void close() {
      Operator operator = opened;
      if (operator != null) {
        operator.close();
      }
    }
  }
}
