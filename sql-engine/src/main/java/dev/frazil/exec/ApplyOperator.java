package dev.frazil.exec;

import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.Apply;
import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import dev.frazil.vector.VectorValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a sub-plan for each row of its input and puts their rows side by side. The answers of the
 * last distinct outer values are remembered, and what the sub-plan reads whatever the outer row is
 * kept in memory, where both fit.
 */
final class ApplyOperator implements Operator {
  private static final long MAX_REMEMBERED_BYTES = 16 << 20;
  private static final long ENTRY_BYTES = 200;

  private final Apply apply;
  private final Operator input;
  private final QueryContext context;
  private final SubPlan subPlan;
  private final MemoryReservation reservation;
  private final Map<List<@Nullable Object>, List<RowBatch>> remembered =
      new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable RowBatch outer;
  private int outerRow;
  private boolean answering;

  /** The run whose rows come out, unless they were remembered. */
  private @Nullable Operator running;

  /** What the run is for; null when its answer is too large to be remembered. */
  private @Nullable List<@Nullable Object> runningKey;

  /** The answer as far as it is known, or the newest batch of one that is not remembered. */
  private List<RowBatch> answer = List.of();

  private long answerBytes;
  private int answerBatch;
  private int answerRow;
  private boolean answered;

  ApplyOperator(
      Apply apply, Operator input, QueryContext context, Map<PhysicalNode, RowSupply> known) {
    this.apply = apply;
    this.input = input;
    this.context = context;
    this.subPlan = new SubPlan(apply.right(), context, known);
    this.reservation = context.memory().open("the answers of a correlated sub-query");
  }

  @Override
  public @Nullable RowBatch next() {
    while (true) {
      context.cancellation().check();
      RowBatch current = outer;
      if (current == null) {
        RowBatch batch = input.next();
        if (batch == null) {
          return null;
        }
        current = RowBatches.compact(batch);
        outer = current;
        outerRow = 0;
        answering = false;
      }
      RowBatch joined = join(current);
      if (outerRow >= current.rowCount()) {
        outer = null;
      }
      if (joined != null) {
        return joined;
      }
    }
  }

  private @Nullable RowBatch join(RowBatch current) {
    List<VectorBuilder> right = new ArrayList<>();
    for (Column column : apply.right().columns()) {
      right.add(VectorBuilder.of(column.type()));
    }
    int[] left = new int[RowBatch.TARGET_ROWS];
    int count = 0;
    while (outerRow < current.rowCount() && count < left.length) {
      if (!answering) {
        ask(current, outerRow);
      }
      RowBatch rows = nextRows();
      while (rows != null && count < left.length) {
        int taken = Math.min(rows.rowCount() - answerRow, left.length - count);
        for (int i = 0; i < right.size(); i++) {
          right.get(i).appendRange(rows.column(i), answerRow, taken);
        }
        java.util.Arrays.fill(left, count, count + taken, outerRow);
        count += taken;
        answerRow += taken;
        answered |= taken > 0;
        rows = nextRows();
      }
      if (rows == null) {
        if (!answered && apply.kind() == JoinKind.LEFT) {
          left[count++] = outerRow;
          right.forEach(VectorBuilder::appendNull);
        }
        outerRow++;
        answering = false;
      }
    }
    if (count == 0) {
      return null;
    }
    List<ColumnVector> columns = new ArrayList<>();
    for (ColumnVector column : current.columns()) {
      columns.add(VectorGather.gather(column, left, count));
    }
    for (VectorBuilder builder : right) {
      columns.add(builder.build());
    }
    return new RowBatch(columns, count);
  }

  /** Begins the answer for an outer row: one that is remembered, or a run of the sub-plan. */
  private void ask(RowBatch current, int row) {
    List<@Nullable Object> key = new ArrayList<>();
    Map<Integer, ColumnVector> values = new HashMap<>();
    for (Apply.Binding binding : apply.bindings()) {
      ColumnVector column = current.column(binding.column());
      key.add(SeenRows.comparable(VectorValues.read(column, row)));
      values.put(binding.slot(), VectorGather.slice(column, row, 1));
    }
    List<RowBatch> known = remembered.get(key);
    if (known == null) {
      running = subPlan.start(context.outerRow().with(values));
      runningKey = key;
      answer = new ArrayList<>();
      answerBytes = ENTRY_BYTES;
    } else {
      answer = known;
    }
    answerBatch = 0;
    answerRow = 0;
    answered = false;
    answering = true;
  }

  /** The batch of the answer in which row {@link #answerRow} stands; null at the end. */
  private @Nullable RowBatch nextRows() {
    while (true) {
      if (answerBatch < answer.size()) {
        RowBatch rows = answer.get(answerBatch);
        if (answerRow < rows.rowCount()) {
          return rows;
        }
        answerBatch++;
        answerRow = 0;
        continue;
      }
      Operator run = running;
      if (run == null) {
        return null;
      }
      RowBatch batch = run.next();
      if (batch == null) {
        running = null;
        run.close();
        List<@Nullable Object> key = runningKey;
        if (key != null) {
          remember(key, answer);
        }
        return null;
      }
      hold(RowBatches.compact(batch));
    }
  }

  /** Keeps a batch of the answer; of an answer too large to be remembered only the newest. */
  private void hold(RowBatch batch) {
    answerBytes += RowBatches.memoryBytes(batch);
    if (runningKey != null && answerBytes <= MAX_REMEMBERED_BYTES / 4) {
      answer.add(batch);
    } else {
      runningKey = null;
      answer = List.of(batch);
      answerBatch = 0;
    }
  }

  private void remember(List<@Nullable Object> key, List<RowBatch> rows) {
    long bytes = sizeBytes(rows);
    var eldest = remembered.entrySet().iterator();
    while (reservation.bytes() + bytes > MAX_REMEMBERED_BYTES && eldest.hasNext()) {
      reservation.shrink(sizeBytes(eldest.next().getValue()));
      eldest.remove();
    }
    if (reservation.tryGrow(bytes)) {
      remembered.put(key, rows);
    }
  }

  private static long sizeBytes(List<RowBatch> rows) {
    long bytes = ENTRY_BYTES;
    for (RowBatch batch : rows) {
      bytes += RowBatches.memoryBytes(batch);
    }
    return bytes;
  }

  @Override
  public void close() {
    input.close();
    Operator run = running;
    if (run != null) {
      run.close();
    }
    remembered.clear();
    reservation.close();
    subPlan.close();
  }
}
