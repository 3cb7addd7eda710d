package dev.frazil.exec;

import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Filter;
import dev.frazil.plan.PhysicalNode.Project;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.vector.RowBatch;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a plan that several runs read: in memory where they fit, else in a temporary file.
 * What is too large for that as well is computed each time. Readers may be of different threads.
 */
final class KeptRows implements RowSupply, AutoCloseable {
  private static final int SHARE_OF_BUDGET = 4;

  /** The file may be so many times as large as the budget. */
  private static final int SPILLED_BUDGETS = 4;

  private static final int BATCHES_PER_WORKER = 4;

  private final PhysicalNode node;
  private final QueryContext context;
  private final Supplier<BatchSource> computed;
  private final MemoryReservation reservation;
  private @Nullable BufferedRows rows;
  private @Nullable SpillFile file;
  private boolean tooLarge;

  /**
   * @param computed makes the rows of the node
   */
  KeptRows(PhysicalNode node, QueryContext context, Supplier<BatchSource> computed) {
    this.node = node;
    this.context = context;
    this.computed = computed;
    this.reservation = context.memory().open("the rows that several parts of a query read");
  }

  /** All the rows, for one reader; nothing runs before it is prepared. */
  @Override
  public BatchSource source() {
    return new Source();
  }

  private synchronized BatchSource open() {
    if (rows == null && file == null && !tooLarge) {
      fill();
    }
    BufferedRows buffered = rows;
    if (buffered != null) {
      return new Batches(buffered.batches(), isOrdered(node) ? 1 : context.threads());
    }
    SpillFile spilled = file;
    return spilled == null ? computed.get() : new SerialSource(spilled.reader());
  }

  private static boolean isOrdered(PhysicalNode node) {
    return node instanceof Sort
        || node instanceof Window
        || ((node instanceof Project || node instanceof Filter) && isOrdered(node.inputs().get(0)));
  }

  private void fill() {
    BufferedRows buffered = new BufferedRows();
    SpillFile spilled = null;
    boolean isComplete = false;
    try (Operator operator = new ExchangeOperator(computed.get(), context)) {
      RowBatch batch = operator.next();
      while (batch != null && !tooLarge) {
        if (spilled == null) {
          buffered.add(batch);
          if (!fits(buffered)) {
            spilled = spill(buffered);
          }
        } else {
          spilled.append(batch);
          tooLarge = spilled.lengthBytes() / SPILLED_BUDGETS > context.memory().limitBytes();
        }
        batch = operator.next();
      }
      isComplete = !tooLarge;
    } finally {
      if (spilled != null && !isComplete) {
        spilled.close();
      }
    }
    if (spilled == null) {
      rows = buffered;
    } else if (isComplete) {
      spilled.finish();
      file = spilled;
    }
  }

  private boolean fits(BufferedRows buffered) {
    return buffered.sizeBytes() <= context.memory().limitBytes() / SHARE_OF_BUDGET
        && reservation.tryGrow(buffered.sizeBytes() - reservation.bytes());
  }

  private SpillFile spill(BufferedRows buffered) {
    SpillFile spilled = new SpillFile(context, node.columns().stream().map(Column::type).toList());
    buffered.batches().forEach(spilled::append);
    buffered.clear();
    reservation.shrink(reservation.bytes());
    return spilled;
  }

  @Override
  public synchronized void close() {
    rows = null;
    SpillFile spilled = file;
    file = null;
    if (spilled != null) {
      spilled.close();
    }
    reservation.close();
  }

  /** The rows for one reader, wherever they are. */
  private final class Source implements BatchSource {
    private volatile @Nullable BatchSource opened;

    @Override
    public void prepare() {
      BatchSource source = open();
      opened = source;
      source.prepare();
    }

    private BatchSource opened() {
      BatchSource source = opened;
      if (source == null) {
        throw new IllegalStateException("rows are read before they are prepared");
      }
      return source;
    }

    @Override
    public int parallelism() {
      return opened().parallelism();
    }

    @Override
    public Operator worker() {
      return opened().worker();
    }

    @Override
    public void stop() {
      BatchSource source = opened;
      if (source != null) {
        source.stop();
      }
    }

    @Override
    public void close() {
      BatchSource source = opened;
      if (source != null) {
        source.close();
      }
    }
  }

  /** Batches at hand, for several threads that take one after the other. */
  private static final class Batches implements BatchSource {
    private final List<RowBatch> batches;
    private final int threads;
    private final AtomicInteger next = new AtomicInteger();

    Batches(List<RowBatch> batches, int threads) {
      this.batches = batches;
      this.threads = threads;
    }

    @Override
    public void prepare() {}

    @Override
    public int parallelism() {
      return Math.max(1, Math.min(threads, batches.size() / BATCHES_PER_WORKER));
    }

    @Override
    public Operator worker() {
      return new Operator() {
        @Override
        public @Nullable RowBatch next() {
          int position = next.getAndIncrement();
          return position < batches.size() ? batches.get(position) : null;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void stop() {
      next.set(batches.size());
    }

    @Override
    public void close() {}
  }
}
