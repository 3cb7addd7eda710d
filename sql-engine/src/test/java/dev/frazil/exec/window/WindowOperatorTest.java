package dev.frazil.exec.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.RowsFixture;
import dev.frazil.exec.RowsFixture.RandomTable;
import dev.frazil.exec.RowsFixture.SharedRows;
import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.SortKey;
import dev.frazil.plan.WindowCall;
import dev.frazil.plan.WindowCall.Function;
import dev.frazil.plan.WindowFrame;
import dev.frazil.plan.WindowFrame.Bound;
import dev.frazil.plan.WindowFrame.Exclusion;
import dev.frazil.plan.WindowFrame.Position;
import dev.frazil.plan.WindowFrame.Unit;
import dev.frazil.testing.Rounds;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Window functions give what DuckDB gives on the same rows. */
class WindowOperatorTest {
  private static final WindowFrame RUNNING =
      new WindowFrame(
          Unit.RANGE,
          new Bound(Position.UNBOUNDED_PRECEDING, null),
          new Bound(Position.CURRENT_ROW, null),
          Exclusion.NO_OTHERS);

  private Connection duckdb;

  @BeforeEach
  void open() throws SQLException {
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterEach
  void close() throws SQLException {
    duckdb.close();
  }

  /** Random rows of which the last column is their number. */
  private static RandomTable numbered(int rowCount, int spread, Random random) {
    RandomTable table =
        RandomTable.of("t", WindowCases.TYPES, rowCount, Math.max(1, spread), random);
    for (int row = 0; row < rowCount; row++) {
      table.rows().get(row).set(WindowCases.ID, row);
    }
    return table;
  }

  private static List<String> run(
      RandomTable table, Window node, QueryContext context, Random random) {
    SharedRows rows =
        new SharedRows(table.batches(1 + random.nextInt(3000), random), context.threads());
    List<String> answer = RowsFixture.drain(new WindowOperator(node, rows, context));
    assertThat(context.memory().reservedBytes()).isZero();
    assertThat(context.tempFolder()).isEmptyDirectory();
    return answer;
  }

  @Test
  void evaluatesLikeDuckDb() throws SQLException {
    long seed = RowsFixture.seed("WindowOperatorTest.evaluatesLikeDuckDb");
    Random random = new Random(seed);
    WindowCases cases = new WindowCases(random);
    for (int round = 0; round < Rounds.of(40); round++) {
      int rowCount = round % 8 == 0 ? random.nextInt(3) : random.nextInt(600);
      RandomTable table = numbered(rowCount, 1 + random.nextInt(rowCount + 1), random);
      table.create(duckdb);
      for (int window = 0; window < 8; window++) {
        WindowCases.Case next = cases.next(table.node());
        QueryContext context = RowsFixture.context(1 << 30, 1 + random.nextInt(3));
        RowsFixture.assertSameRows(
            String.format("seed %s round %s %s", seed, round, next.sql()),
            run(table, next.node(), context, random),
            RowsFixture.query(duckdb, next.sql()));
      }
    }
  }

  @Test
  @Tag("slow")
  void largeFramesLikeDuckDb() throws SQLException {
    long seed = RowsFixture.seed("WindowOperatorTest.largeFramesLikeDuckDb");
    Random random = new Random(seed);
    WindowCases cases = new WindowCases(random);
    RandomTable table = numbered(12_000, 3000, random);
    table.create(duckdb);
    for (int window = 0; window < 12; window++) {
      WindowCases.Case next = cases.next(table.node());
      QueryContext context = RowsFixture.context(1 << 30, 2);
      RowsFixture.assertSameRows(
          String.format("seed %s %s", seed, next.sql()),
          run(table, next.node(), context, random),
          RowsFixture.query(duckdb, next.sql()));
    }
  }

  private static Window window(
      RandomTable table, List<Integer> partition, List<SortKey> order, List<WindowCall> calls) {
    List<Column> columns = new ArrayList<>(table.columns());
    for (int i = 0; i < calls.size(); i++) {
      columns.add(new Column("w" + i, calls.get(i).type(), true));
    }
    return new Window(table.node(), partition, order, calls, columns);
  }

  private static WindowCall aggregate(AggregateCall call, WindowFrame frame) {
    return new WindowCall(Function.AGGREGATE, call, List.of(), false, frame, call.type());
  }

  @Test
  @Tag("slow")
  void runsOverPartitionsThatAreLargerThanTheMemory() throws SQLException {
    long seed = RowsFixture.seed("WindowOperatorTest.largerThanTheMemory");
    Random random = new Random(seed);
    RandomTable table = numbered(25_000, 20_000, random);
    table.create(duckdb);
    List<WindowCall> calls =
        List.of(
            new WindowCall(Function.ROW_NUMBER, null, List.of(), false, RUNNING, Primitive.BIGINT),
            new WindowCall(Function.DENSE_RANK, null, List.of(), false, RUNNING, Primitive.BIGINT),
            aggregate(
                new AggregateCall(
                    AggregateFunction.SUM, List.of(4), false, -1, new DecimalType(38, 2)),
                RUNNING),
            aggregate(
                new AggregateCall(AggregateFunction.MAX, List.of(2), false, -1, Primitive.VARCHAR),
                RUNNING),
            aggregate(
                new AggregateCall(AggregateFunction.AVG, List.of(0), false, -1, Primitive.DOUBLE),
                RUNNING));
    List<SortKey> order =
        List.of(new SortKey(0, false, false), new SortKey(WindowCases.ID, false, false));
    for (List<Integer> partition : List.of(List.<Integer>of(), List.of(6))) {
      QueryContext context = RowsFixture.context(1_500_000, 2);
      String over = "over (" + (partition.isEmpty() ? "" : "partition by c6 ") + "order by c0, c7)";
      RowsFixture.assertSameRows(
          "seed " + seed,
          run(table, window(table, partition, order, calls), context, random),
          RowsFixture.query(
              duckdb,
              "select *, row_number() O, dense_rank() O, sum(c4) O, max(c2) O, avg(c0) O from t"
                  .replace(" O", " " + over)));
      assertThat(context.counters().value(Counter.BYTES_SPILLED)).isPositive();
    }
  }

  /** Whole partitions, looks back and ahead, frames of every kind: all larger than the memory. */
  @Test
  @Tag("slow")
  void goesThroughFilesLikeDuckDb() throws SQLException {
    long seed = RowsFixture.seed("WindowOperatorTest.goesThroughFilesLikeDuckDb");
    Random random = new Random(seed);
    WindowCases cases = new WindowCases(random);
    for (int round = 0; round < 2; round++) {
      RandomTable table = numbered(5_000, round == 0 ? 5_000 : 40, random);
      table.create(duckdb);
      for (int window = 0; window < 14; window++) {
        WindowCases.Case next = cases.next(table.node());
        QueryContext context = RowsFixture.context(500_000, 1 + random.nextInt(2));
        List<String> answer = run(table, next.node(), context, random);
        RowsFixture.assertSameRows(
            String.format("seed %s round %s %s", seed, round, next.sql()),
            answer,
            RowsFixture.query(duckdb, next.sql()));
        assertThat(context.counters().value(Counter.BYTES_SPILLED)).isPositive();
      }
    }
  }

  @Test
  @Tag("slow")
  void aCollectedFrameThatDoesNotFitIsRefused() {
    Random random = new Random(1);
    RandomTable table = numbered(60_000, 50_000, random);
    WindowCall whole =
        aggregate(
            new AggregateCall(AggregateFunction.MODE, List.of(2), false, -1, Primitive.VARCHAR),
            RUNNING);
    Window node =
        window(
            table, List.of(), List.of(new SortKey(WindowCases.ID, false, false)), List.of(whole));
    QueryContext context = RowsFixture.context(1_000_000, 2);
    assertThatThrownBy(() -> run(table, node, context, random))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.OUT_OF_MEMORY));
    assertThat(context.memory().reservedBytes()).isZero();
    assertThat(context.tempFolder()).isEmptyDirectory();
  }
}
