package dev.frazil.exec.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.BatchSource;
import dev.frazil.exec.ExchangeOperator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.RowsFixture;
import dev.frazil.exec.RowsFixture.RandomTable;
import dev.frazil.exec.RowsFixture.SharedRows;
import dev.frazil.plan.JoinKind;
import dev.frazil.plan.PhysicalNode.HashJoin;
import dev.frazil.plan.PhysicalNode.NestedLoopJoin;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarFunction;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Joins of every kind give what DuckDB gives on the same rows. */
class HashJoinSourceTest {
  private static final List<SqlType> TYPES =
      List.of(
          Primitive.INTEGER,
          Primitive.VARCHAR,
          Primitive.BIGINT,
          new DecimalType(30, 4),
          Primitive.DOUBLE);

  private Connection duckdb;

  @BeforeEach
  void open() throws SQLException {
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterEach
  void close() throws SQLException {
    duckdb.close();
  }

  private static ScalarExpression residual() {
    // l.c2 < r.c2
    return new ScalarExpression.Call(
        ScalarFunction.LESS,
        List.of(
            new ScalarExpression.InputReference(2, Primitive.BIGINT),
            new ScalarExpression.InputReference(TYPES.size() + 2, Primitive.BIGINT)),
        Primitive.BOOLEAN);
  }

  private static String sql(JoinKind kind, List<Integer> keys, boolean residual) {
    List<String> conditions = new ArrayList<>();
    keys.forEach(key -> conditions.add("l.c" + key + " = r.c" + key));
    if (residual) {
      conditions.add("l.c2 < r.c2");
    }
    String on = conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    return switch (kind) {
      case INNER -> "select l.*, r.* from l join r on " + on;
      case LEFT -> "select l.*, r.* from l left join r on " + on;
      case RIGHT -> "select l.*, r.* from l right join r on " + on;
      case FULL -> "select l.*, r.* from l full join r on " + on;
      case SEMI -> "select * from l where exists (select 1 from r where " + on + ")";
      case ANTI -> "select * from l where not exists (select 1 from r where " + on + ")";
      case RIGHT_SEMI -> "select * from r where exists (select 1 from l where " + on + ")";
      case RIGHT_ANTI -> "select * from r where not exists (select 1 from l where " + on + ")";
      case NULL_AWARE_ANTI -> {
        String where = residual ? " where l.c2 < r.c2" : "";
        List<String> names = keys.stream().map(key -> "c" + key).toList();
        yield names.size() == 1
            ? "select * from l where c%s not in (select c%s from r%s)"
                .formatted(keys.get(0), keys.get(0), where)
            : "select * from l where not exists (select 1 from r where "
                + String.join(
                    " and ",
                    keys.stream()
                        .map(key -> "(l.c%s = r.c%s) is not false".formatted(key, key))
                        .toList())
                + (residual ? " and l.c2 < r.c2" : "")
                + ")";
      }
    };
  }

  private static BatchSource rows(RandomTable table, QueryContext context, Random random) {
    return new SharedRows(
        table.batches(1 + random.nextInt(400), random), 1 + random.nextInt(context.threads()));
  }

  private static List<String> run(
      RandomTable left,
      RandomTable right,
      JoinKind kind,
      List<Integer> keys,
      @Nullable ScalarExpression residual,
      QueryContext context,
      Random random) {
    BatchSource join =
        keys.isEmpty()
            ? new HashJoinSource(
                new NestedLoopJoin(left.node(), right.node(), kind, residual, Double.NaN),
                rows(left, context, random),
                rows(right, context, random),
                context)
            : new HashJoinSource(
                new HashJoin(left.node(), right.node(), kind, keys, keys, residual, Double.NaN),
                rows(left, context, random),
                rows(right, context, random),
                context,
                HashJoinSource.KeyTarget.NOBODY);
    List<String> result = RowsFixture.drain(new ExchangeOperator(join, context));
    assertThat(context.memory().reservedBytes()).isZero();
    assertThat(context.tempFolder()).isEmptyDirectory();
    return result;
  }

  private static RandomTable table(String name, int rowCount, boolean nulls, Random random) {
    RandomTable table = RandomTable.of(name, TYPES, rowCount, random);
    if (nulls) {
      return table;
    }
    table.rows().removeIf(row -> row.contains(null));
    return table;
  }

  @Test
  void joinsLikeDuckDb() throws SQLException {
    long seed = RowsFixture.seed("HashJoinSourceTest.joinsLikeDuckDb");
    Random random = new Random(seed);
    List<List<Integer>> keySets =
        List.of(List.of(0), List.of(2), List.of(1), List.of(0, 1), List.of(3, 4), List.of());
    for (int round = 0; round < Rounds.of(40); round++) {
      RandomTable left = table("l", random.nextInt(250), random.nextBoolean(), random);
      RandomTable right =
          table("r", round % 5 == 0 ? 0 : random.nextInt(120), random.nextBoolean(), random);
      left.create(duckdb);
      right.create(duckdb);
      List<Integer> keys = keySets.get(round % keySets.size());
      for (JoinKind kind : JoinKind.values()) {
        if (kind == JoinKind.NULL_AWARE_ANTI && keys.isEmpty()) {
          continue;
        }
        for (boolean residual : List.of(false, true)) {
          QueryContext context = RowsFixture.context(1 << 30, 3);
          RowsFixture.assertSameRows(
              "seed " + seed + " round " + round + " " + kind + keys + residual,
              run(left, right, kind, keys, residual ? residual() : null, context, random),
              RowsFixture.query(duckdb, sql(kind, keys, residual)));
        }
      }
    }
  }

  @Test
  void uniqueKeysLikeDuckDb() throws SQLException {
    long seed = RowsFixture.seed("HashJoinSourceTest.uniqueKeysLikeDuckDb");
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      RandomTable left = table("l", 500, true, random);
      RandomTable right = table("r", 0, true, random);
      for (int key = 0; key < 300; key++) {
        List<@Nullable Object> row = new ArrayList<>(left.rows().get(key));
        row.set(0, key * (1 + round));
        right.rows().add(row);
      }
      left.create(duckdb);
      right.create(duckdb);
      for (JoinKind kind : JoinKind.values()) {
        RowsFixture.assertSameRows(
            "seed " + seed + " round " + round + " " + kind,
            run(left, right, kind, List.of(0), null, RowsFixture.context(1 << 30, 2), random),
            RowsFixture.query(duckdb, sql(kind, List.of(0), false)));
      }
    }
  }

  @Test
  @Tag("slow")
  void spillsAndStaysRight() throws SQLException {
    long seed = RowsFixture.seed("HashJoinSourceTest.spillsAndStaysRight");
    Random random = new Random(seed);
    RandomTable left = RandomTable.of("l", TYPES, 6000, 4000, random);
    RandomTable right = RandomTable.of("r", TYPES, 5000, 4000, random);
    left.create(duckdb);
    right.create(duckdb);
    for (JoinKind kind : JoinKind.values()) {
      for (List<Integer> keys : List.of(kind.ordinal() % 2 == 0 ? List.of(1) : List.of(0, 1))) {
        if (kind == JoinKind.NULL_AWARE_ANTI && keys.size() > 1) {
          continue;
        }
        QueryContext context = RowsFixture.context(500_000, 2);
        RowsFixture.assertSameRows(
            "seed " + seed + " " + kind + keys,
            run(left, right, kind, keys, null, context, random),
            RowsFixture.query(duckdb, sql(kind, keys, false)));
        assertThat(context.counters().value(Counter.BYTES_SPILLED)).isPositive();
      }
    }
  }

  /** No key at all, and one key that all rows have: block by block. */
  @Test
  @Tag("slow")
  void whatNoKeySplitsIsJoinedInBlocks() throws SQLException {
    long seed = RowsFixture.seed("HashJoinSourceTest.whatNoKeySplitsIsJoinedInBlocks");
    Random random = new Random(seed);
    RandomTable left = RandomTable.of("l", TYPES, 50, 900, random);
    RandomTable right = RandomTable.of("r", TYPES, 2500, 900, random);
    left.rows().forEach(row -> row.set(0, random.nextInt(8) == 0 ? null : (Object) 7));
    right.rows().forEach(row -> row.set(0, 7));
    left.create(duckdb);
    right.create(duckdb);
    for (JoinKind kind : JoinKind.values()) {
      for (List<Integer> keys : List.of(List.<Integer>of(), List.of(0))) {
        for (boolean residual : List.of(false, true)) {
          if (kind == JoinKind.NULL_AWARE_ANTI && (keys.isEmpty() || residual)) {
            continue;
          }
          QueryContext context = RowsFixture.context(300_000, 2);
          RowsFixture.assertSameRows(
              "seed " + seed + " " + kind + keys + residual,
              run(left, right, kind, keys, residual ? residual() : null, context, random),
              RowsFixture.query(duckdb, sql(kind, keys, residual)));
          assertThat(context.counters().value(Counter.BYTES_SPILLED)).isPositive();
        }
      }
    }
  }

  @Test
  void oneBatchThatDoesNotFitIsRefused() {
    RandomTable left = RandomTable.of("l", TYPES, 10, new Random(1));
    RandomTable right = RandomTable.of("r", TYPES, 5000, new Random(1));
    right.rows().forEach(row -> row.set(0, 7));
    QueryContext context = RowsFixture.context(5_000, 2);
    assertThatThrownBy(
            () -> run(left, right, JoinKind.INNER, List.of(0), null, context, new Random(1)))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.state()).isEqualTo(SqlState.OUT_OF_MEMORY));
    assertThat(context.memory().reservedBytes()).isZero();
    assertThat(context.tempFolder()).isEmptyDirectory();
  }
}
