package dev.frazil.exec.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.RowsFixture;
import dev.frazil.exec.RowsFixture.RandomTable;
import dev.frazil.exec.RowsFixture.SharedRows;
import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.plan.PhysicalNode.Aggregate;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.testing.Rounds;
import dev.frazil.type.SqlType;
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

/** Hash aggregation gives what DuckDB gives on the same rows. */
class HashAggregateOperatorTest {
  private static final List<SqlType> TYPES =
      List.of(
          Primitive.INTEGER,
          Primitive.BIGINT,
          Primitive.VARCHAR,
          Primitive.VARCHAR,
          Primitive.DOUBLE,
          new DecimalType(12, 2),
          new DecimalType(30, 4),
          Primitive.BOOLEAN,
          Primitive.DATE,
          Primitive.REAL,
          Primitive.TIMESTAMP);

  /** DuckDB divides decimals as doubles, wrong at ties: half up in whole numbers instead. */
  private static final String EXACT_AVERAGE =
      "sign(sum(c5)) * ((abs((sum(c5) * 100)::hugeint) * 20000 + count(c5)) // (2 * count(c5)))"
          + " / 1000000";

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

  private static Call call(AggregateFunction function, int argument, SqlType type, String sql) {
    return new Call(
        new AggregateCall(function, argument < 0 ? List.of() : List.of(argument), false, -1, type),
        sql);
  }

  private static List<Call> mergeableCalls() {
    List<Call> calls = new ArrayList<>();
    calls.add(call(AggregateFunction.COUNT, -1, Primitive.BIGINT, "count(*)"));
    for (int c = 0; c < TYPES.size(); c++) {
      SqlType type = TYPES.get(c);
      calls.add(call(AggregateFunction.COUNT, c, Primitive.BIGINT, "count(c" + c + ")"));
      calls.add(call(AggregateFunction.MIN, c, type, "min(c" + c + ")"));
      calls.add(call(AggregateFunction.MAX, c, type, "max(c" + c + ")"));
    }
    calls.add(call(AggregateFunction.SUM, 0, Primitive.BIGINT, "sum(c0)"));
    calls.add(call(AggregateFunction.SUM, 1, new DecimalType(38, 0), "sum(c1)"));
    calls.add(call(AggregateFunction.SUM, 4, Primitive.DOUBLE, "sum(c4)"));
    calls.add(call(AggregateFunction.SUM, 5, new DecimalType(38, 2), "sum(c5)"));
    calls.add(call(AggregateFunction.SUM, 6, new DecimalType(38, 4), "sum(c6)"));
    calls.add(call(AggregateFunction.AVG, 0, Primitive.DOUBLE, "avg(c0)"));
    calls.add(call(AggregateFunction.AVG, 4, Primitive.DOUBLE, "avg(c4)"));
    calls.add(call(AggregateFunction.AVG, 9, Primitive.DOUBLE, "avg(c9)"));
    calls.add(call(AggregateFunction.AVG, 5, new DecimalType(18, 6), EXACT_AVERAGE));
    calls.add(call(AggregateFunction.BOOL_AND, 7, Primitive.BOOLEAN, "bool_and(c7)"));
    calls.add(call(AggregateFunction.BOOL_OR, 7, Primitive.BOOLEAN, "bool_or(c7)"));
    calls.add(call(AggregateFunction.STDDEV_POP, 4, Primitive.DOUBLE, "stddev_pop(c4)"));
    calls.add(call(AggregateFunction.STDDEV_SAMP, 0, Primitive.DOUBLE, "stddev_samp(c0)"));
    calls.add(call(AggregateFunction.VAR_POP, 5, Primitive.DOUBLE, "var_pop(c5)"));
    calls.add(call(AggregateFunction.VAR_SAMP, 9, Primitive.DOUBLE, "var_samp(c9)"));
    calls.add(
        new Call(
            new AggregateCall(AggregateFunction.SUM, List.of(5), false, 7, new DecimalType(38, 2)),
            "sum(c5) filter (where c7)"));
    calls.add(
        new Call(
            new AggregateCall(AggregateFunction.COUNT, List.of(), false, 7, Primitive.BIGINT),
            "count(*) filter (where c7)"));
    return calls;
  }

  private static List<Call> distinctCalls() {
    List<Call> calls = new ArrayList<>();
    for (int c : List.of(0, 2, 6)) {
      calls.add(
          new Call(
              new AggregateCall(AggregateFunction.COUNT, List.of(c), true, -1, Primitive.BIGINT),
              "count(distinct c" + c + ")"));
    }
    calls.add(
        new Call(
            new AggregateCall(AggregateFunction.SUM, List.of(5), true, -1, new DecimalType(38, 2)),
            "sum(distinct c5)"));
    calls.add(
        new Call(
            new AggregateCall(AggregateFunction.COUNT, List.of(1), true, 7, Primitive.BIGINT),
            "count(distinct c1) filter (where c7)"));
    calls.add(call(AggregateFunction.SUM, 0, Primitive.BIGINT, "sum(c0)"));
    return calls;
  }

  private static Aggregate node(
      RandomTable table, List<Integer> keys, List<List<Integer>> sets, List<Call> calls) {
    List<Column> columns = new ArrayList<>();
    for (int key : keys) {
      columns.add(table.columns().get(key));
    }
    for (Call call : calls) {
      columns.add(new Column(call.sql(), call.call().type(), true));
    }
    return new Aggregate(
        table.node(), keys, sets, calls.stream().map(Call::call).toList(), columns, Double.NaN);
  }

  private static String sql(List<Integer> keys, List<List<Integer>> sets, List<Call> calls) {
    List<String> outputs = new ArrayList<>();
    keys.forEach(key -> outputs.add("c" + key));
    calls.forEach(call -> outputs.add(call.sql()));
    List<String> groups = new ArrayList<>();
    for (List<Integer> set : sets) {
      groups.add("(" + String.join(", ", set.stream().map(key -> "c" + key).toList()) + ")");
    }
    return "select "
        + String.join(", ", outputs)
        + " from t group by grouping sets ("
        + String.join(", ", groups)
        + ")";
  }

  private List<String> run(RandomTable table, Aggregate node, QueryContext context, Random random) {
    int workers = context.threads();
    // large batches of few groups are put in the order of their groups
    int most = random.nextBoolean() ? 300 : 2500;
    Operator operator =
        new HashAggregateOperator(
            node,
            new SharedRows(table.batches(1 + random.nextInt(most), random), workers),
            context);
    List<String> rows = RowsFixture.drain(operator);
    assertThat(context.memory().reservedBytes()).isZero();
    return rows;
  }

  @Test
  void groupsLikeDuckDb() throws SQLException {
    long seed = RowsFixture.seed("HashAggregateOperatorTest.groupsLikeDuckDb");
    Random random = new Random(seed);
    List<List<Integer>> keySets =
        List.of(
            List.of(),
            List.of(0),
            List.of(7),
            List.of(1),
            List.of(2),
            List.of(2, 3),
            List.of(8),
            List.of(4),
            List.of(0, 2, 6),
            List.of(7, 9, 10));
    for (int round = 0; round < Rounds.of(60); round++) {
      int rowCount = round % 6 == 0 ? random.nextInt(3) : random.nextInt(2500);
      RandomTable table = RandomTable.of("t", TYPES, rowCount, random);
      table.create(duckdb);
      List<Integer> keys = keySets.get(random.nextInt(keySets.size()));
      List<Call> calls = random.nextInt(4) == 0 ? distinctCalls() : mergeableCalls();
      QueryContext context = RowsFixture.context(1 << 30, 1 + random.nextInt(3));
      RowsFixture.assertSameRows(
          String.format("seed %s round %s keys %s", seed, round, keys),
          run(table, node(table, keys, List.of(keys), calls), context, random),
          RowsFixture.query(duckdb, sql(keys, List.of(keys), calls)));
    }
  }

  @Test
  void groupingSetsLikeDuckDb() throws SQLException {
    long seed = RowsFixture.seed("HashAggregateOperatorTest.groupingSetsLikeDuckDb");
    Random random = new Random(seed);
    for (int round = 0; round < Rounds.of(12); round++) {
      RandomTable table = RandomTable.of("t", TYPES, random.nextInt(800), random);
      table.create(duckdb);
      List<List<Integer>> sets = List.of(List.of(0, 2, 7), List.of(0, 2), List.of(7), List.of());
      List<Call> calls = new ArrayList<>(round % 2 == 0 ? mergeableCalls() : distinctCalls());
      calls.add(
          new Call(
              new AggregateCall(
                  AggregateFunction.GROUPING, List.of(0, 2, 7), false, -1, Primitive.BIGINT),
              "grouping(c0, c2, c7)"));
      QueryContext context = RowsFixture.context(1 << 30, 1 + random.nextInt(3));
      RowsFixture.assertSameRows(
          String.format("seed %s round %s", seed, round),
          run(table, node(table, List.of(0, 2, 7), sets, calls), context, random),
          RowsFixture.query(duckdb, sql(List.of(0, 2, 7), sets, calls)));
    }
  }

  @Test
  @Tag("slow")
  void spillsAndStaysRight() throws SQLException {
    long seed = RowsFixture.seed("HashAggregateOperatorTest.spillsAndStaysRight");
    Random random = new Random(seed);
    for (int round = 0; round < 3; round++) {
      RandomTable table = RandomTable.of("t", TYPES, 10_000, 8000, random);
      table.create(duckdb);
      List<Integer> keys = List.of(List.of(0), List.of(2), List.of(0, 2, 6)).get(round % 3);
      List<Call> calls = mergeableCalls();
      QueryContext context = RowsFixture.context(600_000, 1 + random.nextInt(2));
      RowsFixture.assertSameRows(
          String.format("seed %s round %s keys %s", seed, round, keys),
          run(table, node(table, keys, List.of(keys), calls), context, random),
          RowsFixture.query(duckdb, sql(keys, List.of(keys), calls)));
      if (keys.size() == 3) {
        assertThat(context.counters().value(Counter.BYTES_SPILLED)).isPositive();
      }
      assertThat(context.tempFolder()).isEmptyDirectory();
    }
  }

  /** Many groups, few groups, one group: by key, and where no key can split them, by value. */
  @Test
  @Tag("slow")
  void distinctSetsSpillAndStayRight() throws SQLException {
    long seed = RowsFixture.seed("HashAggregateOperatorTest.distinctSetsSpillAndStayRight");
    Random random = new Random(seed);
    RandomTable table = RandomTable.of("t", TYPES, 15_000, 7000, random);
    table.create(duckdb);
    for (List<Integer> keys :
        List.of(
            List.<Integer>of(), List.of(0), List.of(7), List.of(2), List.of(0, 7), List.of(8, 2))) {
      QueryContext context = RowsFixture.context(600_000, 2);
      List<Call> calls = distinctCalls();
      RowsFixture.assertSameRows(
          String.format("seed %s keys %s", seed, keys),
          run(table, node(table, keys, List.of(keys), calls), context, random),
          RowsFixture.query(duckdb, sql(keys, List.of(keys), calls)));
      assertThat(context.counters().value(Counter.BYTES_SPILLED)).isPositive();
      assertThat(context.tempFolder()).isEmptyDirectory();
    }
  }

  @Test
  void accumulatorsOfOneGroupThatDoNotFitAreRefused() {
    RandomTable table = RandomTable.of("t", TYPES, 2_000, new Random(1));
    QueryContext context = RowsFixture.context(1_000, 2);
    Aggregate node = node(table, List.of(), List.of(List.of()), distinctCalls());
    assertThatThrownBy(() -> run(table, node, context, new Random(1)))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.OUT_OF_MEMORY));
    assertThat(context.memory().reservedBytes()).isZero();
    assertThat(context.tempFolder()).isEmptyDirectory();
  }

  @Test
  void sumsThatOverflowAreRefused() {
    List<List<Object>> rows = List.of(List.of(Long.MAX_VALUE), List.of(1L));
    RandomTable table =
        new RandomTable(
            "t", List.of(new Column("c0", Primitive.BIGINT, false)), new ArrayList<>(rows));
    Call sum = call(AggregateFunction.SUM, 0, Primitive.BIGINT, "sum(c0)");
    Aggregate node = node(table, List.of(), List.of(List.of()), List.of(sum));
    assertThatThrownBy(() -> run(table, node, RowsFixture.context(1 << 20, 1), new Random(1)))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.NUMERIC_OUT_OF_RANGE));
  }

  @Test
  void aSingleValueIsOneRow() {
    RandomTable table =
        new RandomTable(
            "t",
            List.of(new Column("c0", Primitive.VARCHAR, true)),
            new ArrayList<>(List.of(List.<Object>of("one"))));
    Call single = call(AggregateFunction.SINGLE_VALUE, 0, Primitive.VARCHAR, "c0");
    Aggregate node = node(table, List.of(), List.of(List.of()), List.of(single));
    assertThat(run(table, node, RowsFixture.context(1 << 20, 1), new Random(1)))
        .containsExactly("one|");
    table.rows().add(List.of("two"));
    assertThatThrownBy(() -> run(table, node, RowsFixture.context(1 << 20, 1), new Random(1)))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.CARDINALITY_VIOLATION));
  }
}
