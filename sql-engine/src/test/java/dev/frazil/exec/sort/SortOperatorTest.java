package dev.frazil.exec.sort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.exec.Operator;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters.Counter;
import dev.frazil.exec.RowLimit;
import dev.frazil.exec.RowsFixture;
import dev.frazil.exec.RowsFixture.RandomTable;
import dev.frazil.exec.RowsFixture.SharedRows;
import dev.frazil.plan.PhysicalNode.Sort;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.SortKey;
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

/** Sorts and top-n give what DuckDB gives on the same rows, in its order. */
class SortOperatorTest {
  private static final List<SqlType> TYPES =
      List.of(
          Primitive.INTEGER,
          Primitive.VARCHAR,
          Primitive.BIGINT,
          new DecimalType(30, 4),
          Primitive.DOUBLE,
          Primitive.BOOLEAN,
          Primitive.TIMESTAMP,
          Primitive.INTEGER);

  /** Unique in every row: makes the order total. */
  private static final int TIE_BREAKER = 7;

  private Connection duckdb;

  @BeforeEach
  void open() throws SQLException {
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterEach
  void close() throws SQLException {
    duckdb.close();
  }

  private static RandomTable table(int rowCount, Random random) {
    RandomTable table = RandomTable.of("t", TYPES, rowCount, random);
    for (int i = 0; i < rowCount; i++) {
      table.rows().get(i).set(TIE_BREAKER, i);
    }
    return table;
  }

  private static List<SortKey> keys(Random random) {
    List<SortKey> keys = new ArrayList<>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      keys.add(
          new SortKey(random.nextInt(TIE_BREAKER), random.nextBoolean(), random.nextBoolean()));
    }
    keys.add(new SortKey(TIE_BREAKER, random.nextBoolean(), random.nextBoolean()));
    return keys;
  }

  private static String orderBy(List<SortKey> keys) {
    return String.join(
        ", ",
        keys.stream()
            .map(
                key ->
                    "c"
                        + key.column()
                        + (key.descending() ? " desc" : " asc")
                        + (key.nullsFirst() ? " nulls first" : " nulls last"))
            .toList());
  }

  private static List<String> run(
      RandomTable table, List<SortKey> keys, long limit, QueryContext context, Random random) {
    Operator sort =
        new SortOperator(
            keys,
            table.types(),
            new RowLimit(0, limit),
            new SharedRows(table.batches(1 + random.nextInt(500), random), context.threads()),
            context);
    List<String> rows = RowsFixture.drain(sort);
    assertThat(context.memory().reservedBytes()).isZero();
    assertThat(context.tempFolder()).isEmptyDirectory();
    return rows;
  }

  @Test
  void sortsLikeDuckDb() throws SQLException {
    long seed = RowsFixture.seed("SortOperatorTest.sortsLikeDuckDb");
    Random random = new Random(seed);
    for (int round = 0; round < Rounds.of(40); round++) {
      RandomTable table = table(round % 8 == 0 ? random.nextInt(3) : random.nextInt(3000), random);
      table.create(duckdb);
      List<SortKey> keys = keys(random);
      RowsFixture.assertSameOrder(
          "seed " + seed + " round " + round + keys,
          run(table, keys, RowLimit.ALL, RowsFixture.context(1 << 30, 3), random),
          RowsFixture.query(duckdb, "select * from t order by " + orderBy(keys)));
    }
  }

  @Test
  void keepsTheFirstLikeDuckDb() throws SQLException {
    long seed = RowsFixture.seed("SortOperatorTest.keepsTheFirstLikeDuckDb");
    Random random = new Random(seed);
    RandomTable table = table(60_000, random);
    table.create(duckdb);
    for (int round = 0; round < Rounds.of(20); round++) {
      List<SortKey> keys = keys(random);
      int limit = round == 0 ? 0 : 1 + random.nextInt(round % 2 == 0 ? 20 : 2000);
      RowsFixture.assertSameOrder(
          "seed " + seed + " round " + round + keys + limit,
          run(table, keys, limit, RowsFixture.context(1 << 30, 2), random),
          RowsFixture.query(
              duckdb, "select * from t order by " + orderBy(keys) + " limit " + limit));
    }
  }

  @Test
  @Tag("slow")
  void spillsAndStaysRight() throws SQLException {
    long seed = RowsFixture.seed("SortOperatorTest.spillsAndStaysRight");
    Random random = new Random(seed);
    RandomTable table = table(20_000, random);
    table.create(duckdb);
    for (int round = 0; round < 5; round++) {
      List<SortKey> keys = keys(random);
      QueryContext context = RowsFixture.context(200_000, 2);
      RowsFixture.assertSameOrder(
          "seed " + seed + " round " + round + keys,
          run(table, keys, RowLimit.ALL, context, random),
          RowsFixture.query(duckdb, "select * from t order by " + orderBy(keys)));
      assertThat(context.counters().value(Counter.BYTES_SPILLED)).isPositive();
    }
  }

  @Test
  void skipsAndLimits() {
    RandomTable table = table(10_000, new Random(5));
    for (boolean ordered : List.of(true, false)) {
      Sort sort =
          new Sort(
              table.node(),
              ordered ? List.of(new SortKey(TIE_BREAKER, false, false)) : List.of(),
              new ScalarExpression.Literal(5000L, Primitive.BIGINT),
              new ScalarExpression.Literal(3L, Primitive.BIGINT));
      List<String> rows =
          RowsFixture.drain(OperatorFactory.create(sort, RowsFixture.context(1 << 28, 2)));
      assertThat(rows).hasSize(3);
      assertThat(rows.get(0)).endsWith("|5000|");
      assertThat(rows.get(2)).endsWith("|5002|");
    }
  }
}
