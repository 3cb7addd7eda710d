package dev.frazil.exec.expression;

import static dev.frazil.exec.expression.Expressions.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.exec.expression.ExpressionPairs.Pair;
import dev.frazil.exec.expression.RandomTable.Nulls;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every expression here means the same in DuckDB, listed ones and random ones: both compute it over
 * the same random rows, with no, some and all values null, with all, half and few rows alive.
 * Replay with -Dfrazil.seed=.
 */
class ExpressionDifferentialTest {
  private static final int RANDOM_EXPRESSIONS = Integer.getInteger("frazil.expressions", 150);

  @ParameterizedTest
  @EnumSource(Nulls.class)
  void agreesWithDuckDb(Nulls nulls) throws SQLException {
    long seed = Long.getLong("frazil.seed", System.nanoTime());
    System.out.println("ExpressionDifferentialTest -Dfrazil.seed=" + seed);
    List<Pair> pairs = new ArrayList<>(PredicatePairs.all());
    pairs.addAll(NumberPairs.all());
    pairs.addAll(TextPairs.all());
    pairs.addAll(ConversionPairs.all());
    Random random = new Random(seed);
    RandomExpressions expressions = new RandomExpressions(random);
    for (int i = 0; i < RANDOM_EXPRESSIONS; i++) {
      pairs.add(expressions.next());
    }
    try (RandomTable table = new RandomTable(seed, nulls)) {
      List<RowBatch> batches = new ArrayList<>();
      batches.add(new RowBatch(table.vectors(), RandomTable.ROWS));
      for (int oneIn : new int[] {2, 20, Integer.MAX_VALUE}) {
        SelectionVector some = choose(row -> random.nextInt(oneIn) == 0);
        batches.add(new RowBatch(table.vectors(), RandomTable.ROWS, some));
      }
      List<Evaluator> together =
          ExpressionEvaluator.compileAll(pairs.stream().map(Pair::ours).toList(), context());
      for (int i = 0; i < pairs.size(); i++) {
        Pair pair = pairs.get(i);
        List<Object> expected = duckDb(table, pair);
        Evaluator alone = ExpressionEvaluator.compile(pair.ours(), context());
        for (RowBatch batch : batches) {
          check(pair, alone, batch, expected, seed);
          check(pair, together.get(i), batch, expected, seed);
        }
      }
    }
  }

  private void check(
      Pair pair, Evaluator evaluator, RowBatch batch, List<Object> expected, long seed) {
    SelectionVector selection = batch.selection();
    ColumnVector vector = evaluator.evaluate(batch);
    assertThat(vector.rowCount()).isEqualTo(RandomTable.ROWS);
    assertThat(vector.type()).isEqualTo(pair.ours().type());
    List<Integer> alive = new ArrayList<>();
    for (int i = 0; i < batch.selectedCount(); i++) {
      alive.add(selection == null ? i : selection.positions()[i]);
    }
    List<Integer> chosen = new ArrayList<>();
    for (int row : alive) {
      Object ours = VectorValues.read(vector, row);
      Object theirs = expected.get(row);
      assertThat(same(ours, theirs))
          .as("%s at row %s: ours %s, DuckDB %s, seed %s", pair.duck(), row, ours, theirs, seed)
          .isTrue();
      if (Boolean.TRUE.equals(theirs)) {
        chosen.add(row);
      }
    }
    if (vector instanceof BooleanVector) {
      SelectionVector selected = evaluator.select(batch);
      List<Integer> rows = new ArrayList<>();
      for (int i = 0; i < selected.count(); i++) {
        rows.add(selected.positions()[i]);
      }
      assertThat(rows).as("rows selected by %s, seed %s", pair.duck(), seed).isEqualTo(chosen);
    }
  }

  private static boolean same(Object ours, Object theirs) {
    if (ours == null || theirs == null) {
      return ours == theirs;
    }
    if (ours instanceof Double || ours instanceof Float) {
      double a = ((Number) ours).doubleValue();
      double b = ((Number) theirs).doubleValue();
      return Double.compare(a + 0.0, b + 0.0) == 0
          || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
    }
    if (ours instanceof Number) {
      return new BigDecimal(ours.toString()).compareTo(new BigDecimal(theirs.toString())) == 0;
    }
    return ours.equals(theirs);
  }

  private static List<Object> duckDb(RandomTable table, Pair pair) throws SQLException {
    String value = pair.duck();
    SqlType type = pair.ours().type();
    if (type == DATE) {
      value = "(" + value + ")::date - date '1970-01-01'";
    } else if (type == TIMESTAMP) {
      value = "epoch_us((" + value + ")::timestamp)";
    }
    List<Object> values = new ArrayList<>();
    try (Statement statement = table.connection().createStatement();
        ResultSet rows = statement.executeQuery("select " + value + " from t order by id")) {
      while (rows.next()) {
        values.add(rows.getObject(1));
      }
    }
    return values;
  }

  private static SelectionVector choose(IntPredicate condition) {
    int[] positions = new int[RandomTable.ROWS];
    int count = 0;
    for (int row = 0; row < RandomTable.ROWS; row++) {
      if (condition.test(row)) {
        positions[count++] = row;
      }
    }
    return new SelectionVector(positions, count);
  }
}
