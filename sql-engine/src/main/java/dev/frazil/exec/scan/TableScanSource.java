package dev.frazil.exec.scan;

import dev.frazil.exec.BatchSource;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.expression.ConjunctEvaluator;
import dev.frazil.exec.group.KeySet;
import dev.frazil.exec.scan.ScanFilters.WantedKeys;
import dev.frazil.exec.sort.FirstRows;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table: plans its data files, opens them one after the other as workers run out of
 * morsels, and hands the morsels out. A table of few rows is read by one worker.
 */
public final class TableScanSource implements BatchSource {
  private static final long ROWS_WORTH_A_THREAD = 50_000;
  private static final long WAIT_MILLIS = 20;
  private static final long COUNTED_BATCH_ROWS = 1 << 14;

  /** Files that are being opened ahead, from a store that answers slowly. */
  private static final int FILES_AHEAD = 12;

  /** Morsels that wait for a worker, their bytes on the way. */
  private static final int MORSELS_AHEAD = 12;

  private static final long MAX_BYTES_AHEAD = 64L << 20;

  /** One part in so many of the budget's buffers may be on its way ahead. */
  private static final int AHEAD_SHARE = 8;

  private final TableScan scan;
  private final @Nullable FileChoice choice; // null for all files
  private final QueryContext context;
  private final MemoryReservation reservation;
  private final AtomicLong rowsLeft;
  private final AtomicLong rowsCounted = new AtomicLong();
  private final List<WantedKeys> wantedKeys = new ArrayList<>();
  private Expression joined = Expressions.alwaysTrue();
  private Predicate<String> onlyFiles = location -> true;
  private OpenDataFile.@Nullable Layout layout;
  private @Nullable ObjectStore store;
  private @Nullable DeleteFiles deleteFiles;
  private int parallelism = 1;
  private final Object lock = new Object();
  private final ReadQueue queue = new ReadQueue();
  private final Set<OpenDataFile> open = new HashSet<>();
  private final AtomicLong bytesAhead = new AtomicLong();
  private @Nullable MetricRows rowsOfMetrics;
  private @Nullable FirstRows firstRows;
  private @Nullable Executor transfers;
  private boolean reuses;
  private int opening;
  private int opened;
  private @Nullable Throwable failure;
  private boolean stopped;

  public TableScanSource(TableScan scan, @Nullable FileChoice choice, QueryContext context) {
    this.scan = scan;
    this.choice = choice;
    this.context = context;
    this.reservation = context.memory().open("the scan of " + scan.table().identifier());
    this.rowsLeft = new AtomicLong(scan.limit() < 0 ? Long.MAX_VALUE : scan.limit());
  }

  /**
   * Adds that only rows with these keys are wanted, in an integer column of the table's: what a
   * join found on its other side; before {@link #prepare()}. Other rows may still come out.
   *
   * @param column index of an output column
   */
  public void restrict(int column, KeySet keys) {
    wantedKeys.add(new WantedKeys(column, keys));
    joined = Expressions.and(joined, ScanPlan.between(scan, column, keys));
  }

  /** Adds that a sort wants the first rows of an order only; as above. Others may come out. */
  public void restrict(FirstRows rows) {
    firstRows = rows;
  }

  /** Reads no other files than these; before {@link #prepare()}. */
  public void restrict(Predicate<String> locations) {
    onlyFiles = locations;
  }

  @Override
  public void prepare() {
    Schema schema = ScanFiles.schema(scan.table());
    layout = OpenDataFile.Layout.of(scan, schema, context.memory());
    store = context.files().store(scan.table().table());
    deleteFiles = new DeleteFiles(store, context, reservation);
    // What a limit will stop is not worth being sent for.
    transfers = scan.limit() < 0 && store != null ? store.transfers() : null;
    ScanPlan plan =
        ScanPlan.of(scan, schema, joined, wantedKeys.isEmpty(), firstRows, choice, context);
    plan.files().removeIf(file -> !onlyFiles.test(file.file().location()));
    rowsOfMetrics = plan.metrics();
    rowsCounted.set(plan.counted());
    synchronized (lock) {
      queue.start(stopped ? List.of() : plan.files(), plan.first());
    }
    context.counters().add(Counter.FILES_PLANNED, plan.files().size());
    long rows = plan.files().stream().mapToLong(task -> task.file().recordCount()).sum();
    context.counters().add(Counter.ROWS_PLANNED, rows);
    parallelism = (int) Math.min(Math.max(1, rows / ROWS_WORTH_A_THREAD), context.threads());
  }

  /** Some of the rows that metrics of files stand for; null when there are no more. */
  @Nullable RowBatch takeMeasured() {
    MetricRows metrics = rowsOfMetrics;
    return metrics == null ? null : metrics.next();
  }

  /** Takes some of the rows that are known by their number alone; 0 when there are no more. */
  int takeCounted() {
    long left = rowsCounted.getAndUpdate(rows -> rows - Math.min(rows, COUNTED_BATCH_ROWS));
    return (int) Math.min(left, COUNTED_BATCH_ROWS);
  }

  @Override
  public void reuseBatches() {
    reuses = true;
  }

  @Override
  public int parallelism() {
    return parallelism;
  }

  @Override
  public Operator worker() {
    ScalarExpression residual = scan.residual();
    return new TableScanOperator(
        this,
        new ScanFilters(
            residual == null ? List.of() : ConjunctEvaluator.of(residual, context),
            wantedKeys,
            firstRows),
        rowsLeft,
        reuses,
        context);
  }

  /** The next morsel for a worker; null when there is no more. Opens the next file if need be. */
  @Nullable MorselOfFile nextMorsel() {
    while (true) {
      context.cancellation().check();
      openAhead();
      MorselOfFile morsel;
      ScanFile next = null;
      synchronized (lock) {
        throwFailure();
        morsel = queue.pollMorsel(this::skip);
        if (morsel == null) {
          next = queue.pollFile();
          if (next == null) {
            if (opening == 0 || stopped) {
              return null;
            }
            pause();
            continue;
          }
          opening++;
        }
      }
      if (morsel != null) {
        prefetch();
        return morsel;
      }
      if (next != null) {
        open(next);
      }
    }
  }

  /** Lets the transfer threads open the next files; more of them as the scan goes on. */
  private void openAhead() {
    Executor executor = transfers;
    if (executor == null) {
      return;
    }
    while (true) {
      ScanFile next;
      synchronized (lock) {
        int wanted = Math.min(FILES_AHEAD, parallelism + 2 * opened);
        if (opening >= wanted || queue.morselCount() >= MORSELS_AHEAD || failure != null) {
          return;
        }
        next = queue.pollFile();
        if (next == null) {
          return;
        }
        opening++;
      }
      executor.execute(() -> openAside(next));
    }
  }

  private void openAside(ScanFile task) {
    try {
      open(task);
      prefetch();
    } catch (RuntimeException | Error e) {
      synchronized (lock) {
        failure = failure == null ? e : failure;
        lock.notifyAll();
      }
    }
  }

  private void throwFailure() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Sends for the bytes of the next morsels. */
  private void prefetch() {
    if (transfers == null) {
      return;
    }
    List<MorselOfFile> next;
    synchronized (lock) {
      next = queue.nextMorsels(stopped ? 0 : MORSELS_AHEAD);
    }
    long limitBytes =
        Math.min(MAX_BYTES_AHEAD, context.memory().buffers().limitBytes() / AHEAD_SHARE);
    for (MorselOfFile morsel : next) {
      if (bytesAhead.get() >= limitBytes) {
        return;
      }
      bytesAhead.addAndGet(morsel.prefetch());
    }
  }

  private void open(ScanFile task) {
    OpenDataFile file = null;
    Throwable thrown = null;
    try {
      file = openFile(task);
    } catch (RuntimeException | Error e) {
      thrown = e;
      throw e;
    } finally {
      synchronized (lock) {
        // In one step: who sees that no file is being opened any more must see why.
        failure = failure == null ? thrown : failure;
        opening--;
        opened++;
        if (file != null) {
          if (stopped || file.morsels().isEmpty()) {
            close(file);
          } else {
            open.add(file);
            queue.add(file);
          }
        }
        lock.notifyAll();
      }
    }
  }

  private OpenDataFile openFile(ScanFile task) {
    OpenDataFile.Layout columns = layout;
    DeleteFiles deletes = deleteFiles;
    ObjectStore objects = store;
    if (columns == null || deletes == null || objects == null) {
      throw new IllegalStateException("the scan is not prepared");
    }
    OpenDataFile opened = OpenDataFile.open(objects, task, columns, deletes);
    return ScanFigures.countOpened(opened, context.counters());
  }

  private void close(OpenDataFile file) {
    file.close();
    ScanFigures.countRead(file, context.counters());
  }

  @SuppressWarnings("WaitNotInLoop") // nextMorsel loops
  private void pause() {
    try {
      lock.wait(WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      context.cancellation().cancel("the thread that runs the statement was interrupted");
    }
  }

  private void skip(MorselOfFile morsel) {
    morsel.close();
    done(morsel);
  }

  /** Tells that a morsel is read. */
  void done(MorselOfFile morsel) {
    bytesAhead.addAndGet(-morsel.prefetchedBytes());
    if (ScanFigures.countPassed(morsel, context.counters())) {
      // A table has more files than memory has room for their footers.
      synchronized (lock) {
        if (open.remove(morsel.file())) {
          close(morsel.file());
        }
      }
    }
  }

  @Override
  public void stop() {
    List<MorselOfFile> unread;
    synchronized (lock) {
      stopped = true;
      unread = queue.clear();
      lock.notifyAll();
    }
    unread.forEach(MorselOfFile::close);
  }

  @Override
  public void close() {
    stop();
    synchronized (lock) {
      open.forEach(this::close);
      open.clear();
    }
    if (deleteFiles != null) {
      deleteFiles.close();
    }
    reservation.close();
  }
}
