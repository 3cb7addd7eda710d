package dev.frazil.exec.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.BatchSource;
import dev.frazil.exec.ExchangeOperator;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.RowsFixture;
import dev.frazil.exec.RowsFixture.SharedRows;
import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large build sides, by one and by several threads: their answers, their failures, their end. */
class ParallelBuildTest {
  private static final int BUILD_ROWS = 160_000;
  private static final int PROBE_ROWS = 50_000;
  private static final int BATCH_ROWS = 2_000;

  private static Values node() {
    return new Values(
        List.of(new Column("k", Primitive.BIGINT, true), new Column("v", Primitive.BIGINT, true)),
        List.of());
  }

  /** Rows {@code (key(i), i)}. */
  private static List<RowBatch> rows(int count, LongUnaryOperator key) {
    List<RowBatch> batches = new ArrayList<>();
    for (int from = 0; from < count; from += BATCH_ROWS) {
      long[] keys = new long[BATCH_ROWS];
      long[] values = new long[BATCH_ROWS];
      for (int i = 0; i < BATCH_ROWS; i++) {
        keys[i] = key.applyAsLong(from + i);
        values[i] = from + i;
      }
      batches.add(
          new RowBatch(
              List.of(
                  new LongVector(Primitive.BIGINT, BATCH_ROWS, keys, null),
                  new LongVector(Primitive.BIGINT, BATCH_ROWS, values, null)),
              BATCH_ROWS));
    }
    return batches;
  }

  private static Operator join(BatchSource left, BatchSource right, QueryContext context) {
    HashJoin node =
        new HashJoin(node(), node(), JoinKind.INNER, List.of(0), List.of(0), null, Double.NaN);
    return new ExchangeOperator(
        new HashJoinSource(node, left, right, context, HashJoinSource.KeyTarget.NOBODY), context);
  }

  private static void requireClean(QueryContext context) {
    assertThat(context.memory().reservedBytes()).isZero();
    assertThat(context.tempFolder()).isEmptyDirectory();
  }

  /** Build keys i % 40,000, so that each has four rows; probe keys are even. */
  private static void check(QueryContext context, long factor) {
    int keys = BUILD_ROWS / 4;
    long[] pairsOfProbeRow = new long[PROBE_ROWS];
    long[] sumOfBuildRows = new long[PROBE_ROWS];
    BatchSource left = new SharedRows(rows(PROBE_ROWS, i -> 2 * i * factor), context.threads());
    BatchSource right = new SharedRows(rows(BUILD_ROWS, i -> i % keys * factor), context.threads());
    try (Operator joined = join(left, right, context)) {
      for (RowBatch batch = joined.next(); batch != null; batch = joined.next()) {
        RowBatch pairs = RowBatches.compact(batch);
        for (int row = 0; row < pairs.rowCount(); row++) {
          int probeRow = (int) ((LongVector) pairs.column(1)).values()[row];
          pairsOfProbeRow[probeRow]++;
          sumOfBuildRows[probeRow] += ((LongVector) pairs.column(3)).values()[row];
        }
      }
    }
    for (int i = 0; i < PROBE_ROWS; i++) {
      boolean matches = 2 * i < keys;
      assertThat(pairsOfProbeRow[i]).isEqualTo(matches ? 4 : 0);
      assertThat(sumOfBuildRows[i]).isEqualTo(matches ? 4L * 2 * i + 6L * keys : 0);
    }
    requireClean(context);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "7,1", "1,1000003", "2,1000003", "7,1000003"})
  void everyRowFindsItsPartners(int threads, long factor) {
    QueryContext context = RowsFixture.context(1L << 30, threads);
    check(context, factor);
    assertThat(context.counters().value(Counter.BYTES_SPILLED)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void staysRightWhereItSpills(int threads) {
    QueryContext context = RowsFixture.context(3_000_000, threads);
    check(context, 1_000_003);
    assertThat(context.counters().value(Counter.BYTES_SPILLED)).isPositive();
  }

  /** Rows whose {@code failing}th batch does something else. */
  private static BatchSource interrupted(int workers, int failing, Runnable instead) {
    AtomicInteger pulled = new AtomicInteger();
    SharedRows rows = new SharedRows(rows(BUILD_ROWS, i -> i), workers);
    return new BatchSource() {
      @Override
      public void prepare() {}

      @Override
      public int parallelism() {
        return workers;
      }

      @Override
      public Operator worker() {
        Operator inner = rows.worker();
        return new Operator() {
          @Override
          public @Nullable RowBatch next() {
            if (pulled.incrementAndGet() == failing) {
              instead.run();
            }
            return inner.next();
          }

          @Override
          public void close() {}
        };
      }

      @Override
      public void stop() {
        rows.stop();
      }

      @Override
      public void close() {}
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void aFailureInTheMiddleIsWhatTheCallerSees(int threads) {
    for (long memory : List.of(1L << 30, 2_000_000L)) {
      QueryContext context = RowsFixture.context(memory, threads);
      BatchSource right =
          interrupted(
              threads,
              50,
              () -> {
                throw new EngineException(SqlState.IO_ERROR, "the disk is gone");
              });
      BatchSource left = new SharedRows(rows(PROBE_ROWS, i -> i), threads);
      try (Operator joined = join(left, right, context)) {
        assertThatThrownBy(joined::next).hasMessageContaining("the disk is gone");
      }
      requireClean(context);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void aCancelInTheMiddleEndsTheBuild(int threads) {
    for (int batch : List.of(1, 40, BUILD_ROWS / BATCH_ROWS + 1)) {
      QueryContext context = RowsFixture.context(1L << 30, threads);
      BatchSource right =
          interrupted(threads, batch, () -> context.cancellation().cancel("the test wants it"));
      BatchSource left = new SharedRows(rows(PROBE_ROWS, i -> i), threads);
      try (Operator joined = join(left, right, context)) {
        assertThatThrownBy(joined::next)
            .isInstanceOfSatisfying(
                EngineException.class,
                e -> assertThat(e.state()).isEqualTo(SqlState.QUERY_CANCELED));
      }
      requireClean(context);
    }
  }

  /** Keys made to lie in one part of the table: the other threads' room is of no use to it. */
  @Test
  @Tag("slow")
  void keysThatCrowdOnePartOfTheTableAreFound() {
    long[] crowded = new long[60_000];
    int found = 0;
    int mask = (Integer.highestOneBit(crowded.length) << 2) - 1;
    for (long key = 0; found < crowded.length; key++) {
      long code = key * 977;
      if ((dev.frazil.exec.group.KeyRows.hash(code) & mask) < mask / 8) {
        crowded[found++] = code;
      }
    }
    QueryContext context = RowsFixture.context(1L << 30, 7);
    RowBatch build =
        new RowBatch(
            List.of(new LongVector(Primitive.BIGINT, crowded.length, crowded, null)),
            crowded.length);
    KeyDirectory directory =
        KeyDirectory.of(build, List.of(0), List.of(Primitive.BIGINT), 7, context);
    int[] rows = new int[crowded.length];
    directory.finder().find(build.columns(), null, crowded.length, rows);
    int[] expected = new int[crowded.length];
    Arrays.setAll(expected, i -> i);
    assertThat(rows).isEqualTo(expected);
  }
}
