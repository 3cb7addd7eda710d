package dev.frazil.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.exec.RowsFixture.RandomTable;
import dev.frazil.plan.PhysicalNode.SetOperation;
import dev.frazil.plan.SetOperator;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** All six set operations give what DuckDB gives on the same rows. */
class SetOperationTest {
  private static final List<SqlType> TYPES = List.of(Primitive.INTEGER, Primitive.VARCHAR);

  @Test
  void combinesLikeDuckDb() throws SQLException {
    long seed = RowsFixture.seed("SetOperationTest.combinesLikeDuckDb");
    Random random = new Random(seed);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      for (int round = 0; round < 15; round++) {
        RandomTable one = RandomTable.of("a", TYPES, random.nextInt(60), random);
        RandomTable other = RandomTable.of("b", TYPES, random.nextInt(40), random);
        other.rows().addAll(one.rows().subList(0, one.rows().size() / 2));
        one.create(duckdb);
        other.create(duckdb);
        for (SetOperator operator : SetOperator.values()) {
          for (boolean all : List.of(true, false)) {
            SetOperation node =
                new SetOperation(operator, all, List.of(one.node(), other.node()), one.columns());
            QueryContext context = RowsFixture.context(1 << 28, 2);
            RowsFixture.assertSameRows(
                "seed " + seed + " round " + round + operator + all,
                RowsFixture.drain(OperatorFactory.create(node, context)),
                RowsFixture.query(
                    duckdb,
                    "select * from a " + operator + (all ? " all" : "") + " select * from b"));
            assertThat(context.memory().reservedBytes()).isZero();
          }
        }
      }
    }
  }
}
