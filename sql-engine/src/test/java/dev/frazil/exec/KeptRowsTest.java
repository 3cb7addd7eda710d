package dev.frazil.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that several readers read: in memory, in a file, or made for each of them. */
class KeptRowsTest {
  private static final int BATCHES = 40;
  private static final int ROWS = 1000;
  private static final PhysicalNode.Values NUMBERS =
      new PhysicalNode.Values(List.of(new Column("n", Primitive.BIGINT, false)), List.of());
  private static final PhysicalNode ALL_NUMBERS =
      new PhysicalNode.Filter(NUMBERS, new Literal(true, Primitive.BOOLEAN), Double.NaN);

  private final AtomicInteger runs = new AtomicInteger();

  private BatchSource numbers() {
    runs.incrementAndGet();
    List<RowBatch> batches = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      long[] values = new long[ROWS];
      for (int row = 0; row < ROWS; row++) {
        values[row] = i * (long) ROWS + row;
      }
      LongVector column = new LongVector(Primitive.BIGINT, ROWS, values, null);
      batches.add(new RowBatch(List.of(column), ROWS));
    }
    return new SerialSource(new Replay(batches));
  }

  private static KeptRows kept(QueryContext context, RowSupply numbers) {
    return new KeptRows(
        ALL_NUMBERS,
        context,
        () -> new PlanOperators(context, Map.of(NUMBERS, numbers)).source(ALL_NUMBERS));
  }

  private static long sum(KeptRows rows, QueryContext context) {
    AtomicLong sum = new AtomicLong();
    try (Operator reader = new ExchangeOperator(rows.source(), context)) {
      for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
        LongVector column = (LongVector) batch.column(0);
        for (int row = 0; row < batch.rowCount(); row++) {
          sum.addAndGet(column.values()[row]);
        }
      }
    }
    return sum.get();
  }

  /** 320,000 bytes of rows: a quarter of the first budget, above that of the second, and so on. */
  @ParameterizedTest
  @CsvSource({"10000000, 1, false", "400000, 1, true", "20000, 4, true"})
  void givesAllRowsToEveryReader(long memoryBytes, int expectedRuns, boolean spills) {
    QueryContext context = RowsFixture.context(memoryBytes, 2);
    long all = (long) BATCHES * ROWS;
    try (KeptRows rows = kept(context, this::numbers)) {
      rows.source().close();
      assertThat(runs).hasValue(0);
      try (Operator early = new ExchangeOperator(rows.source(), context)) {
        assertThat(early.next()).isNotNull();
      }
      assertThat(sum(rows, context)).isEqualTo(all * (all - 1) / 2);
      WorkerThreads.run(
          2, () -> {}, i -> assertThat(sum(rows, context)).isEqualTo(all * (all - 1) / 2));
    }
    // what is too large was tried once, then made for each reader
    assertThat(runs).hasValue(expectedRuns == 1 ? 1 : 1 + expectedRuns);
    assertThat(context.counters().value(QueryCounters.Counter.BYTES_SPILLED) > 0).isEqualTo(spills);
    assertThat(context.memory().reservedBytes()).isZero();
  }

  @Test
  void aFailureIsNoAnswerForTheNextReader() {
    QueryContext context = RowsFixture.context(400_000, 1);
    RowSupply failingOnce =
        () -> {
          Operator all = numbers().worker();
          return new SerialSource(runs.get() == 1 ? new Failing(all) : all);
        };
    try (KeptRows rows = kept(context, failingOnce)) {
      assertThatThrownBy(() -> sum(rows, context)).hasMessage("the disk is gone");
      long all = (long) BATCHES * ROWS;
      assertThat(sum(rows, context)).isEqualTo(all * (all - 1) / 2);
    }
    assertThat(runs).hasValue(2);
    assertThat(context.memory().reservedBytes()).isZero();
  }

  /** Fails before its last batches, when some are in a file already. */
  private static final class Failing implements Operator {
    private final Operator input;
    private int given;

    Failing(Operator input) {
      this.input = input;
    }

    @Override
    public @Nullable RowBatch next() {
      if (given++ == BATCHES - 5) {
        throw new IllegalStateException("the disk is gone");
      }
      return input.next();
    }

    @Override
    public void close() {
      input.close();
    }
  }
}
