package dev.frazil.exec.aggregate;

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
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.SortKey;
import dev.frazil.type.SqlType;
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

/**
 * The aggregates of the library give what DuckDB gives, on several threads and in little memory.
 */
class LibraryAggregatesTest {
  private static final int ID = 6;
  private static final int FRACTION = 7;
  private static final int DESCENDING = 8;

  private static final List<SqlType> TYPES =
      List.of(
          Primitive.INTEGER,
          Primitive.BIGINT,
          Primitive.VARCHAR,
          Primitive.DOUBLE,
          Primitive.DOUBLE,
          Primitive.BOOLEAN,
          // The number of the row, a fraction and false, each for the calls that want them.
          Primitive.INTEGER,
          Primitive.DOUBLE,
          Primitive.BOOLEAN);

  private Connection duckdb;

  @BeforeEach
  void open() throws SQLException {
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterEach
  void close() throws SQLException {
    duckdb.close();
  }

  private record Call(AggregateCall call, String sql) {}

  private static Call call(
      AggregateFunction function, List<Integer> arguments, SqlType type, String sql) {
    return new Call(new AggregateCall(function, arguments, false, -1, type), sql);
  }

  private static Call filtered(Call call) {
    AggregateCall plain = call.call();
    return new Call(
        new AggregateCall(
            plain.function(), plain.arguments(), plain.distinct(), 5, plain.order(), plain.type()),
        call.sql() + " filter (where c5)");
  }

  private static Call ordered(
      AggregateFunction function,
      List<Integer> arguments,
      boolean distinct,
      List<SortKey> order,
      SqlType type,
      String sql) {
    return new Call(new AggregateCall(function, arguments, distinct, -1, order, type), sql);
  }

  private static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (AggregateFunction function :
        List.of(
            AggregateFunction.COVAR_POP,
            AggregateFunction.COVAR_SAMP,
            AggregateFunction.REGR_AVGX,
            AggregateFunction.REGR_AVGY,
            AggregateFunction.REGR_SXX,
            AggregateFunction.REGR_SYY,
            AggregateFunction.REGR_SXY)) {
      calls.add(call(function, List.of(3, 4), Primitive.DOUBLE, function + "(c3, c4)"));
    }
    calls.add(
        call(AggregateFunction.REGR_COUNT, List.of(3, 4), Primitive.BIGINT, "regr_count(c3, c4)"));
    calls.add(call(AggregateFunction.BIT_AND, List.of(0), Primitive.INTEGER, "bit_and(c0)"));
    calls.add(call(AggregateFunction.BIT_OR, List.of(1), Primitive.BIGINT, "bit_or(c1)"));
    calls.add(filtered(calls.get(calls.size() - 1)));
    calls.add(call(AggregateFunction.BIT_XOR, List.of(1), Primitive.BIGINT, "bit_xor(c1)"));
    calls.add(
        call(AggregateFunction.MAX_BY, List.of(2, ID), Primitive.VARCHAR, "arg_max_null(c2, c6)"));
    calls.add(
        call(AggregateFunction.MIN_BY, List.of(1, ID), Primitive.BIGINT, "arg_min_null(c1, c6)"));
    List<SortKey> byId = List.of(new SortKey(ID, false, false));
    List<SortKey> byTextThenId =
        List.of(new SortKey(2, true, false), new SortKey(ID, false, false));
    calls.add(
        ordered(
            AggregateFunction.STRING_AGG,
            List.of(2),
            false,
            byId,
            Primitive.VARCHAR,
            "string_agg(c2, '' order by c6)"));
    calls.add(
        ordered(
            AggregateFunction.STRING_AGG,
            List.of(2),
            true,
            List.of(new SortKey(2, false, false)),
            Primitive.VARCHAR,
            "string_agg(distinct c2, '' order by c2)"));
    calls.add(
        ordered(
            AggregateFunction.STRING_AGG,
            List.of(2),
            false,
            byTextThenId,
            Primitive.VARCHAR,
            "string_agg(c2, '' order by c2 desc nulls last, c6)"));
    calls.add(filtered(calls.get(calls.size() - 3)));
    calls.add(
        call(
            AggregateFunction.PERCENTILE_CONT,
            List.of(3, FRACTION, DESCENDING),
            Primitive.DOUBLE,
            "quantile_cont(c3, 0.25)"));
    calls.add(
        call(
            AggregateFunction.PERCENTILE_DISC,
            List.of(1, FRACTION, DESCENDING),
            Primitive.BIGINT,
            "quantile_disc(c1, 0.25)"));
    return calls;
  }

  private static RandomTable table(int rowCount, int spread, Random random) {
    RandomTable table = RandomTable.of("t", TYPES, rowCount, Math.max(1, spread), random);
    for (int row = 0; row < rowCount; row++) {
      table.rows().get(row).set(ID, row);
      table.rows().get(row).set(FRACTION, 0.25);
      table.rows().get(row).set(DESCENDING, false);
    }
    return table;
  }

  private static Aggregate node(RandomTable table, List<Integer> keys, List<Call> calls) {
    List<Column> columns = new ArrayList<>();
    keys.forEach(key -> columns.add(table.columns().get(key)));
    calls.forEach(call -> columns.add(new Column(call.sql(), call.call().type(), true)));
    return new Aggregate(
        table.node(),
        keys,
        List.of(keys),
        calls.stream().map(Call::call).toList(),
        columns,
        Double.NaN);
  }

  private static List<String> run(
      RandomTable table, Aggregate node, QueryContext context, Random random) {
    SharedRows rows =
        new SharedRows(table.batches(1 + random.nextInt(300), random), context.threads());
    List<String> answer = RowsFixture.drain(new HashAggregateOperator(node, rows, context));
    assertThat(context.memory().reservedBytes()).isZero();
    assertThat(context.tempFolder()).isEmptyDirectory();
    return answer;
  }

  private List<String> expected(List<Integer> keys, List<Call> calls) throws SQLException {
    List<String> outputs = new ArrayList<>();
    keys.forEach(key -> outputs.add("c" + key));
    calls.forEach(call -> outputs.add(call.sql()));
    String groups = String.join(", ", keys.stream().map(key -> "c" + key).toList());
    return RowsFixture.query(
        duckdb,
        "select "
            + String.join(", ", outputs)
            + " from t"
            + (keys.isEmpty() ? "" : " group by " + groups));
  }

  @Test
  void aggregatesLikeDuckDb() throws SQLException {
    long seed = RowsFixture.seed("LibraryAggregatesTest.aggregatesLikeDuckDb");
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      int rowCount = round % 5 == 0 ? random.nextInt(3) : random.nextInt(2000);
      RandomTable table = table(rowCount, random.nextInt(rowCount + 1), random);
      table.create(duckdb);
      List<Integer> keys =
          List.of(List.<Integer>of(), List.of(0), List.of(5), List.of(2, 5)).get(random.nextInt(4));
      QueryContext context = RowsFixture.context(1 << 30, 1 + random.nextInt(3));
      RowsFixture.assertSameRows(
          String.format("seed %s round %s keys %s", seed, round, keys),
          run(table, node(table, keys, calls()), context, random),
          expected(keys, calls()));
    }
  }

  @Test
  @Tag("slow")
  void spillsAndKeepsItsOrder() throws SQLException {
    long seed = RowsFixture.seed("LibraryAggregatesTest.spillsAndKeepsItsOrder");
    Random random = new Random(seed);
    RandomTable table = table(15_000, 600, random);
    table.create(duckdb);
    List<Integer> keys = List.of(0);
    QueryContext context = RowsFixture.context(3_000_000, 2);
    RowsFixture.assertSameRows(
        "seed " + seed,
        run(table, node(table, keys, calls()), context, random),
        expected(keys, calls()));
    assertThat(context.counters().value(Counter.BYTES_SPILLED)).isPositive();
  }

  @Test
  @Tag("slow")
  void oneGroupThatDoesNotFitIsRefused() {
    RandomTable table = table(20_000, 10_000, new Random(1));
    QueryContext context = RowsFixture.context(300_000, 1);
    Aggregate node = node(table, List.of(), calls());
    assertThatThrownBy(() -> run(table, node, context, new Random(1)))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.OUT_OF_MEMORY));
    assertThat(context.memory().reservedBytes()).isZero();
  }
}
