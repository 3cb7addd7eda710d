package dev.frazil.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.RowsFixture.RandomTable;
import dev.frazil.exec.RowsFixture.SharedRows;
import dev.frazil.exec.aggregate.HashAggregateOperator;
import dev.frazil.exec.join.HashJoinSource;
import dev.frazil.exec.sort.SortOperator;
import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.SortKey;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.RowBatch;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A cancelled, failed or abandoned statement leaves no thread, reservation or file behind. */
class CancellationTest {
  private static final List<SqlType> TYPES =
      List.of(Primitive.INTEGER, Primitive.VARCHAR, Primitive.BIGINT);

  /** Rows of which the {@code fatal}th batch, counted over all workers, does something bad. */
  private static final class Trap implements BatchSource {
    private final SharedRows rows;
    private final AtomicInteger left;
    private final Runnable bang;

    Trap(SharedRows rows, int fatal, Runnable bang) {
      this.rows = rows;
      this.left = new AtomicInteger(fatal);
      this.bang = bang;
    }

    @Override
    public void prepare() {
      rows.prepare();
    }

    @Override
    public int parallelism() {
      return rows.parallelism();
    }

    @Override
    public Operator worker() {
      Operator worker = rows.worker();
      return new Operator() {
        @Override
        public @Nullable RowBatch next() {
          if (left.decrementAndGet() == 0) {
            bang.run();
          }
          return worker.next();
        }

        @Override
        public void close() {
          worker.close();
        }
      };
    }

    @Override
    public void stop() {
      rows.stop();
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  private static Operator statement(
      int shape, RandomTable table, BatchSource rows, QueryContext context, Random random) {
    return switch (shape) {
      case 0 -> new ExchangeOperator(rows, context);
      case 1 ->
          new SortOperator(
              List.of(new SortKey(1, false, false)),
              table.types(),
              new RowLimit(0, RowLimit.ALL),
              rows,
              context);
      case 2 ->
          new HashAggregateOperator(
              new Aggregate(
                  table.node(),
                  List.of(0, 1, 2),
                  List.of(List.of(0, 1, 2)),
                  List.of(),
                  table.columns(),
                  Double.NaN),
              rows,
              context);
      default -> {
        SharedRows other = new SharedRows(table.batches(100, random), 2);
        HashJoin node =
            new HashJoin(
                table.node(),
                table.node(),
                JoinKind.FULL,
                List.of(2),
                List.of(2),
                null,
                Double.NaN);
        yield new ExchangeOperator(
            new HashJoinSource(
                node,
                shape == 3 ? rows : other,
                shape == 3 ? other : rows,
                context,
                HashJoinSource.KeyTarget.NOBODY),
            context);
      }
    };
  }

  private static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("frazil-worker"))
        .count();
  }

  private static void assertNothingIsLeft(String what, QueryContext context) {
    assertThat(workers()).as(what).isZero();
    assertThat(context.memory().reservedBytes()).as(what).isZero();
    assertThat(context.tempFolder()).as(what).isEmptyDirectory();
  }

  @Test
  void cancellingAtAnyPointLeavesNothing() {
    long seed = RowsFixture.seed("CancellationTest.cancellingAtAnyPointLeavesNothing");
    Random random = new Random(seed);
    RandomTable table = RandomTable.of("t", TYPES, 5000, 3000, random);
    for (int round = 0; round < 200; round++) {
      int shape = round % 5;
      String what = "seed " + seed + " round " + round;
      boolean spills = random.nextBoolean() && shape != 0;
      QueryContext context = RowsFixture.context(spills ? 250_000 : 1 << 28, 3);
      Trap rows =
          new Trap(
              new SharedRows(table.batches(100, random), 3),
              1 + random.nextInt(50),
              () -> context.cancellation().cancel("the test says so"));
      assertThatThrownBy(() -> RowsFixture.drain(statement(shape, table, rows, context, random)))
          .as(what)
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.state()).as(what).isEqualTo(SqlState.QUERY_CANCELED));
      assertNothingIsLeft(what, context);
    }
  }

  @Test
  void aFailingWorkerFailsTheStatement() {
    Random random = new Random(3);
    RandomTable table = RandomTable.of("t", TYPES, 5000, 3000, random);
    for (int round = 0; round < 50; round++) {
      int shape = round % 5;
      QueryContext context = RowsFixture.context(1 << 28, 3);
      Trap rows =
          new Trap(
              new SharedRows(table.batches(100, random), 3),
              1 + random.nextInt(50),
              () -> {
                throw new EngineException(SqlState.DATA_CORRUPTED, "a bad page");
              });
      assertThatThrownBy(() -> RowsFixture.drain(statement(shape, table, rows, context, random)))
          .isInstanceOf(EngineException.class)
          .hasMessage("a bad page");
      assertNothingIsLeft("round " + round, context);
    }
  }

  @Test
  void closingEarlyLeavesNothing() {
    Random random = new Random(4);
    RandomTable table = RandomTable.of("t", TYPES, 20_000, 3000, random);
    for (int shape = 0; shape < 5; shape++) {
      QueryContext context = RowsFixture.context(1 << 28, 3);
      Operator operator =
          statement(shape, table, new SharedRows(table.batches(50, random), 3), context, random);
      assertThat(operator.next()).isNotNull();
      operator.close();
      operator.close();
      assertNothingIsLeft("shape " + shape, context);
    }
  }
}
