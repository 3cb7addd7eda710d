package dev.frazil.exec.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.exec.BatchSource;
import dev.frazil.exec.Operator;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.RowsFixture;
import dev.frazil.exec.RowsFixture.RandomTable;
import dev.frazil.exec.RowsFixture.SharedRows;
import dev.frazil.plan.PartitionHead;
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
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first rows of each partition are DuckDB's, whatever was dropped on the way. */
class PartitionHeadTest {
  private static final List<SqlType> TYPES =
      List.of(
          Primitive.INTEGER,
          Primitive.VARCHAR,
          Primitive.BIGINT,
          new DecimalType(25, 3),
          Primitive.DOUBLE,
          Primitive.BOOLEAN,
          Primitive.DATE,
          Primitive.INTEGER);
  private static final int ID = TYPES.size() - 1;
  private static final int PARTITION_COLUMNS = 4;

  private final Random random;
  private final long seed = RowsFixture.seed("PartitionHeadTest");

  PartitionHeadTest() {
    this.random = new Random(seed);
  }

  @Test
  void keepsWhatDuckDbKeeps() throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      for (int round = 0; round < Rounds.of(12); round++) {
        int rowCount = round % 8 == 0 ? random.nextInt(3) : random.nextInt(2500);
        int spread = 1 + random.nextInt(random.nextBoolean() ? 8 : rowCount + 1);
        RandomTable table = RandomTable.of("t", TYPES, rowCount, spread, random);
        for (int row = 0; row < rowCount; row++) {
          table.rows().get(row).set(ID, row);
        }
        table.create(duckdb);
        for (int window = 0; window < 6; window++) {
          compare(table, duckdb, round);
        }
      }
    }
  }

  private void compare(RandomTable table, Connection duckdb, int round) throws SQLException {
    List<Function> numberings = List.of(Function.ROW_NUMBER, Function.RANK, Function.DENSE_RANK);
    Function numbering = numberings.get(random.nextInt(3));
    long count = 1 + random.nextInt(5);
    List<Integer> partition = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      int key = random.nextInt(PARTITION_COLUMNS);
      if (!partition.contains(key)) {
        partition.add(key);
      }
    }
    List<SortKey> order = new ArrayList<>();
    List<String> orderText = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      SortKey key = new SortKey(random.nextInt(ID), random.nextBoolean(), random.nextBoolean());
      order.add(key);
      orderText.add(text(key));
    }
    if (numbering == Function.ROW_NUMBER) {
      order.add(new SortKey(ID, false, false));
      orderText.add("c" + ID);
    }
    String sql =
        "select * from (select *, "
            + numbering.name().toLowerCase(Locale.ROOT)
            + "() over ("
            + (partition.isEmpty()
                ? ""
                : "partition by "
                    + String.join(", ", partition.stream().map(key -> "c" + key).toList()))
            + " order by "
            + String.join(", ", orderText)
            + ") as n from t) where n <= "
            + count;
    Window all = window(table, partition, order, numbering);
    Window headed = all.headed(new PartitionHead(numbering, count));
    int threads = 1 + random.nextInt(3);
    long memoryBytes = random.nextInt(4) == 0 ? 1 << 20 : 1 << 30;
    QueryContext context = RowsFixture.context(memoryBytes, threads);
    SharedRows rows = new SharedRows(table.batches(1 + random.nextInt(300), random), threads);
    BatchSource heads = PartitionHeadOperator.over(rows, headed, context, 1 + random.nextInt(200));
    List<String> answer =
        RowsFixture.drain(new UpTo(new WindowOperator(all, heads, context), count));
    assertThat(context.memory().reservedBytes()).isZero();
    RowsFixture.assertSameRows(
        String.format("seed %s round %s %s", seed, round, sql),
        answer,
        RowsFixture.query(duckdb, sql));
  }

  private static String text(SortKey key) {
    return "c"
        + key.column()
        + (key.descending() ? " desc" : "")
        + (key.nullsFirst() ? " nulls first" : " nulls last");
  }

  private static Window window(
      RandomTable table, List<Integer> partition, List<SortKey> order, Function numbering) {
    WindowFrame frame =
        new WindowFrame(
            Unit.RANGE,
            new Bound(Position.UNBOUNDED_PRECEDING, null),
            new Bound(Position.CURRENT_ROW, null),
            Exclusion.NO_OTHERS);
    WindowCall call = new WindowCall(numbering, null, List.of(), false, frame, Primitive.BIGINT);
    List<Column> columns = new ArrayList<>(table.columns());
    columns.add(new Column("n", Primitive.BIGINT, true));
    return new Window(table.node(), partition, order, List.of(call), columns);
  }

  @Test
  void dropsNearlyAllRowsOfFewPartitions() {
    RandomTable table = RandomTable.of("t", TYPES, 5000, 3, random);
    Window window =
        window(table, List.of(0), List.of(new SortKey(2, false, false)), Function.ROW_NUMBER)
            .headed(new PartitionHead(Function.ROW_NUMBER, 2));
    QueryContext context = RowsFixture.context(1 << 30, 1);
    BatchSource heads =
        PartitionHeadOperator.over(
            new SharedRows(table.batches(100, random), 1), window, context, 200);
    heads.prepare();
    int rows = 0;
    try (heads;
        Operator worker = heads.worker()) {
      for (RowBatch batch = worker.next(); batch != null; batch = worker.next()) {
        rows += batch.selectedCount();
      }
    }
    assertThat(rows).isEqualTo(4 * 2);
  }

  /** What the plan's filter does: rows whose last column is at most the count. */
  private record UpTo(Operator input, long count) implements Operator {
    @Override
    public @Nullable RowBatch next() {
      RowBatch batch = input.next();
      if (batch == null) {
        return null;
      }
      long[] numbers = ((LongVector) batch.column(batch.columns().size() - 1)).values();
      int[] kept = new int[batch.rowCount()];
      int keptCount = 0;
      for (int row = 0; row < batch.rowCount(); row++) {
        if (numbers[row] <= count) {
          kept[keptCount++] = row;
        }
      }
      return RowBatches.gather(batch, kept, keptCount);
    }

    @Override
    public void close() {
      input.close();
    }
  }
}
